"""Files → tables: the cells of a CSV or a workbook, and what is written in them."""
