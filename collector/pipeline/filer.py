"""What was read -> the archive: articles and versions, each looked at again at its age. Knows no page, no network."""

from collections.abc import Sequence

from collector import policy
from collector.config import Config
from collector.extract import rules
from collector.filing import readings
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event, Kind
from collector.policy import quality
from storage.archive import Archive
from storage.archive.articles import Filed, NextLook, Outcome, Source
from storage.recipes import bare_revision
from storage.records import Capture, Result

FILED: dict[Outcome, Kind] = {
    "new": "article-new",
    "edited": "article-edited",
    "unchanged": "article-unchanged",
    "worse": "worse",
}


class Filer:
    """Files what captures said. All of it in the transaction of the caller, but `report`.

    imported: it may be of before what is known.
    """

    imported = False

    def __init__(self, archive: Archive, config: Config, edges: Edges) -> None:
        self._archive, self._edges, self._ages = archive, edges, config.look_again

    def file(self, result: Result, capture: Capture, capture_id: int, entry_id: int | None) -> list[Filed]:
        """Into the archive, in the transaction of the caller."""
        source = Source(
            capture_id=capture_id,
            page_url=capture.final_url,
            entry_id=entry_id,
            extractor=result.extractor,
            rule_revision=result.rule_revision,
            memory_revision=result.memory_revision,
            now=capture.fetched_at,
            filed_at=self._edges.now(),
            imported=self.imported,
        )
        pieces = readings(result, capture)
        next_look = self.next_look(entry_id)
        same_story, worse = policy.same_story, quality.worse
        filed = self._archive.add_versions(source, pieces, next_look=next_look, same_story=same_story, worse=worse)
        if filed and result.extractor.startswith("site:"):
            self._keep_rule(result.extractor.removeprefix("site:"), result.rule_revision)
        return filed

    def _keep_rule(self, name: str, rule_revision: str) -> None:
        """The rule as it is now, so that what it read can be read so again when it has changed."""
        if self._archive.rule_text(rule_revision) is None:
            text = rules.of_revision(name, bare_revision(rule_revision))
            if text is not None:
                self._archive.keep_rule(bare_revision(rule_revision), name, text, self._edges.now())

    def report(self, filed: list[Filed]) -> None:
        for each in filed:
            self._edges.report(Event(FILED[each.outcome], each.url, each.reason or each.title))

    def next_look(self, entry_id: int | None) -> NextLook:
        """When articles of this entry are looked at next. Asked, and called, where the archive is written."""
        return lambda first_seen: policy.next_look(first_seen, self._edges.now(), self._ages_of(entry_id))

    def look_after_failure(self, entry_id: int | None) -> NextLook:
        """The same after a look that brought no answer."""
        return lambda first_seen: policy.look_after_failure(first_seen, self._edges.now(), self._ages_of(entry_id))

    def _ages_of(self, entry_id: int | None) -> Sequence[float]:
        own = self._archive.look_ages(entry_id)
        return self._ages if own is None else own
