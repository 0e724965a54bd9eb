"""What is shown beside the words of one article: its versions on a time line, who announced it, its captures."""

from storage.archive.base import Base, Row

# The pages from which any version of an article was read.
_ENTRIES = """SELECT entry_id FROM articles WHERE id = ?1 AND entry_id IS NOT NULL
    UNION SELECT entry_id FROM versions JOIN captures ON captures.id = capture_id
    WHERE article_id = ?1 AND entry_id IS NOT NULL"""


class Showing(Base):
    """One article, without its words."""

    def standing(self, article_id: int) -> Row | None:
        """How it stands: its row, with the day and the words of its tombstone as taken_at and why."""
        return self.row(
            """SELECT articles.*, taken_at, why FROM articles LEFT JOIN tombstones ON tombstones.key = articles.key
            WHERE articles.id = ?""",
            [article_id],
        )

    def time_line(self, article_id: int) -> list[Row]:
        """Its versions, first to last, as `history` has them, but characters for the text."""
        return self.rows(
            """SELECT versions.id, number, versions.title, versions.reason, created_at, changed_by, edits, extractor,
                run_id, rule_revision, capture_id, length(text) AS characters, fetched_at, body_gone, source_id
            FROM versions JOIN captures ON captures.id = capture_id WHERE article_id = ? ORDER BY number""",
            [article_id],
        )

    def withdrawn_from(self, article_id: int) -> list[Row]:
        """Versions that were taken back, the last first: number, title, capture_id, created_at, withdrawn_at, why."""
        return self.rows(
            """SELECT json_extract(version, '$.number') AS number, json_extract(version, '$.title') AS title,
                capture_id, created_at, withdrawn_at, why
            FROM withdrawn WHERE article_id = ? ORDER BY id DESC""",
            [article_id],
        )

    def announcements(self, article_id: int) -> list[Row]:
        """Which sources announced its pages, the first first.

        Rows of source_id, source, source_url, found_at, seen_at (last), url, title, published, published_raw,
        published_precision (as it was announced); carried: its text stood in the source's own document.
        """
        return self.rows(
            f"""SELECT sources.id AS source_id, sources.title AS source, sources.url AS source_url,
                entry_sources.found_at AS found_at, seen_at, entries.url, entries.title, published, published_raw,
                published_precision, 0 AS carried
            FROM entries JOIN entry_sources ON entry_id = entries.id JOIN sources ON sources.id = source_id
            WHERE entries.id IN ({_ENTRIES})
            UNION ALL SELECT sources.id, sources.title, sources.url, min(fetched_at), max(fetched_at), sources.url,
                NULL, NULL, NULL, NULL, 1
            FROM versions JOIN captures ON captures.id = capture_id JOIN sources ON sources.id = source_id
            WHERE article_id = ?1 GROUP BY sources.id
            ORDER BY found_at, source_id""",  # noqa: S608 - our own words
            [article_id],
        )

    def captures_of(self, article_id: int, most: int) -> list[Row]:
        """Of its pages, the newest first: id, entry_id, fetched_at, status, kind, reason, via, size, body_gone."""
        return self.rows(
            f"""SELECT id, entry_id, fetched_at, status, kind, reason, via, size, body_gone FROM captures
            WHERE first_page_id IS NULL AND (
                entry_id IN ({_ENTRIES}) OR id IN (SELECT capture_id FROM versions WHERE article_id = ?1)
            ) ORDER BY id DESC LIMIT ?2""",  # noqa: S608 - our own words
            [article_id, most],
        )

    def parts(self, article_id: int) -> tuple[list[Row], list[Row]]:
        """What stands in it, where it is a round-up, and the round-ups that it stands in.

        Rows of id, title, site, first_seen; share: of the part's text that stands in the round-up, 0 to 1.
        """
        columns = "SELECT articles.id, title, site, first_seen, other_share AS share FROM story_parts JOIN articles"
        return (
            self.rows(f"{columns} ON articles.id = other_id WHERE article_id = ? ORDER BY share DESC", [article_id]),
            self.rows(f"{columns} ON articles.id = article_id WHERE other_id = ? ORDER BY first_seen", [article_id]),
        )
