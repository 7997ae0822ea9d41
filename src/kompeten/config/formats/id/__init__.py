"""Indonesian ways of writing."""
