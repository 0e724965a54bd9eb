"""What a back-fill is of: the site's front page, what is watched of it, what its robots.txt names."""

from collector import urls
from collector.config import Config
from collector.errors import FetchError
from collector.pipeline.edges import Edges
from collector.ways.nouns import Span, Target
from storage.archive import Archive
from storage.archive.backfills import Backfill
from storage.archive.base import Row


def span_of(backfill: Backfill) -> Span:
    return Span(since=backfill.since, until=backfill.until)


class Targets:
    """Targets by back-fill, each made once a run."""

    def __init__(self, archive: Archive, config: Config, edges: Edges) -> None:
        self._archive, self._config, self._edges = archive, config, edges
        self._known: dict[int, Target] = {}

    async def of(self, backfill: Backfill) -> Target:
        """While robots.txt cannot be had, no request of the site can be made, and it names nothing."""
        if backfill.id not in self._known:
            sources: list[Row] = await self._edges.write(self._archive.site_sources, backfill.site)
            try:
                named = await self._edges.sitemaps(backfill.base)
            except FetchError:
                named = ()
            self._known[backfill.id] = self._target(backfill, sources, named)
        return self._known[backfill.id]

    def rule(self, backfill: Backfill) -> str | None:
        """The host whose site rule reads the site's pages, where config.yaml says so."""
        return self._config.site(urls.host_of(backfill.base)).rule

    def _target(self, backfill: Backfill, sources: list[Row], named: tuple[str, ...]) -> Target:
        """Of the kind of the source that was named, it alone."""
        own = next((row for row in sources if row["id"] == backfill.source_id), None)

        def of_kind(kind: str) -> tuple[str, ...]:
            if own is not None and _kind(own) == kind:
                return (own["url"],)
            return tuple(row["url"] for row in sources if _kind(row) == kind)

        maps = of_kind("sitemap")
        return Target(
            base=backfill.base,
            site=backfill.site,
            source=None if own is None else own["url"],
            feeds=of_kind("feed"),
            listings=of_kind("listing"),
            sitemaps=maps if own is not None and _kind(own) == "sitemap" else tuple(dict.fromkeys((*named, *maps))),
            archive=self._config.wayback,
            rule=self.rule(backfill),
        )


def _kind(source: Row) -> str:
    """Before its first poll a source that config.yaml gives no kind is what its address says."""
    return str(source["kind"] or ("sitemap" if "sitemap" in source["url"].lower() else "feed"))
