"""How is a certificate read that anybody may have brought? Never with the code that made it."""
