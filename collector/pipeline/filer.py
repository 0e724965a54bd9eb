"""What was read -> the archive: articles and versions, each looked at again at its age. Knows no page, no network."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

from collector import policy
from collector.config import Config
from collector.extract import rules
from collector.filing import readings
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event, Kind
from collector.policy import quality
from storage.archive import Archive
from storage.archive.articles import Filed, NextLook, Outcome, Source
from storage.recipes import Reading, bare_revision
from storage.records import Capture, Result

Decide = Callable[[datetime, datetime, Sequence[float]], datetime | None]  # first seen, now, ages -> next look
FILED: dict[Outcome, Kind] = {
    "new": "article-new",
    "edited": "article-edited",
    "unchanged": "article-unchanged",
    "worse": "worse",
}


class Filer:
    """Files what captures said. All of it in the transaction of the caller, but `report`.

    imported: all of it may be of before what is known, as a web archive's copy is.
    """

    imported = False

    def __init__(self, archive: Archive, config: Config, edges: Edges) -> None:
        self._archive, self._edges, self._ages = archive, edges, config.look_again

    def file(self, result: Result, capture: Capture, capture_id: int, entry_id: int | None) -> list[Filed]:
        """Into the archive, in the transaction of the caller."""
        past = self.imported or self._archive.is_copy(capture_id)
        source = Source(
            capture_id=capture_id,
            page_url=capture.final_url,
            entry_id=entry_id,
            extractor=result.extractor,
            rule_revision=result.rule_revision,
            memory_revision=result.memory_revision,
            now=capture.fetched_at,
            filed_at=self._edges.now(),
            imported=past,
        )
        pieces = readings(result, capture)
        if past:
            filed = self._file_past(source, pieces)
        else:
            filed = self._add(source, pieces, self.next_look(entry_id, _newest(result)))
        if filed and result.extractor.startswith("site:"):
            self._keep_rule(result.extractor.removeprefix("site:"), result.rule_revision)
        return filed

    def _add(self, source: Source, pieces: Sequence[Reading], next_look: NextLook) -> list[Filed]:
        same_story, worse = policy.same_story, quality.worse
        return self._archive.add_versions(source, pieces, next_look=next_look, same_story=same_story, worse=worse)

    def _file_past(self, source: Source, pieces: Sequence[Reading]) -> list[Filed]:
        """What is of then changes nothing of when an article is looked at: its site may be long gone."""
        keys = {key for each in pieces for key in (each.key, each.own_key)}
        with self._archive.looks_kept(keys, source.now):
            return self._add(source, pieces, lambda _: None)

    def _keep_rule(self, name: str, rule_revision: str) -> None:
        """The rule as it is now, so that what it read can be read so again when it has changed."""
        if self._archive.rule_text(rule_revision) is None:
            text = rules.of_revision(name, bare_revision(rule_revision))
            if text is not None:
                self._archive.keep_rule(bare_revision(rule_revision), name, text, self._edges.now())

    def report(self, filed: list[Filed]) -> None:
        for each in filed:
            self._edges.report(Event(FILED[each.outcome], each.url, each.reason or each.title))

    def next_look(self, entry_id: int | None, published: datetime | None = None) -> NextLook:
        """When articles of this entry are looked at next. Asked, and called, where the archive is written.

        What only back-fills announced is as old as it says: `published` by the page at hand, else as is known.
        """
        return self._reckoned(policy.next_look, entry_id, published)

    def look_after_failure(self, entry_id: int | None) -> NextLook:
        """The same after a look that brought no answer."""
        return self._reckoned(policy.look_after_failure, entry_id, None)

    def _reckoned(self, decide: Decide, entry_id: int | None, published: datetime | None) -> NextLook:
        now, ages, past = self._edges.now(), self._ages_of(entry_id), self._archive.past_of(entry_id)
        if past is None:
            return lambda first_seen: decide(first_seen, now, ages)
        born = published or past.published
        if born is None:  # undated: nothing says that it is new
            return lambda _: None
        return lambda first_seen: decide(min(born, first_seen), now, ages)

    def _ages_of(self, entry_id: int | None) -> Sequence[float]:
        own = self._archive.look_ages(entry_id)
        return self._ages if own is None else own


def _newest(result: Result) -> datetime | None:
    """When the pieces of a page were published; of several, the last of them. None: it does not say."""
    dates = [each.published for each in result.articles if each.published is not None and not each.found]
    return max(map(_begin, dates), default=None)


def _begin(value: date | datetime) -> datetime:
    """Its first moment; without a zone it is taken for UTC."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
