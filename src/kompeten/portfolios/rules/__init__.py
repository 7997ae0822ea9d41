"""What is judged here without a database: words, entries, gaps, marks, and what they come to."""
