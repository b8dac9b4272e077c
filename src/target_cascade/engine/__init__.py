"""The engine: exact, pure, and the same on every machine. No I/O, no clock, no formatting."""
