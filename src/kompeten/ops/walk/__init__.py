"""A year of the house, played by made-up people through the same actions that real people use."""
