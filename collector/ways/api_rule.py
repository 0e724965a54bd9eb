"""How a document of an API that a site rule describes is asked for. Knows no answer."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urljoin

from collector.errors import SourceError
from collector.extract import dates, rules
from collector.extract.rule import Rule
from collector.extract.rule_api import Api, Times
from collector.extract.rule_api_form import NAMED
from collector.ways.days import moment_of
from collector.ways.nouns import Notes, Span, Step
from storage.records import to_json

Sites = Mapping[str, Rule]


def rule_of(host: str, sites: Sites | None = None) -> Rule | None:
    """The rule of a host, among all installed ones by default."""
    return rules.match(rules.installed() if sites is None else sites, f"https://{host}/")


def described(place: Notes, sites: Sites | None = None) -> Api:
    """The API that a step was made for. Raises SourceError when its rule describes it no longer."""
    rule = rule_of(place["rule"], sites)
    if rule is None or place["api"] >= len(rule.api):
        raise SourceError(f"the site rule of {place['rule']} describes this API no longer")
    return rule.api[place["api"]]


def request(api: Api, place: Notes, base: str, span: Span, mark: str = "") -> Step:
    """The document at a place of the walk: `cursor`, `seen` and `each` fill in the rule's words. `mark`: goes behind
    its address. Raises SourceError when its body is no JSON with them.
    """
    words = _words(api, place, span)
    linked = api.cursor.by == "link" and words["cursor"]
    url = urljoin(base, words["cursor"] if linked else _address(api.url, words))
    place = {**place, "headers": dict(api.headers)} if api.headers else place
    return Step(url=url + mark, reads="api", body=_body(api, words), place=place)


def begin(api: Api, span: Span) -> str:
    """The cursor of the first request."""
    match api.cursor.begin:
        case "until":
            return _written(span.ends, api.times)
        case "since":
            return back(_written(span.begins, api.times), api)
        case told:
            return str(api.cursor.first) if api.cursor.by in ("page", "offset") else told


def back(mark: str, api: Api) -> str:
    """The same cursor, so much earlier on the way that what shares its second is told again."""
    way = api.cursor.overlap * (-1 if api.rising else 1)
    if not way:
        return mark
    if _is_number(mark):
        return str(int(mark) + way * _unit(mark))
    moment = dates.parse(mark)
    return _written(moment_of(moment) + timedelta(seconds=way), api.times) if moment else mark


def second(mark: str) -> float | None:
    """The time that a cursor tells, in seconds since 1970."""
    if _is_number(mark):
        return int(mark) / _unit(mark)
    moment = dates.parse(mark)
    return moment_of(moment).timestamp() if moment else None


def _is_number(mark: str) -> bool:
    return mark.isascii() and mark.isdecimal() and len(mark) <= 20


def _unit(number: str) -> int:
    """1000 for milliseconds: they have 13 figures from 2001 to 2286."""
    return 1000 if len(number) >= 13 else 1


def _words(api: Api, place: Notes, span: Span) -> dict[str, str]:
    cursor = str(place.get("cursor", ""))
    day = timedelta(
        days=1
    )  # days of an API are those of its site's zone, which may begin before those of UTC, or after
    widened = api.times == "day"
    return {
        "each": place.get("each", ""),
        "limit": str(api.page_size or ""),
        **dict.fromkeys(("cursor", "page", "offset"), cursor),
        "since": _written(span.begins - day * widened, api.times),
        "until": _written(span.ends, api.times),
        "seen": ",".join(place.get("seen", ())),
    }


def _written(moment: datetime, times: Times) -> str:
    match times:
        case "iso":
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        case "day":
            return moment.date().isoformat()
        case "seconds":
            return str(int(moment.timestamp()))
        case "milliseconds":
            return str(int(moment.timestamp() * 1000))


def _address(pattern: str, words: Mapping[str, str]) -> str:
    """A parameter of which nothing but empty words is told is left out: the first page needs no cursor."""

    def filled(part: str) -> str:
        return NAMED.sub(lambda found: quote(words[found[1]], safe=":,"), part)

    head, _, query = pattern.partition("?")
    said = [part for part in query.split("&") if part and _tells(part, words)]
    return filled(head) + ("?" if said else "") + "&".join(map(filled, said))


def _tells(part: str, words: Mapping[str, str]) -> bool:
    named = NAMED.findall(part)
    return not named or any(words[name] for name in named)


def _body(api: Api, words: Mapping[str, str]) -> str | None:
    if api.body is None:
        return None
    text = NAMED.sub(lambda found: to_json(words[found[1]])[1:-1], api.body)
    try:
        value: Any = json.loads(text)
    except ValueError as e:
        raise SourceError(f"the body of a request is no JSON with what is filled in: {text[:200]}") from e
    return to_json(value)
