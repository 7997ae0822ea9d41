"""Judgement of the item bank: how files are read, what may enter, and how a form is chosen."""
