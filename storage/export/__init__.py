"""Archive -> files for other tools, one module a format."""
