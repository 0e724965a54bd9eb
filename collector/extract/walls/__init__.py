"""
Whether a page is an article at all: not found, broken, a check for robots, consent, log-in, a paywall's stub, a search.

page without text -> silent  |  its article -> verdict: title | address | words | what is left before a paywall

Words are only believed on a page that tells no date and, but for a search, says little; one that declares an article
is asked for its title alone. Knows no site and no other page: what only the site's history tells is not decided here.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from collector.extract import declared
from collector.extract.boxes import Block
from collector.extract.page import Page
from collector.extract.said import line
from collector.extract.walk import walk
from collector.extract.walls import paywall
from collector.extract.walls.reasons import CONSENT, INDEX, LISTINGS, LOGIN, LOST, ROBOTS, SCRIPTED, SEARCH
from collector.extract.walls.said import BEGINS, SAID
from collector.extract.walls.titles import TITLES
from storage.records import Article, PageKind

_LONGEST = 1_200  # characters of text that a wall has at most
_HEAD = 300  # characters in which a page says such a thing
_OPENING = 3  # paragraphs of a longer one that may say so
_SHELL = 2_000  # characters of all the words on a page that has no text
_TITLE = 200  # characters of a title that are looked at
_LINKS, _HEADLINE = 8, 25  # so many links as long as headlines make an index
_HOSTS = {
    CONSENT: re.compile(r"(?:[\w-]+\.)*(?:consent|my-?privacy|privacy-?(?:gate|wall)|cmp|guce)\."),
    LOGIN: re.compile(r"(?:[\w-]+\.)*(?:log-?in|sign-?in|accounts?|auth|sso|idp)\."),
}
_PATHS = {
    ROBOTS: re.compile(r"/(?:captcha|challenge|sorry/index|cdn-cgi/|blocked|_incapsula)\b"),
    CONSENT: re.compile(r"/(?:consent|cookie-?(?:wall|consent)|privacy-?(?:wall|gate|settings)|zustimmung)(?=[/.]|$)"),
    LOGIN: re.compile(r"/(?:log-?in|sign-?in|anmelden|connexion|iniciar-sesion)(?=[/.]|$)"),
    LOST: re.compile(r"/(?:(?:error/?)?404|(?:page-?)?not-?found|error)(?=[/.]|$)"),
    SEARCH: re.compile(r"/(?:search|suche|recherche|buscar|cerca)(?:\.\w+)?/?$"),
}
_CHALLENGE = re.compile(
    r"cdn-cgi/challenge-platform/h/|__cf_chl_|captcha-delivery\.com|px-captcha|_Incapsula_Resource|awswaf|"
    r"hcaptcha\.com/1/api\.js|recaptcha/(?:api|enterprise)\.js"
)
_MOUNTS = "#root, #app, #__next, #__nuxt, #___gatsby, app-root"  # what scripts draw an empty page into


class Verdict(NamedTuple):
    """What a page is when it is no article, and why in words."""

    kind: PageKind
    reason: str


def verdict(page: Page, article: Article) -> Verdict | None:
    """Why what was read on its own page is no article; None where nothing speaks against it."""
    why = _undated(page, article) if article.published is None else None
    if why is None and paywall.is_stub(page, article):
        why = paywall.STUB
    return _of(why) if why else None


def silent(page: Page, title: str | None) -> Verdict:
    """Why a page holds no text; `empty` where nothing tells."""
    blocks = walk([page.root]).blocks
    words = " ".join([*(block.text for block in blocks), *(line(node) for node in page.tree.css("noscript"))])
    why = (
        _titled(page, title, 0)
        or _addressed(page.url)
        or (_said(words) if len(words) < _SHELL else None)
        or _made(page, blocks, words)
    )
    return _of(why) if why else Verdict("empty", "no text that could be an article's")


def is_error(title: str) -> bool:
    """Whether this is the title of a wall."""
    return any(pattern.fullmatch(title[:_TITLE]) for why, pattern in TITLES.items() if why not in LISTINGS)


def _of(why: str) -> Verdict:
    return Verdict("listing" if why in LISTINGS else "wall", why)


def _undated(page: Page, article: Article) -> str | None:
    length = len(article.text)
    why = _titled(page, article.title, length)
    if why or length >= _LONGEST or _declares_article(page):
        return why
    return _addressed(page.url) or (_said(article.text) if length < _HEAD else _begins(article))


def _titled(page: Page, title: str | None, length: int) -> str | None:
    heads = dict.fromkeys([title or "", *_headings(page)]) if length < _LONGEST else {title or "": None}
    for why, pattern in TITLES.items():
        if (length < _LONGEST or why == SEARCH) and any(pattern.fullmatch(head[:_TITLE]) for head in heads):
            return why
    return None


def _headings(page: Page) -> Iterator[str]:
    return (line(node) for node in page.telling.get("h1", ())[:1])


def _declares_article(page: Page) -> bool:
    return "article" in page.meta.get("ogtype", ()) or bool(declared.article(page, ()))


def _addressed(url: str) -> str | None:
    """By where the redirects ended."""
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return None
    named = (why for why, pattern in _HOSTS.items() if pattern.match(parts.netloc))
    return next(named, None) or next((why for why, pattern in _PATHS.items() if pattern.search(parts.path)), None)


def _said(text: str) -> str | None:
    found = next((why for why, pattern in BEGINS.items() if pattern.search(text)), None)
    return found or next((why for why, pattern in SAID.items() if pattern.search(text)), None)


def _begins(article: Article) -> str | None:
    opening = [paragraph.text for paragraph in article.paragraphs[:_OPENING]]
    return next((why for why, pattern in BEGINS.items() if any(map(pattern.match, opening))), None)


def _made(page: Page, blocks: list[Block], words: str) -> str | None:
    """By what it is made of: a form, a check that runs as a script, an empty place for scripts, links to stories."""
    if sum(block.linked >= max(_HEADLINE, 0.9 * len(block.text)) for block in blocks) >= _LINKS:
        return INDEX
    if len(words) >= _SHELL:
        return None
    if page.tree.css_matches("input[type=password]"):
        return LOGIN
    if _CHALLENGE.search(page.tree.html or ""):
        return ROBOTS
    mounts = page.tree.css(_MOUNTS) if len(words) < _HEAD else []
    return SCRIPTED if any(not node.text(strip=True) for node in mounts) else None
