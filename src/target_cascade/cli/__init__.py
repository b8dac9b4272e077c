"""The command `plan`: each command reads, computes, reports and writes."""
