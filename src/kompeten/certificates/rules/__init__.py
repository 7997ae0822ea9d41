"""Judgement of certificates: their content, what is printed of it, and the steps of their life."""
