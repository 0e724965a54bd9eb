"""
The ledger: for each source, way and day, what was announced and what became of it. A query over rows, nothing is kept.

An address has one outcome, the first of these that is true of it:
    archived   an article stands in the archive from it, be it from its page or from the text that its source carried
    outside    the same, but by its own date it is of no day that the back-fills which announced it were asked for
    duplicate  another address of an article that is counted already
    gone       the site says so (404, 410, 451, it leads to the front page), or it was taken down; nothing of it is kept
    wall       its last capture is one
    refused    robots.txt says no
    empty      its page is kept, and no article could be read from it
    lost       given up: nothing of its words is kept, and nothing more is tried
    failed     tried in vain, and tried again at a time that is known
    waiting    not asked for yet, or not read
`fetched` counts addresses of any outcome of which a page was kept.

Its day, of UTC, is that of the article's own date; else as it was announced; else when a live source was found to
announce it; else "". One that is `outside` stands at the day that was announced.
"""

from dataclasses import dataclass

from storage.archive.base import Base, Row
from storage.archive.gap_backfills import GAPS

OUTCOMES = (
    *("archived", "duplicate", "wall", "gone", "refused", "empty", "failed", "lost", "waiting"),
    "outside",  # is not counted among what was announced
)

# Of the day's text that a date begins with: a month or a year alone is none.
_DAY = "CASE WHEN length({0}) >= 10 THEN date({0}) END"
_LAST = "(SELECT kind FROM captures WHERE entry_id = page.id AND first_page_id IS NULL ORDER BY id DESC LIMIT 1)"
# ?1: the site. ?2: the source that is asked for, or NULL. Parts of a sitemap index are its own. ?3, ?4: days, or NULL.
_SCOPE = """WITH RECURSIVE
its(id, root) AS (
    SELECT id, id FROM sources WHERE CASE WHEN ?2 IS NULL THEN site = ?1 AND parent_id IS NULL ELSE id = ?2 END
    UNION SELECT sources.id, root FROM sources JOIN its ON parent_id = its.id
),
past(walk_id, way, since, until) AS (
    SELECT walks.id, way, since, until FROM backfills JOIN walks ON backfill_id = backfills.id
    WHERE site = ?1 AND (?2 IS NULL OR source_id = ?2)
)"""
_FOUND = "found_at BETWEEN coalesce(?3, '') AND coalesce(?4 || '~', '~')"  # '~' sorts behind every time
_TOLD = "coalesce(day, ?3, '') BETWEEN coalesce(?3, '') AND coalesce(?4, '~')"
_FATES = f"""{_SCOPE},
announced(line, entry_id, told) AS MATERIALIZED (
    SELECT root, entry_id, NULL FROM its CROSS JOIN entry_sources ON source_id = its.id AND {_FOUND}
    UNION ALL SELECT way, entry_id, day FROM past CROSS JOIN finds ON finds.walk_id = past.walk_id AND {_TOLD}
),
page(id, live, told, own) AS MATERIALIZED (
    SELECT id, live, coalesce({_DAY.format("published")}, told), coalesce(
        (SELECT coalesce(min({_DAY.format("published")}), '') FROM articles WHERE entry_id = entries.id
            GROUP BY entry_id),
        (SELECT coalesce({_DAY.format("published")}, '') FROM articles
            WHERE key = entries.key AND entry_id IS NULL),
        (SELECT coalesce(min({_DAY.format("articles.published")}), '') FROM versions
            JOIN articles ON articles.id = article_id
            WHERE capture_id = entries.capture_id AND coalesce(articles.entry_id, entries.id) = entries.id
            GROUP BY capture_id)
    )
    FROM (
        SELECT entry_id, max(typeof(line) = 'integer') AS live, min(told) AS told FROM announced GROUP BY entry_id
    ) CROSS JOIN entries ON entries.id = entry_id
),
fates(id, day, fetched, outcome) AS MATERIALIZED (
    SELECT id, CASE outcome WHEN 'outside' THEN coalesce(told, '')
        ELSE coalesce(nullif(own, ''), told, CASE WHEN live THEN date(found_at) END, '') END, fetched, outcome
    FROM (
        SELECT page.*, entries.found_at, entries.capture_id IS NOT NULL AS fetched, CASE
            WHEN own > '' AND NOT live AND NOT EXISTS (
                SELECT 1 FROM finds JOIN past ON past.walk_id = finds.walk_id
                WHERE entry_id = page.id AND own BETWEEN since AND until
            ) THEN 'outside'
            WHEN own IS NOT NULL THEN 'archived'
            WHEN state = 'done' THEN 'duplicate'
            WHEN state IN ('gone', 'refused') THEN state
            WHEN state = 'fetched' OR (state = 'new' AND attempts = 0) THEN 'waiting'
            WHEN {_LAST} IN ('wall', 'gone') THEN {_LAST}
            WHEN state = 'new' THEN 'failed'
            WHEN state = 'empty' THEN 'empty'
            WHEN (SELECT kind FROM captures WHERE id = entries.capture_id) <> 'wall' THEN 'empty'
            ELSE 'lost'
            END AS outcome
        FROM page CROSS JOIN entries ON entries.id = page.id
    )
)"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose ledger: a site's, with all that is or was watched of it; or that of one source.

    found: first and last ISO day on which live sources announced it, and for which back-fills did; None: all of it.
    """

    site: str
    source_id: int | None = None
    found: tuple[str, str] | None = None


class Ledger(Base):
    """What was announced, and what became of it."""

    def ledger(self, scope: Scope) -> list[Row]:
        """Rows of line, day, outcome, number, fetched: how many addresses, and how many of them have a page kept.

        line: id of a live source, or the name of a back-fill's way; None: all of them together, each address once.
        """
        counted = "count(*) AS number, sum(fetched) AS fetched"
        return self.rows(
            f"""{_FATES}
            SELECT NULL AS line, day, outcome, {counted} FROM fates GROUP BY day, outcome
            UNION ALL SELECT line, day, outcome, {counted}
            FROM (SELECT DISTINCT line, entry_id FROM announced) CROSS JOIN fates ON fates.id = entry_id
            GROUP BY line, day, outcome""",  # noqa: S608 - our own words
            [scope.site, scope.source_id, *(scope.found or (None, None))],
        )

    def ledger_exceeds(self, scope: Scope, most: int) -> bool:
        """Has it more than `most` addresses, those of several lines once for each? Known in a moment."""
        counted = f"""{_SCOPE} SELECT count(*) FROM (
            SELECT 1 FROM its CROSS JOIN entry_sources ON source_id = its.id AND {_FOUND}
            UNION ALL SELECT 1 FROM past CROSS JOIN finds ON finds.walk_id = past.walk_id AND {_TOLD} LIMIT ?5
        )"""  # noqa: S608 - our own words
        number = self.value(counted, [scope.site, scope.source_id, *(scope.found or (None, None)), most + 1])
        return int(number) > most

    def ledger_elsewhere(self, scope: Scope) -> list[Row]:
        """Addresses of other sites that the ways named: way, day, number. Of several back-fills the one with most."""
        return self.rows(
            f"""{_SCOPE} SELECT way, substr(day, 1, instr(day, ' ') - 1) AS day, max(number) AS number
            FROM past CROSS JOIN walk_days ON walk_days.walk_id = past.walk_id
            WHERE day LIKE '% elsewhere' GROUP BY way, walk_days.day""",  # noqa: S608 - our own words
            [scope.site, scope.source_id],
        )

    def ledger_sources(self, scope: Scope) -> list[Row]:
        """The live sources of a ledger: id, url, kind."""
        sql = f"{_SCOPE} SELECT id, url, kind FROM sources WHERE id IN (SELECT root FROM its) ORDER BY id"  # noqa: S608
        return self.rows(sql, [scope.site, scope.source_id])

    def ledger_gaps(self, scope: Scope) -> list[Row]:
        """Between which polls something may have passed unseen: url, after, before, backfill_id, state, filled."""
        return self.rows(
            f"""{_SCOPE} SELECT url, after, before, backfill_id, state, filled FROM ({GAPS})
            WHERE source_id IN (SELECT id FROM its) ORDER BY after, url""",  # noqa: S608 - our own words
            [scope.site, scope.source_id],
        )

    def ledger_watched(self, scope: Scope) -> list[tuple[str, str]]:
        """The days on which announcements were looked for, first and last of each: by polls, by ways that reached."""
        rows = self.rows(
            f"""{_SCOPE} SELECT day AS since, day AS until FROM source_days
            WHERE source_id IN (SELECT id FROM its) AND polls > failed
            UNION SELECT past.since, past.until FROM past JOIN walks ON walks.id = walk_id WHERE reached
            ORDER BY 1, 2""",  # noqa: S608 - our own words
            [scope.site, scope.source_id],
        )
        return [(row["since"], row["until"]) for row in rows]

    def scope_of(self, target: str) -> Scope | None:
        """By the address of a source, or the name of a site; None for what is neither watched nor back-filled."""
        source = self.row("SELECT id, site FROM sources WHERE url = ?", [target])
        if source is not None:
            return Scope(site=source["site"] or "", source_id=source["id"])
        known = "SELECT 1 FROM sources WHERE site = ?1 UNION SELECT 1 FROM backfills WHERE site = ?1"
        return Scope(site=target) if self.value(known, [target]) else None
