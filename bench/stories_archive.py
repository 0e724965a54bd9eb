"""An archive whose articles come one by one, without pages and network. Knows no measure."""

from datetime import UTC, datetime, timedelta

from collector.pipeline.relate import relate
from storage.archive import Archive
from storage.archive.articles import Source
from storage.archive.base import stamp
from storage.recipes import Reading
from storage.records import Article, Paragraph

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def add(archive: Archive, number: int, text: str, *, told: bool = True) -> None:
    """File a text as an article of its own, which gets the number one above; told: and tell its story."""
    url, now = f"https://site{number % 40}.org/{number}", NOW + timedelta(seconds=number)
    with archive.transaction():
        archive.write(
            """INSERT INTO captures (id, url, final_url, fetched_at, status, headers, sha256, size, via)
            VALUES (1, '', '', ?, 200, '[]', '', 0, 'visit') ON CONFLICT DO NOTHING""",
            [stamp(now)],
        )
        article = Article(title=f"Piece {number}", paragraphs=(Paragraph(kind="p", text=text),))
        source = Source(
            capture_id=1, page_url=url, entry_id=None, extractor="", rule_revision="", now=now, filed_at=now
        )
        reading = Reading(article=article, url=url, key=url, site=url[8:-2], own_url=url, own_key=url)
        archive.add_versions(
            source, [reading], next_look=lambda _: None, same_story=lambda *_: False, worse=lambda *_: None
        )
    if told:
        for article_to_relate in archive.unrelated(9):
            relate(archive, article_to_relate, now)
