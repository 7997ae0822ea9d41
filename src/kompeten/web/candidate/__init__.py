"""The face for applicants, candidates and certified persons."""
