"""What is asked of an archive, timed: look-ups, and rates of reading, writing and checking. Makes no archive."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.archive_frames import Frame, unique, word
from bench.archive_make import Desk, piece
from collector import reextract
from collector.config import Config
from collector.daemon.attention import attention
from collector.pipeline.run import both
from collector.policy import sketches
from storage.archive import Archive
from storage.archive.reextraction import Scope
from storage.archive.selection import Selection
from storage.archive.sketches import Sketch
from storage.care.staging import Staging
from storage.care.verify import verify
from storage.export import files, folder
from storage.raw import Raw

REPEATS, SLOW = 15, 2.0  # of each look-up; seconds after which enough was seen
IN_A_COMMIT, COMMITS = 20, 10  # versions that are appended
COMMON, USUAL = 25, 400  # ranks of words: one in most articles, one in some
WORTH = 1000  # articles, about, that are read again and exported: those of as many hosts as it takes


def lookups(archive: Archive, versions: int) -> dict[str, float]:
    """Milliseconds of the processor, the median of warm repeats: what others do on the machine is not ours."""
    newest = archive.newest(1)[0]
    now = archive.last_captured_at()
    assert now is not None
    story = archive.value("SELECT max(id) FROM articles WHERE story_id IS NOT NULL")
    text = archive.value(
        "SELECT text FROM versions JOIN articles ON version_id = versions.id WHERE articles.id = ?", [story]
    )
    told = sketches.Triples(text)
    sketch = Sketch(len(told.all), sketches.sketch(told))
    asked: Mapping[str, Callable[[], object]] = {
        "search: a word of most articles": partial(archive.search, word(COMMON)),
        "search: a word of some": partial(archive.search, word(USUAL)),
        "search: a word of one": partial(archive.search, unique(versions // 2 // 5 * 5)),
        "search: a phrase": partial(archive.search, f'"{_phrase(text)}"'),
        "search: a word of most, at one site": partial(archive.search, word(COMMON), site="paper00.test"),
        "story: look-up on arrival": partial(archive.compared, story, sketch),
        "story: its articles": partial(archive.story_of, story),
        "status: counts": archive.counts,
        "status: what needs attention": partial(attention, archive, now),
        "newest 100": partial(archive.newest, 100),
        "versions of an article": partial(archive.versions_of, newest["id"]),
        "last 100 edits": partial(archive.edited, 100),
    }
    return {name: _milliseconds(ask) for name, ask in asked.items()}


def appended(data: Path, frames: Sequence[Frame], versions: int) -> float:
    """Versions a second that are filed as the daemon does: bodies, rows and stories, a few in each commit."""
    with closing(Archive(data / "archive.db")) as archive, closing(Raw(data / "raw")) as raw:
        desk = Desk(archive, data)
        more = [piece(frames, versions + number) for number in range(IN_A_COMMIT * COMMITS)]
        bodies = [one.capture().body for one in more]
        began = time.perf_counter()
        for first in range(0, len(more), IN_A_COMMIT):
            with both(archive, raw):
                batch = slice(first, first + IN_A_COMMIT)
                for one, body in zip(more[batch], bodies[batch], strict=True):
                    raw.put(body, one.at, one.host)
                desk.file(more[batch])
        return len(more) / (time.perf_counter() - began)


def reread(data: Path) -> float:
    """Articles a second that are read again, in all cores; it raises where one reads otherwise than it was made."""
    config = Config(data=data, sources=())
    used, scope = reextract.Rules(config), Scope(sites=_hosts(data))
    with closing(Archive(data / "archive.db", readonly=True)) as archive, TemporaryDirectory() as beside:
        staging = Staging(Path(beside) / "staging.db", reextract.key(scope, used))
        done: list[tuple[float, int]] = []

        def heard(number: int) -> None:
            done.append((time.perf_counter(), number))

        asyncio.run(reextract.read(archive, staging, scope, used, data / "raw", heard, every=True))
        reports = reextract.report(archive, staging, archive.sites_in(scope), 0)
        kinds = [set(+report.kinds) for report in reports]
        staging.close()
    assert all(kind <= {"unchanged"} for kind in kinds), f"what was filed is not what is read: {kinds}"
    first = next(place for place, (_, number) in enumerate(done) if number)  # by then the workers have started
    return sum(number for _, number in done[first + 1 :]) / (done[-1][0] - done[first][0])


def exported(data: Path) -> dict[str, float]:
    """Articles a second, by format."""
    rates = {}
    selection = Selection(sites=_hosts(data))
    with closing(Archive(data / "archive.db", readonly=True)) as archive, closing(Raw(data / "raw", make=False)) as raw:
        for form in ("txt", *files.FORMATS):
            with TemporaryDirectory() as made:
                dest = Path(made) / form
                began = time.perf_counter()
                if form == "txt":
                    count = folder.bring_up(archive, dest, selection).added
                else:
                    count = files.export(archive, raw, dest, form, selection).articles
                rates[form] = count / (time.perf_counter() - began)
    return rates


def checked(data: Path, versions: int) -> float:
    """Versions a second that `verify` goes through, bodies and all. It raises where something is not sound."""
    began = time.perf_counter()
    report = verify(data)
    assert report.sound, report.faults[:5]
    return versions / (time.perf_counter() - began)


def sizes(data: Path) -> dict[str, float]:
    """Bytes an article: what is kept of its pages, and all that is known of it beside them."""
    with closing(Archive(data / "archive.db", readonly=True)) as archive:
        articles = archive.value("SELECT count(*) FROM articles")
        pages = archive.value("SELECT sum(size) FROM captures")
        text = archive.value("SELECT sum(length(CAST(text AS BLOB))) FROM versions")
    raw = sum(path.stat().st_size for path in data.glob("raw/*.db"))
    clean = (data / "archive.db").stat().st_size
    return {
        "pages as they came": pages / articles,
        "raw": raw / articles,
        "clean": clean / articles,
        "text alone": text / articles,
    }


def _hosts(data: Path) -> tuple[str, ...]:
    """As many of the hosts as have articles enough to tell a rate."""
    with closing(Archive(data / "archive.db", readonly=True)) as archive:
        counts = archive.rows("SELECT site, count(*) AS articles FROM articles GROUP BY site ORDER BY site")
    before = [0, *accumulate(row["articles"] for row in counts)]
    return tuple(row["site"] for row, articles in zip(counts, before, strict=False) if articles < WORTH)


def _milliseconds(ask: Callable[[], object]) -> float:
    ask()
    times: list[float] = []
    while len(times) < REPEATS and sum(times) < SLOW:
        began = time.process_time()
        ask()
        times.append(time.process_time() - began)
    return median(times) * 1000


def _phrase(text: str) -> str:
    """Two words that stand together in a text, neither of them common."""
    words = text.replace(".", "").split()
    common = {word(rank) for rank in range(USUAL)}
    return next(f"{one} {two}" for one, two in pairwise(words) if not {one.lower(), two} & common)
