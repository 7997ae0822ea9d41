"""The operator's face: the command line, and what keeps a house running."""
