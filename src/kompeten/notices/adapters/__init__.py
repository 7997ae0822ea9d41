"""How does mail go out? By the mail backend that the options name."""
