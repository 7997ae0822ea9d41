"""Seals and signatures, and what lies on a site's own disk."""
