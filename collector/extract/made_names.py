"""Class names that a build tool made up: they change with every release of a site. Knows no page and no rule."""

import re

_SELECTED = re.compile(
    r"""\[\s*(?P<attribute>[\w-]+)\s*(?:[~|^$*]?=\s*(?P<value>"[^"]*"|'[^']*'|[^\]\s]*))?|[.#](?P<name>-?\w[\w-]*)"""
)
# As the tools write them: emotion, styled-components, JSS and Material UI, Svelte, Astro, styled-jsx, Vue, Angular.
_OF_TOOLS = re.compile(
    r"css-[a-z0-9]{5,8}(?:-.*)?|sc-(?=\w*[A-Z0-9])[A-Za-z0-9]{5,}(?:-\d+)?|jss\d+|(?:make|with)Styles-\w+-\d+|Mui\w+-\w+-\d+"
    r"|svelte-[a-z0-9]{5,8}|astro-[a-z0-9]{8}|jsx-\d{6,}|data-v-[0-9a-f]{8}|_ng(?:content|host)-.*"
)
_PART = re.compile(r"[A-Za-z0-9]{5,}")
_SIZE = re.compile(r"\d+x\d+|\d{3,}")  # 300x250, 1280: people write those
_SYLLABLE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_LEAST = 2.3  # letters between two changes of case or to figures, in the mean, of a name that a person gave


def made_up(selector: str) -> str | None:
    """The first class, id or attribute of a selector that a tool has named; None when people named all.

    `.css-1x2y3z`, `.Story_body__3hFk2`, `#_3xYzQ` are made up; `.article-body2` and `[class^=Story_body__]` are not.
    """
    for found in _SELECTED.finditer(selector):
        names = [found["name"] or found["attribute"]]
        if found["attribute"] in ("class", "id"):
            names = (found["value"] or "").strip("\"'").split()
        for name in names:
            if _OF_TOOLS.fullmatch(name) or any(map(_is_random, _PART.findall(name.replace("_", " ")))):
                return name
    return None


def _is_random(part: str) -> bool:
    part = _SIZE.sub("", part)
    syllables = _SYLLABLE.findall(part)
    mixed = any(map(str.isdigit, part)) or sum(map(str.isupper, part)) > 1
    return len(part) >= 5 and mixed and len(part) / len(syllables) < _LEAST
