"""
Everything that can go wrong, named for what happened and who should act.

* CollectorError
  - ConfigError        a file that a person wrote is wrong: the person mends it
    + RuleError        a site rule is wrong
  - FetchError         no usable answer; `passing` tells whether another try can help
    + Refused          robots.txt, the address guard or the scheme says no; not tried again soon
    + HostClosed       the host asked to be left alone until `until`
    + Offline          our own line is down
  - SourceError        a document of a source with nothing to read
  - WorkerError        a page hung or crashed its worker process; it costs itself alone
  - NoWorker           no worker process can be started: whoever runs the machine looks why
  - Undelivered        a webhook or a mail server did not take an alarm; it is told later
"""

from collections.abc import Sequence
from datetime import datetime


class CollectorError(Exception):
    """Root of the tree: its message is for the operator."""


class ConfigError(CollectorError):
    """A file that a person wrote is wrong. `mistakes`: all of them, each `file:line:column: key: what to do`."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class RuleError(ConfigError):
    """A site rule is wrong."""


class FetchError(CollectorError):
    """No usable answer from `url`. `reason`: a short code such as timeout, dns, tls, reset, too-large, redirects."""

    def __init__(self, url: str, reason: str, message: str, *, passing: bool, status: int | None = None) -> None:
        super().__init__(f"{url}: {message}")
        self.url, self.reason, self.passing, self.status = url, reason, passing, status


class Refused(FetchError):
    """The answer is no before anything was sent: robots.txt, a private address, a scheme that is not http."""

    def __init__(self, url: str, reason: str, message: str) -> None:
        super().__init__(url, reason, message, passing=False)


class HostClosed(FetchError):
    """The host asked to be left alone; nothing was sent. `until` is aware UTC."""

    def __init__(self, url: str, until: datetime, message: str) -> None:
        super().__init__(url, "host-closed", message, passing=True)
        self.until = until


class Offline(FetchError):
    """Nothing can be asked of anyone: our own line is down. Nothing is counted against the address."""

    def __init__(self, url: str, message: str) -> None:
        super().__init__(url, "offline", message, passing=True)


class SourceError(CollectorError):
    """A source's document holds nothing to read: names source, status, content type and first bytes."""


class WorkerError(CollectorError):
    """The worker that had this job hung, crashed or ran out of memory; it was replaced."""


class Undelivered(CollectorError):
    """An alarm reached nobody. Names the host, and no address that is a secret."""


class NoWorker(CollectorError):
    """No worker process can be started: no page is at fault, and none can be read."""
