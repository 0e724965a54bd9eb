"""
Pages that nobody would write, by name: makers of one whose size grows with a number. Knows no extractor.

A shape is a tree that is too deep, too wide or never closed, or JSON of that kind. A bait is a text on which a regular
expression that goes back and forth would never end; it stands wherever a page says something.
"""

import json
from collections.abc import Mapping

from tests.extract.hostile_json import JSON
from tests.extract.hostile_tree import ATTRIBUTES, NESTED, TEXT, WIDE, Maker

URL = "https://news.example/2026/03/14/a-story-of-some-length"

SHAPES: Mapping[str, Maker] = {
    f"{kind}: {name}": maker
    for kind, makers in (("nested", NESTED), ("wide", WIDE), ("attribute", ATTRIBUTES), ("JSON", JSON))
    for name, maker in makers.items()
}

BAITS = (
    *(
        " ",
        "\u00a0",
        "\t",
        "\n",
        "\r\n",
        " \n",
        "a",
        "a ",
        "A",
        "A ",
        "Ab ",
        "aA",
        "é",
        "e\u0301",
        "東",
        "東 ",
        "א ",
        "ก",
    ),
    *(
        "1",
        "1 ",
        "12:",
        "1.",
        "1/",
        "1-",
        "2026-",
        "2026-01-01 ",
        "20260101",
        "1 January ",
        "January 1, ",
        "Jan ",
        "Mon, ",
    ),
    *("10:30 ", "10:30 am ", "GMT", "UTC+1 ", "+01:00 ", "1 hour ", "1 day ago ", "Z", "T", "updated: ", "published "),
    *(
        "(",
        ")",
        "( ",
        "()",
        "((a",
        "[",
        "[]",
        "{",
        "{}",
        "|",
        " | ",
        " - ",
        "-",
        "–",
        "— ",
        ",",
        ", ",
        ",a",
        ".",
        "...",
        ". ",
    ),
    *(
        "/",
        "\\",
        ":",
        ";",
        "'",
        '"',
        "“",
        "”",
        "«",
        "&",
        "&amp;",
        "&lt;",
        "#",
        "@",
        "@a ",
        "a@b.",
        "%20",
        "_",
        "=",
        "*",
        "•",
    ),
    *(
        "http://",
        "https://a.b/",
        "www.",
        "a.b.",
        "\u200b",
        "\u00ad",
        "\u202e",
        "\ud800",
        "\0",
        "\ufeff",
        "\u3000",
        "。",
    ),
    *("by ", "By Ann Bee ", "By Ann, ", "and ", "Ann and ", "Ann & ", "von ", "por ", "текст ", "from ", "for "),
    *(
        "photo ",
        "photo: ",
        "(photo ",
        "image credit ",
        "© ",
        "©",
        "(c) ",
        "copyright ",
        "source: ",
        "credit: ",
        "file photo ",
    ),
    *("read more ", "read more: ", "read also ", "related ", "share ", "advertisement ", "newsletter ", "sign up "),
    *("not found ", "error ", "404 ", "search results ", "are you a human ", "cookie ", "privacy ", "log in "),
    *(
        "enable javascript ",
        "you are being redirected ",
        "Site - ",
        " - Site",
        "Site | ",
        "Reporter ",
        "Dr. ",
        "editor, ",
    ),
)
_HEAD = (
    "<title>{0}</title><meta property=og:title content='{0}'><meta name=author content='{0}'><html lang='{0}'>"
    "<meta name=description content='{0}'><meta property=article:published_time content='{0}'>"
    "<meta property=og:site_name content='{0}'><meta name=keywords content='{0}'><link rel=canonical href='{0}'>"
    "<script>{0}</script><script type='application/ld+json'>{0}</script>"
)
_BODY = (
    "<h1>{0}</h1><p class=byline>{0}</p><a rel=author>{0}</a><time datetime='{0}'>{0}</time><p class=date>{0}</p>"
    "<article><h2>{0}</h2><p>{0}</p><ul><li>{0}</ul><blockquote>{0}</blockquote><pre>{0}</pre>"
    "<figure><img alt='{0}'><figcaption>{0}</figcaption></figure><p class=caption>{0}</p><p>© {0}</p>"
    "<table><tr><td>{0}<td>{0}</table><div class='{0}'>{0}</div><p><a href='{0}'>{0}</a></p></article>"
)
_FIELDS = ("headline", "author", "datePublished", "keywords", "articleBody", "description", "articleSection", "image")


def baited(bait: str) -> Maker:
    """A page that says the bait, again and again, in every place: alone, and between words."""

    def make(n: int) -> str:
        said = bait * (n // len(bait))
        ld = json.dumps({"@type": "NewsArticle", **dict.fromkeys(_FIELDS, f"Word{said}word.")}).replace("</", "<\\/")
        alone, between = (one.replace("'", "&#39;") for one in (said, f"Word{said}word."))
        declared = f"<script type='application/ld+json'>{ld}</script>"
        said_in = (part.replace("{0}", one) for part, one in ((_HEAD, between), (_BODY, alone), (_BODY, between)))
        return declared + "".join(said_in) + TEXT * 5

    return make
