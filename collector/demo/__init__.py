"""A small newsroom on loopback, for the demo and for tests. Knows no pipeline, config or database."""
