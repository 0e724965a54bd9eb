"""Bodies come back byte for byte, from the file of their month alone."""

import hashlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.raw import MissingBody, Raw

NOVEMBER, DECEMBER = datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(bodies=st.lists(st.binary(max_size=3000), max_size=5))
def test_round_trip(tmp_path: Path, bodies: list[bytes]) -> None:
    """Any bytes come back as they were, under their SHA-256."""
    raw = Raw(tmp_path)
    with raw.transaction():
        digests = [raw.put(body, NOVEMBER) for body in bodies]
    assert [raw.get(digest, NOVEMBER) for digest in digests] == bodies
    assert digests == [hashlib.sha256(body).hexdigest() for body in bodies]
    raw.close()


def test_identical_bodies_once(tmp_path: Path) -> None:
    """The same bytes twice in a month are one row."""
    raw = Raw(tmp_path)
    with raw.transaction():
        assert raw.put(b"same", NOVEMBER) == raw.put(b"same", NOVEMBER)
    raw.close()
    with sqlite3.connect(tmp_path / "2026-11.db") as file:
        assert file.execute("SELECT count(*), sum(size) FROM bodies").fetchone() == (1, 4)
    file.close()


def test_each_month_is_readable_alone(tmp_path: Path) -> None:
    """A month's file, moved elsewhere, gives its bodies without the others."""
    raw = Raw(tmp_path / "raw")
    with raw.transaction():
        digest = raw.put(b"november", NOVEMBER)
        assert raw.put(b"november", DECEMBER) == digest
    raw.close()
    (tmp_path / "moved").mkdir()
    (tmp_path / "raw" / "2026-11.db").rename(tmp_path / "moved" / "2026-11.db")
    moved, left = Raw(tmp_path / "moved"), Raw(tmp_path / "raw")
    assert moved.get(digest, NOVEMBER) == left.get(digest, DECEMBER) == b"november"
    with pytest.raises(MissingBody, match="2026-11"):
        left.get(digest, NOVEMBER)
    moved.close()
    left.close()


def test_what_fails_is_not_kept(tmp_path: Path) -> None:
    """Bodies of a transaction that fails are gone."""
    raw = Raw(tmp_path)
    with pytest.raises(RuntimeError), raw.transaction():
        digest = raw.put(b"never", NOVEMBER)
        raise RuntimeError
    with pytest.raises(MissingBody):
        raw.get(digest, NOVEMBER)
    raw.close()
