"""The long life of `newskeep run`: its main loop, its pulse, and those who watch and tell."""
