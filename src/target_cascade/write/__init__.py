"""Tables → text, workbooks and files; the only place that formats a number."""
