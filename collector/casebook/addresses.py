"""Addresses -> the same in made-up words: hosts, ids and dates stay, the words of slugs go. Knows no page."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from collector.casebook.words import reword

_WORD = re.compile(r"[^\W\d_]{2,}")
_PERSON = re.compile(
    r"authors?|aut(?:or|eur)e?n?|people|profile?s?|person|users?|writers?|by|staff|bios?|@.*", re.IGNORECASE
)
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|cms|amp|xml|rss|ece|jsp)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|mp4|mp3|m3u8|ico)\b", re.IGNORECASE)
_MANY = 3  # words of a name that a template may give
_LONGEST = 15  # letters of a section's name; a longer word is a slug of a language that joins them


@dataclass(frozen=True, slots=True)
class Addresses:
    """Rewords the addresses on one page. `host`: its own; `literals`: words that its rule looks for."""

    host: str
    literals: frozenset[str]

    def made_up(self, address: str) -> str:
        """The address with its slugs made up and its query cut to numbers; "#" for what leads to no page."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return "#"
        if parts.scheme not in ("", "http", "https") or address.startswith("#"):
            return "#"
        if _PICTURE.search(parts.path):
            return urlunsplit((parts.scheme, parts.netloc, "/i.jpg", "", ""))
        query = [(key, value) for key, value in parse_qsl(parts.query) if value.isdecimal() and len(value) < 20]
        path = self._path(unquote(parts.path), foreign=bool(parts.netloc) and _bare(parts.netloc) != _bare(self.host))
        return urlunsplit((parts.scheme, parts.netloc, quote(path, safe="/:@,;=+~$!*'()-._"), urlencode(query), ""))

    def _path(self, path: str, *, foreign: bool) -> str:
        segments = path.split("/")
        for at, segment in enumerate(segments):
            after_person = at > 0 and _PERSON.fullmatch(segments[at - 1]) is not None
            if foreign or after_person or segment.startswith("@") or _tells(segment):
                segments[at] = self._segment(segment)
        return "/".join(segments)

    def _segment(self, segment: str) -> str:
        ending = found[0] if (found := _ENDING.search(segment)) else ""
        stem = segment.removesuffix(ending)
        return self.slug(stem) + ending

    def slug(self, slug: str) -> str:
        """Joined words made up."""
        return reword(slug, lambda start, end: self._stays(slug[start:end]))

    def _stays(self, word: str) -> bool:
        """Numbers, what the rule looks for, and single letters, which tell kinds of pages apart."""
        return word.isdecimal() or word.lower() in self.literals or (len(word) == 1 and word.isascii())


def is_slug(text: str) -> bool:
    """Whether a text is the words of a headline, joined: more of them than a section's or a template's name has."""
    return len(_WORD.findall(text)) > _MANY and text.islower() and "__" not in text and "--" not in text


def _tells(segment: str) -> bool:
    """Whether a step of a path says more than a section's name."""
    words = _WORD.findall(_ENDING.sub("", segment))
    return len(words) > 1 or any(len(word) > _LONGEST or not word.isascii() for word in words)


def _bare(host: str) -> str:
    return re.sub(r"^(?:www|amp|m)\.", "", host.lower())
