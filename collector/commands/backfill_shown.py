"""How far a back-fill is, by way and host: bars on a terminal, elsewhere a log line a minute."""

import sys
import time
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

from collector import log_events, urls
from collector.log import logger
from collector.pipeline.events import Event
from storage.archive import Archive
from storage.archive.base import Row

MINUTE = 60.0
SAID = {"storage-failed", "storage-mended", "broke", "step-failed"}  # on a terminal too: why nothing moves
WAITS = {"put-off", "step-put-off"}
QUIET = {
    *WAITS,
    "asked",
    "to-visit",
    "visited",
    "article-new",
    "article-edited",
    "article-unchanged",
    "step-read",
    "learnt",
}


class Shown:
    """`with Shown(archive, id) as shown:` then `shown.look()` now and then; `shown.hear` are a pipeline's ears.

    archive: one that is read only, and by one thread at a time.
    """

    def __init__(self, archive: Archive, id_: int) -> None:
        self._archive, self._id, self._terminal = archive, id_, sys.stderr.isatty()
        self._bars: dict[tuple[str, str], tqdm[Any]] = {}
        self._told, self._settled = time.monotonic(), dict[tuple[str, str], int]()
        self._waits: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bar in self._bars.values():
            bar.close()

    def hear(self, event: Event) -> None:
        """What goes wrong is said; what goes well is seen by its number. That a host is waited for is said once."""
        if event.kind in WAITS and (host := urls.host_of(event.url)) not in self._waits:
            self._waits.add(host)
            with tqdm.external_write_mode(file=sys.stderr):
                logger.warning("waiting", url=event.url, reason=event.detail)
        if event.kind in SAID and self._terminal:
            with tqdm.external_write_mode(file=sys.stderr):
                log_events.hear(event)
        elif not self._terminal and event.kind not in QUIET:
            log_events.hear(event)

    def look(self) -> None:
        """Ask how it stands, and show it."""
        if not self._terminal and time.monotonic() - self._told < MINUTE:
            return
        walks = [row for row in self._archive.walks_told(self._id) if row["state"] not in ("waiting", "not needed")]
        pages = self._archive.finds_told(self._id)
        if self._terminal:
            self._draw(walks, pages)
        else:
            self._log(walks, pages)

    def _draw(self, walks: list[Row], pages: list[Row]) -> None:
        for row in walks:
            self._bar((row["way"], ""), f"{row['way']}: documents", row["asked"] + row["open"], row["asked"])
        for row in pages:
            self._bar((row["way"], row["host"]), f"{row['way']}: {row['host']}", row["found"], _settled(row))

    def _bar(self, key: tuple[str, str], what: str, of: int, done: int) -> None:
        bar = self._bars.get(key)
        if bar is None:
            bar = self._bars[key] = tqdm(desc=what, total=of, initial=done, unit="", file=sys.stderr, leave=True)
        bar.total = of
        bar.update(done - bar.n)
        bar.refresh()

    def _log(self, walks: list[Row], pages: list[Row]) -> None:
        seconds, self._told = time.monotonic() - self._told, time.monotonic()
        for row in walks:
            if row["state"] == "walking":
                logger.info("backfill", way=row["way"], documents=row["asked"], open=row["open"], found=row["found"])
        for row in pages:
            done, key = _settled(row), (row["way"], row["host"])
            rate = (done - self._settled.get(key, 0)) / seconds
            self._settled[key] = done
            left = f"{(row['found'] - done) / rate / MINUTE:.0f} min" if rate > 0 else "not known"
            logger.info(
                "backfill",
                way=row["way"],
                host=row["host"],
                found=row["found"],
                done=done,
                left=left,
                a_minute=round(rate * MINUTE, 1),
            )


def _settled(row: Row) -> int:
    return int(row["found"] - row["waiting"])
