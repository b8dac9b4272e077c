"""The files of teams and people: rosters and proposals, a row each."""
