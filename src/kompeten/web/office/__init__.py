"""The face for everybody who works in the office."""
