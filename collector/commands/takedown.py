"""`newskeep takedown`: an article leaves the archive for good, and does not come back."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from collector import urls
from collector.commands.common import WRONG, command, config_option, end, json_option, load, plural, print_json
from collector.commands.stages import Stages
from collector.extract.charset import decode
from collector.pipeline.run import corpus_of, now, open_existing
from storage.archive import Archive
from storage.archive.base import Row
from storage.care.takedown import Found, Takedown
from storage.raw import Raw

SHOWN = 10  # that are named
STAYS = (
    "Backups made before still hold the words: make a new one, and delete those. Exports made elsewhere lose them\n"
    "with the next export into the same folder. Pages of other articles that mention its title keep it."
)


@click.command()
@click.argument("articles", nargs=-1, metavar="ARTICLE...")
@click.option("--reason", default="", help="Why; it is kept with the tombstone.")
@click.option("--story", is_flag=True, help="Also the other articles of its story: copies in other places.")
@click.option("--dry-run", "how", flag_value="look", help="Show what would go, and change nothing.")
@click.option("--yes", "how", flag_value="sure", help="Do not ask.")
@click.option("--list", "how", flag_value="list", help="Show what was taken down.")
@click.option("--lift", "how", flag_value="lift", help="Let addresses be fetched again; what was removed stays away.")
@config_option
@json_option
@command
def takedown(
    articles: tuple[str, ...], reason: str, story: bool, how: str | None, config_path: Path, as_json: bool
) -> None:
    """Remove articles, by number or address, from every file of the archive, and keep them out.

    Gone are their texts in all versions, the bytes of their pages and of the documents of sources that carried their
    words, what the search knows of them, and their text files. Their addresses are not asked for again. A takedown
    that was stopped is gone on with by the same command. Works beside a running daemon, which waits while archive.db
    is written anew.
    """
    config = load(config_path)
    with closing(open_existing(config)) as archive:
        if how == "list":
            return _list(archive.tombstones(), as_json=as_json)
        if not articles:
            end("newskeep takedown: name an article by its number or its address", WRONG)
        if how == "lift":
            return _lift(archive, articles)
        make = archive.last_captured_at() is None
        with closing(Raw(config.data / "raw", make=make)) as raw, Stages() as stages:
            work = Takedown(archive, raw, corpus_of(config), urls.identity, _characters, now, stages.tell)
            found = _find(work, articles, story=story)
            if not as_json:
                click.echo(_in_words(found, archive, story=story))
            if how != "look":
                _confirm(found, sure=how == "sure")
                work.remove(found, reason)
    if as_json:
        print_json(_as_json(found) | {"removed": how != "look"})
    elif how != "look":
        click.echo(f"All of this is gone.\n{STAYS}")
    return None


def _find(work: Takedown, named: tuple[str, ...], *, story: bool) -> Found:
    ids = [int(each) for each in named if each.isdecimal()]
    addresses = {urls.identity(each): _address(each) for each in named if not each.isdecimal()}
    if unknown := sorted({*ids} - {row["id"] for row in work.archive.articles_at((), ids)}):
        end(f"newskeep takedown: there is no article {unknown[0]}; name it by its address", WRONG)
    if story:
        known = [row["id"] for row in work.archive.articles_at(addresses.keys(), ids)]
        ids += work.archive.its_story(known)
    return work.find(addresses, ids)


def _address(text: str) -> str:
    address = urls.canonical(text)
    if address is None:
        end(f"newskeep takedown: {text}: is neither an article's number nor an http or https address", WRONG)
    return address


def _confirm(found: Found, *, sure: bool) -> None:
    if sure:
        return
    if not sys.stdin.isatty():
        end("newskeep takedown: nothing was changed; give --yes to remove it, --dry-run to look only", WRONG)
    if not click.confirm(f"Remove {plural(len(found.articles), 'article')} for good?"):
        end("newskeep takedown: nothing was changed", WRONG)


def _characters(body: bytes, content_type: str | None) -> str:
    return decode(body, content_type).text


def _in_words(found: Found, archive: Archive, *, story: bool) -> str:
    lines = [f"{row['title']}\n  {row['url']}" for row in found.articles[:SHOWN]] or ["No article stands there."]
    if len(found.articles) > SHOWN:
        lines.append(f"and {len(found.articles) - SHOWN:,} more")
    lines += [
        f"  {plural(found.versions, 'version')} of the text, and what the search knows of it",
        f"  {plural(len(found.bodies), 'body')} of pages and sources, {found.documents:,} of them documents of sources",
        f"  {plural(len(found.addresses), 'page')} that will not be asked for again",
    ]
    if found.others:
        lines.append(
            f"  These stay, but the bytes that they were read from go, too: {plural(len(found.others), 'article')}"
        )
        lines += [f"    {row['url']}" for row in found.others[:SHOWN]]
    own = {row["id"] for row in found.articles}
    copies = [] if story else [id_ for id_ in archive.its_story(own) if id_ not in own]
    if copies:
        lines.append(f"  Copies of it stay in {plural(len(copies), 'other article')}; --story takes them, too")
    return "\n".join(lines)


def _as_json(found: Found) -> dict[str, Any]:
    names = ("id", "url", "title")
    return {
        "addresses": sorted(found.addresses.values()),
        "articles": [{name: row[name] for name in names} for row in found.articles],
        "versions": found.versions,
        "bodies": len(found.bodies),
        "documents": found.documents,
        "others": list(found.others),
    }


def _list(stones: list[Row], *, as_json: bool) -> None:
    if as_json:
        return print_json(stones)
    for row in stones:
        left = "" if row["done_at"] else "; it was stopped: give the same command again"
        click.echo(f"{row['taken_at'][:10]}  {row['url']}  {row['why']}{left}".rstrip())
    if not stones:
        click.echo("Nothing was taken down.")
    return None


def _lift(archive: Archive, addresses: tuple[str, ...]) -> None:
    """What was taken down together is told: a page may have had several addresses."""
    stones = {row["key"]: row for row in archive.tombstones()}
    for address in addresses:
        if (stone := stones.get(urls.identity(address))) is None:
            end(f"newskeep takedown: {address} was not taken down", WRONG)
        archive.lift(stone["key"])
        click.echo(f"{address} may be fetched again; what was removed does not come back by itself")
        for other in archive.tombstones():
            if other["taken_at"] == stone["taken_at"]:
                click.echo(f"  taken down with it, and still kept out: {other['url']}")
