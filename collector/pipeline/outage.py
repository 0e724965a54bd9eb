"""Is it they, or is it us? A get that notices when our own line is down. Knows no archive, no page, no wall clock.

    hop = Outage(fetcher.hop, report)       below the gate, so that no host's door is shut for our line's fault

Several hosts that nobody answers for, one after the other, with no answer from anyone between: that is us. From then
on only probes are sent; everyone else is told Offline at once. The first answer ends it.
"""

import time
from collections.abc import Callable

from collector import urls
from collector.errors import FetchError, HostClosed, Offline, Refused
from collector.pipeline.edges import Get
from collector.pipeline.events import Event, Report
from storage.records import Capture, Request

HOSTS = 3  # different ones, in a row
PROBE_AGAIN = 60.0  # seconds until the same host is asked again while we are offline
PROBES = 8  # at a time
OUR_LINE = frozenset({"dns", "connect", "timeout", "reset"})
SILENT = frozenset({"robots", "tls"})  # of an error that tells nothing of the line: a captive portal breaks TLS, too
LINE = "network"  # what the events are about


class Outage:
    """A get again. Raises Offline, and what the inner get raises; `since`: when, on `clock`, the line went down.

    A host that failed while others answered is at fault itself, and proves nothing until it answers. When but one or
    two are left that answered before, their silence is proof enough, where the others are silent, too.
    """

    def __init__(self, get: Get, report: Report, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._get, self._report, self._clock = get, report, clock
        self._failing: set[str] = set()  # since the last answer of anyone
        self._good: set[str] = set()  # answered when they were asked last, before that
        self._bad: set[str] = set()  # did not, though others did
        self._probed: dict[str, float] = {}
        self._probing = 0
        self.since: float | None = None

    async def __call__(self, request: Request) -> Capture:
        if self.since is None:
            return await self._ask(request)
        if not self._may_probe(urls.host_of(request.url)):
            raise Offline(request.url, "our own line is down")
        self._probing += 1
        try:
            return await self._ask(request)
        finally:
            self._probing -= 1

    async def _ask(self, request: Request) -> Capture:
        host = urls.host_of(request.url)
        try:
            capture = await self._get(request)
        except FetchError as error:
            if error.reason in OUR_LINE:
                self._unanswered(host, error)
            elif not isinstance(error, Refused | HostClosed | Offline) and error.reason not in SILENT:
                self._answered(host)
            if self.since is not None and error.reason in OUR_LINE:
                raise Offline(request.url, f"our own line is down ({error})") from error
            raise
        self._answered(host)
        return capture

    def _may_probe(self, host: str) -> bool:
        now = self._clock()
        if self._probing >= PROBES or now - self._probed.get(host, -PROBE_AGAIN) < PROBE_AGAIN:
            return False
        self._probed[host] = now
        return True

    def _unanswered(self, host: str, error: FetchError) -> None:
        self._failing.add(host)
        proof = self._failing - self._bad
        needed = min(HOSTS, max(1, len(self._good)))
        if self.since is None and len(self._failing) >= HOSTS and len(proof) >= needed:
            self.since = self._clock()
            self._probed = dict.fromkeys(self._failing, self.since)
            self._report(Event("offline", LINE, f"{len(self._failing)} hosts in a row came to nothing, last {error}"))

    def _answered(self, host: str) -> None:
        if self.since is not None:
            self._report(Event("online", LINE, f"{host} answers again", seconds=self._clock() - self.since))
            self.since = None
        self._bad |= self._failing
        self._good -= self._failing
        self._failing.clear()
        self._bad.discard(host)
        self._good.add(host)
