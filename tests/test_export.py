"""`newskeep export` as a person meets it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from collector.cli import main
from collector.commands.when import to_day, to_moment
from storage.export import files
from tests.storage.shelf import Shelf, article, shelf_in

Run = Callable[..., Result]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Two articles of two sites, one of them edited."""
    with shelf_in(tmp_path / "data") as made:
        made.read("https://one.test/a", article("Harbour", "Boats."))
        made.read("https://two.test/b", article("Marsh", "Herons."), source=2)
        made.read("https://one.test/a", article("Harbour", "Boats went."))
        yield made


@pytest.fixture
def run(shelf: Shelf, tmp_path: Path) -> Run:
    config = tmp_path / "config.yaml"
    config.write_text(f"data: {tmp_path / 'data'}\nsources:\n  - https://one.test/feed\n")

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(main, ["export", *map(str, arguments), "--config", str(config)])

    return call


@pytest.mark.parametrize("form", ["txt", *files.FORMATS])
def test_formats(run: Run, tmp_path: Path, form: str) -> None:
    """Each is written, and told of in words and as JSON."""
    dest = tmp_path / f"out.{form}"
    done = run(dest, "--format", form)
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    assert done.stdout.startswith("2 ") and done.stdout.endswith(f": {dest}\n")
    told = json.loads(run(dest, "--format", form, "--json").stdout)
    assert (told["format"], told.get("folder") or told["file"], told["selection"]) == (form, str(dest), {})
    assert (told["unchanged"] if form == "txt" else told["articles"]) == 2


def titles(path: Path) -> list[str]:
    return [json.loads(line)["title"] for line in path.read_text().splitlines()]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--site", "www.one.test"), ["Harbour"]),
        (("--site", "https://two.test/b", "--site", "one.test"), ["Harbour", "Marsh"]),
        (("--source", "Feed of two"), ["Marsh"]),
        (("--source", "https://two.test/feed", "--source", "Feed of one"), ["Harbour", "Marsh"]),
        (("--since", "2026-03-01", "--until", "2026-03-01"), ["Harbour", "Marsh"]),
        (("--until", "2026-02-28"), []),
        (("--search", "herons"), ["Marsh"]),
        (("--language", "en"), []),
        (("--story",), ["Harbour", "Marsh"]),
        (("--as-of", "2026-03-01T12:00:05"), ["Harbour"]),
        (("--as-of", "2026-03-01T13:00:05+01:00", "--source", "https://one.test/feed"), ["Harbour"]),
        (("--as-of", "2026-03-01"), ["Harbour", "Marsh"]),
    ],
)
def test_selections(run: Run, tmp_path: Path, options: tuple[str, ...], found: list[str]) -> None:
    """Every filter, by the words that a person has for it."""
    done = run(tmp_path / "out.jsonl", "--format", "jsonl", *options)
    assert done.exit_code == 0, done.output
    assert titles(tmp_path / "out.jsonl") == found


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as-of", "2999-01-01"), "that time is not over yet"),
        (("--as-of", "yesterday"), "'yesterday' is no time; write 2026-11-22"),
        (("--since", "1.3.2026"), "'1.3.2026' is no day"),
        (("--source", "Feed of three"), "no such source; `newskeep sources list`"),
        (("--source", "Feed of two", "--as-of", "2026-03-02"), "name it by its address, https://two.test/feed"),
        (("--format", "csv"), "is a folder; name a file"),
        (("--format", "warc"), "holds other things; name a new folder"),
        (("--site", "one.test"), "holds the export of a whole archive; name another folder"),
    ],
)
def test_mistakes(run: Run, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    """Said with what to write instead; exit code 2; nothing is written."""
    run(tmp_path / "out")
    before = sorted(path.name for path in (tmp_path / "out").iterdir())
    done = run(tmp_path / "out", *options)
    assert done.exit_code == 2 and said in done.stderr, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == before


def test_a_day_means_its_end_and_no_zone_utc() -> None:
    """So that a command says the same on every machine."""
    context, option = click.Context(main), click.Option(["--as-of"])
    assert to_moment(context, option, "2026-03-01") == datetime(2026, 3, 1, 23, 59, 59, 999999, UTC)
    assert to_moment(context, option, "2026-03-01T12:00") == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert to_moment(context, option, "2026-03-01T12:00-03:00") == datetime(2026, 3, 1, 15, tzinfo=UTC)
    assert to_moment(context, option, None) is to_day(context, option, None) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_an_archive_that_may_not_be_written(run: Run, shelf: Shelf, tmp_path: Path) -> None:
    """It is read."""
    shelf.archive.path.chmod(0o444)
    assert run(tmp_path / "out.jsonl", "--format", "jsonl", "--as-of", "2026-03-01").exit_code == 0


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The configuration of an archive that takes a moment to export."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "config.yaml").write_text(f"data: {folder / 'data'}\nsources: []\n")
    with shelf_in(folder / "data") as made:
        with made.archive.transaction():
            for number in range(600):
                made.read(f"https://one.test/{number}", article(f"Story {number}", "Boats. " * 300))
        yield folder / "config.yaml"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["txt", "jsonl", "warc"])  # a folder kept up, a file, a folder made anew
def test_stopped(large: Path, tmp_path: Path, form: str) -> None:
    """At any moment: the export of before stands whole, and the next one is the same as an undisturbed one."""
    arguments = ["export", "--config", str(large), "--format", form]
    for sign in (signal.SIGINT, signal.SIGKILL):
        out = tmp_path / f"{sign.name}.{form}"
        command = [sys.executable, "-m", "collector", *arguments, str(out)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)
        until = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < until and not any(_half(tmp_path)):
            time.sleep(0.005)
        process.send_signal(sign)
        process.communicate()
        assert form == "txt" or not out.exists()
        assert sign == signal.SIGKILL or not any(_half(tmp_path))
    for name in (signal.SIGINT.name, signal.SIGKILL.name, "undisturbed"):
        assert CliRunner().invoke(main, [*arguments, str(tmp_path / f"{name}.{form}")]).exit_code == 0
    one, two, whole = (_bytes(path) for path in sorted(tmp_path.iterdir()))
    assert one == two == whole


def _half(folder: Path) -> Iterator[Path]:
    yield from folder.rglob(".*.part")


def _bytes(path: Path) -> list[bytes]:
    there = [path] if path.is_file() else sorted(each for each in path.iterdir() if each.name != "selection.json")
    return [each.read_bytes() for each in there]
