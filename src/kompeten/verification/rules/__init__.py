"""Judgement on documents and hints on requirements, without a database."""
