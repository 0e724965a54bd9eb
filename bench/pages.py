"""Does every page answer at once on a large archive?

    python -m bench.pages [--articles 100000] [--data ../shared/pages] [--keep FOLDER] [--repeats 7]

`newskeep serve` on a port of this machine, asked one page after the other: ours, every search that is hard, Datasette's
own tables, every query that comes with the plugin. Milliseconds, of a client in another process. `first`: the server
has just started; `median` and `worst`: of the repeats after that; `work`: of the server's processor, what else the
machine does left out (Linux). Each stands beside its bound and beside the reference of the same run, Datasette's page
of twenty articles. The verdict goes by the median: it is of a machine that does nothing else. The archive is
`pages_make`'s, in days to come: --keep leaves it, and asks the one that is there.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from bench import pages_asked
from bench.archive_frames import frames
from bench.pages_asked import Asked
from bench.pages_make import make
from storage.archive import Archive

PATIENCE = 30.0  # seconds
HEAD = f"{'ms':34}{'status':>7}{'kB':>7}{'first':>8}{'median':>8}{'worst':>8}{'work':>7}{'bound':>7}{'× ref':>7}"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one address; milliseconds."""

    asked: Asked
    status: int
    size: int
    first: float
    warm: list[float]
    work: float

    @property
    def over(self) -> bool:
        return median(self.warm) > self.asked.most


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000, metavar="NUMBER")
    parser.add_argument("--data", nargs="*", type=Path, default=[Path("../shared/pages")], metavar="FOLDER")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the archive here, and leave it")
    parser.add_argument("--repeats", type=int, default=7, metavar="NUMBER")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made:
        folder = (wanted.keep or Path(made)) / str(wanted.articles)
        _made(folder, wanted.data, wanted.articles)
        print(HEAD)
        told = []
        for each in measured(folder, wanted.repeats):
            told.append(each)
            print(line(each, told[0]), flush=True)
    wrong = [each.asked.name for each in told if each.over or each.status >= 500]
    print(f"over their bound: {', '.join(wrong)}" if wrong else "every page is within its bound")
    return 1 if wrong else 0


def measured(folder: Path, repeats: int) -> Iterator[Told]:
    """Every page of the archive in a folder, the reference first."""
    with closing(Archive(folder / "archive.db", readonly=True)) as archive:
        ids = pages_asked.ids(archive)
        now = archive.value("SELECT max(fetched_at) FROM captures")
    with (
        serving(folder, {"plugins": {"newskeep": {"now": now}}}) as (address, server),
        httpx.Client(timeout=None) as client,
    ):
        queries = client.get(f"{address}/{ids['db']}.json").json().get("queries", [])
        for each in pages_asked.theirs(ids, [each["name"] for each in queries]) + pages_asked.ours(ids):
            yield _told(client, address, server, each, repeats)


@contextmanager
def serving(folder: Path, metadata: object) -> Iterator[tuple[str, int]]:
    """`newskeep serve` of the archive in a folder: its address, without a slash behind it, and its process."""
    with tempfile.TemporaryDirectory() as work:
        config, said = Path(work) / "config.yaml", Path(work) / "metadata.json"
        config.write_text(f"data: {json.dumps(str(folder.absolute()))}\nsources: []\n", "utf-8")
        said.write_text(json.dumps(metadata), "utf-8")
        command = [sys.executable, "-m", "collector", "serve", "--port", "0"]
        options = ["--config", str(config), "--metadata", str(said)]
        with subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True) as server:
            try:
                yield _address(server), server.pid
            finally:
                server.terminate()


def _address(server: subprocess.Popen[str]) -> str:
    """What it says when it begins, once it answers."""
    assert server.stderr is not None
    line = server.stderr.readline()
    found = re.search(r"http://[\d.:]+", line)
    assert found, f"newskeep serve said: {line}"
    end = time.monotonic() + PATIENCE
    while True:
        try:
            httpx.get(f"{found[0]}/-/versions.json", timeout=PATIENCE)
            return found[0]
        except httpx.ConnectError:
            assert time.monotonic() < end, "newskeep serve does not answer"
            time.sleep(0.05)


def _told(client: httpx.Client, address: str, server: int, asked: Asked, repeats: int) -> Told:
    times, work = [], []
    for _ in range(repeats + 1):
        began, worked = time.perf_counter(), _worked(server)
        response = client.get(address + asked.address)
        times.append((time.perf_counter() - began) * 1000)
        work.append(_worked(server) - worked)
    return Told(asked, response.status_code, len(response.content), times[0], times[1:], median(work[1:]))


def _worked(process: int) -> float:
    """Milliseconds of the processor that its threads have had; 0 where the system does not say."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text("ascii").split()[0]) for thread in threads) / 1e6


def _made(folder: Path, data: Sequence[Path], articles: int) -> None:
    """Its archive is made first, unless it is there."""
    done = folder.with_suffix(".made")
    if not done.exists():
        began = time.perf_counter()
        make(folder, frames(data), articles)
        done.touch()
        print(f"{articles:,} articles made in {time.perf_counter() - began:.0f} s", file=sys.stderr)


def line(told: Told, reference: Told) -> str:
    """As HEAD names it."""
    middle = median(told.warm)
    numbers = f"{told.first:8.0f}{middle:8.0f}{max(told.warm):8.0f}{told.work:7.0f}"
    share = f"{told.asked.most:7.0f}{middle / median(reference.warm):7.1f}{'  over' if told.over else ''}"
    return f"{told.asked.name[:33]:34}{told.status:7}{told.size / 1000:7.0f}{numbers}{share}"


if __name__ == "__main__":
    sys.exit(main())
