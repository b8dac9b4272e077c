"""Files of what came in → actuals by day, week or month, of the company, a node or a KPI."""
