"""Where the room meets third-party libraries."""
