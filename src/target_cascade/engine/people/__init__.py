"""The quotas down the tree of teams and people, to the last unit."""
