"""Third-party libraries behind the applications: what they read becomes plain values here."""
