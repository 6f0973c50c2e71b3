"""The only network access: bounded requests."""
