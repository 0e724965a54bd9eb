"""Who wrote it: bylines and author fields -> names, without "By", job titles, addresses and the publisher."""

import re
from collections.abc import Iterable

_BY = re.compile(
    r"^\W*(?:(?:written|reported|posted|text|story|words)\s+)?(?:by|von|par|por|di|da|av|af|door|autor(?:en|in|a|es)?|"
    r"author|auteur|автор(?:ы|и)?|текст|tekst|szerző|yazar|oleh|penulis|reporter|文|记者|記者)\s*[:：]?\s+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[;|/•·\n]|,(?!\s*(?:Jr|Sr|II|III|PhD|MD)\b))\s*")
_AND = re.compile(r"\s+(?:and|und|et|och|og|oraz|&|и|та|және|ve)\s+", re.IGNORECASE)
_AND_SHORT = {"es": " y ", "it": " e ", "pt": " e ", "pl": " i ", "cs": " a ", "nl": " en ", "fi": " ja ", "hu": " és "}
_JOB = re.compile(
    r"\b(?:reporters?|correspondents?|editors?|writers?|journalists?|columnists?|staff|chief|bureau|desk|producer|"
    r"redakteur(?:in)?|redaktion|korrespondent(?:in)?|volontär(?:in)?|redactie|redacción|redazione|rédaction|redação|"
    r"redakcja|редакция|journaliste|periodista|giornalista|dziennikarz|contributor|freelance|newsroom|updated|published)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|^@")
_NO_NAME = re.compile(r"@|^\W*$|\d{3,}|^(?:admin|none|null|undefined|n/?a|unknown|webmaster|author)$", re.IGNORECASE)
_LONGEST = 60  # characters of a name


def clean(raw: Iterable[str], publisher: str | None = None, language: str | None = None) -> tuple[str, ...]:
    """Names from what fields and bylines say, each once, in order.

    `["By Ann Bee and Carl Dee, Senior Reporter"]` -> `("Ann Bee", "Carl Dee")`. A job stays where no name is said:
    `["Staff reporter"]`.
    """
    lines = [line for line in (" ".join(line.split()) for line in raw) if not _ADDRESS.search(line)]
    said = [name for line in lines for name in _split(line, (language or "")[:2].lower())]
    said = [name for name in said if _is_name(name, publisher)]
    found: dict[str, str] = {}
    for name in [name for name in said if not _JOB.search(name)] or said:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _split(line: str, language: str) -> list[str]:
    line = _BY.sub("", line)
    parts = [part for piece in _BETWEEN.split(line) for part in _AND.split(piece)]
    if language in _AND_SHORT:
        parts = [one for part in parts for one in part.split(_AND_SHORT[language])]
    return [_BY.sub("", re.sub(r"\s*\([^)]*\)?\s*$", "", part)).strip(" \u00a0.,:-–—") for part in parts]


def _is_name(name: str, publisher: str | None) -> bool:
    if not name or len(name) > _LONGEST or _NO_NAME.search(name):
        return False
    return publisher is None or _bare(name) != _bare(publisher)


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
