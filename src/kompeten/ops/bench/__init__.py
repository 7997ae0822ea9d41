"""How much can the house bear? A server, a crowd and a count, on one machine."""
