"""Tables → sales: which cells are meant, what they say, and whether they add up."""
