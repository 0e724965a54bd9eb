"""Exports, used by the programs that people replay them with."""
