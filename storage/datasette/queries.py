"""Queries worth having, ready to be run."""

from typing import Any


def canned(datasette: Any, database: str) -> dict[str, Any]:
    """Name -> sql, title, description; none for what is no archive."""
    return {}
