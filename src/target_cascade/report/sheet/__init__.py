"""What one team or person has to do → the page of `plan sheet`."""
