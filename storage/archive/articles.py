"""The tables `articles` and `versions`: one article however many addresses lead to it, every reading that differed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.archive.base import Row, stamp
from storage.archive.timeline import TimeLine
from storage.columns import COMPARED, columns, kept_date
from storage.recipes import Reading
from storage.records import Article

Outcome = Literal["new", "edited", "unchanged", "worse"]
NextLook = Callable[[datetime], datetime | None]  # when an article first seen then is looked at next
SameStory = Callable[[str, str, str, str], bool]  # title, text, other title, other text
Worse = Callable[[Row, Row], str | None]  # columns of the current version, and of a reading: why it must not follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where readings come from: the capture, the page's entry, the rule that read it, and the memory of its host.

    now: when it was fetched. filed_at: when the archive comes to know it. imported: it may be of before what is known.
    """

    capture_id: int
    page_url: str
    entry_id: int | None
    extractor: str
    rule_revision: str
    memory_revision: str = ""
    now: datetime
    filed_at: datetime
    imported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What became of one reading. `reason`: why it is worse than what is known, and was not kept as a version."""

    article_id: int
    url: str
    title: str
    outcome: Outcome
    number: int  # of the current version
    reason: str = ""


class Articles(TimeLine):
    """Articles and versions: filed, looked at, gone."""

    def add_versions(
        self,
        source: Source,
        readings: Iterable[Reading],
        *,
        next_look: NextLook,
        same_story: SameStory,
        worse: Worse,
    ) -> list[Filed]:
        """File what one capture said: a new article, a new version of a known one, or nothing new.

        What is worse than the current version changes nothing but when the article is looked at next.
        """
        with self.transaction():
            return [self._file(source, reading, next_look, same_story, worse) for reading in readings]

    def _file(
        self, source: Source, reading: Reading, next_look: NextLook, same_story: SameStory, worse: Worse
    ) -> Filed:
        url, known = self._identify(source, reading, same_story)
        if known is None:
            return self._add_article(source, reading, url, next_look)
        article, old = reading.article, self._current(known)
        values = self._values(source, article)
        if source.imported and self.is_past(known["id"], source.now):
            return self._file_past(source, known["id"], url, values, worse)
        if article.found and (known["found_on"] is None or known["found_on"] != source.page_url):
            return Filed(  # a copy on another page never outranks what is known
                article_id=known["id"], url=url, title=old["title"], outcome="unchanged", number=old["number"]
            )
        arrived = not article.found and known["found_on"] is not None
        looked_at = not article.found and (source.entry_id or known["entry_id"]) is not None
        values |= kept_date(old, values)
        changed = any(values[name] != old[name] for name in COMPARED)
        if changed and (why := worse(old, values | _read_with(source))):
            if not article.found:
                self._set_looked_past(source, known, next_look)
            return Filed(
                article_id=known["id"], url=url, title=old["title"], outcome="worse", number=old["number"], reason=why
            )
        number = old["number"] + changed
        if changed:
            self._add_version(known["id"], number, source, values, "published" if arrived else "edited")
        self.write(
            """UPDATE articles SET last_seen = max(last_seen, ?), state = 'current', gone_at = NULL, next_look = ?,
            looks = looks + 1, found_on = CASE WHEN ? THEN NULL ELSE found_on END, entry_id = coalesce(entry_id, ?)
            WHERE id = ?""",
            [
                *(stamp(source.now), stamp(next_look(known["first_seen"])) if looked_at else None),
                *(arrived, None if article.found else source.entry_id, known["id"]),
            ],
        )
        outcome: Outcome = "edited" if changed else "unchanged"
        return Filed(article_id=known["id"], url=url, title=article.title, outcome=outcome, number=number)

    def _file_past(self, source: Source, article_id: int, url: str, values: Row, worse: Worse) -> Filed:
        """Something from before the current version: a version in its place on the time line, if none says the same."""
        before, after = self.neighbours(article_id, source.now)
        current = self._by_id(article_id)
        same = any(each and all(values[name] == each[name] for name in COMPARED) for each in (before, after))
        why = worse(before, values | _read_with(source)) if before and not same else None
        if not same and not why:
            self._insert_past(source, article_id, values, before, after)
        self.write(
            "UPDATE articles SET first_seen = min(first_seen, ?), entry_id = coalesce(entry_id, ?) WHERE id = ?",
            [stamp(source.now), source.entry_id, article_id],
        )
        outcome: Outcome = "unchanged" if same else "worse" if why else "edited"
        return Filed(
            article_id=article_id,
            url=url,
            title=values["title"],
            outcome=outcome,
            number=self._current(current)["number"],
            reason=why or "",
        )

    def _set_looked_past(self, source: Source, known: Row, next_look: NextLook) -> None:
        """The article stays as it is: it was looked at, but not seen."""
        self.write(
            "UPDATE articles SET next_look = ?, looks = looks + 1, entry_id = coalesce(entry_id, ?) WHERE id = ?",
            [stamp(next_look(known["first_seen"])), source.entry_id, known["id"]],
        )

    def _identify(self, source: Source, reading: Reading, same_story: SameStory) -> tuple[str, Row | None]:
        """The address to file under. A claimed one that is another page's is believed only for the same story."""
        known = self._by_key(reading.key)
        borrowed = known is not None and reading.key != reading.own_key and known["entry_id"] != source.entry_id
        if known is not None and borrowed and known["entry_id"] is not None:
            old = self._current(known)
            if not same_story(old["title"], old["text"], reading.article.title, reading.article.text):
                return reading.own_url, self._by_key(reading.own_key)
        return reading.url, known

    def _by_key(self, key: str) -> Row | None:
        found = self.row("SELECT id, first_seen, found_on, entry_id, version_id FROM articles WHERE key = ?", [key])
        return found and found | {"first_seen": datetime.fromisoformat(found["first_seen"])}

    def _insert_past(self, source: Source, article_id: int, values: Row, before: Row | None, after: Row | None) -> None:
        if after is not None:
            number = self.make_room(article_id, after["number"])
        else:
            assert before is not None, "an article has a version"
            self.say_again(article_id, source.now, source.filed_at)
            number = before["number"] + 1
        self._insert_version(article_id, number, source, values, "edited" if before else "published")

    def _by_id(self, article_id: int) -> Row:
        return self.rows("SELECT id, version_id FROM articles WHERE id = ?", [article_id])[0]

    def _current(self, article: Row) -> Row:
        found = self.row("SELECT * FROM versions WHERE id = ?", [article["version_id"]])
        if found is None:
            raise LookupError(f"article {article['id']} has no version")
        return found

    def _add_article(self, source: Source, reading: Reading, url: str, next_look: NextLook) -> Filed:
        article, now = reading.article, stamp(source.now)
        own = not article.found
        id_ = int(
            self.value(
                """INSERT INTO articles (url, key, site, title, first_seen, last_seen, next_look, entry_id, found_on)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                [
                    *(url, reading.key if url == reading.url else reading.own_key, reading.site, article.title),
                    *(now, now, stamp(next_look(source.now)) if own and source.entry_id is not None else None),
                    *(source.entry_id if own else None, None if own else source.page_url),
                ],
            )
        )
        self._add_version(id_, 1, source, self._values(source, article), "published")
        return Filed(article_id=id_, url=url, title=article.title, outcome="new", number=1)

    def _values(self, source: Source, article: Article) -> Row:
        """The columns of a version; where the page gives no date, that which its source announced."""
        values = columns(article)
        if values["published"] is None and source.entry_id is not None and not article.found:
            sql = "SELECT published, published_raw, published_precision FROM entries WHERE id = ?"
            values |= self.row(sql, [source.entry_id]) or {}
        return values

    def _add_version(self, article_id: int, number: int, source: Source, values: Row, reason: str) -> None:
        id_ = self._insert_version(article_id, number, source, values, reason)
        self.write(
            "UPDATE articles SET version_id = ?, title = ?, published = ? WHERE id = ?",
            [id_, values["title"], values["published"], article_id],
        )

    def _insert_version(self, article_id: int, number: int, source: Source, values: Row, reason: str) -> int:
        row = values | {
            "article_id": article_id,
            "capture_id": source.capture_id,
            "number": number,
            **_read_with(source),
            "reason": reason,
            "created_at": stamp(source.filed_at),
        }
        return self.insert_version(row)

    def set_looked(
        self, entry_id: int, now: datetime, next_look: NextLook, *, seen: bool = True, gone: bool = False
    ) -> None:
        """The page of these articles was looked at and brought nothing to read: unchanged (seen), away, or gone."""
        with self.transaction():
            for row in self.rows("SELECT id, first_seen FROM articles WHERE entry_id = ?", [entry_id]):
                due = next_look(datetime.fromisoformat(row["first_seen"]))
                self.write(
                    """UPDATE articles SET looks = looks + 1, next_look = ?,
                    state = CASE WHEN ? THEN 'gone' WHEN ? THEN 'current' ELSE state END,
                    gone_at = CASE WHEN ? THEN coalesce(gone_at, ?) WHEN ? THEN NULL ELSE gone_at END,
                    last_seen = CASE WHEN ? THEN ? ELSE last_seen END WHERE id = ?""",
                    [stamp(due), gone, seen, gone, stamp(now), seen, seen, stamp(now), row["id"]],
                )

    def has_article(self, entry_id: int) -> bool:
        """Was an article ever read from this page?"""
        return bool(self.value("SELECT 1 FROM articles WHERE entry_id = ? LIMIT 1", [entry_id]))


def _read_with(source: Source) -> Row:
    """The columns that say by what a version was read."""
    return {
        "extractor": source.extractor,
        "rule_revision": source.rule_revision,
        "memory_revision": source.memory_revision,
    }
