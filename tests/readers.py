"""The programs that read our exports in tests; they live in an environment of their own, which `make setup` makes."""

import os
import sys
from pathlib import Path

import pytest

BIN = Path(os.environ.get("NEWSKEEP_READERS", Path(sys.prefix) / "readers")) / "bin"


def reader(name: str) -> str:
    """Where a program is; skips the test where there is none."""
    if not (BIN / name).exists():
        pytest.skip(f"no {name} in {BIN}: make setup, or name another environment in NEWSKEEP_READERS")
    return str(BIN / name)
