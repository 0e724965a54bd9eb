"""The newsroom: the sites of a town that is on no map, on one loopback port, told apart by Host header.

It publishes and edits, and answers as real sites do: robots.txt, feeds, ETag, Last-Modified, 304, 404.
Knows no pipeline, config or database.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Thread
from typing import Self

from collector.demo.server import Page, Server
from collector.demo.sites import documents, missing
from collector.demo.stories import Site, Story, sites


class Newsroom:
    """Serves while its `with` block runs. Every date is counted back from `now`, by default the real one."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = (now or datetime.now(UTC)).replace(microsecond=0)
        self.requests: list[tuple[str, str, str, int]] = []  # method, host, path and query, status; in order
        self._sites: dict[str, Site] = {}
        self._pages: dict[tuple[str, str], Page] = {}
        self._missing = Page(**missing()._asdict(), modified=self.now, status=404)
        for site in sites(self.now):
            self._put(site, modified=max(story.updated for story in site.stories))

    def __enter__(self) -> Self:
        self._server = Server(find=self._find, note=lambda *request: self.requests.append(request))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """`127.0.0.1:PORT`, inside the `with` block."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def sources(self) -> tuple[tuple[str, str | None], ...]:
        """What to watch: address, and kind where the bytes would not tell."""
        return tuple((site.root + site.source, None if site.feed else "listing") for site in self._sites.values())

    @property
    def rules(self) -> Mapping[str, str]:
        """Host -> the host whose site rule reads it."""
        return {site.host: site.rule for site in self._sites.values()}

    @property
    def stories(self) -> tuple[Story, ...]:
        """All that stands on the sites now."""
        return tuple(story for site in self._sites.values() for story in site.stories)

    def publish(self) -> Story:
        """Put one more story into one site's feed and pages. Doing it again changes nothing."""
        site, story = next((site, site.held) for site in self._sites.values() if site.held)
        self._put(site.with_held(), modified=self.now)
        return story

    def edit(self) -> Story:
        """Change a figure of one story and add a paragraph; its feed says when. Doing it again changes nothing."""
        site, story = next((site, site.edited) for site in self._sites.values() if site.edited)
        self._put(site.with_edited(), modified=self.now)
        return story

    def _put(self, site: Site, modified: datetime) -> None:
        """Serve the site as it is now; a page whose bytes stay the same stays as old as it was."""
        pages = dict(self._pages)
        for path, document in documents(site, self.now).items():
            page = Page(**document._asdict(), modified=modified)
            old = pages.get((site.host, path))
            pages[site.host, path] = old if old and old.body == page.body else page
        self._sites[site.host] = site
        self._pages = pages  # at once: no request sees the feed of one moment and the page of another

    def _find(self, host: str, path: str) -> Page:
        return self._pages.get((host, path), self._missing)
