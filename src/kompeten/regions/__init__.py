"""Where? Provinces, regencies and cities with their time zones, as decrees name them over time."""
