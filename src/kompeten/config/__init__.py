"""How is this house set up? Options, settings, addresses."""
