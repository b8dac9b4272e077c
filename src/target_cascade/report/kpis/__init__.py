"""KPIs → what `plan kpi` shows and what a workbook has of them."""
