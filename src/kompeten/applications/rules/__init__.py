"""Judgement about applications, without a database."""
