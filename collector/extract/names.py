"""Who wrote it: bylines and author fields -> names, without "By", job titles, addresses and the publisher."""

import re
from collections.abc import Iterable

_BY = re.compile(
    r"^\W*(?:(?:written|reported|posted|text|story|words)\s+)?(?:by|von|par|por|di|da|av|af|door|autor(?:en|in|a|es)?|"
    r"author|auteur|auteurs|автор(?:ы|и)?|текст|tekst|text|szerző|yazar|oleh|penulis|reporter|od|przez|από|του|من|"
    r"بقلم|מאת|द्वारा|bởi|文|作者|記者|记者)\s*(?:[:：]\s*|\s+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[;|/•·\n、，،]|,(?!\s*(?:Jr|Sr|II|III|PhD|MD)\b))\s*")
_AND = re.compile(r"\s+(?:and|und|et|och|og|oraz|&|и|та|й|και|және|ve|dan|và|ja|és|și|şi)\s+", re.IGNORECASE)
_AND_SHORT = {
    "es": " y ", "it": " e ", "pt": " e ", "ca": " i ", "pl": " i ", "hr": " i ", "sr": " i ", "bs": " i ", "cs": " a ",
    "sk": " a ", "nl": " en ", "sl": " in ", "da": " og ",
}  # fmt: skip
_PLACE = re.compile(r"\s+(?:in|aus|from|à|из|в)\s+[^\W\d_a-zа-я][\w.-]+$")
_JOB = re.compile(
    r"\b(?:\w{0,30}redakteur(?:in)?|\w{0,30}korrespondent(?:in)?|reporters?|correspondents?|editors?|writers?|journalists?|columnists?|staff|chief|bureau|desk|producer|"
    r"redaktion|volontär(?:in)?|redactie|redacción|redazione|rédaction|redação|"
    r"redakcja|редакция|journaliste|periodista|giornalista|dziennikarz|contributor|freelance|newsroom|director|corresponsal|redactora?|updated|published|"
    r"gazeteci|muhabir|wartawan|jornalista|reporterin|autorin|kolumnist(?:in)?|корреспондент|обозреватель|журналист)\b",
    re.IGNORECASE,
)
_JOB_AFTER = re.compile(r"\s*(?:기자|특파원|논설위원|記者|记者|特派員|特派员|編集委員)$")
_ORGANISATION = re.compile(
    r"\b(?:news|press|presse|agen(?:cy|tur|turen|ce|cia|zia|ție|tschaft)|ajansı|images|media|medien|online|redaktion|"
    r"team|tv|radio|newspaper|zeitung|times|post|gmbh|inc|ltd|llc|corp|editorial|editors|staff|desk|newsroom|bureau|"
    r"magazine|network|group|institute|university|dpa|apa|afp|ap|ansa|efe|tass|reuters|rédaction|redacción|redazione|"
    r"redakcja|redakce|redação|редакция|агентство|тасс|риа|новости|admin|administrator|digital|web|international)\b|"
    r"\w\.\w{2,4}$|新聞|新闻|日報|通信|通讯|编辑|編集|뉴스|신문|일보|연합",
    re.IGNORECASE,
)
# What begins a phrase or a heading, and marks that no name has.
_PHRASE = re.compile(
    r"(?:the|a|about|all|more|read|follow|my|our|your|how|why|what|who|die|der|das|ein|eine|über|zu|zum|zur|im|in|mehr|"
    r"unser|unsere|les|los|las|une?|una|uno|sobre|gli|il|over|het|een|om|в|о|на|для)\s|.*[*#!?:…]",
    re.IGNORECASE,
)
_PARTICLE = re.compile(
    r"(?:af|al|av|bin|bint|da|das|de|del|della|den|der|di|do|dos|du|e|el|ibn|la|le|ten|ter|van|von|y)"
)
_ADDRESS = re.compile(r"https?:|www\.|^@")
_NO_NAME = re.compile(
    r"[@{}<>=]|^\W*$|^\d|\d{3,}|^(?:admin|none|null|undefined|n/?a|unknown|webmaster|author|true|false)$", re.IGNORECASE
)
_LONGEST = 60  # characters of a name
_LONGEST_LINE = 1000  # characters of several
_MOST_WORDS = 7  # of a person's name, those between hyphens each for itself


def clean(raw: Iterable[str], publisher: str | None = None, language: str | None = None) -> tuple[str, ...]:
    """Names from what fields and bylines say, each once, in order.

    `["By Ann Bee and Carl Dee, Senior Reporter"]` -> `("Ann Bee", "Carl Dee")`. A job stays where no name is said:
    `["Staff reporter"]`. `publisher`: the one name that is no author's.
    """
    short = (" ".join(line.split()) for line in raw if len(line) <= _LONGEST_LINE)
    lines = [line for line in short if not _ADDRESS.search(line)]
    said = [name for line in lines for name in _split(line, (language or "")[:2].lower())]
    said = [name for name in said if _is_name(name, publisher)]
    found: dict[str, str] = {}
    for name in [name for name in said if not _JOB.search(name)] or said:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def says_by(line: str) -> bool:
    """Whether a line begins with a word for "by" and goes on."""
    found = _BY.match(line)
    return found is not None and found.end() < len(line.rstrip())


def only_says_by(line: str) -> bool:
    """Whether a line is a word for "by" alone."""
    return _BY.fullmatch(f"{line} ") is not None


def is_person(name: str) -> bool:
    """Whether it looks like the whole name of a person: two words or more, each with a capital, none a newsroom's."""
    if _ORGANISATION.search(name) or _JOB.search(name) or _PHRASE.match(name) or any(map(str.isdigit, name)):
        return False
    if not any(letter.isupper() or letter.islower() for letter in name):  # a script without capitals
        return True
    words = name.replace("-", " ").split()
    small = [word for word in words if not _is_capital(word)]
    return (
        len(words) - len(small) >= 2
        and len(words) <= _MOST_WORDS
        and all(_PARTICLE.fullmatch(word) or not word.isalpha() for word in small)
    )


def _is_capital(word: str) -> bool:
    """`Bee`, `d'Arc`."""
    return word[0].isupper() or (word[1:2] in ("'", "’") and word[2:3].isupper())


def _split(line: str, language: str) -> list[str]:
    line = _BY.sub("", line)
    parts = [part for piece in _BETWEEN.split(line) for part in _AND.split(piece)]
    if language in _AND_SHORT:
        parts = [one for part in parts for one in part.split(_AND_SHORT[language])]
    bare = (_PLACE.sub("", _JOB_AFTER.sub("", re.sub(r"\s*\([^)]*\)?\s*$", "", part))) for part in parts)
    return [_BY.sub("", part).strip(" \u00a0.,:-–—\"'“”«»*") for part in bare]


def _is_name(name: str, publisher: str | None) -> bool:
    if not name or len(name) > _LONGEST or _NO_NAME.search(name):
        return False
    return publisher is None or _bare(name) != _bare(publisher)


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
