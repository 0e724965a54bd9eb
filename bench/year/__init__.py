"""A simulated year: fifty newsrooms, the real pipeline and archive, a clock that is an argument."""
