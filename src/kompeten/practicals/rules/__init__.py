"""What is judged here without a database: seats, marks with their notes, and what they come to."""
