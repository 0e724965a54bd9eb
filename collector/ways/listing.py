"""
The listing pages of a site as a way into its past. Pure: from what a page says to the pages that are asked for next.

begin    the watched listings, else the front page
start    its first page: what it offers to go back by (`listing_plan`); the first that works is taken
trial    a day or a month of an archive by date: are there such pages?
piece    each of its days or months that hold the span, with the pages of each
page     numbered pages (`numbered`)        next   pages along next links (`listing_chain`)
"""

from dataclasses import replace
from datetime import timedelta

from collector import urls
from collector.extract.listing_turns import DAY, MONTH
from collector.ways import days
from collector.ways.listing_address import Dated
from collector.ways.listing_chain import Along, reaches
from collector.ways.listing_plan import Option, offers, pages_of, pieces, widened
from collector.ways.listing_walk import FORMS, Walk, piece_of
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target

_TRIALS = 3  # days or months of an archive by date that may be missing before it is taken for none
_CLOCKS = timedelta(days=1)  # a day of a site's own clock may begin on the day of UTC before it, or end on the next


def begin(target: Target, span: Span) -> Moves:
    """The source that was named, the listings that are watched, or the front page of the site."""
    walk = Walk()
    named = (target.source,) if target.source in target.listings else target.listings
    for number, url in enumerate(url for url in named or (target.base,) if url is not None):
        walk.open += 1
        walk.ask(url, "start", str(number))
    return walk.moves()


def follow(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    """What comes after this page. A way that leads nowhere is over and says why."""
    walk, run = Walk.load(notes), step.place["run"]
    match step.place["as"]:
        case "start":
            _started(walk, step, leaf, target, span)
        case "trial":
            _tried(walk, step, leaf, span)
        case "piece":
            _read_piece(walk, run, leaf, span)
        case "page":
            walk.turned(run, leaf, span)
        case "next":
            walk.along(run, Along.load(step.place), _inside(leaf, run), span)
    return walk.moves()


def _started(walk: Walk, step: Step, leaf: Leaf, target: Target, span: Span) -> None:
    """A listing's first page, or that of an archive which it named: the best that was not tried is taken."""
    run, url = step.place["run"], step.url.partition("#")[0]
    known = walk.tried.setdefault(run, {"url": url, "by": [], "more": False})
    offered = [one for one in offers(leaf, url, whole=target.source is None) if one.by not in known["by"]]
    if reaches(leaf, span) and (leaf.next or leaf.pages or not urls.at_front(url)):
        walk.ends(run, reached=True)
    elif offered:
        known["more"] = len(offered) > 1 if url == known["url"] else known["more"]
        known["by"] = [*known["by"], offered[0].by]
        _take(walk, run, offered[0], url, leaf, span)
    elif not walk.back(run):
        alone = leaf.oldest is not None and days.utc_day(leaf.oldest) < span.since and not urls.at_front(url)
        walk.ends(run, True if alone else None, leaf.why or "no page leads further back")


def _take(walk: Walk, run: str, option: Option, url: str, leaf: Leaf, span: Span) -> None:
    """`leaf`: of the page at `url`, which offers it."""
    walk.form = FORMS[option.by]
    if option.numbering is not None:
        walk.number(run, url, option.numbering, leaf, span)
    elif option.dated is not None:
        walk.ask(option.dated.url(pieces(option.dated, span)[0]), "trial", run, number=0, option=option.dump())
    elif option.by == "next":
        walk.along(run, Along(), leaf, span)
    else:
        walk.ask(option.url, "start", run)


def _tried(walk: Walk, step: Step, leaf: Leaf, span: Span) -> None:
    """One piece of an archive by date. When there is such a page, all pieces of the span are asked for."""
    run, number, option = step.place["run"], step.place["number"], Option.load(step.place["option"])
    assert option.dated is not None
    every = pieces(option.dated, span)
    if _holds(option.dated, step.url, leaf):
        known = {option.dated.url(day) for day in every[: number + 1]}
        wanted = {option.dated.url(day) for day in pieces(option.dated, widened(span, leaf))} - known
        walk.open += 1 + len(wanted)
        for url in sorted(wanted, reverse=True):
            walk.ask(url, "piece", f"{run} {url}")
        _read_piece(walk, f"{run} {step.url}", leaf, span)
        walk.ends(run, reached=True)
    elif number + 1 < min(len(every), _TRIALS):
        walk.ask(option.dated.url(every[number + 1]), "trial", run, number=number + 1, option=option.dump())
    elif not walk.back(run):
        walk.ends(run, None, leaf.why or "no page of a day or a month lists anything")


def _holds(archive: Dated, url: str, leaf: Leaf) -> bool:
    """Does the page list what its address says, as far as its dates tell, and not the news of the hour?"""
    if not leaf.announced:
        return False
    if leaf.oldest is None or leaf.newest is None:
        return True
    first, last = archive.days_of(url)
    return days.utc_day(leaf.newest) >= first - _CLOCKS and days.utc_day(leaf.oldest) <= last + _CLOCKS


def _read_piece(walk: Walk, run: str, leaf: Leaf, span: Span) -> None:
    """A day or a month, and where it has several pages, the others. One that is missing had no articles."""
    if leaf.status in (404, 410):
        walk.ends(run, reached=True)
    elif leaf.why:
        walk.ends(run, None, leaf.why)
    elif (made := pages_of(leaf)) is not None:
        walk.number(run, piece_of(run), made, leaf, span)
    else:
        walk.along(run, Along(), _inside(leaf, run), span)


def _inside(leaf: Leaf, run: str) -> Leaf:
    """The page without a next link that leads to another day, where only this one is wanted."""
    piece = piece_of(run)
    if not piece or leaf.next is None or leaf.next.startswith(f"{piece.rstrip('/')}/"):
        return leaf
    return replace(leaf, next=None) if DAY.search(leaf.next) or MONTH.search(leaf.next) else leaf
