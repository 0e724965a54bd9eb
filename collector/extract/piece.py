"""One piece of writing on a page -> Article, by what a rule says of it. Knows nothing of layouts and other pieces."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from selectolax.lexbor import LexborNode

from collector.extract import captions, generic, lines, marks, names, text
from collector.extract.lines import Told
from collector.extract.metadata import Fields
from collector.extract.places import Reader, find
from collector.extract.rule import Piece, Place, Places
from storage.records import Article, Caption, Moment, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a piece stands: elements to look in, `beside` it what is not its own, and what is known of it already."""

    roots: Sequence[LexborNode]
    beside: frozenset[int] = frozenset()
    url: str | None = None
    title: str | None = None
    known: Fields | None = None  # the page's metadata, where the piece is the page's own article


def read(reader: Reader, piece: Piece, spot: Spot) -> Article | None:
    """The article that stands there; None where no text is found."""
    title = reader.first(piece.title, spot.roots) or spot.title or (spot.known.title if spot.known else None)
    title = title and marks.shown(spot.roots, title)
    memory = replace(reader.memory, spared=piece.keep)
    for whole in reader.bodies(piece.body, spot.roots) if piece.body else iter([spot.roots]):
        left = spot.beside | _dropped(whole, piece) | marks.outside(whole, piece, title)
        if not (body := [root for root in whole if left.isdisjoint(marks.path(root))]):
            continue
        pictured = list(_captions(reader, piece.captions, spot.roots, left))
        left |= {node.mem_id for node, _ in pictured if node is not None}
        if spot.known is None:
            read = text.read(body, skip=left)
        elif piece.body:
            read = text.read(body, skip=left, sift=partial(memory.without, page=reader.page, fields=spot.known))
        else:
            read = generic.read(reader.page, spot.known, skip=left, memory=memory)
        if body[0].parser is not reader.page.tree:
            read = text.moved(read, reader.script.select if reader.script else "script")
        paragraphs = _unlisted(read.paragraphs) if body[0].tag == "li" else read.paragraphs
        told = lines.sift(paragraphs, piece, filter(None, (title, spot.title)), _alts(body))
        if title and told.paragraphs:
            found = (*(caption for _, caption in pictured), *read.captions, *told.captions)
            return _article(reader, piece, spot, title, told, tuple(dict.fromkeys(found)))
    return None


def _article(
    reader: Reader, piece: Piece, spot: Spot, title: str, told: Told, captions: tuple[Caption, ...]
) -> Article:
    known, roots, said = spot.known, spot.roots, told.fields
    published = _moment(reader, piece.published, spot, said.get("published")) or (known.published if known else None)
    modified = _moment(reader, piece.modified, spot, said.get("modified")) or (known.modified if known else None)
    source = reader.first(piece.source, roots) or said.get("source") or (known.source if known else None)
    return Article(
        title=title,
        paragraphs=told.paragraphs,
        url=spot.url or reader.address(piece.url, roots),
        published=published.value if published else None,
        published_raw=published.raw if published else None,
        published_precision=published.precision if published else None,
        modified=modified.value if modified else None,
        authors=_authors(reader, piece.authors, roots) or _names(reader, said) or _persons(known, source),
        source=source,
        section=reader.first(piece.section, roots) or said.get("section") or (known.section if known else None),
        tags=reader.texts(piece.tags, roots) or (known.tags if known else ()),
        captions=captions,
        language=reader.language,
        lead=reader.first(piece.lead, roots) or (known.lead if known else None),
        image=known.image if known else None,
        paywalled=known.paywalled if known else None,
        found=known is None,
    )


def _moment(reader: Reader, places: Places, spot: Spot, said: str | None) -> Moment | None:
    """From its places, in the words of the line that shows it; else from that line, read as a bare place says."""
    if moment := reader.moment(places, spot.roots):
        return replace(moment, raw=said) if said else moment
    hints = next((place for place in places if not (place.select or place.json or place.value)), Place())
    return reader.date(said, hints) if said else None


def _authors(reader: Reader, places: Places, roots: Sequence[LexborNode]) -> tuple[str, ...]:
    """The names at the places, cleaned as metadata's are; as they stand where the rule itself says what to keep."""
    told = reader.said(places, roots)
    texts = tuple(dict.fromkeys(one.text for one in told))
    as_it_stands = bool(told) and (told[0].place.match is not None or told[0].place.value is not None)
    return texts if as_it_stands else names.clean(texts, language=reader.language)


def _names(reader: Reader, said: dict[str, str]) -> tuple[str, ...]:
    return names.clean([said["authors"]], language=reader.language) if "authors" in said else ()


def _persons(known: Fields | None, source: str | None) -> tuple[str, ...]:
    """Those whom the page names as authors, but the site itself."""
    return tuple(name for name in known.authors if name != source) if known else ()


def _unlisted(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """A piece that is itself an item of a list: its text is none."""
    return (replace(one, kind="p") if one.kind == "li" else one for one in paragraphs)


def _dropped(body: Sequence[LexborNode], piece: Piece) -> frozenset[int]:
    return frozenset(node.mem_id for drop in piece.drop for node in find(body, drop))


def _alts(body: Sequence[LexborNode]) -> frozenset[str]:
    return frozenset(marks.plain(picture.attributes.get("alt") or "") for picture in find(body, "img[alt]"))


def _captions(
    reader: Reader, places: Places, roots: Sequence[LexborNode], left: frozenset[int]
) -> Iterator[tuple[LexborNode | None, Caption]]:
    """The captions at the places, but those that stand in what is left out."""
    for said in reader.said(places, roots):
        if said.node is None:
            caption = captions.split([said.text])
        else:
            caption = text.caption(said.node) if left.isdisjoint(marks.path(said.node)) else None
        if caption is not None:
            yield said.node, caption
