"""Results → tables: typed cells, not yet a single formatted number."""
