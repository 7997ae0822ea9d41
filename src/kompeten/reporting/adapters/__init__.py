"""Lists and letters about many people, on paper and in spreadsheets."""
