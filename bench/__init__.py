"""Measured comparisons, one command each. Ratios against a named reference in the same run, never absolute times."""
