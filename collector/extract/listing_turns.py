"""Where a listing goes on: its next page, its numbered pages, archives by day and month. Knows no articles."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from collector import urls
from collector.extract.listing_links import Link
from collector.extract.page import Page

_LONGEST = 40  # characters of a link that turns the page
_ABOVE = 3  # elements around such a link that may say so
_PAGER = re.compile(r"pagin|pager|page-?nav|nav-?links|page-?numbers|load-?more|show-?more|blog-?pager|wp-pagenavi")
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|older|(?:load|show)-?more)(?:$|[\s_-])")
_NO_TURN = re.compile(r"slide|carousel|swiper|gallery|lightbox|calendar")
_SIGNS = frozenset(("»", "›", ">", "→", ">>", "⟩", "❯", "▶", "≫"))
# "Next", "Older posts", "Load more" as sites put it, by languages. What a link says after it does not matter.
_NEXT = re.compile(
    r"\W*(?:next|older|(?:load|show|view|see) more|more (?:articles|news|posts|stories|results)"
    r"|weiter|nächste|ältere|mehr (?:laden|anzeigen|artikel|meldungen)|weitere (?:artikel|meldungen|beiträge|laden)"
    r"|(?:page )?suivante?|articles plus anciens|plus d['’]articles|(?:voir|charger|afficher) plus"
    r"|(?:página )?siguiente|(?:entradas|noticias) (?:más )?ant(?:iguas|eriores)|(?:ver|cargar|mostrar) más"
    r"|más (?:antiguas|noticias)|(?:pagina )?successiv|prossim|avanti|(?:carica|mostra|vedi) altr[ioe]"
    r"|articoli (?:meno recenti|precedenti)|(?:página )?seguinte|próxim|(?:carregar|ver|mostrar) mais|mais antigas"
    r"|volgende|oude|meer (?:laden|artikelen|tonen|nieuws)|(?:laad|toon) meer"
    r"|następn|dalej|starsze|(?:pokaż|załaduj|wczytaj) więcej"
    r"|další|následující|starší|ďalši|nasledujúc|(?:načíst|zobrazit) další|nasledn|starej|sledeć|sljedeć|starij"
    r"|nästa|äldre|(?:visa|ladda) (?:fler|mer)|neste|næste|ældre|eldre|(?:vis|hent|last) (?:flere|mere?)"
    r"|seuraava|vanhemmat|(?:lataa|näytä) lisää|järgmi|vanemad|nākam|vecāk|kitas|senesni"
    r"|следующ|дальше|далее|вперед|вперёд|ранее|(?:показать|загрузить) (?:ещё|еще)"
    r"|наступн|далі|показати (?:ще|більше)|следващ|по-стари|επόμεν|παλαιότερ|sonraki|daha (?:fazla|eski)|ileri"
    r"|következő|régebbi|további|următo|mai (?:vechi|multe)|次へ|次の|もっと見る|下一页|下一頁)",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+")
_LOW = 10
_NUMBER = re.compile(r"(?:\w{4,8}\.? )?(\d{1,6})", re.ASCII)  # "17", "Page 17"
_ARCHIVE = re.compile(
    r"/(?:(?:news|nachrichten|article|story|all)-?)?"
    r"(?:archives?|archiv|archivo|archivio|arquivo|archief|archiwum|arkiv|arkisto|arhiv[ae]?|arsiv)(?:/|\.\w+)?$",
    re.IGNORECASE,
)
# Addresses that end with a day or a month: of archives by date. What has more behind it is an article's.
DAY = re.compile(
    r"(?<=[/=_-])((?:19|20)\d\d)(?:([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))"
    r"(?=(?:\.(?:html?|php))?/?$)"
)
MONTH = re.compile(r"(?<=[/=_-])((?:19|20)\d\d)(?:([/_-])(0?[1-9]|1[0-2])|(0[1-9]|1[0-2]))(?=(?:\.(?:html?|php))?/?$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Addresses of the same host, absolute. `pages`: of numbered pages, from 2 on, the lowest first; `last`: the
    greatest number among them. archives: of pages that are called so."""

    next: str | None = None
    pages: tuple[str, ...] = ()
    last: int | None = None
    days: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()


def turns(page: Page, found: Sequence[Link]) -> Turns:
    """What the links of a page (`found`) and its head say of where it goes on."""
    host = urls.host_of(page.url)
    here = [link for link in found if urls.host_of(link.url) == host]
    every = dict.fromkeys([*(link.url for link in here), *_options(page, host)])
    following = _next(page, here)
    numbers = _numbered(here, following)
    days = tuple(url for url in every if DAY.search(url))
    return Turns(
        next=following,
        pages=tuple(sorted(numbers, key=lambda url: numbers[url])),
        last=max(numbers.values(), default=None),
        days=days,
        months=tuple(url for url in every if MONTH.search(url) and url not in days),
        archives=tuple(url for url in every if _ARCHIVE.search(urlsplit(url).path)),
    )


def _next(page: Page, found: Sequence[Link]) -> str | None:
    """By the head, by `rel`, by words, by a class or a sign; of several the last, as pages are turned at their end."""
    for node in page.tree.css("link[rel~=next i][href]"):
        url = urls.announced(page.absolute(node.attributes.get("href")) or "")
        if url is not None and url != urls.announced(page.url) and urls.same_site(url, page.url):
            return url
    able = [link for link in found if not _is_apart(link) and not urls.at_front(link.url)]
    for says in (_by_rel, _by_words, _by_name):
        if turning := [link.url for link in able if says(link) and (says is _by_rel or _goes_on(link.url, page.url))]:
            return turning[-1]
    return None


def _goes_on(url: str, here: str) -> bool:
    """May it be another page of this list? "More news" leads to other lists, too: their addresses are plain words."""
    to, path = urlsplit(url), urlsplit(here).path
    below = not urls.at_front(here) and to.path.startswith(path)
    return bool(to.query) or below or any(map(str.isdigit, to.path))


def _numbered(found: Sequence[Link], following: str | None) -> dict[str, int]:
    """Pages from 2 on, by address: those whose addresses are as the next page's but for numbers, else most of them.

    Of years that are linked the least is no low number.
    """
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for link in found:
        if (number := _number(link)) > 0:
            groups[_FIGURES.sub("#", link.url)].setdefault(link.url, number)
    numbers = groups.get(_FIGURES.sub("#", following or ""))
    if numbers is None:
        numbers = max(groups.values(), key=len, default={})
        numbers = numbers if min(numbers.values(), default=0) <= _LOW else {}
    return {url: number for url, number in numbers.items() if number > 1}


def _by_rel(link: Link) -> bool:
    return "next" in (link.node.attributes.get("rel") or "").lower().split()


def _by_words(link: Link) -> bool:
    attributes = link.node.attributes
    said = (link.words, attributes.get("aria-label") or "", attributes.get("title") or "")
    return any(len(line) <= _LONGEST and _NEXT.match(line) for line in said) and not link.heading


def _by_name(link: Link) -> bool:
    """A sign counts only among page numbers; a class only on the link or the element around it."""
    names = list(_names(link.node, _ABOVE))
    if link.words in _SIGNS and any(_PAGER.search(name) for name in names):
        return True
    return len(link.words) <= _LONGEST and any(_NEXT_CLASS.search(name) for name in names[:2])


def _number(link: Link) -> int:
    """The number that the link says, where it says nothing else, and stands in no calendar; else 0."""
    said = _NUMBER.fullmatch(link.words)
    dated = DAY.search(link.url) or MONTH.search(link.url)
    return int(said[1]) if said is not None and not dated and not _is_apart(link) else 0


def _is_apart(link: Link) -> bool:
    return any(_NO_TURN.search(name) for name in _names(link.node, _ABOVE))


def _names(node: LexborNode | None, above: int) -> Iterator[str]:
    """Class and id of an element, and of those around it."""
    for _ in range(above + 1):
        if node is None or node.tag == "body":
            return
        yield " ".join(filter(None, (node.attributes.get("class"), node.attributes.get("id")))).lower()
        node = node.parent


def _options(page: Page, host: str) -> Iterator[str]:
    """Archives as a list to choose from: a widget of WordPress."""
    for node in islice(page.tree.css("option[value*='/']"), 1000):
        url = urls.announced(page.absolute(node.attributes.get("value")) or "")
        if url is not None and urls.host_of(url) == host:
            yield url
