"""The year as it happens: what came in, and what a re-plan has closed, as the plan file says them."""
