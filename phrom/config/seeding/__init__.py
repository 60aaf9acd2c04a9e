"""Making provinces, people and rounds from a documented JSON."""
