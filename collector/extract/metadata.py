"""
What a page says about its article, in a fixed order of trust, the first that holds wins:

JSON-LD of the article | OpenGraph and the usual meta names | microdata | the page's own elements | its address

Each field has its own order where the data say so (docs/decisions/0007). Knows no site and no body. A date later than
the fetch is never believed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from collector import urls
from collector.extract import authors, dates, declared, meta_names, text, times, titles
from collector.extract.page import Page
from collector.extract.said import Said, first
from storage.records import Moment

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ZONE_WRITTEN = re.compile(r"(?:Z|[+-]\d\d(?::?\d\d)?|\b[A-Z]{2,5})\W*$")
_MOST_TAGS = 200
_LONGEST_TAG = 120  # characters
_PAID = frozenset(("locked", "metered", "paid", "premium", "yes", "true", "1"))
_FREE = frozenset(("free", "no", "false", "0"))
_NO_PICTURE = re.compile(r"logo|placeholder|default|fallback|favicon", re.IGNORECASE)
_LOOKED_AT = 4  # times that are asked for the zone which the first lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What is known of an article beside its text.

    `canonical`: as declared, absolute, not yet believed; `url`: the address the article is known by. `image`: of the
    article, absolute. `paywalled`: whether the page says that readers pay for the text; None when it does not say.
    """

    title: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    lead: str | None = None
    canonical: str | None = None
    url: str = ""
    image: str | None = None
    paywalled: bool | None = None


def fields(page: Page, *, now: datetime | None = None, zone: str | None = None) -> Fields:
    """`now`: aware time of the fetch; `zone`: IANA name for times written without one."""
    said = Said(page)
    language = _language(said)
    canonical = page.canonical or page.absolute(first(said.meta(("ogurl",))))
    section = _section(said)

    def moment(raw: Iterator[times.Raw]) -> Moment | None:
        return _zoned(raw, lambda text: dates.parse(text, now=now, language=language, zone=zone))

    published = moment(times.published(said))
    return Fields(
        title=titles.title(said, section),
        published=published,
        modified=_later(moment(times.modified(said)), published),
        authors=authors.authors(said, language),
        source=said.source,
        section=section,
        tags=_tags(said),
        language=language,
        lead=_lead(said),
        canonical=canonical,
        url=_address(page, canonical),
        image=image(said),
        paywalled=paywalled(said),
    )


def title_and_lead(page: Page) -> tuple[str | None, str | None]:
    """These two of the fields alone, at a fraction of the cost of all."""
    said = Said(page)
    return titles.title(said, _section(said)), _lead(said)


def image(said: Said) -> str | None:
    """The picture that stands for the article where it is shared, absolute; the site's sign only for want of one."""
    addresses = (*said.meta(meta_names.IMAGE), *declared.addresses(said.item.get("image")))
    best = next((address for address in addresses if address and not _NO_PICTURE.search(address)), first(addresses))
    return said.page.absolute(best)


def paywalled(said: Said) -> bool | None:
    """Whether readers pay for the text, as schema.org's isAccessibleForFree or a meta element says; None: not said."""
    if (free := declared.is_free(said.item)) is not None:
        return not free
    for name, values in said.named(meta_names.TIER):
        for value in map(str.lower, values):
            if value in _PAID | _FREE:
                return (value in _PAID) != name.endswith("free")
    return None


def _section(said: Said) -> str | None:
    return (
        first(said.texts("articleSection")) or first(said.meta(meta_names.SECTION)) or next(reversed(said.crumbs), None)
    )


def _lead(said: Said) -> str | None:
    return first(said.texts("description")) or first(said.meta(meta_names.LEAD))


def _address(page: Page, canonical: str | None) -> str:
    believed = canonical if canonical is not None and urls.believable(canonical, page.url) else page.url
    return urls.canonical(believed) or page.url


def _zoned(raw: Iterator[times.Raw], read: Callable[[str], Moment | None]) -> Moment | None:
    """The first that can be read; where it has no zone, one of the declared ones that shows its clock with a zone."""
    best = next((moment for _, text in raw if (moment := read(text)) is not None), None)
    if best is None or (clock := _clock(best)) is None or _ZONE_WRITTEN.search(best.raw):
        return best
    others = (
        text for place, text in islice(raw, _LOOKED_AT) if place not in times.GUESSED and _ZONE_WRITTEN.search(text)
    )
    return next((moment for text in others if (moment := read(text)) is not None and _clock(moment) == clock), best)


def _clock(moment: Moment) -> datetime | None:
    value = moment.value
    return value.replace(tzinfo=None, second=0, microsecond=0) if isinstance(value, datetime) else None


def _later(modified: Moment | None, published: Moment | None) -> Moment | None:
    """What is said to have changed before it was published was changed before anyone could read it."""
    if modified is None or published is None or _day(modified) > _day(published):
        return modified
    known = isinstance(modified.value, datetime) and isinstance(published.value, datetime)
    if _day(modified) < _day(published) or (known and modified.value < published.value):
        return None
    return modified


def _day(moment: Moment) -> date:
    return moment.value.date() if isinstance(moment.value, datetime) else moment.value


def _tags(said: Said) -> tuple[str, ...]:
    declared_tags = [declared.words(said.item.get("keywords"))]
    declared_tags += [declared.words(values) for _, values in said.named(meta_names.TAGS)]
    return tuple(dict.fromkeys(next(filter(None, declared_tags), None) or _linked_tags(said)))[:_MOST_TAGS]


def _linked_tags(said: Said) -> Iterator[str]:
    links = (node for node in said.marked("tag") if node.tag == "a")
    return (line for line in map(text.inline, links) if 0 < len(line) < _LONGEST_TAG)


def _language(said: Said) -> str | None:
    tags = (said.page.html_lang, *said.texts("inLanguage"), *said.meta(meta_names.LANGUAGE))
    return next((tag.replace("_", "-") for tag in tags if tag and _LANGUAGE.fullmatch(tag)), None)
