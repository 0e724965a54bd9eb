"""`newskeep status --disk`: whose bodies take the room, in which month, and what else does."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collector.cli import main
from storage.archive import Archive
from storage.raw import Raw
from storage.records import Capture
from tests.storage.test_raw_leaning import FRAMES, page

OCTOBER, NOVEMBER = datetime(2026, 10, 31, 23, 59, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
SAME = page(FRAMES[2])


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Two months, three hosts, a body that two of them sent, one that no row names; archive.db is open elsewhere."""
    (tmp_path / "config.yaml").write_text("data: .\nsources: []\n")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "000_0123456789abcdef.txt").write_text("words")
    with closing(Archive(tmp_path / "archive.db")) as archive, closing(Raw(tmp_path / "raw")) as raw:

        def keep(body: bytes, host: str, at: datetime, known: str | None) -> None:
            url = f"https://{host}/{len(body)}"
            capture = Capture(url=url, final_url=url, fetched_at=at, status=200, body=body)
            archive.add_capture(capture, raw.put(body, at, host), "visit", host=known)

        with archive.transaction(), raw.transaction():
            for number in range(12):
                keep(page(FRAMES[0]), "many.test", NOVEMBER, "many.test")
                keep(page(FRAMES[1]), "few.test", OCTOBER if number < 2 else NOVEMBER, None)  # as captures of before
            keep(SAME, "few.test", NOVEMBER, "few.test")
            keep(SAME, "same.test", NOVEMBER, "same.test")
            raw.put(b"an orphan", NOVEMBER, "many.test")
        yield tmp_path


def status(folder: Path, *options: str) -> str:
    done = CliRunner().invoke(main, ["status", "--disk", *options, "--config", str(folder / "config.yaml")])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_by_host_and_month(folder: Path) -> None:
    """Each body once, for its first host; the largest first; sums of months are those of all."""
    told: dict[str, Any] = json.loads(status(folder, "--json"))
    assert list(told["months"]) == ["2026-11", "2026-10"]
    november = told["months"]["2026-11"]
    assert {host: room["bodies"] for host, room in november.items()} == {"few.test": 11, "many.test": 12, "": 1}
    assert [room["packed"] for room in november.values()] == sorted(
        (r["packed"] for r in november.values()), reverse=True
    )
    for what in ("bodies", "size", "packed"):
        months = sum(room[what] for month in told["months"].values() for room in month.values())
        assert months == sum(room[what] for room in told["hosts"].values())
    assert november["many.test"]["ratio"] > 5
    assert november[""]["size"] == len(b"an orphan")
    assert told["raw"]["bytes"] > sum(room["packed"] for room in told["hosts"].values())
    assert told["archive"]["tables"]["captures"] > 0
    assert told["corpus"] == {"bytes": 5, "files": 1}


def test_in_words(folder: Path) -> None:
    """Sums first, then tables, hosts, and each month, the newest first."""
    said = status(folder)
    assert "raw/, 2 months" in said
    assert "corpus/, 1 text file\n" in said
    assert said.index("captures\n") < said.index("Bodies, 2 months") < said.index("2026-11") < said.index("2026-10")
    assert "(no capture names them)" in said
    assert " 26  all; the files take " in said


def test_an_archive_without_bodies(tmp_path: Path) -> None:
    """raw/ is not made by looking at it."""
    (tmp_path / "config.yaml").write_text("data: .\nsources: []\n")
    Archive(tmp_path / "archive.db").close()
    assert "raw/, 0 months" in status(tmp_path)
    assert not (tmp_path / "raw").exists()
