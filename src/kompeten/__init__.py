"""Kompeten: certification of persons, from the written application to a certificate anybody can verify."""

__version__ = "0.1.0"
