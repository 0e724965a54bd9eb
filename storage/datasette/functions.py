"""SQL functions for those who write SQL: each is described in `/-/functions` with an example."""

from pathlib import Path
from typing import Any


def add(connection: Any, path: str | Path | None) -> None:
    """To a connection. path: of its file; None for one in memory."""
