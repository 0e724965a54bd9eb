"""A day of `newskeep run` in a few seconds: twenty sites on loopback, looked at every second, and what befalls them."""

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from tests import daemon, web
from tests.daemon import Daemon, until
from tests.soundness import faults

pytestmark = pytest.mark.slow

EVERY, DELAY = 1.0, 0.05  # seconds between two polls of a source, between two requests to a host
OWN_TURN = 3.0  # what a page's pause, its way through a worker and its commit may take on a busy machine
LOOK_EVERY = 1.0
LOOKS = ", ".join(f"{n * LOOK_EVERY:g}s" for n in range(1, 25))
SITES = [f"site{n}.test" for n in range(20)]
SOON = 2 * EVERY + OWN_TURN
NEXT_LOOK = LOOK_EVERY + EVERY + OWN_TURN
EDITED, LOST, WITHDRAWN, WALLED, QUIET, BROKEN = SITES[:6]
OTHERS = SITES[6:]
BUSY = OTHERS[0]


@dataclass(frozen=True)
class Town:
    """Sites and the daemon that watches them. stories: the address of one by host, and `text` as it was at first."""

    web: web.Running
    daemon: Daemon
    stories: dict[str, str]
    texts: dict[str, str]

    def story(self, host: str) -> dict[str, Any]:
        return self.daemon.article(self.stories[host])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One daemon for all tests that take it, after a morning on which much has happened at once."""
    folder = tmp_path_factory.mktemp("town")
    with web.running(2) as served:
        daemon.configure(folder, served.port, SITES, every=f"{EVERY:g}s", look_again=LOOKS, delay=DELAY)
        with daemon.running(folder) as living:
            until(30, "all that stood there", lambda: living.value("SELECT count(*) FROM articles") == 2 * len(SITES))
            yield _morning(served, living)


def _morning(served: web.Running, living: Daemon) -> Town:
    """A story each; one is edited, two are taken away, one gets behind a wall; a busy feed falls silent, one breaks."""
    served.do("break", BROKEN, status=503)
    published = [served.do("publish", host) for host in (EDITED, LOST, WITHDRAWN, WALLED)]
    _a_busy_second(served)
    living.delays(published, SOON)
    stories = {each["url"].split("/")[2]: each["url"] for each in published}
    texts = {host: living.article(url)["text"] for host, url in stories.items()}
    served.do("edit", EDITED, story=2)
    served.do("take", LOST, story=2, status=404)
    served.do("take", WITHDRAWN, story=2, status=410)
    served.do("wall", WALLED, seconds=600)
    stories["behind"] = served.do("publish", WALLED)["url"]
    for _ in range(5):
        _a_busy_second(served)
    served.do("silence", QUIET)
    return Town(served, living, stories, texts)


def _a_busy_second(served: web.Running) -> None:
    served.do("publish", QUIET)
    time.sleep(1.1 * EVERY)


def test_a_story_is_archived_within_two_intervals(town: Town) -> None:
    """Whatever moment it is published at, and at many sites at once."""
    town.daemon.delays([town.web.do("publish", host) for host in OTHERS], SOON)


def test_an_edit_is_version_two_at_the_next_look(town: Town) -> None:
    """The words that were added are in the archive, and the version before is kept."""
    until(NEXT_LOOK, "version 2", lambda: town.story(EDITED)["number"] == 2)
    text = town.story(EDITED)["text"]
    assert text.startswith(town.texts[EDITED])
    assert web.UPDATE in text
    sql = "SELECT number, reason FROM versions JOIN articles ON articles.id = article_id WHERE url = ? ORDER BY number"
    told = [(row["number"], row["reason"]) for row in town.daemon.rows(sql, town.stories[EDITED])]
    assert told == [(1, "published"), (2, "edited")]


@pytest.mark.parametrize("host", [LOST, WITHDRAWN])
def test_a_story_that_was_taken_away_is_gone_and_kept(town: Town, host: str) -> None:
    """404 or 410: the time is written down, and the last version stays current."""
    until(NEXT_LOOK, "gone", lambda: town.story(host)["state"] == "gone")
    assert town.story(host)["gone_at"]
    assert town.story(host)["text"] == town.texts[host]


def test_a_wall_leaves_no_trace_in_the_text(town: Town) -> None:
    """While a consent page stands before every story nothing becomes a version; when it falls all is as before."""
    met = "SELECT count(*) FROM captures WHERE url LIKE ? || '%' AND kind = 'wall'"
    for url in (town.stories[WALLED], town.stories["behind"]):
        until(NEXT_LOOK, f"a wall met at {url}", partial(town.daemon.value, met, url))
    story = town.story(WALLED)
    assert (story["number"], story["state"], story["text"]) == (1, "current", town.texts[WALLED])
    assert not town.story("behind")
    town.web.do("mend", WALLED)
    town.web.do("edit", WALLED, story=2)
    town.daemon.delays([town.web.do("publish", WALLED)], SOON)
    until(NEXT_LOOK, "version 2", lambda: town.story(WALLED)["number"] == 2)


def test_a_feed_that_breaks_is_found_again(town: Town) -> None:
    """Its error is told while it lasts; it is asked again by itself, and nothing that came meanwhile is lost."""
    error = "SELECT last_error FROM sources WHERE url LIKE '%' || ? || '%'"
    assert "503" in town.daemon.value(error, BROKEN)
    published = [town.web.do("publish", BROKEN) for _ in range(2)]
    town.web.do("mend", BROKEN)
    town.daemon.delays(published, 15)
    assert town.daemon.value(error, BROKEN) is None


def test_a_killed_worker_costs_nothing(town: Town) -> None:
    """kill -9 of all workers, again and again while stories come in: each story is archived in time."""
    for _ in range(2):
        published = [town.web.do("publish", host) for host in OTHERS]
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            for pid in town.daemon.workers():
                daemon.kill(pid)
            time.sleep(0.3)
        town.daemon.delays(published, SOON)
    assert not town.daemon.rows("SELECT url, last_error FROM entries WHERE state = 'failed'")


def test_frozen_and_thawed(town: Town) -> None:
    """SIGSTOP, then SIGCONT: it goes on at once; that no host is asked in a burst is told by the last test's log."""
    town.daemon.send(signal.SIGSTOP)
    published = [town.web.do("publish", host) for host in OTHERS]
    time.sleep(3 * EVERY)
    town.daemon.send(signal.SIGCONT)
    town.daemon.delays(published, SOON)


def test_a_second_one_refuses_and_names_the_first(town: Town) -> None:
    """One instance a data folder."""
    second = daemon.newskeep(town.daemon.folder, "run")
    assert second.returncode == 1
    assert str(town.daemon.pid) in second.stderr


def test_questions_beside_it(town: Town) -> None:
    """Health, figures, search and export answer while it works; status names the feed that fell silent, no busy one."""
    assert town.daemon.well()
    assert "newskeep_" in town.daemon.get("/metrics")
    folder = town.daemon.folder
    assert daemon.newskeep(folder, "status", "--health").returncode == 0
    until(40, "the silent feed is named, not the busy one", lambda: _silent_beside_a_busy_one(town))
    assert daemon.newskeep_json(folder, "search", "harbour")
    assert daemon.newskeep_json(folder, "export", "out")["added"] >= 2 * len(SITES)


def _silent_beside_a_busy_one(town: Town) -> bool:
    town.web.do("publish", BUSY)
    named = daemon.silent(town.daemon.folder)
    assert BUSY not in named
    return QUIET in named


def test_it_ends_well_and_was_polite_all_day(town: Town) -> None:
    """After all of the above: no host was asked twice at once or too soon, no poll was doubled, nothing is twice."""
    assert town.daemon.stop() == 0
    log = town.web.ask("/log")
    assert daemon.impolite(log, DELAY) == []
    assert too_often(log, EVERY) == []
    assert faults(town.daemon.folder / "data") == []
    assert daemon.newskeep(town.daemon.folder, "status", "--health").returncode == 1


def too_often(log: list[dict[str, Any]], every: float) -> list[str]:
    """Feeds that were asked for again before their time; a retry after an answer 5xx belongs to the same poll."""
    polls: dict[str, list[float]] = {}
    for asked in log:
        if asked["path"] == "/feed.xml" and asked["status"] < 500:
            polls.setdefault(asked["host"], []).append(asked["began"])
    return [
        f"{host}: polled again after {two - one:.3f} s"
        for host, moments in polls.items()
        for one, two in pairwise(moments)
        if two - one < every
    ]
