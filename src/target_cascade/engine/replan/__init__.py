"""The open months re-planned: what is missing finds its place within the limits, or is named as a gap."""
