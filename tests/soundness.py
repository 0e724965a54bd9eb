"""Is what a run left behind whole? For tests that stop it in odd places."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from storage.archive import Archive
from storage.raw import Raw


def faults(data: Path) -> list[str]:
    """What is not as the archive promises, in words. Nothing else may have it open."""
    return [*_files(data), *_rows(data), *_versions(data), *_bodies(data)]


def _files(data: Path) -> Iterator[str]:
    for file in [data / "archive.db", *data.glob("raw/*.db")]:
        with closing(sqlite3.connect(file)) as opened:
            if (said := opened.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
                yield f"{file.name}: {said}"


def _rows(data: Path) -> Iterator[str]:
    with closing(Archive(data / "archive.db")) as archive:
        yield from (f"a reference that leads nowhere: {row}" for row in archive.rows("PRAGMA foreign_key_check"))
        archive.write("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
        indexed = archive.value("SELECT count(*) FROM articles_fts_docsize")
        if indexed != (articles := archive.value("SELECT count(*) FROM articles")):
            yield f"{articles} articles, but {indexed} in the index"
        twice = "SELECT entry_id, group_concat(url) AS urls FROM articles GROUP BY entry_id HAVING count(*) > 1"
        yield from (f"one page filed as several articles: {row['urls']}" for row in archive.rows(twice))


def _versions(data: Path) -> Iterator[str]:
    """Numbered from 1 without a gap, no two alike in a row, the newest of each article current."""
    with closing(Archive(data / "archive.db")) as archive:
        for article in archive.rows("SELECT id, url, version_id FROM articles"):
            sql = "SELECT id, number, title, text FROM versions WHERE article_id = ? ORDER BY number"
            versions = list(archive.rows(sql, [article["id"]]))
            if [row["number"] for row in versions] != list(range(1, len(versions) + 1)):
                yield f"{article['url']}: versions {[row['number'] for row in versions]}"
            if not versions or versions[-1]["id"] != article["version_id"]:
                yield f"{article['url']}: its newest version is not current"
            if any((one["title"], one["text"]) == (two["title"], two["text"]) for one, two in pairwise(versions)):
                yield f"{article['url']}: the same version twice in a row"


def _bodies(data: Path) -> Iterator[str]:
    with closing(Archive(data / "archive.db")) as archive, closing(Raw(data / "raw")) as raw:
        for row in archive.rows("SELECT DISTINCT sha256, fetched_at, size FROM captures WHERE body_gone IS NULL"):
            body = raw.get(row["sha256"], datetime.fromisoformat(row["fetched_at"]))
            if hashlib.sha256(body).hexdigest() != row["sha256"] or len(body) != row["size"]:
                yield f"not the bytes of {row['sha256']}"
