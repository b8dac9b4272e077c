"""Files → models, with every problem at its file, line and column."""
