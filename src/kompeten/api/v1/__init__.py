"""The API of the house, first version: what is here stays as it is, and what is new is added."""
