"""`newskeep extract`: read one page, from a file or the web, and show what is read."""

import asyncio
import gzip
import sys
import zlib
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import click

from collector import urls
from collector.commands.common import FAILED, command, config_option, json_option, load, print_json
from collector.config import Config, Site
from collector.errors import ConfigError, FetchError
from collector.extract import dates
from collector.extract.page import Page
from collector.pipeline import run
from collector.workers import Workers
from storage.export.text import as_line, date_line
from storage.records import Article, Capture, Request, Result

UNKNOWN = "http://unknown.invalid/"  # where a FILE was fetched when neither --url nor the page tells


class Time(click.ParamType[datetime]):
    """A time with its zone; UTC when it names none."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        moment = dates.parse(str(value))
        if moment is None:
            self.fail(f"{value!r} is no time; write it as 2026-11-22T10:30:00Z", param, ctx)
        day = moment.value
        return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, tzinfo=UTC)


@click.command()
@click.argument("page", metavar="FILE|URL")
@click.option("--url", help="The address that the FILE was fetched from; decides which site rule reads it.")
@click.option("--fetched-at", type=Time(), help="When it was fetched; 'two days ago' is reckoned from here.")
@config_option
@json_option
@command
def extract(page: str, url: str | None, fetched_at: datetime | None, config_path: Path, as_json: bool) -> None:
    """Read the article or articles of one page and show them. Nothing is archived.

    A FILE may be gzipped. Exit code 1 when the page holds no article.
    """
    config = load(config_path) if config_path.exists() else None
    capture = asyncio.run(_get(page, config)) if _is_url(page) else read_file(Path(page), url, fetched_at)
    site = config.site(urls.host_of(capture.final_url)) if config else Site()
    result = asyncio.run(_extract(capture, fetched_at or capture.fetched_at, site))
    if as_json:
        articles = [article.as_json() for article in result.articles]
        charset = asdict(result.charset) if result.charset else None
        said = {"extractor": result.extractor, "articles": articles, "reason": result.reason, "charset": charset}
        print_json(said)
    else:
        click.echo("\n\n\n".join(_in_words(article, result.extractor) for article in result.articles))
    if not result.articles:
        click.echo(f"newskeep: {page}: no article: {result.reason}", err=True)
        sys.exit(FAILED)


def _is_url(page: str) -> bool:
    return page.lower().startswith(("http://", "https://"))


def read_file(path: Path, url: str | None, fetched_at: datetime | None) -> Capture:
    """A saved page, gzipped or not, as if it were fetched now. Raises ConfigError."""
    try:
        body = path.read_bytes()
        if body.startswith(b"\x1f\x8b"):
            body = gzip.decompress(body)
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError([f"{path}: cannot be read: {error}"]) from error
    address = urls.canonical(url or Page.parse(body, UNKNOWN).canonical or UNKNOWN)
    if address is None:
        raise ConfigError([f"--url {url}: is no http or https address"])
    return Capture(
        url=address, final_url=url or address, fetched_at=fetched_at or datetime.now(UTC), status=200, body=body
    )


async def _get(page: str, config: Config | None) -> Capture:
    async with run.network(config) as (get, _):
        capture = await get(Request(url=page))
    if capture.status >= 400:
        raise FetchError(page, "status", f"answered {capture.status}", passing=False, status=capture.status)
    return capture


async def _extract(capture: Capture, fetched_at: datetime, site: Site) -> Result:
    async with Workers(1) as workers:
        result: Result = await workers.run(
            *("extract", capture.body, capture.final_url, capture.content_type, fetched_at),
            rule=site.rule,
            charset=site.charset,
        )
    if capture.final_url != UNKNOWN:
        return result
    return replace(result, articles=tuple(_nowhere(article) for article in result.articles))


def _nowhere(article: Article) -> Article:
    return replace(article, url=None) if article.url == UNKNOWN else article


def _in_words(article: Article, extractor: str) -> str:
    facts = {
        "url": article.url,
        "read by": extractor,
        "published": article.published_iso,
        "authors": ", ".join(article.authors),
        "source": article.source,
        "section": article.section,
        "tags": ", ".join(article.tags),
    }
    head = [article.title, date_line(article.published_iso)]
    about = "\n".join(f"{name}: {value}" for name, value in facts.items() if value)
    body = [as_line(each.kind, each.text) for each in article.paragraphs]
    captions = [f"[{each.text}{f' © {each.credit}' if each.credit else ''}]" for each in article.captions]
    return "\n\n".join(part for part in [*head, about, *body, *captions] if part)
