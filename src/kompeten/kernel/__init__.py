"""Plain ground under every room: no framework, no clock, no file."""
