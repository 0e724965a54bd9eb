"""An API that a site rule describes brings in the days asked for, with as few requests as would do."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.extract import rules
from collector.extract.rule import Rule
from collector.ways import api, api_pages
from collector.ways.nouns import Target
from tests.ways.api_sites import HOST, Answer, Stories, Walked, span, walk

LEAST = f"hosts: [{HOST}]\napi:\n  items: data.list\n  item: {{url: link, published: at, id: id}}\n"
TASS = Target(base="http://tass.com:8080/", site="tass.com")


def described(more: str) -> Mapping[str, Rule]:
    """A rule whose API has these keys, too."""
    rule = rules.parse(LEAST + "".join(f"  {line}\n" for line in more.splitlines()), f"{HOST}.yaml")
    return {HOST: rule}


@dataclass
class Lists:
    """An API with any of the forms of paging. size: of a page at most. together: stories that share a second."""

    stories: Stories
    size: int = 25
    together: int = 1
    rising: bool = False
    deep: int | None = None  # number of stories that pages reach
    deaf: bool = False  # takes no notice of the cursor
    asked: list[dict[str, str]] = field(default_factory=list)

    def at(self, number: int) -> int:
        return int(self.stories.at(number - number % self.together).timestamp())

    def numbers(self, since: int | None, until: int | None) -> Sequence[int]:
        """Those from `since` on and before `until`, in the API's order; of an open end a month."""
        if since is None and until is None:
            return range(len(self.stories))[::-1]
        month = 30 * 86_400
        since = since if since is not None else (until or 0) - month
        until = until if until is not None else since + month
        fitting = [n for n in self._near(since, until) if since <= self.at(n) < until]
        return fitting if self.rising else fitting[::-1]

    def _near(self, since: int, until: int) -> range:
        days = timedelta(days=5)
        return self.stories.between(
            datetime.fromtimestamp(since, UTC) - days, datetime.fromtimestamp(until, UTC) + days
        )

    def __call__(self, url: str, posted: Any) -> Answer:
        said = posted or {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.asked.append(said)
        since, until = (int(said[name]) if name in said and not self.deaf else None for name in ("since", "until"))
        left_out = set(str(said.get("without", "")).split(",")) - {""}
        numbers = self.numbers(since, until)
        if left_out:
            numbers = [n for n in numbers if str(n) not in left_out]
        numbers = numbers[: self.deep]
        start = (
            int(said.get("offset", 0)) or (int(said.get("page", 1)) - 1) * self.size or int(said.get("from", "s0")[1:])
        )
        given = [] if self.deaf and start else numbers[start : start + min(self.size, int(said.get("n", self.size)))]
        end = start + self.size
        following = f"s{end}" if end < len(numbers) else None
        told = {"list": [{"link": f"/story/{n}", "at": self.at(n), "id": n} for n in given]}
        link = f"/list?from={following}" if following else None
        return 200, {"data": told, "next": following, "link": link, "total": len(numbers), "more": bool(following)}, {}

    def within(self, days: Any) -> set[str]:
        begins, ends = int(days.begins.timestamp()), int(days.ends.timestamp())
        return {self.stories.url(n) for n in self._near(begins, ends) if begins <= self.at(n) < ends}


def pages(held: int, size: int) -> int:
    """Until an item before the span is seen."""
    return held // size + 1


BY_TIME = "url: '/list?until={cursor}'\ntimes: seconds\ncursor: {last: at}"
OVERLAPPING = "url: '/list?until={cursor}&without={seen}'\ntimes: seconds\ncursor: {last: at, overlap: 1}"
POSTED = """url: /list
body: '{"until": {cursor}, "without": "{seen}", "n": {limit}}'
page_size: 40
times: seconds
cursor: {last: at, overlap: 1}"""
RISING = "url: '/list?since={cursor}&without={seen}'\norder: rising\ntimes: seconds\ncursor: {last: at, overlap: 1}"
NUMBERED = "url: '/list?page={page}'\ncursor: {page: 1}"
BY_OFFSET = "url: '/list?offset={offset}&n={limit}'\npage_size: 25\ncursor: {offset: 0}"
OF_DAYS = "url: '/list?since={since}&until={until}&page={page}'\ntimes: seconds\ntotal: total\ncursor: {page: 1}"
OF_DAYS_OFFSET = (
    "url: '/list?since={since}&until={until}&offset={offset}'\ntimes: seconds\nmore: more\ncursor: {offset: 0}"
)
TOKENS = "url: '/list?since={since}&until={until}&from={cursor}'\ntimes: seconds\ncursor: {token: next}"
LINKS = "url: '/list?since={since}&until={until}'\ntimes: seconds\ncursor: {link: link}"
ENDS, MIDDLE, FIRST = ("2025-12-22", "2025-12-31"), ("2024-05-01", "2024-05-10"), ("2023-01-01", "2023-01-10")


@pytest.mark.parametrize("days", [ENDS, MIDDLE, FIRST, ("2024-05-11", "2024-05-11")])
@pytest.mark.parametrize(
    ("form", "more", "probes"),
    [
        (BY_TIME, {}, 0),
        (OVERLAPPING, {}, 0),
        (POSTED, {"size": 40}, 0),
        (RISING, {"rising": True}, 0),
        (NUMBERED, {}, 4),
        (BY_OFFSET, {}, 4),
        (OF_DAYS, {}, 0),
        (OF_DAYS_OFFSET, {}, 0),
        (TOKENS, {}, 0),
    ],
)
def test_all_of_the_days(days: tuple[str, str], form: str, more: dict[str, Any], probes: int) -> None:
    """At the end of the span, in its middle, and at its begin: one page more than would do at most, and few probes."""
    server, asked = Lists(Stories(), **more), span(*days)
    walked = walk(server, asked, described(form))
    wanted = server.within(asked)
    assert set(walked.found) == wanted
    assert len(walked.asked) <= pages(len(wanted), server.size) + probes + 1
    assert walked.reached is True, walked
    assert walked.form == f"API of {HOST}"


@pytest.mark.parametrize("form", [OVERLAPPING, POSTED])
@pytest.mark.parametrize("together", [7, 60])
def test_stories_of_one_second(form: str, together: int) -> None:
    """More than a page of them: the rest comes when those that came are left out. None is announced twice."""
    server, asked = Lists(Stories(), size=40, together=together), span(*MIDDLE)
    walked = walk(server, asked, described(form))
    assert sorted(walked.found) == sorted(server.within(asked))
    assert len(walked.asked) <= pages(len(walked.found), 40) * 1.1 + 1


@given(
    gaps=st.lists(st.sampled_from((0, 0, 0, 1, 2, 3_600, 40_000)), max_size=60),
    size=st.integers(1, 8),
    order=st.sampled_from(("falling", "rising")),
)
@settings(max_examples=30, deadline=None)
def test_whatever_shares_a_second(gaps: list[int], size: int, order: str) -> None:
    """Any stories in pages of any size: all of the days come, each once, and the walk says that it is whole."""
    moments = list(accumulate(gaps, initial=1_714_500_000))  # 30 April 2024, 18:00

    def answer(url: str, posted: Any) -> Answer:
        said = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        mark, left_out = int(said["mark"]), said.get("without", "").split(",")
        known = [n for n, at in enumerate(moments) if (at > mark if order == "rising" else at < mark)]
        known = [n for n in (known if order == "rising" else known[::-1]) if str(n) not in left_out]
        return 200, {"data": {"list": [{"link": f"/story/{n}", "at": moments[n], "id": n} for n in known[:size]]}}, {}

    form = OVERLAPPING.replace("until=", "mark=") + f"\norder: {order}"
    walked = walk(answer, span("2024-05-01", "2024-05-02"), described(form))
    begins = 1_714_521_600
    wanted = [n for n, at in enumerate(moments) if begins <= at < begins + 2 * 86_400]
    assert sorted(walked.found) == sorted(f"https://{HOST}/story/{n}" for n in wanted)
    assert walked.reached is True
    assert len(walked.asked) <= len(wanted) // size + 3


def test_an_overlap_without_leaving_out() -> None:
    """What comes twice is known again; a page of one second is passed over rather than asked for for ever."""
    form = "url: '/list?until={cursor}'\ntimes: seconds\ncursor: {last: at, overlap: 1}"
    server, asked = Lists(Stories(), size=40, together=5), span(*MIDDLE)
    walked = walk(server, asked, described(form))
    assert sorted(walked.found) == sorted(server.within(asked))
    stuck = walk(Lists(Stories(), size=40, together=40), asked, described(form))
    assert (stuck.reached, len(stuck.asked) < 50) == (True, True)


@pytest.mark.parametrize(
    ("form", "more", "requests", "why"),
    [
        (BY_TIME, {"deaf": True}, 1, "its cursor does not move on"),
        (TOKENS, {"deaf": True}, 2, ""),
        (OF_DAYS.replace("total: total\n", ""), {"deep": 100}, 5, "nothing comes behind a full page"),
    ],
)
def test_what_leads_nowhere(form: str, more: dict[str, Any], requests: int, why: str) -> None:
    """It ends, and says why."""
    walked = walk(Lists(Stories(), **more), span(*MIDDLE), described(form))
    assert (len(walked.asked), walked.why) == (requests, why)


def test_an_api_that_repeats_itself() -> None:
    """The same page again is the end."""

    def same(url: str, posted: Any) -> Answer:
        return 200, {"data": {"list": [{"link": "/story/1", "at": 1_714_600_000, "id": 1}]}, "next": url[-4:] + "x"}, {}

    walked = walk(same, span(*MIDDLE), described(TOKENS))
    assert (len(walked.asked), walked.reached, walked.why) == (2, False, "it gives the same page again")


def test_links_are_followed_on_the_site_alone() -> None:
    """A whole address in the answer is asked for as it stands."""
    server, asked = Lists(Stories(), size=700), span(*MIDDLE)
    assert walk(server, asked, described(LINKS)).asked[0].startswith(f"https://{HOST}/list?since=")

    def leads(to: str) -> Walked:
        def answer(url: str, posted: Any) -> Answer:
            return (200, {"data": {"list": [{"link": "/story/1", "at": 1_714_600_000, "id": 1}]}, "link": to}, {})

        return walk(answer, asked, described(LINKS))

    assert leads("/older?x=1").asked[1] == f"https://{HOST}/older?x=1"
    assert leads("https://other.test/").why == "it goes on at another site: https://other.test/"


def test_series() -> None:
    """One walk for each value; one that fails ends alone, and the whole does not count as complete."""
    form = "url: '/list?section={each}&until={cursor}'\neach: [sea, land]\ntimes: seconds\ncursor: {last: at}"
    server, asked = Lists(Stories()), span(*MIDDLE)
    good = walk(server, asked, described(form))
    assert (set(good.found), good.reached) == (server.within(asked), True)

    def half(url: str, posted: Any) -> Answer:
        return (403, {}, {}) if "land" in url else server(url, posted)

    bad = walk(half, asked, described(form))
    assert (set(bad.found), bad.reached, bad.why) == (server.within(asked), False, "land: answered 403: ")


def test_headers_and_iso_times() -> None:
    """What a request has to say besides, and times as most write them; a first page needs no empty cursor."""
    form = (
        "url: '/list?after={since}&before={until}&cursor={cursor}'\n"
        "headers: {X-Site: harbour}\ncursor: {token: next}\ntimes: iso"
    )
    walked = walk(lambda url, posted: (200, {}, {}), span(*MIDDLE), described(form))
    assert walked.asked == [f"https://{HOST}/list?after=2024-05-01T00:00:00Z&before=2024-05-11T00:00:00Z"]
    assert walked.headers == [{"x-site": "harbour"}]
    days = walk(lambda url, posted: (200, {}, {}), span(*MIDDLE), described(form.replace("iso", "day")))
    assert days.asked == [f"https://{HOST}/list?after=2024-04-30&before=2024-05-11"]


def test_no_json() -> None:
    """Says so, of the first page as of a later one."""
    walked = walk(lambda url, posted: (500, {}, {}), span(*MIDDLE), described(BY_TIME))
    assert (len(walked.asked), walked.reached, walked.why) == (1, False, "answered 500: ")


@dataclass
class Tass:
    """Its categoryNewsList, as scrapers know it: items before `timestamp` that are not among `excludeNewsIds`."""

    stories: Stories
    sections: list[int]

    def __call__(self, url: str, posted: Any) -> Answer:
        assert url == "http://tass.com:8080/userApi/categoryNewsList"
        assert posted == {**posted, "type": "all", "imageSize": 434}
        first = self.sections.index(posted["sectionId"])
        before = datetime.fromtimestamp(posted["timestamp"], UTC)
        left_out = set(posted["excludeNewsIds"].split(","))
        numbers = reversed(self.stories.between(datetime(2023, 1, 1, tzinfo=UTC), before))
        mine = (n for n in numbers if n % len(self.sections) == first and str(n) not in left_out)
        told = [self._item(n) for n, _ in zip(mine, range(posted["limit"]), strict=False)]
        return 200, {"newsList": told}, {}

    def _item(self, number: int) -> dict[str, Any]:
        moment = int(self.stories.at(number).timestamp())
        return {"id": number, "title": f"Report {number}", "lead": "", "link": f"/world/{number}", "date": moment}


@pytest.mark.parametrize("days", [ENDS, MIDDLE, FIRST])
def test_tass(days: tuple[str, str]) -> None:
    """By the rule that is installed: within a tenth of the least that would do, at the address of the front page."""
    sites, asked = dict(rules.installed()), span(*days)
    sections = [int(each) for each in sites["tass.com"].api[0].each]
    server = Tass(Stories(a_day=90), sections)
    walked = walk(server, asked, sites, TASS)
    numbers = server.stories.between(asked.begins, asked.ends)
    assert sorted(walked.found) == sorted(f"http://tass.com:8080/world/{n}" for n in numbers)
    least = sum(len([n for n in numbers if n % 9 == first]) // 20 + 1 for first in range(9))
    assert len(walked.asked) <= least * 1.1, (len(walked.asked), least)
    assert (walked.reached, walked.why) == (True, "")


def test_where_values_stand() -> None:
    """Paths, a pattern of an address, dates of a site's own clock, HTML of the whole piece."""
    rule = f"""hosts: [{HOST}]
api:
  url: /list
  items: groups.*.stories
  item:
    url: "/{{section}}/{{meta.slug}}.html"
    title: head
    published: {{json: when, zone: Asia/Tokyo}}
    updated: changed
    content: body
    id: {{json: ref, match: "-(.+)"}}
  cursor: {{link: next}}
"""
    item = {
        "type": "story",
        "section": "sea",
        "meta": {"slug": "boats-1"},
        "head": "Boats &amp; nets",
        "when": "2024-05-11 08:30",
        "changed": 1_715_400_000_000,
        "body": "<p>Two boats.</p>",
        "ref": "a-77",
    }
    sites = {HOST: rules.parse(rule, "x.yaml")}
    days, target = span(*MIDDLE), Target(base=f"https://{HOST}/", site="example.org")
    (step,) = api.begin(target, days, sites).steps
    body = json.dumps({"groups": [{"stories": [item, {**item, "meta": {}}, 7]}]}).encode()
    leaf = api_pages.read(body, step.url, datetime(2026, 1, 1, tzinfo=UTC), days, "example.org", step.place, sites)
    entry = leaf.found[0].entry
    assert entry.url == f"https://{HOST}/sea/boats-1.html"
    assert (entry.guid, entry.title, entry.content) == ("77", "Boats & nets", "<p>Two boats.</p>")
    assert entry.published is not None and entry.published.iso() == "2024-05-11T08:30:00+09:00"
    assert entry.updated is not None and entry.updated.iso() == "2024-05-11T04:00:00+00:00"
