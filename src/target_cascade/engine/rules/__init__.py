"""The guardrails by subject: each a function, with its page beside it."""
