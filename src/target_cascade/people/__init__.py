"""Who has to bring a quota in: the tree of teams and people and their proposals, as the plan file says
them."""
