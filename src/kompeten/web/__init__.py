"""The faces: pages for each audience on one set of components."""
