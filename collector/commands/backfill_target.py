"""What a back-fill is asked for: a source of config.yaml, a site, or the address of its front page."""

from datetime import date
from urllib.parse import urlsplit

import click

from collector import urls
from storage.archive import Archive
from storage.archive.backfills import Wish
from storage.archive.base import Row


def wish_of(archive: Archive, target: str, since: date, until: date, most: int | None, via: tuple[str, ...]) -> Wish:
    """Raises click.UsageError, with advice, when `target` is an address that is neither a source nor a front page.

    A site that is watched is asked at the scheme and port at which its sources are; any other one by https.
    """
    address = target if "://" in target else f"https://{target}/"
    host, site = urls.host_of(address), urls.site_of(address)
    if not host:
        raise click.UsageError(f"{target!r} is neither a site nor an address")
    watched = archive.site_sources(site)
    source = next((row for row in watched if row["url"] == target), None)
    if source is None and "://" in target and urlsplit(target).path not in ("", "/"):
        named = "".join(f"\n  {row['url']}" for row in watched)
        advice = f"; of {site} there are:{named}" if named else f"; name the site: {site}"
        raise click.UsageError(f"{target} is no source of config.yaml{advice}")
    return Wish(
        target=target,
        base=_base(source, watched, target, host),
        site=site,
        source_id=None if source is None else source["id"],
        since=since,
        until=until,
        most=most,
        via=via,
    )


def _base(source: Row | None, watched: list[Row], target: str, host: str) -> str:
    """The front page. Of a site that was named without scheme: as a source of this very host is asked, or of any."""
    if source is not None or "://" in target:
        return f"{urls.origin_of(source['url'] if source else target)}/"
    same = [row["url"] for row in watched if urls.host_of(row["url"]) in (host, f"www.{host}")]
    others = [row["url"] for row in watched]
    return f"{urls.origin_of(next(iter([*same, *others]), f'https://{host}/'))}/"
