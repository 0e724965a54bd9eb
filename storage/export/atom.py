"""Records -> an Atom feed of whole texts (RFC 4287), newest first; in several pages (RFC 5005, 3) where it is long."""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from storage.archive.base import Row
from storage.export.whole import whole_file

PAGE = 100  # entries
NEVER = "1970-01-01T00:00:00+00:00"  # when a feed without entries changed last
NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # as xml:lang takes it
TAGS = {"p": "p", "h": "h2", "pre": "pre", "tr": "p"}


def write(record: Callable[[int], Row], ids: Sequence[int], dest: Path, name: str) -> list[Path]:
    """A feed of these articles in the file `dest`, its later pages beside it: `feed-2.atom`. Returns the files.

    name: of the selection; it makes the feed's title and its id.
    """
    pages = [ids[at : at + PAGE] for at in range(0, len(ids), PAGE)] or [ids]
    paths = [_path(dest, number) for number in range(1, len(pages) + 1)]
    for number in reversed(range(len(pages))):  # the first one names the others
        with whole_file(paths[number]) as file:
            file.write(_feed([record(each) for each in pages[number]], name, _links(paths, number)))
    _remove_later(dest, len(paths), name)
    return paths


def _path(dest: Path, number: int) -> Path:
    return dest if number == 1 else dest.with_name(f"{dest.stem}-{number}{dest.suffix}")


def _links(paths: Sequence[Path], number: int) -> dict[str, str]:
    if len(paths) == 1:
        return {}
    near = {"first": 0, "last": len(paths) - 1, "previous": number - 1, "next": number + 1}
    return {rel: quote(paths[at].name) for rel, at in near.items() if 0 <= at < len(paths)}


def _remove_later(dest: Path, pages: int, name: str) -> None:
    """Pages of an export of before that was longer; nothing else that is called so."""
    number = pages + 1
    while (path := _path(dest, number)).is_file() and _id(name).encode() in path.read_bytes():
        path.unlink()
        number += 1


def _feed(records: Sequence[Row], name: str, links: dict[str, str]) -> bytes:
    return feed(records, _id(name), f"Newskeep: {name}" if name else "Newskeep", links)


def feed(records: Sequence[Row], id_: str, title: str, links: Mapping[str, str]) -> bytes:
    """A document. records: as `record` makes them, newest first. id_: an IRI, always the same one. links: by `rel`."""
    document = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _add(document, "id", id_)
    _add(document, "title", title)
    _add(document, "updated", max((record["read_at"] for record in records), default=NEVER))
    _add(_add(document, "author"), "name", "Newskeep")
    _add(document, "generator", "Newskeep")
    for rel, href in links.items():
        _add(document, "link", rel=rel, href=href)
    for record in records:
        _entry(_add(document, "entry"), record)
    written: bytes = tostring(document, "utf-8", xml_declaration=True)
    return written


def _entry(entry: Element, record: Row) -> None:
    _add(entry, "id", uuid5(NAMESPACE_URL, record["url"]).urn)
    _add(entry, "title", record["title"])
    _add(entry, "link", rel="alternate", href=record["url"])
    _add(entry, "updated", record["read_at"])  # an edit and a re-extraction move it on
    if (published := _moment(record["published"])) is not None:
        _add(entry, "published", published)
    for author in record["authors"] or [record["source"] or record["site"] or "unknown"]:
        _add(_add(entry, "author"), "name", author)
    for term in filter(None, dict.fromkeys([*record["tags"], record["section"]])):
        _add(entry, "category", term=term)
    if record["lead"]:
        _add(entry, "summary", record["lead"])
    spoken = {"xml:lang": record["language"]} if LANGUAGE.fullmatch(record["language"] or "") else {}
    _add(entry, "content", "".join(_html(record["paragraphs"])), type="html", **spoken)
    if record["announced_by"]:
        source = _add(entry, "source")
        _add(source, "id", record["announced_by"][0])
        _add(source, "title", record["source"] or record["site"] or "")


def _html(paragraphs: Sequence[Row]) -> Iterator[str]:
    """By kind; what stands together of a list or a quotation is one."""
    for kind, group in groupby(paragraphs, key=lambda paragraph: paragraph["kind"]):
        texts = [html.escape(NO_XML.sub("", paragraph["text"]), quote=False) for paragraph in group]
        if kind == "li":
            yield "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"
        elif kind == "quote":
            yield "<blockquote>" + "".join(f"<p>{text}</p>" for text in texts) + "</blockquote>"
        else:
            yield from (f"<{TAGS[kind]}>{text}</{TAGS[kind]}>" for text in texts)


def _moment(published: str | None) -> str | None:
    """RFC 3339 asks for a time: of a day its beginning, UTC; of a month or a year nothing is said."""
    if published is None or len(published) < len("2026-11-22"):
        return None
    if len(published) == len("2026-11-22"):
        return f"{published}T00:00:00Z"
    return published if re.search(r"(Z|[+-]\d\d:\d\d)$", published) else f"{published}Z"


def _id(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"newskeep:{name}").urn


def _add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    made = SubElement(parent, tag, {key: NO_XML.sub("", value) for key, value in attributes.items()})
    made.text = None if text is None else NO_XML.sub("", text)
    return made
