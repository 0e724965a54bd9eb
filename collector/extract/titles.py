"""
What the article is called: the heading over the text that the head of the page knows; else what the head says, without
the names of site and section. Knows no body.
"""

import re
from collections.abc import Iterator

from collector.extract import declared, meta_names
from collector.extract.said import Said, line

_SEPARATOR = re.compile(r"(\s+[|\-–—·•»«:/]+\s+|\s*[|｜ㅣ│]\s*)")
_GLUED = re.compile(r"[-–—_]([^-–—_]{1,30})$")
_SITE_AFTER = re.compile(r"\s*[|｜ㅣ│]|\s+[-–—·•»]+\s")
_LONGEST = 1000  # characters of a title in which a site's name is looked for
_LONGEST_SITE = 60  # characters of a site's name behind a title


def title(said: Said, section: str | None) -> str | None:
    """As read; None when nothing names one."""
    around = said.own_names | {declared.bare(name) for name in (section, *said.crumbs) if name}
    heads = [*dict.fromkeys(head for _, head in sources(said))]
    headline = said.item.get("headline")  # the one that no site adds its name to
    cut: dict[str, str] = {}
    for short in (without_site(head, around) for head in heads):
        cut.setdefault(declared.bare(short), short)
    for _, heading in said.headings:
        if known := cut.get(declared.bare(heading)):
            return known if known.count(" ") > heading.count(" ") else heading  # lines that run together in the heading
        if not headline and declared.bare(heading) not in around and any(_begins(head, heading) for head in heads):
            return heading
    return next(filter(None, cut.values()), None) or next((heading for _, heading in said.headings), None)


def sources(said: Said) -> Iterator[tuple[str, str]]:
    """Each source with the title it gives, most trusted first, the site's name still on it."""
    for head in said.texts("headline"):
        yield "JSON-LD headline", head
    for name, values in said.named(meta_names.TITLE):
        yield from ((f"meta {name}", head) for head in values)
    for node in said.page.telling.get("title", ())[:1]:
        if head := line(node):
            yield "title", head


def without_site(title: str, around: frozenset[str]) -> str:
    """Cut the names of site and section (bare) from the ends: "A story - Politics - TASS" -> "A story"."""
    if len(title) > _LONGEST:
        return title
    parts = _SEPARATOR.split(title)  # texts, with a separator between each two
    while len(parts) > 1 and declared.bare(parts[-1]) in around:
        del parts[-2:]
    while len(parts) > 1 and declared.bare(parts[0]) in around:
        del parts[:2]
    if (glued := _GLUED.search(parts[-1])) and declared.bare(glued[1]) in around:
        parts[-1] = parts[-1][: glued.start()]
    return "".join(parts)


def _begins(head: str, heading: str) -> bool:
    """Whether the head says the heading of several words, a sign, and a name nobody else on the page says."""
    rest = head[len(heading) :]
    return (
        head.startswith(heading)
        and " " in heading
        and len(rest) <= _LONGEST_SITE
        and _SITE_AFTER.match(rest) is not None
    )
