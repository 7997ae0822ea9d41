"""Ground floor of the house: knows Django, knows no room."""
