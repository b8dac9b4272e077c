"""Quotas of teams and people → what `plan cascade` shows and writes."""
