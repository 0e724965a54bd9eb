"""Sites behind an API, by formula, and the loop that walks them: what was asked for, what was found."""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

from collector.errors import SourceError
from collector.extract.rule import Rule
from collector.ways import api, api_pages, posts
from collector.ways.nouns import Leaf, Span, Step, Target

HOST = "news.example.org"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST, DAYS = datetime(2023, 1, 1, tzinfo=UTC), 1096
Answer = tuple[int, Any, Mapping[str, str]]  # status, JSON, headers


@dataclass
class Stories:
    """So many a day, evenly; `at`: the moment of a number."""

    a_day: int = 18

    def __len__(self) -> int:
        return self.a_day * DAYS

    def at(self, number: int) -> datetime:
        return FIRST + timedelta(seconds=86_400 // self.a_day * number)

    def url(self, number: int) -> str:
        return f"https://{HOST}/story/{number}"

    def between(self, since: datetime, before: datetime) -> range:
        """The numbers from `since` on, up to `before`."""
        numbers = range(len(self))
        return range(bisect_left(numbers, since, key=self.at), bisect_left(numbers, before, key=self.at))

    def within(self, span: Span) -> set[str]:
        return {self.url(n) for n in self.between(span.begins, span.ends)}


@dataclass
class Walked:
    """What a walk did. `places`: of its steps."""

    asked: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    reached: bool | None = None
    why: str = ""
    form: str = ""


def span(since: str, until: str) -> Span:
    return Span(since=date.fromisoformat(since), until=date.fromisoformat(until))


def walk(
    answer: Callable[[str, Any], Answer],
    days: Span,
    sites: Mapping[str, Rule] | None = None,
    target: Target | None = None,
    most: int = 2_000,
) -> Walked:
    """Ask, read and follow until no step is open, as the pipeline does: a step that is known is not added again."""
    target = target or Target(base=f"https://{HOST}/", site="example.org")
    sites = {} if sites is None else sites
    done, known = Walked(), set[tuple[str, str]]()
    notes: dict[str, Any] = {}
    moves, queue = api.begin(target, days, sites), list[Step]()
    while True:
        notes = json.loads(json.dumps(notes if moves.notes is None else moves.notes))
        done.reached = done.reached if moves.reached is None else moves.reached
        done.why, done.form = moves.why or done.why, moves.form or done.form
        for step in moves.steps:
            if (key := (step.url, step.body or "")) not in known:
                known.add(key)
                queue.append(step)
        if moves.over or not queue or len(done.asked) >= most:
            return done
        step = queue.pop(0)
        leaf = _leaf(answer, step, days, target, sites, done)
        done.found += [one.entry.url for one in leaf.found if one.entry.url]
        moves = api.follow(step, leaf, notes, target, days, sites)


def _leaf(
    answer: Callable[[str, Any], Answer],
    step: Step,
    days: Span,
    target: Target,
    sites: Mapping[str, Rule],
    done: Walked,
) -> Leaf:
    posted = json.loads(step.body) if step.body is not None else None
    done.asked.append(step.url)
    done.bodies.append(posted)
    done.headers.append(step.place.get("headers", {}))
    status, said, headers = answer(step.url.partition("#")[0], posted)
    if status != 200:
        return Leaf(status=status, why=f"answered {status}: {said.get('code', '') if isinstance(said, dict) else ''}")
    body, place = json.dumps(said).encode(), json.loads(json.dumps(step.place))
    try:
        if step.reads == "posts":
            return posts.read(body, step.url, NOW, days, target.site, headers)
        return api_pages.read(body, step.url, NOW, days, target.site, place, sites)
    except SourceError as error:
        return Leaf(why=str(error))


@dataclass
class WordPress:
    """Its REST API. zone: of the site's clock. old: it takes every bound for that clock. most: posts of a page."""

    stories: Stories
    zone: timezone = UTC
    old: bool = False
    most: int = 100
    refuses: bool = False
    counts: bool = True
    deep: int | None = None  # page from which on it fails
    path: str = "/wp-json/wp/v2/posts"

    def __call__(self, url: str, posted: Any) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        route = query.get("rest_route") or urlsplit(url).path
        if posted is not None or route != self.path:
            return 404, {"code": "rest_no_route"}, {}
        size, page = int(query["per_page"]), int(query["page"])
        if size > self.most and self.refuses:
            return 400, {"code": "rest_invalid_param"}, {}
        if self.deep and page >= self.deep:
            return 500, {"code": "internal_server_error"}, {}
        after, before, size = self._bound(query["after"]), self._bound(query["before"]), min(size, self.most)
        numbers = self.stories.between(after + timedelta(seconds=1), before)
        pages = -(-len(numbers) // size)
        if page > max(pages, 1):
            return 400, {"code": "rest_post_invalid_page_number"}, {}
        headers = {"x-wp-total": str(len(numbers)), "x-wp-totalpages": str(pages)} if self.counts else {}
        return 200, [self._post(n) for n in numbers[(page - 1) * size : page * size]], headers

    def _bound(self, told: str) -> datetime:
        moment = datetime.fromisoformat(told)
        return moment.replace(tzinfo=self.zone) if self.old or moment.tzinfo is None else moment

    def _post(self, number: int) -> dict[str, Any]:
        moment = self.stories.at(number)
        return {
            "date": moment.astimezone(self.zone).replace(tzinfo=None).isoformat(),
            "date_gmt": moment.replace(tzinfo=None).isoformat(),
            "link": self.stories.url(number),
            "title": {"rendered": f"Report {number}"},
            "content": {"rendered": f"<p>Report {number} of the harbour.</p>", "protected": False},
        }
