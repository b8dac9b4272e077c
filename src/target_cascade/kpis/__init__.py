"""What has to happen for a quota to come in: drivers, KPIs, sources, teams, as the plan file says them."""
