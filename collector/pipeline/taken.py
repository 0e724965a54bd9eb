"""What was taken down is not kept again, however it comes back: announced, redirected to, claimed, on another's page.

A page must be read before it is known for what it is: its bytes are kept until then. The rows say that they go in the
transaction in which the rest is filed; they are removed right after it.
"""

from collections import defaultdict
from dataclasses import replace

from collector.filing import readings
from collector.pipeline.edges import Edges
from storage.archive import Archive
from storage.archive.tombstones import TAKEN_DOWN
from storage.raw import Raw
from storage.records import Capture, Result


class Taken:
    """Looks at what was read before it is filed. `left` and `mark` in the transaction of the caller, then `forget`."""

    def __init__(self, archive: Archive, raw: Raw, edges: Edges) -> None:
        self._archive, self._raw, self._edges = archive, raw, edges
        self._marked: defaultdict[str, set[str]] = defaultdict(set)  # month -> bodies

    def left(self, result: Result, capture: Capture, capture_id: int) -> Result:
        """What was read, without the pieces whose address has a tombstone: where there is one, the bytes are marked."""
        found = readings(result, capture)
        taken = self._archive.taken({key for each in found for key in (each.key, each.own_key)})
        if not taken:
            return result
        self.mark(capture_id)
        kept = tuple(each.article for each in found if not {each.key, each.own_key} & taken)
        if kept:
            return replace(result, articles=kept)
        return replace(result, articles=(), kind="empty", reason=TAKEN_DOWN)

    def mark(self, capture_id: int) -> None:
        """The body of this capture, and those of its later pages, are kept no longer."""
        for row in self._archive.take_down_capture(capture_id, self._edges.now()):
            self._marked[row["month"]].add(row["sha256"])

    async def forget(self) -> None:
        """Remove what was marked."""
        while self._marked:
            await self._edges.write(self._remove, *self._marked.popitem())

    def _remove(self, month: str, digests: set[str]) -> None:
        self._raw.remove(month, self._archive.unwanted(month, digests))
