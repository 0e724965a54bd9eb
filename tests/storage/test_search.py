"""Search in an archive that has grown: what is weighed is bounded, what can be found is not."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.archive.searching import MOST_WEIGHED

ONCE, OFTEN = "The harbour was dredged, and ferries waited for the tide.", "harbour " * 40


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path / "archive.db")
    yield opened
    opened.close()


def add(archive: Archive, site: str, texts: Sequence[str]) -> None:
    """An article for each text, the newest last."""
    for text in texts:
        id_ = archive.value(
            """INSERT INTO articles (url, key, site, title, first_seen, last_seen)
            SELECT count(*), count(*), ?, 'T', '', '' FROM articles RETURNING id""",
            [site],
        )
        archive.write(
            """INSERT INTO captures (id, url, final_url, fetched_at, status, headers, sha256, size, via)
            VALUES (?, '', '', '', 200, '[]', '', 0, 'visit')""",
            [id_],
        )
        archive.write(
            """INSERT INTO versions (id, article_id, capture_id, number, title, text, kinds, authors, tags, captions,
            text_sha256, extractor, rule_revision, reason, created_at)
            VALUES (?1, ?1, ?1, 1, 'T', ?2, '[]', '[]', '[]', '[]', '', '', '', 'published', '')""",
            [id_, text],
        )
        archive.write("UPDATE articles SET version_id = ?1 WHERE id = ?1", [id_])


def found(archive: Archive, site: str | None = None, limit: int = 1) -> list[int]:
    return [row["id"] for row in archive.search("harbour", site=site, limit=limit)]


def test_a_common_word(archive: Archive) -> None:
    """The best match comes first, until there are so many that the newest do; each of them can still be had."""
    with archive.transaction():
        add(archive, "small.test", [ONCE, OFTEN, "Nothing of the kind."])
        add(archive, "large.test", [ONCE] * (MOST_WEIGHED - 2))
    assert found(archive, limit=2) == [2, 1]
    with archive.transaction():
        add(archive, "large.test", [ONCE])
    assert found(archive, limit=2) == [MOST_WEIGHED + 2, MOST_WEIGHED + 1]
    assert found(archive, "small.test", 5) == [2, 1]
    assert len(found(archive, limit=2 * MOST_WEIGHED)) == MOST_WEIGHED + 1
