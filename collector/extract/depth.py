"""
Bounds what a parser's time or memory grows with the square of, before a page is parsed. Knows no tree.

That is: how deep elements stand in each other; elements such as `<font color=…>` that are never closed, for each
paragraph from there on gets a copy of all of them; attributes of one element; options of a select. A tag beyond the
bounds becomes a `<wbr>`, which holds nothing, so that all text stays. No real page comes near to them.
"""

import re
from collections import Counter, defaultdict

_STEP, _SAMPLE = 16_384, 512  # characters: a real page is told from others by a sample of every so many
_MANY_TAGS = 20_000  # on a page; fewer are quick at any depth
_MANY_OPEN = 2_000  # tags on a page that are not closed; few real pages have as many
_LONG_TAG, _MANY_ATTRIBUTES = 4_096, 30  # characters of a tag, and what stands in so many
_DEEPEST = 1_000  # open elements; browsers stop at 512
_MOST_FORMATTING = 8  # elements of formatting that are open at once
_MOST_ATTRIBUTES = 500  # of an element
_MOST = {"option": 2_000, "html": 100, "body": 100}  # tags on a page; a second html adds its attributes to the first
_NOTHING = " <wbr"

_TOKEN = re.compile(
    r"""<(?:(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)"""
    r"""(?P<rest>(?:[^>"'=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?|["'])*+)(?:>|\Z)"""
    r"""|!--(?:-?>|.*?(?:--!?>|\Z)))""",
    re.DOTALL,
)
_TAG = re.compile(r"<[a-zA-Z][\w:-]*+[\s/]")
_ATTRIBUTE = re.compile(r"""[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+|))?""")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


# https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_CLOSED_BY_THE_NEXT = _names("p li dt dd tr td th thead tbody tfoot option")
_FORMATTING = _names("b big code em font i nobr s small strike strong tt u")
_SCOPES = _names("applet marquee object table template")
_SPECIAL = _SCOPES | _names(
    "address article aside blockquote body button caption center details dialog dir div dl fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html listing main menu nav noscript ol optgroup pre "
    "search section select summary ul"
)
_HTML = _SPECIAL | _FORMATTING | _names("a span sub sup var ruby")  # never closed by a slash, not even in drawings


def bounded(html: str) -> str:
    """The page, its tags beyond the bounds taken away. Linear in its length; a sample is read of most pages only."""
    return every_tag_bounded(html) if _is_suspect(html) else html


def every_tag_bounded(html: str) -> str:
    """The same without a look at whether it is needed."""
    return _Bounding(html).done()


def _is_suspect(html: str) -> bool:
    """Counting all tags takes a sixth of the time of a parse, so a sample is counted first."""
    sampled = range(0, len(html), min(_STEP, len(html) // 16 + 1))
    return (_are_many(html, sampled, _SAMPLE) and _are_many(html, range(1), len(html))) or _has_long_tag(html)


def _are_many(html: str, starts: range, size: int) -> bool:
    """Told from the parts of that size that start there: has the page too many tags, or too many left open?"""
    tags = sum(html.count("<", at, at + size) for at in starts)
    left_open = tags - 2 * sum(html.count("</", at, at + size) for at in starts)
    return max(tags / _MANY_TAGS, left_open / _MANY_OPEN) * len(html) > len(starts) * size


def _has_long_tag(html: str) -> bool:
    """In a tag of twice the step or more, some sample is."""
    return any(_in_long_tag(html, at) for at in range(_LONG_TAG, len(html), _STEP))


def _in_long_tag(html: str, at: int) -> bool:
    """Is a place in a tag that began long before, and has had many attributes since?"""
    start = html.rfind("<", max(0, at - _STEP - _LONG_TAG), at - _LONG_TAG)
    if start < 0 or _TAG.match(html, start) is None:
        return False
    tag = _TOKEN.match(html, start, at)
    if tag is None or tag.end() < at:
        return False
    return sum(1 for _ in _ATTRIBUTE.finditer(html, start, at)) > _MANY_ATTRIBUTES


class _Bounding:
    """One pass over a page's tags, with the elements that are open, about as a parser would have them."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.kept: list[str] = []  # parts of the page
        self.at = 0  # where in the page they end
        self.open: list[str] = []
        self.places: dict[str, list[int]] = defaultdict(list)  # in `open`, by name
        self.special: list[int] = []  # places, too
        self.scopes: list[int] = []
        self.formatting: Counter[str] = Counter()  # opened and not closed
        self.dropped: Counter[str] = Counter()  # not opened, whose end is still to come
        self.met: Counter[str] = Counter()

    def done(self) -> str:
        at = 0
        while tag := _TOKEN.search(self.html, at):
            at, name = tag.end(), (tag["name"] or "").lower()
            if not name or name in _VOID:
                continue
            if tag["close"]:
                self._close(name, tag)
            elif self._is_too_much(name):
                self.dropped[name] += 1
                self._replace(tag.start(), tag.end("name"), _NOTHING)
            elif name in _RAW:
                end = _RAW[name].search(self.html, at)
                at = end.start() if end is not None else len(self.html)
            elif name not in _CLOSED_BY_THE_NEXT:
                self._open(name, tag["rest"])
            if len(tag["rest"]) > _LONG_TAG:
                self._bound_attributes(tag)
        return "".join([*self.kept, self.html[self.at :]])

    def _is_too_much(self, name: str) -> bool:
        if name in _MOST:
            self.met[name] += 1
            return self.met[name] > _MOST[name]
        if name in _CLOSED_BY_THE_NEXT or name in _RAW:
            return False
        return len(self.open) >= _DEEPEST or (name in _FORMATTING and self.formatting.total() >= _MOST_FORMATTING)

    def _open(self, name: str, rest: str) -> None:
        if rest.endswith("/") and name not in _HTML and (self.places["svg"] or self.places["math"]):
            return
        if name == "a":  # one link closes another
            self._leave(name)
        self.formatting[name] += name in _FORMATTING
        for kind, places in ((_SPECIAL, self.special), (_SCOPES, self.scopes)):
            if name in kind:
                places.append(len(self.open))
        self.places[name].append(len(self.open))
        self.open.append(name)

    def _close(self, name: str, tag: re.Match[str]) -> None:
        if self.dropped[name]:
            self.dropped[name] -= 1
            self._replace(tag.start(), tag.end("name"), _NOTHING)
            return
        self.formatting[name] -= self.formatting[name] > 0
        self._leave(name)

    def _leave(self, name: str) -> None:
        """Close the last element of that name and all in it, unless one stands in it that prevents that."""
        if not self.places[name]:
            return
        place = self.places[name][-1]
        preventing = self.scopes if name in _SPECIAL else self.special
        if preventing and preventing[-1] > place:
            return
        while len(self.open) > place:
            self.places[self.open.pop()].pop()
        for places in (self.special, self.scopes):
            while places and places[-1] >= place:
                places.pop()

    def _bound_attributes(self, tag: re.Match[str]) -> None:
        for number, one in enumerate(_ATTRIBUTE.finditer(self.html, tag.start("rest"), tag.end("rest"))):
            if number == _MOST_ATTRIBUTES:
                self._replace(one.start(), tag.end("rest"), "")
                return

    def _replace(self, start: int, end: int, by: str) -> None:
        self.kept += [self.html[self.at : start], by]
        self.at = end
