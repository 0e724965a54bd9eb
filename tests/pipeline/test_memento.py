"""Pages that are had from a web archive: kept as what they are copies of, in their place in time; and old articles."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector import jobs, urls
from collector.errors import FetchError, Refused
from collector.pipeline import memento
from storage.archive.backfills import Wish
from storage.archive.finds import Find
from storage.recipes import Addressed
from storage.records import Capture, Entry, Headers, Request
from tests.town import FEED, HOUR, NOW, OTHER, STORY, Answer, Town, feed, link, page

ARCHIVE = "https://archive.test"
URL = "http://e.org/2025/03/14/harbour"
WHEN = "20250316083000"
CAPTURED = datetime(2025, 3, 16, 8, 30, tzinfo=UTC)
COPY = f"{ARCHIVE}/web/{WHEN}id_/http://e.org:80/2025/03/14/harbour"
THEN: Headers = (("server", "archive/1"), ("memento-datetime", "Sun, 16 Mar 2025 08:30:00 GMT"))
DAY = timedelta(days=1)
DATED = '<meta property="article:published_time" content="{}">'


@dataclass
class Past(Town):
    """A town beside a web archive: address of a copy -> where it leads, status, headers, body."""

    copies: dict[str, tuple[str, int, Headers, str] | FetchError] = field(default_factory=dict)

    async def get(self, request: Request) -> Capture:
        if not request.url.startswith(ARCHIVE):
            return await super().get(request)
        self.asked.append(request)
        answer = self.copies.get(request.url, (request.url, 404, (("server", "archive/1"),), "Not in the archive"))
        if isinstance(answer, FetchError):
            raise answer
        final, status, headers, body = answer
        return Capture(
            url=request.url, final_url=final, fetched_at=self.now, status=status, headers=headers, body=body.encode()
        )

    def found(self, url: str, day: date | None, copy: str | None = None) -> None:
        """A running back-fill announced it, and wants it asked for at the address of a copy."""
        wish = Wish(
            target="e.org", base="http://e.org/", site="e.org", source_id=None, since=date(2025, 3, 1), until=NOW.date()
        )
        id_ = self.archive.add_backfill(wish, ["wayback"], self.now)
        (walk,) = self.archive.walks(id_)
        self.archive.set_walk(walk.id, state="walking")
        said = Addressed(entry=Entry(url=url), url=url, key=urls.identity(url), host=urls.host_of(url))
        self.archive.add_finds(walk.id, [Find(addressed=said, day=day, memento=copy)], self.now, None, None)

    async def bring(self, later: timedelta = timedelta(0)) -> None:
        """What back-fills want is asked for, and read."""
        self.now += later
        self.asked.clear()
        self.events.clear()
        async with self.pipeline() as parts:
            for todo in [todo for walk in (1, 2) for todo in self.archive.past_due(walk, self.now, 50)]:
                parts._visitor.add(todo)
            await parts.idle()

    def row(self, sql: str) -> dict[str, object]:
        found = self.archive.row(sql)
        assert found is not None
        return found


Make = Callable[..., Past]


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Make]:
    made: list[Past] = []

    def make(web: dict[str, Answer], **options: object) -> Past:
        made.append(Past(tmp_path, web, **options))  # type: ignore[arg-type]  # options of Town and its own
        return made[-1]

    yield make
    for each in made:
        with closing(each.archive), closing(each.raw):
            pass


def copy(body: str, final: str = COPY, status: int = 200, headers: Headers = THEN) -> tuple[str, int, Headers, str]:
    return final, status, headers, body


async def test_a_copy_is_kept_as_the_page(past: Make) -> None:
    """Address, time, status and headers are the page's own; how it was had is said beside them."""
    sent: Headers = (*THEN, ("x-archive-orig-content-type", "text/html"), ("x-archive-orig-etag", '"77"'))
    here = past({}, copies={COPY: copy(page("Harbour", STORY), headers=sent)})
    here.found(URL, date(2025, 3, 14), COPY)
    await here.bring()
    assert [request.url for request in here.asked] == [COPY]
    kept = here.row("SELECT url, final_url, fetched_at, status, headers, via, kind, host, memento FROM captures")
    assert kept == {
        "url": URL,
        "final_url": URL,
        "fetched_at": "2025-03-16T08:30:00+00:00",
        "status": 200,
        "headers": '[["content-type","text/html"],["etag","\\"77\\""]]',
        "via": "wayback",
        "kind": "article",
        "host": "e.org",
        "memento": COPY,
    }
    article = here.row("SELECT url, first_seen, last_seen, next_look FROM articles")
    assert article["url"] == URL
    assert article["first_seen"] == article["last_seen"] == kept["fetched_at"]
    assert article["next_look"] is None
    assert here.row("SELECT etag, state FROM entries") == {"etag": None, "state": "done"}
    assert here.row("SELECT created_at FROM versions")["created_at"] == NOW.isoformat()


async def test_an_edit_that_is_known_stays_current(past: Make) -> None:
    """What a copy says stands before what the site said since, and changes nothing of when that is looked at."""
    here = past({FEED: feed(link(URL)), URL: page("Harbour", (*STORY[:2], OTHER[0]))})
    await here.run()
    before = here.row("SELECT next_look, last_seen, looks FROM articles")
    here.archive.write("UPDATE entries SET state = 'gone'")  # what a back-fill asks for again
    here.copies[COPY] = copy(page("Harbour", STORY))
    here.found(URL, date(2025, 3, 14), COPY)
    await here.bring(HOUR)
    versions = here.archive.rows("SELECT number, text, version_id = versions.id AS current FROM versions, articles")
    assert [(row["number"], OTHER[0] in row["text"], row["current"]) for row in sorted(versions, key=_number)] == [
        (1, False, 0),
        (2, True, 1),
    ]
    assert here.row("SELECT next_look, last_seen, looks FROM articles") == before
    assert here.row("SELECT first_seen FROM articles")["first_seen"] == CAPTURED.isoformat()


def _number(row: dict[str, int]) -> int:
    return row["number"]


async def test_redirects_within_the_archive(past: Make) -> None:
    """Another time of the same page is that page, then; another page is that page, as it was of the site."""
    later = f"{ARCHIVE}/web/20250401000000id_/https://www.e.org/2025/03/14/harbour/"
    here = past({}, copies={COPY: copy(page("Harbour", STORY), final=later)})
    here.found(URL, None, COPY)
    await here.bring()
    kept = here.row("SELECT url, final_url, fetched_at, memento FROM captures")
    assert kept == {"url": URL, "final_url": URL, "fetched_at": "2025-04-01T00:00:00+00:00", "memento": later}
    moved = memento.original(_answer(f"{ARCHIVE}/web/{WHEN}id_/https://e.org/harbour-77"), URL)
    assert (moved.url, moved.final_url) == (URL, "https://e.org/harbour-77")


async def test_a_copy_that_leads_to_the_front_page(past: Make) -> None:
    """The site had given the story up: it is gone, and nothing is asked for again."""
    here = past({}, copies={COPY: copy(page("Town", OTHER), final=f"{ARCHIVE}/web/{WHEN}id_/http://e.org/")})
    here.found(URL, None, COPY)
    await here.bring()
    gone = here.row("SELECT state, next_visit, last_error FROM entries")
    assert (gone["state"], gone["next_visit"]) == ("gone", None)
    assert "leads to http://e.org/, as archive.test has it" in str(gone["last_error"])
    assert here.row("SELECT kind, via FROM captures") == {"kind": "gone", "via": "wayback"}


REDIRECT = "<p>Got an HTTP 302 response at crawl time</p><p>Redirecting to…</p>"


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (copy("nothing", status=404, headers=()), "gone", "archive.test has no copy of it"),
        (copy(REDIRECT, headers=(("server", "archive/1"),)), "gone", "a redirect that it does not follow"),
        (copy(page("Sorry", STORY), headers=()), "new", "archive.test answered 200 with a page of its own"),
        (copy("kept from view", status=403, headers=()), "new", "archive.test answered 403"),
        (copy(page("Harbour", STORY), final="http://e.org/elsewhere"), "gone", "leads out of it"),
        (copy(page("Harbour", STORY), final=COPY.replace("id_", "")), "gone", "no raw copy"),
        (copy("was not there", status=404), "gone", "answered 404, as archive.test has it"),
        (Refused(COPY, "robots", "robots.txt disallows it"), "refused", f"{COPY}: robots.txt disallows it"),
    ],
)
async def test_what_is_no_copy(
    past: Make, answer: tuple[str, int, Headers, str] | FetchError, state: str, words: str
) -> None:
    """The archive's own pages are never taken for the article; why there is none is said, and whose word that is."""
    here = past({}, copies={COPY: answer})
    here.found(URL, None, COPY)
    await here.bring()
    said = here.row("SELECT state, last_error FROM entries")
    assert said["state"] == state
    assert words in str(said["last_error"])
    assert not here.articles()
    assert not here.archive.rows("SELECT 1 FROM captures WHERE kind IS NOT 'gone'")


async def test_a_copy_without_an_article_is_not_asked_for_again(past: Make) -> None:
    """It stays what it is."""
    here = past({}, copies={COPY: copy("<html><body><p>Soon</p></body></html>")})
    here.found(URL, None, COPY)
    await here.bring()
    assert here.row("SELECT state, next_visit FROM entries") == {"state": "empty", "next_visit": None}


async def test_later_pages_of_a_copy(past: Make) -> None:
    """An article that goes on is read on in the archive: its site is not asked."""
    more, second = f"{URL}?page=2", f"{ARCHIVE}/web/{WHEN}id_/{URL}?page=2"
    here = past(
        {},
        copies={COPY: copy(page("Harbour", STORY)), second: copy(page("Harbour", OTHER), final=second)},
    )

    async def work(job: str, *arguments: Any, **options: Any) -> Any:
        result = getattr(jobs, job)(*arguments, **options)
        return replace(result, next_page=more) if job == "extract" and arguments[1] == URL else result

    here.work = work
    here.found(URL, None, COPY)
    await here.bring()
    assert [request.url for request in here.asked] == [COPY, second]
    assert OTHER[0] in str(here.row("SELECT text FROM versions")["text"])
    kept = here.row("SELECT url, fetched_at, memento FROM captures WHERE via = 'next-page'")
    assert kept == {"url": more, "fetched_at": CAPTURED.isoformat(), "memento": second}


async def test_a_copy_that_was_kept_and_not_read(past: Make) -> None:
    """A run that was stopped between the two goes on with it, in its place in time."""
    here = past({}, copies={COPY: copy(page("Harbour", STORY))})
    here.found(URL, None, COPY)
    entry_id = here.row("SELECT id FROM entries")["id"]
    assert isinstance(entry_id, int)
    kept = memento.original(_answer(COPY, page("Harbour", STORY)), URL)
    digest = here.raw.put(kept.body, kept.fetched_at, "e.org")
    here.archive.add_capture(kept, digest, "wayback", entry_id=entry_id, host="e.org", memento=COPY)
    await here.run()
    assert here.row("SELECT first_seen, next_look FROM articles") == {
        "first_seen": CAPTURED.isoformat(),
        "next_look": None,
    }


async def test_what_a_live_source_announces_is_asked_for_there(past: Make) -> None:
    """A back-fill ended that could not have the copy; then a feed has the story."""
    here = past({FEED: feed(link(URL)), URL: page("Harbour", STORY)})
    here.found(URL, None, COPY)
    here.archive.write("UPDATE entries SET walk_id = NULL, attempts = 1, next_visit = ?", [(NOW + HOUR).isoformat()])
    (todo,) = here.archive.entries_due(NOW + HOUR)
    assert todo.memento == COPY
    await here.tick()
    await here.tick(HOUR)
    assert here.visited() == [URL]
    assert here.row("SELECT via, memento FROM captures WHERE entry_id = 1") == {"via": "visit", "memento": None}


@pytest.mark.parametrize(
    ("announced", "own", "ages", "look"),
    [
        (date(2025, 3, 14), "", (DAY, 3 * DAY), None),  # older than the last look
        (date(2026, 11, 21), "", (DAY, 3 * DAY), datetime(2026, 11, 24, tzinfo=UTC)),  # 36 hours old
        (date(2026, 11, 21), "2026-11-22T09:00:00+00:00", (DAY, 3 * DAY), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (date(2026, 11, 22), "2024-02-01T09:00:00+00:00", (DAY, 3 * DAY), None),  # its own word counts
        (None, "", (DAY, 3 * DAY), None),  # undated
        (None, "2026-11-22T09:00:00+00:00", (DAY, 3 * DAY), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (date(2026, 11, 30), "", (DAY, 3 * DAY), NOW + DAY),  # of days to come: as if it were new
    ],
)
async def test_looks_go_by_the_day_of_publication(
    past: Make, announced: date | None, own: str, ages: tuple[timedelta, ...], look: datetime | None
) -> None:
    """An article that a back-fill brought in is as old as it is, not as long as we have known it."""
    url = "http://e.org/harbour"
    here = past({url: page("Harbour", STORY, DATED.format(own) if own else "")}, sources=())
    object.__setattr__(here.config, "look_again", tuple(age.total_seconds() for age in ages))
    here.found(url, announced)
    await here.bring()
    assert here.row("SELECT next_look FROM articles")["next_look"] == (look.isoformat() if look else None)
    if look is not None:
        await here.run(look - here.now)
        after = here.row("SELECT looks, next_look FROM articles")
        assert (after["looks"], after["next_look"] is None) == (1, look - NOW > DAY)


async def test_a_story_of_a_live_source_is_looked_at_as_ever(past: Make) -> None:
    """However old it says that it is: the site announced it now."""
    here = past({FEED: feed(link(URL)), URL: page("Harbour", STORY, DATED.format("2024-02-01T09:00:00+00:00"))})
    here.found(URL, date(2024, 2, 1))
    here.archive.write("UPDATE entries SET walk_id = NULL")
    await here.run()
    assert here.row("SELECT next_look FROM articles")["next_look"] is not None


def _answer(final: str, body: str = "") -> Capture:
    return Capture(url=COPY, final_url=final, fetched_at=NOW, status=200, headers=THEN, body=body.encode())


@pytest.mark.parametrize(
    ("final", "moment"),
    [(COPY, CAPTURED), (COPY.replace(WHEN, "20250316999999"), datetime(2025, 3, 16, 8, 30, tzinfo=UTC))],
)
def test_when_it_was_captured(final: str, moment: datetime) -> None:
    """By the address of the copy, else by its header."""
    assert memento.original(_answer(final), URL).fetched_at == moment
