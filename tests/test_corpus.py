"""The daemon's text files are written by a process of its own, which ends with it."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collector.daemon.corpus import WORKER, Corpus
from collector.pipeline import Event
from tests.town import FEED, STORY, Town, feed, link, page

EDITED = Event("article-edited", "http://e.org/a")


@pytest.fixture
async def town(tmp_path: Path) -> Town:
    """An archive with one article."""
    town = Town(tmp_path, {FEED: feed(link("http://e.org/a")), "http://e.org/a": page("Harbour", STORY)})
    await town.run()
    return town


def files(town: Town) -> list[str]:
    return [path.name[:4] for path in sorted(town.folder.glob("corpus/*.txt"))]


async def test_what_is_new_is_written(town: Town) -> None:
    """At the first round, and again only when something has changed and the last one is long over."""
    corpus = Corpus(town.config)
    await corpus.round()
    assert files(town) == ["000_"]
    (written,) = town.folder.glob("corpus/*.txt")
    written.unlink()
    await corpus.round()
    corpus.hear(EDITED)
    await corpus.round()
    assert files(town) == []
    await Corpus(town.config).round()
    assert files(town) == ["000_"]


async def test_what_goes_wrong_is_tried_again(town: Town) -> None:
    """A folder that cannot be written costs nothing but its own files."""
    (town.folder / "corpus").write_text("in the way")
    corpus = Corpus(town.config, rest=0.0)
    await corpus.round()
    (town.folder / "corpus").unlink()
    await corpus.round()
    assert files(town) == ["000_"]


async def test_one_that_is_called_off_is_killed(town: Town) -> None:
    """The daemon ends in time however large the archive is."""
    task = asyncio.ensure_future(Corpus(town.config, worker=("-c", "import time; time.sleep(60)")).round())
    await asyncio.sleep(0.3)
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 5


@pytest.mark.slow
def test_it_ends_with_its_parent(town: Town) -> None:
    """Its standard input closes when the daemon is killed: it writes no further."""
    (town.folder / "corpus").mkdir()
    os.mkfifo(town.folder / "corpus" / "manifest.jsonl")  # nobody writes to it: reading it takes for ever
    command = [sys.executable, *WORKER, str(town.folder / "archive.db"), str(town.folder / "corpus")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    time.sleep(1.5)
    assert process.poll() is None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(10) == 1
