"""A small disk of its own for a test, that can be filled, enlarged, and made read-only."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def disk(folder: Path, size: str = "8m") -> Iterator[Path]:
    """`folder`, made and mounted in memory; skips where this may not be done."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a disk to fill")
    folder.mkdir(exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "newskeep-test", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no disk to fill: {made.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def remount(folder: Path, options: str) -> None:
    """Change a mounted disk: `size=16m`, `ro`."""
    subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)
