"""Reviews and re-plans → pages."""
