"""Tables that look like sales and may be something else: each check refuses what cannot be known."""
