"""Newskeep's thinking half: finds, fetches and reads articles. What it learns is kept by `storage`."""

from importlib.metadata import version

__version__ = version("newskeep")
