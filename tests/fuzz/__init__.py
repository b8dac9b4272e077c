"""Fuzzing of the plan parser and of the reader of last year's files; see docs/fuzzing.md."""
