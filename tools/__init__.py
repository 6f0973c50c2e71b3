"""Scripts that make the tables shipped with the package."""
