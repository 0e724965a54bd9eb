"""The pipeline going on and on: what is due, what is in hand, gaps, looks, our own line, bugs, and its end."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from collector import jobs
from collector.errors import FetchError, HostClosed, Offline, WorkerError
from collector.pipeline import Event
from storage.records import Request
from tests.town import FEED, HOUR, NOW, OTHER, STORY, Answer, Town, feed, link, page

MINUTE = timedelta(minutes=1)
A, B = "http://e.org/a", "http://e.org/b"
Towns = Callable[..., Town]


def newspaper(**more: Answer) -> dict[str, Answer]:
    return {FEED: feed(link(A)), A: page("Dredging", STORY), B: page("Herons", OTHER), **more}


async def test_only_what_is_due_is_asked(town: Towns) -> None:
    """A source at its interval, an article at its age; nothing between."""
    here = town(newspaper(), every=1800.0)
    asked = []
    for minutes in (0, 1, 13, 2, 14, 1):
        await here.tick(minutes * MINUTE)
        asked.append([request.url for request in here.asked])
    assert asked == [[FEED, A], [], [], [A], [FEED], []]


async def test_what_is_in_hand_is_not_handed_out_again(town: Towns) -> None:
    """Tick after tick while a source and a page take their time: each is asked once."""
    go_on = asyncio.Event()

    async def wait(_: Request) -> None:
        await go_on.wait()

    here = town(newspaper(), before_answer=wait)
    async with here.pipeline() as parts:
        for _ in range(5):
            await parts.tick()
            await asyncio.sleep(0)
        assert [request.url for request in here.asked] == [FEED]
        go_on.set()
        await parts.idle()
        for _ in range(5):
            await parts.tick()
        await parts.idle()
    assert [request.url for request in here.asked] == [FEED, A]


async def test_sources_go_before_pages(town: Towns) -> None:
    """A long list of pages of a host does not keep its feed waiting."""
    web: dict[str, Answer] = {FEED: feed(*(link(f"http://e.org/{n}") for n in range(5)))}
    here = town(web | {f"http://e.org/{n}": page(f"Story {n}", STORY) for n in range(5)}, every=60.0)

    async def later(request: Request) -> None:
        if request.url.endswith("/0"):
            here.now += MINUTE * 2
            await parts.tick()

    here.before_answer = later
    async with here.pipeline() as parts:
        await parts.tick()
        await parts.idle()
    assert [request.url for request in here.asked][:4] == [FEED, "http://e.org/0", FEED, "http://e.org/1"]


async def test_a_poll_without_overlap_is_a_gap(town: Towns) -> None:
    """Proven, and recorded with its two ends; one that overlaps, or the first, is none."""
    here = town(newspaper())
    await here.tick()
    here.web[FEED] = feed(link(B), link(A))
    await here.tick(HOUR)
    assert here.archive.rows("SELECT * FROM gaps") == []
    here.web[FEED] = feed(link("http://e.org/c"))
    await here.tick(HOUR)
    (gap,) = here.archive.rows("SELECT source_id, after, before FROM gaps")
    assert gap == {"source_id": 1, "after": (NOW + HOUR).isoformat(), "before": (NOW + 2 * HOUR).isoformat()}
    assert [event.url for event in here.events if event.kind == "gap"] == [FEED]
    here.web[FEED] = feed()
    await here.tick(HOUR)
    here.web[FEED] = feed(link("http://e.org/c"), link("http://e.org/d"))
    await here.tick(HOUR)
    assert here.archive.value("SELECT count(*) FROM gaps") == 1


async def test_a_clock_that_runs_makes_no_gap(town: Towns) -> None:
    """What a document held is known by one moment, however long it took to file it."""
    here = town(newspaper(), runs=True)
    await here.tick()
    here.web[FEED] = feed(link(B), link(A))
    await here.tick(HOUR)
    assert here.archive.value("SELECT count(*) FROM gaps") == 0
    here.web[FEED] = feed(link("http://e.org/c"))
    await here.tick(HOUR)
    assert here.archive.value("SELECT count(*) FROM gaps") == 1


async def test_the_rhythm_is_learnt(town: Towns) -> None:
    """A source with news is asked sooner than one that stands still, and both later than after the first poll."""
    here = town(newspaper())
    intervals = []
    for n in range(8):
        await here.tick(20 * MINUTE)
        here.web[FEED] = feed(link(A), *(link(f"http://e.org/{each}") for each in range(3 * n)))
        intervals.append(here.archive.value("SELECT interval FROM sources"))
    busy = intervals[-1]
    for _ in range(30):
        await here.tick(HOUR)
    assert busy < 900 < here.archive.value("SELECT interval FROM sources")
    day = here.archive.row("SELECT sum(polls) AS polls, sum(new_entries) AS new FROM source_days")
    assert day == {"polls": 38, "new": 22}


async def test_what_a_source_wishes_is_obeyed(town: Towns) -> None:
    """ttl, and hours that it asks to skip, are remembered through answers that tell nothing."""
    wishes = "<ttl>60</ttl><skipHours><hour>13</hour><hour>14</hour></skipHours>"
    here = town({FEED: feed().replace("<title>", wishes + "<title>")})
    await here.tick()
    assert here.archive.value("SELECT next_poll FROM sources") == (NOW + 3 * HOUR).isoformat()
    await here.tick(3 * HOUR)
    assert here.archive.value("SELECT next_poll FROM sources") == (NOW + 4 * HOUR).isoformat()
    assert [event.kind for event in here.events if event.url == FEED] == ["to-poll", "source-unchanged"]


@pytest.mark.parametrize(
    ("error", "weight", "wait"),
    [
        (FetchError(FEED, "timeout", "no answer", passing=True), 0.25, 18.75 * MINUTE),
        (FetchError(FEED, "status-503", "answered 503", passing=True, status=503), 0.5, 22.5 * MINUTE),
        (404, 1.0, 30 * MINUTE),
        (HostClosed(FEED, NOW + 5 * HOUR, "left alone"), 0.25, 5 * HOUR),
    ],
)
async def test_failures_weigh_by_kind(town: Towns, error: Answer, weight: float, wait: timedelta) -> None:
    """And none is given up: the next good answer forgets them."""
    here = town({FEED: error})
    await here.tick()
    row = here.archive.row("SELECT failures, next_poll, failing_since FROM sources")
    assert row == {"failures": weight, "next_poll": (NOW + wait).isoformat(), "failing_since": NOW.isoformat()}
    here.web[FEED] = feed(link(A))
    await here.tick(30 * 24 * HOUR)
    row = here.archive.row("SELECT failures, failing_since, last_error FROM sources")
    assert row == {"failures": 0, "failing_since": None, "last_error": None}


async def test_our_own_line_counts_against_nobody(town: Towns) -> None:
    """No failure of the source, no attempt of the entry, no look lost; asked again within minutes."""
    here = town(newspaper(), every=60.0)
    await here.tick()
    here.web |= {FEED: feed(link(B), link(A))}
    here.web |= {url: Offline(url, "our own line is down") for url in (A, B)}
    await here.tick(15 * MINUTE)
    here.web[FEED] = Offline(FEED, "our own line is down")
    await here.tick(3 * MINUTE)
    assert here.archive.value("SELECT failures FROM sources") == 0
    assert here.archive.row("SELECT state, attempts FROM entries WHERE url = ?", [B]) == {"state": "new", "attempts": 0}
    assert here.archive.value("SELECT looks FROM articles") == 0
    here.web |= newspaper()
    await here.tick(MINUTE)
    assert here.archive.value("SELECT count(*) FROM articles") == 2
    assert here.archive.value("SELECT looks FROM articles WHERE url = ?", [A]) == 1


async def test_a_look_that_failed_is_made_again(town: Towns) -> None:
    """Sooner than the next age; a host that asks for peace costs no look at all."""
    here = town(newspaper(), every=86_400.0)
    await here.tick()
    here.web[A] = FetchError(A, "timeout", "no answer", passing=True)
    await here.tick(20 * MINUTE)
    assert here.archive.value("SELECT next_look FROM articles") == (NOW + 30 * MINUTE).isoformat()
    here.web[A] = HostClosed(A, NOW + 3 * HOUR, "left alone")
    await here.tick(10 * MINUTE)
    row = here.archive.row("SELECT next_look, looks, state FROM articles")
    assert row == {"next_look": (NOW + 3 * HOUR).isoformat(), "looks": 1, "state": "current"}


async def test_gone_with_its_time_and_back(town: Towns) -> None:
    """The last good version stays current; a page that comes back is no longer gone."""
    here = town(newspaper(), every=86_400.0)
    await here.tick()
    here.web[A] = 410
    await here.tick(20 * MINUTE)
    sql = "SELECT state, gone_at, version_id FROM articles"
    assert here.archive.row(sql) == {"state": "gone", "gone_at": here.now.isoformat(), "version_id": 1}
    await here.tick(HOUR)
    assert here.archive.value("SELECT gone_at FROM articles") == (NOW + 20 * MINUTE).isoformat()
    here.web[A] = page("Dredging", STORY)
    await here.tick(3 * HOUR)
    assert here.archive.row(sql) == {"state": "current", "gone_at": None, "version_id": 1}


async def test_ages_of_one_source(town: Towns) -> None:
    """`look_again` of a source, not of all."""
    here = town(newspaper(), every=86_400.0, look_again=(120.0,))
    await here.tick()
    assert here.archive.value("SELECT next_look FROM articles") == (NOW + 2 * MINUTE).isoformat()
    await here.tick(2 * MINUTE)
    assert [request.url for request in here.asked] == [A]
    assert here.archive.value("SELECT next_look FROM articles") is None


async def test_a_bug_costs_its_own_address_alone(town: Towns) -> None:
    """It is told with its traceback, the address is put off and not asked again at once; the others go on."""

    async def work(job: str, *arguments: Any, **options: Any) -> Any:
        if job == "extract" and arguments[1] == A:
            raise ZeroDivisionError("a bug of ours")
        return getattr(jobs, job)(*arguments, **options)

    here = town(newspaper() | {FEED: feed(link(A), link(B))}, work=work)
    await here.tick()
    assert here.states() == ["failed", "done"]
    (broke,) = [event for event in here.events if event.kind == "broke"]
    assert broke.url == A and "ZeroDivisionError: a bug of ours" in broke.detail and "Traceback" in broke.detail
    await here.tick(MINUTE)
    assert here.asked == []


async def test_a_page_that_breaks_its_worker_at_a_look(town: Towns) -> None:
    """The article stays, and is looked at again; its first visit would have ended as failed."""
    broken = False

    async def work(job: str, *arguments: Any, **options: Any) -> Any:
        if job == "extract" and broken:
            raise WorkerError("extract: the worker ended (SIGSEGV) and was replaced")
        return getattr(jobs, job)(*arguments, **options)

    here = town(newspaper(), work=work, every=86_400.0)
    await here.tick()
    broken, here.web[A] = True, page("Dredging stops", STORY)
    await here.tick(20 * MINUTE)
    assert (here.states(), here.archive.value("SELECT title FROM articles")) == (["done"], "Dredging")
    assert here.archive.value("SELECT next_look FROM articles") == (NOW + 30 * MINUTE).isoformat()
    broken = False
    await here.tick(10 * MINUTE)
    assert here.archive.value("SELECT title FROM articles") == "Dredging stops"


async def test_what_no_page_can_be_asked_for_is_not_due(town: Towns) -> None:
    """A piece that its source carried whole is no look that waits for ever, nor keeps others waiting."""
    whole = "".join(f"&lt;p&gt;{each}&lt;/p&gt;" for each in STORY)
    item = link(B, f"<title>Dredging</title><content:encoded>{whole}</content:encoded>")
    body = feed(item).replace("<rss", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'")
    here = town({FEED: body, B: 410}, every=30 * 86_400.0)
    await here.tick()
    assert here.archive.row("SELECT title, next_look FROM articles") == {"title": "Dredging", "next_look": None}
    assert here.archive.next_due(NOW) == NOW + timedelta(days=30)


async def test_a_bug_while_asking(town: Towns) -> None:
    """At a page, and at a source: both are asked again later."""

    async def bug(request: Request) -> None:
        if request.url != B:
            raise KeyError("a bug of ours")

    here = town(newspaper())
    await here.tick()
    here.before_answer = bug
    here.archive.write("UPDATE entries SET state = 'new'")
    await here.tick(HOUR)
    assert {event.url for event in here.events if event.kind == "broke"} == {FEED, A}
    assert here.archive.value("SELECT last_error FROM sources") == "a bug: KeyError: 'a bug of ours'"
    assert here.archive.value("SELECT next_visit FROM entries") == (here.now + 5 * MINUTE).isoformat()


async def test_trouble_with_the_archive_is_everybodys(town: Towns) -> None:
    """It is not put down to the page that met it first."""

    async def full(_: Request) -> None:
        raise OSError("no space left on device")

    here = town(newspaper(), before_answer=full)
    with pytest.raises(ExceptionGroup) as caught:
        await here.tick()
    assert caught.group_contains(OSError, match="no space")


async def test_the_end_puts_back_what_is_in_hand(town: Towns) -> None:
    """What ends in time is kept, the rest is called off, nothing new is begun; the next start goes on."""
    stuck = asyncio.Event()

    async def slow(request: Request) -> None:
        if request.url == B:
            await stuck.wait()

    here = town(newspaper() | {FEED: feed(link(A), link(B))}, before_answer=slow)
    async with here.pipeline() as parts:
        await parts.tick()
        while not any(request.url == B for request in here.asked):
            await asyncio.sleep(0.01)
        began = asyncio.get_running_loop().time()
        await parts.drain(0.2)
        await parts.tick()
    assert asyncio.get_running_loop().time() - began < 1
    assert here.states() == ["done", "new"]
    stuck.set()
    await here.tick()
    assert [request.url for request in here.asked] == [B]
    assert here.states() == ["done", "done"]
    assert Event("article-new", B, "Herons") in here.events


async def test_when_something_is_due_next(town: Towns) -> None:
    """The earliest of all lists; now, when it is due already."""
    here = town(newspaper(), every=86_400.0)
    assert here.archive.next_due(NOW) == NOW
    await here.tick()
    assert here.archive.next_due(NOW) == NOW + 15 * MINUTE
    assert here.archive.next_due(NOW + HOUR) == NOW + HOUR
