"""What the address of a search asks for -> a `Search`, or what is wrong with it, in words for people."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast, get_args

from storage.archive.fulltext import Query, understood
from storage.archive.searching import MOST_LISTED, Order, Search
from storage.datasette.answers import Unclear, to_day

ON_A_PAGE = 20
LAST_PAGE = MOST_LISTED // ON_A_PAGE
LONGEST = 500  # letters of a query
FIELDS = ("q", "site", "since", "until", "language", "story", "sort")
SORTS = tuple(each for each in get_args(Order) if each != "arrived")
_PHRASE = re.compile(r'"[^"]*"')
_WIDE = re.compile(r"(?<!\w)[A-Za-z0-9]{1,2}\*")  # to gather all words that begin so takes longer than we have


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """fields: as they were written, without empty ones; they make the address again. wrong: what, by field."""

    fields: dict[str, str]
    search: Search
    page: int
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        return bool(self.fields)


def asked(request: Any) -> Asked:
    """`q`, `site`, `since`, `until`, `language`, `story`, `sort` and `page` of the query."""
    said = {name: (request.args.get(name) or "").strip() for name in (*FIELDS, "page")}
    wrong: dict[str, str] = {}
    search = Search(
        query=_words(said["q"], wrong),
        site=said["site"].lower() or None,
        since=_day(said["since"], "since", wrong),
        until=_day(said["until"], "until", wrong),
        language=said["language"] or None,
        one_a_story=said["story"] == "one",
        order=_order(said["sort"], wrong),
    )
    if search.since and search.until and search.since > search.until:
        wrong["until"] = "The last day is before the first one."
    if said["story"] not in ("", "one"):
        wrong["story"] = "“story” is “one”, or left out."
    page = _page(said.pop("page"), wrong)
    return Asked(fields={name: value for name, value in said.items() if value}, search=search, page=page, wrong=wrong)


def _words(text: str, wrong: dict[str, str]) -> Query | None:
    if not text:
        return None
    if len(text) > LONGEST:
        wrong["q"] = f"That is {len(text):,} letters long; up to {LONGEST} can be looked for."
        return None
    query = understood(text)
    if _WIDE.search(_PHRASE.sub(" ", query.expression)):
        wrong["q"] = "Write at least three letters before the * ."
    return query


def _day(text: str, name: str, wrong: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        return to_day(text)
    except Unclear as error:
        wrong[name] = str(error)
        return None


def _order(text: str, wrong: dict[str, str]) -> Order:
    if text and text not in SORTS:
        wrong["sort"] = f"“sort” is one of {', '.join(SORTS)}."
        return "rank"
    return cast(Order, text or "rank")


def _page(text: str, wrong: dict[str, str]) -> int:
    if not text:
        return 1
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        wrong["page"] = "“page” has to be a number from 1."
        return 1
    if int(text) > LAST_PAGE:
        wrong["page"] = (
            f"Only the first {MOST_LISTED:,} results can be turned over, which are {LAST_PAGE} pages."
            " Ask for fewer days, one site, or more words."
        )
        return 1
    return int(text)
