"""Many that open one new file in the same moment."""

import subprocess
import sys
import time
from pathlib import Path

OPENER = """
import sqlite3, sys, time
from storage.journal import write_ahead

for number in range(15):
    file = sqlite3.connect(f"{sys.argv[1]}/{number}.db", isolation_level=None, timeout=3)
    time.sleep(max(0, float(sys.argv[2]) + number / 50 - time.time()))
    write_ahead(file, 3)
    print(*file.execute("PRAGMA journal_mode").fetchone())
"""


def test_all_at_once(tmp_path: Path) -> None:
    """SQLite refuses all but one of them at once, whatever its timeout; here each has its turn."""
    arguments = [sys.executable, "-c", OPENER, str(tmp_path), str(time.time() + 0.5)]
    openers = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [opener.communicate()[0] for opener in openers] == ["wal\n" * 15] * 3
    assert [opener.returncode for opener in openers] == [0] * 3
