"""
What may be changed at the sites of `tests.web` while it runs. Knows no network: a command is a path, its answer values.

    publish                one story more; at every good site when no host is named
    edit     story=3       a paragraph more, and no other change
    take     story=3       the page is no longer there; `status=410` where 404 is not meant
    wall     seconds=60    a consent page, status 200, the same at every address but the feed's
    silence                the feed stays as it is now, whatever is published
    break    status=500    the feed answers so
    slow     seconds=0.5   every answer waits as long
    mend                   nothing of this holds any more; what was edited or taken stays so

Each is asked for as `http://control.test/COMMAND?host=site3.test&…`.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

CONSENT = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Before you go on</title></head><body><main>"
    "<h1>We value your privacy</h1><p>We and our partners store cookies on your device and read them, to measure how "
    "our pages are used and to show advertisements that fit you. Please accept all cookies to continue, or choose "
    "which of them you allow. You can withdraw your consent at any time in the privacy settings.</p>"
    "<button>Accept all</button><button>Manage settings</button></main></body></html>"
)


@dataclass
class Site:
    """What is different at one good site. Times are those of the steady clock."""

    more: int = 0  # stories beyond those of every site
    edits: Counter[int] = field(default_factory=Counter)
    taken: dict[int, int] = field(default_factory=dict)  # story -> status
    walled_until: float = 0.0
    frozen: range | None = None  # stories of the feed since it fell silent
    feed_status: int = 200
    slow: float = 0.0

    @property
    def walled(self) -> bool:
        return time.monotonic() < self.walled_until

    def mend(self) -> None:
        self.walled_until, self.frozen, self.feed_status, self.slow = 0.0, None, 200, 0.0


@dataclass
class Web:
    """What the sites hold. window: stories in a feed, the newest; None: all."""

    articles: int
    kilobytes: int
    window: int | None = None
    extra: int = 0  # stories published at every site
    sites: dict[str, Site] = field(default_factory=dict)

    def site(self, host: str) -> Site:
        return self.sites.setdefault(host, Site())

    def stories(self, host: str) -> range:
        """The numbers of all stories of a site."""
        return range(self.articles + self.extra + self.site(host).more)

    def fed(self, host: str) -> range:
        """Those that its feed names."""
        told = self.stories(host) if (frozen := self.site(host).frozen) is None else frozen
        return told if self.window is None else told[-self.window :]

    def command(self, path: str) -> dict[str, Any]:
        """Do it. The answer of `publish`, `edit` and `take`: url of the story, and `at`, seconds since 1970."""
        asked = urlsplit(path)
        values = dict(parse_qsl(asked.query))
        host, number = values.get("host"), int(values.get("story", -1))
        if host is None:
            self.extra += asked.path == "/publish"
            return {"at": time.time()}
        site = self.site(host)
        match asked.path:
            case "/publish":
                site.more += 1
                number = self.stories(host)[-1]
            case "/edit":
                site.edits[number] += 1
            case "/take":
                site.taken[number] = int(values.get("status", 404))
            case "/wall":
                site.walled_until = time.monotonic() + float(values["seconds"])
            case "/silence":
                site.frozen = self.stories(host)
            case "/break":
                site.feed_status = int(values.get("status", 500))
            case "/slow":
                site.slow = float(values["seconds"])
            case "/mend":
                site.mend()
        return {"url": f"http://{host}/story/{number}", "at": time.time()}
