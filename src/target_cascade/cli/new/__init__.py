"""What `plan init` asks, tries and writes."""
