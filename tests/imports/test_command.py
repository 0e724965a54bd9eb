"""The command: what it counts, prints and ends with."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collector.cli import main
from collector.commands.imports import in_words
from collector.config import Config
from collector.imports.items import Choice
from collector.pipeline.run import open_archive
from tests.imports.made import HERONS, bring, record


def _run(folder: Path, *arguments: str) -> Result:
    (folder / "config.yaml").write_text("sources: []\n")
    return CliRunner().invoke(main, ["import", "--config", str(folder / "config.yaml"), *arguments])


def test_a_dry_run(tmp_path: Path) -> None:
    """It counts what would come in, against what is here, and makes nothing."""
    file = tmp_path / "a.warc.gz"
    file.write_bytes(record() + record(HERONS, "https://e.org/marsh") + record(status="404 Gone") + b"garbage")
    done = _run(tmp_path, "--dry-run", "--json", str(file))
    said = json.loads(done.stdout)
    assert done.exit_code == 1
    assert "cannot be unpacked" in done.stderr
    assert (said["counts"]["records"], said["counts"]["captures"], said["counts"]["broken"]) == (4, 2, 1)
    assert said["left_out"] == {"status 404": 1}
    assert not (tmp_path / "data").exists()
    bring(tmp_path / "data", file, choice=Choice(sites=("e.org",)), limit=1)
    assert json.loads(_run(tmp_path, "--dry-run", "--json", str(file)).stdout)["counts"]["duplicates"] == 1


@pytest.mark.parametrize(
    ("arguments", "records"),
    [
        (["--site", "WWW.e.org"], 1),
        (["--since", "2025-03-10"], 1),
        (["--until", "2025-03-09"], 0),
        (["--site", "f.org"], 0),
    ],
)
def test_filters(tmp_path: Path, arguments: list[str], records: int) -> None:
    """Hosts, and days that are both included."""
    (tmp_path / "a.warc.gz").write_bytes(record())
    done = _run(tmp_path, "--dry-run", "--json", *arguments, str(tmp_path / "a.warc.gz"))
    assert json.loads(done.stdout)["counts"]["captures"] == records
    assert done.exit_code == 0


def test_nothing_to_import(tmp_path: Path) -> None:
    """A wrong name is a mistake of usage."""
    done = _run(tmp_path, str(tmp_path / "none.warc"))
    assert (done.exit_code, "there is no such file" in done.stderr) == (2, True)


def test_in_words(tmp_path: Path) -> None:
    """The report for people names what came in and what was left out."""
    file = tmp_path / "a.warc.gz"
    file.write_bytes(record() + record(status="404 Gone"))
    brought = bring(tmp_path / "data", file)
    assert in_words(brought, dry_run=False).splitlines() == [
        "files     1, 0 of them imported before",
        "records   2: 1 new captures, 0 known already, 0 taken down, 0 broken",
        "revisits  0, and 0 of what is not here",
        "articles  1 new, 0 edited, 0 unchanged; 0 walls, 0 pages without an article",
        "left out  1 status 404",
    ]


def test_entries_rest(tmp_path: Path) -> None:
    """Nothing that was imported is ever due, whatever is asked for."""
    (tmp_path / "a.warc.gz").write_bytes(record() + record(b"<html><p>x", "https://e.org/empty"))
    bring(tmp_path / "data", tmp_path / "a.warc.gz")
    with closing(open_archive(Config(data=tmp_path / "data", sources=()))) as archive:
        assert archive.counts()["entries"] == {"done": 1, "empty": 1}
        assert archive.troubles() == []
        assert archive.captures_unread() == archive.imported_unread() == []
