"""What a quota takes: KPIs by month, week and day, sources, spending, and what a slip costs."""
