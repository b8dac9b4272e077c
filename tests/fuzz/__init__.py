"""Fuzzing of the plan parser, of formulas and of the reader of last year's files; see docs/fuzzing.md."""
