"""`newskeep sites new`: a saved page of a site -> a case in made-up words."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from collector import urls
from collector.casebook.cases import source_text, text_of, write_text
from collector.casebook.rewording import SIZE, Reworded, reword
from collector.commands.common import FAILED, command, end
from collector.commands.extract import UNKNOWN, Time, read_file
from collector.errors import ConfigError
from collector.extract import extract, rules
from storage.records import Article

_FIELDS = (
    *("url", "published", "published_raw", "published_precision", "modified", "authors", "source", "section", "tags"),
    *("captions", "lead", "language"),
)
_SHOWN = 8  # runs of words of the page that are named when any are left


@click.command()
@click.argument("page", metavar="PAGE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", help="The address that PAGE was fetched from; decides which site rule reads it.")
@click.option("--case", "name", default="story", show_default=True, help="What the case is called, for its shape.")
@click.option("--fetched-at", type=Time(), help="When it was fetched; by default the day after its date.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("tests/sites"),
    show_default=True,
    help="The folder of all cases.",
)
@click.option("--force", is_flag=True, help="Write over a case of that name.")
@command
def new(page: Path, url: str | None, name: str, fetched_at: datetime | None, into: Path, force: bool) -> None:
    """Make a case of a saved page: its tags, classes and JSON keys, with every word made up.

    PAGE may be gzipped. Read expected.txt before you commit it: nothing of the article may be missing, no furniture in
    it, and no word of the site's.
    """
    capture = read_file(page, url, fetched_at)
    address = capture.final_url
    if address == UNKNOWN:
        raise ConfigError([f"{page}: does not say where it is from: give --url"])
    now = fetched_at or _day_after(extract(capture.body, address).articles)
    rule = rules.match(rules.installed(), address)
    folder = into / (rule.name if rule else urls.host_of(address).removeprefix("www.")) / name
    if folder.exists() and not force:
        raise ConfigError([f"{folder}: is there already: choose another --case, or --force to write over it"])
    made = reword(capture.body, address, rule, now)
    if made.survivors:
        end(_refusal(page, made.survivors), FAILED)
    _write(folder, made, now)
    _tell(folder, made, rule.name if rule else None)


def _write(folder: Path, made: Reworded, now: datetime) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / "page.html", made.html)
    write_text(folder / "source.yaml", source_text(made.url, now, [_fields(one) for one in made.result.articles]))
    write_text(folder / "expected.txt", text_of(made.result.articles))


def _fields(article: Article) -> dict[str, Any]:
    told = article.as_json()
    return {name: told[name] for name in _FIELDS}


def _tell(folder: Path, made: Reworded, rule: str | None) -> None:
    size = len(made.html.encode())
    click.echo(
        f"{folder}: page.html ({size / 1000:.0f} kB), source.yaml, expected.txt; read by {made.result.extractor}"
    )
    if len(made.html) > SIZE:
        click.echo(f"page.html is long: take out by hand what its shape does not need (aim at {SIZE // 1000} kB)")
    if made.differs:
        click.echo("It is not read as the page was:")
        for difference in made.differs:
            click.echo(f"  {difference}")
    if rule is None:
        click.echo("No rule reads this site yet: the case counts once there is one.")
    elif made.result.extractor != f"site:{rule}":
        click.echo(f"The rule {rule} finds no text on this page.")
    click.echo(f"Now read {folder / 'expected.txt'} word by word, then run: newskeep sites test {folder.parent.name}")


def _refusal(page: Path, survivors: tuple[str, ...]) -> str:
    """Why nothing was written."""
    shown = "\n".join(f"  {run}" for run in survivors[:_SHOWN])
    more = f"\n  and {len(survivors) - _SHOWN} more" if len(survivors) > _SHOWN else ""
    return f"{page}: words of its own would be left, so nothing was written:\n{shown}{more}"


def _day_after(articles: tuple[Article, ...]) -> datetime:
    """Of the latest time on the page, at midnight UTC; now where there is none."""
    said = [moment for article in articles for moment in (article.published, article.modified) if moment]
    days = [one.astimezone(UTC).date() if isinstance(one, datetime) else one for one in said]
    return datetime.combine(max(days) + timedelta(days=1), time(), UTC) if days else _this_second()


def _this_second() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
