"""An archive of many articles -> how long it takes to tell the story of one more.

Nearly all of its articles have no text, but numbers as a text of 550 words has them, in the same tables. A hundredth of
them end with the same words as every text that comes in, as they do where a site says the same below each. These have
words: made-up ones, as unequally frequent as those of a language; of each, half comes in once more as a copy.
"""

import random
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any

from bench.stories_archive import NOW, add
from bench.stories_set import FURNITURE
from collector.pipeline.relate import relate
from collector.policy.sketches import Triples
from collector.policy.sketches import sketch as numbers
from storage.archive import Archive
from storage.archive.sketches import Sketch

WORDS, KEPT = 550, 45  # of a text; numbers of its sketch
STEP = (1 << 48) // WORDS  # from one number of a text to its next
BELOW = " ".join(FURNITURE)
Times = list[tuple[float, float]]  # milliseconds, by the wall and of the processor
ARTICLES = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
    INSERT INTO articles (id, url, key, site, title, first_seen, last_seen, related)
    SELECT i, 'https://site.org/story-' || i, 'site.org/story-' || i, 'site.org', 'Story ' || i,
        '2026-11-22', '2026-11-22', 1 FROM n"""
HASHES = """WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 * ?2 - 1)
    INSERT INTO sketch_hashes (hash, article_id) SELECT i * (?3 / ?1), i % ?1 + 1 FROM n"""


def measured(articles: int, probes: int = 200, seed: int = 5) -> dict[str, Any]:
    """A row of the table: milliseconds of the middle article and of the slowest twentieth, by the wall and of the
    processor (others may use the machine), and what it takes in bytes.

    Memory: by how much the articles that come in let the process grow.
    """
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        archive = Archive(path)
        empty = path.stat().st_size
        of_stories = fill(archive, articles)
        before = _resident()
        found, looked, all_of_it = _probed(archive, [_text(dice) for _ in range(probes)], articles)
        grown = _resident() - before
        archive.close()
    return {
        "articles": f"{articles:,}",
        "bytes each": f"{(of_stories - empty) / articles:,.0f}",
        "copies found": found / probes,
        **_told("look-up", looked),
        **_told("all of it", all_of_it),
        "memory MB": f"{grown / 1e6:.1f}",
    }


def fill(archive: Archive, articles: int) -> int:
    """Articles 1 to `articles`, with sketches. Returns the bytes that these take, with what was there before."""
    connection, common = archive.db.conn, numbers(Triples(BELOW))
    for pragma in ("foreign_keys = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    with archive.transaction():
        connection.execute(HASHES, [articles, KEPT, STEP])
        connection.execute(
            "INSERT INTO sketches SELECT DISTINCT article_id, '', ?, zeroblob(?) FROM sketch_hashes WHERE hash < ?",
            [WORDS, 8 * KEPT, STEP - STEP % articles],
        )
        for article_id in range(1, articles // 100 + 1):
            own = [STEP // articles * (article_id - 1 + row * articles) for row in range(KEPT)]
            sketch = Sketch(WORDS, tuple(sorted({*own, *common})))
            connection.execute("UPDATE sketches SET sketch = ? WHERE article_id = ?", [sketch.to_bytes(), article_id])
            rows = [(number, article_id) for number in common]
            connection.executemany("INSERT OR IGNORE INTO sketch_hashes VALUES (?, ?)", rows)
    size = archive.path.stat().st_size + archive.path.with_name("archive.db-wal").stat().st_size
    with archive.transaction():
        connection.execute(ARTICLES, [articles])
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return size


def _probed(archive: Archive, texts: list[str], articles: int) -> tuple[int, Times, Times]:
    """How many copies were found, and milliseconds for each article: to look it up; for that, comparing and keeping."""
    copies = [" ".join(text.split()[: WORDS // 2]) for text in texts]
    found, looked, all_of_it = 0, Times(), Times()
    for number, text in enumerate([*texts, *copies], articles):
        add(archive, number, f"{text}\n\n{BELOW}", told=False)
        (article,) = archive.unrelated(1)
        triples = Triples(article.text)
        sketch = Sketch(len(triples.all), numbers(triples))
        looked.append(_timed(archive.alike, sketch, 0.2))
        all_of_it.append(_timed(relate, archive, article, NOW))
        found += number - articles - len(texts) in {row["other_id"] - articles - 1 for row in archive.links(number + 1)}
    return found, looked, all_of_it


def _text(dice: random.Random) -> str:
    """Words by the law of Zipf and Mandelbrot."""
    weights = list(accumulate(1 / (rank + 20) for rank in range(1, 20_000)))
    return " ".join(f"w{rank}" for rank in dice.choices(range(1, 20_000), cum_weights=weights, k=WORDS))


def _timed(work: Callable[..., object], *arguments: object) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.thread_time()
    work(*arguments)
    return 1000 * (time.perf_counter() - wall), 1000 * (time.thread_time() - processor)


def _told(name: str, times: Times) -> dict[str, str]:
    walls, processors = (sorted(each) for each in zip(*times, strict=True))
    late = int(len(walls) * 0.95)
    return {
        f"{name} ms": f"{median(walls):.1f}",
        f"{name} 95 %": f"{walls[late]:.1f}",
        f"{name}, processor": f"{median(processors):.1f}",
        f"{name}, processor 95 %": f"{processors[late]:.1f}",
    }


def _resident() -> int:
    """Bytes of this process in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
