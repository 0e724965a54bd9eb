"""Newskeep's memory: the archive, the raw bodies and what is written out of them. Knows nothing of `collector`."""
