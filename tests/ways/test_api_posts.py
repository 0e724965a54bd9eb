"""WordPress' own API brings in the days asked for, with as few requests as would do."""

from datetime import UTC, timedelta, timezone
from typing import Any

import pytest

from collector.errors import FetchError
from collector.ways import api
from collector.ways.nouns import Leaf, Target
from tests.ways.api_sites import HOST, Answer, Stories, WordPress, span, walk

EAST, WEST = timezone(timedelta(hours=9)), timezone(timedelta(hours=-5))
SPANS = [("2023-01-01", "2023-01-31"), ("2024-05-10", "2024-05-16"), ("2024-06-15", "2024-06-15")]
CASES = [(days, zone) for days in SPANS for zone in (UTC, EAST, WEST)]


@pytest.mark.parametrize(("days", "zone"), [*CASES, (("2025-10-01", "2025-12-31"), EAST)])
def test_all_of_the_days_and_no_request_in_vain(days: tuple[str, str], zone: timezone) -> None:
    """A hundred posts a page, the first request is a page of them already."""
    stories, asked = Stories(), span(*days)
    walked = walk(WordPress(stories, zone), asked)
    wanted = stories.within(asked)
    assert sorted(walked.found) == sorted(wanted)
    assert len(walked.asked) == -(-len(wanted) // 100)
    assert walked.reached is True


@pytest.mark.parametrize("zone", [EAST, WEST])
def test_a_server_that_knows_no_zones(zone: timezone) -> None:
    """WordPress before 5.3 leaves out hours at one end: they are asked for by the clock on its wall."""
    stories, asked = Stories(), span("2024-05-10", "2024-05-16")
    walked = walk(WordPress(stories, zone, old=True), asked)
    assert set(walked.found) == stories.within(asked)
    assert len(walked.asked) == 3
    assert "Z" not in walked.asked[-1].partition("per_page")[0]


def test_a_site_with_few_posts() -> None:
    """Where no post proves that the server knows zones, one more request makes sure."""
    stories, asked = Stories(a_day=1), span("2024-05-10", "2024-05-12")
    walked = walk(WordPress(stories, EAST), asked)
    assert set(walked.found) == stories.within(asked)
    assert len(walked.asked) == 2


@pytest.mark.parametrize(
    ("server", "requests"),
    [
        ({"most": 10}, 13),  # gives fewer than it was asked for, and says how many pages that makes
        ({"most": 10, "counts": False}, 13),
        ({"counts": False}, 2),
        ({"most": 30, "refuses": True}, 2 + 6),  # 100 and 50 are refused, 25 are not
    ],
)
def test_pages_of_other_sizes(server: dict[str, Any], requests: int) -> None:
    """What came is counted, not what was asked for."""
    stories, asked = Stories(), span("2024-05-10", "2024-05-16")
    walked = walk(WordPress(stories, **server), asked)
    assert (sorted(walked.found), len(walked.asked)) == (sorted(stories.within(asked)), requests)
    assert walked.reached is True


def test_a_page_that_is_too_much_for_the_server_is_asked_for_in_halves() -> None:
    """Smaller pages go on where the larger one would have stood."""
    stories, asked = Stories(), span("2024-05-01", "2024-05-31")
    server = WordPress(stories)

    def weak(url: str, posted: Any) -> Answer:
        return (500, {}, {}) if "page=3&per_page=100" in url else server(url, posted)

    walked = walk(weak, asked)
    assert sorted(walked.found) == sorted(stories.within(asked))
    assert walked.reached is True


def test_a_page_that_is_larger_than_we_take() -> None:
    """Half as many posts are asked for, and a quarter; then it is the end."""
    target, days = Target(base=f"https://{HOST}/", site="example.org"), span("2024-05-01", "2024-05-31")
    (step,) = api.begin(target, days, {}).steps
    large = Leaf(status=0, why=str(FetchError(step.url, "too-large", "more than 10,000,000 bytes", passing=False)))
    sizes = []
    while moved := api.follow(step, large, {}, target, days, {}).steps:
        step = moved[0]
        sizes.append(step.place["size"])
    assert sizes == [50, 25]
    assert api.follow(step, Leaf(why="no route to host"), {}, target, days, {}).reached is False


def test_a_server_that_fails_deep_down() -> None:
    """What was had is kept, and the way does not count as one that goes back to the first day."""
    walked = walk(WordPress(Stories(), deep=3), span("2025-01-01", "2025-12-31"))
    assert len(walked.found) == 200
    assert (walked.reached, walked.why) == (False, "answered 500: internal_server_error")


@pytest.mark.parametrize("status", [401, 403, 404])
def test_no_wordpress(status: int) -> None:
    """One request tells."""
    walked = walk(lambda url, posted: (status, {}, {}), span("2024-05-10", "2024-05-16"))
    assert len(walked.asked) == 1
    assert walked.why.startswith(f"no posts of WordPress: answered {status}")
    assert walked.reached is False


@pytest.mark.parametrize("said", [{"code": "rest_cannot_access"}, [1], [{"id": 1}], "<p>", None])
def test_json_of_something_else(said: Any) -> None:
    """It is no way, whatever it is."""
    walked = walk(lambda url, posted: (200, said, {}), span("2024-05-10", "2024-05-16"))
    assert (len(walked.asked), walked.found, walked.reached) == (1, [], False)
    assert "no list of WordPress' posts" in walked.why


def test_no_posts_of_these_days() -> None:
    """The site may keep its stories as something else than posts: the other ways are tried."""
    walked = walk(WordPress(Stories()), span("2020-01-01", "2020-12-31"))
    assert (len(walked.asked), walked.reached, walked.why) == (1, False, "it has no posts of these days")


def test_plain_permalinks() -> None:
    """A feed that is asked for by `?feed=` tells that the API has no address of its own."""
    target = Target(base=f"https://{HOST}/blog", site="example.org", feeds=(f"https://{HOST}/blog/?feed=rss2",))
    stories, asked = Stories(), span("2024-05-10", "2024-05-16")
    walked = walk(WordPress(stories, path="/wp/v2/posts"), asked, target=target)
    assert walked.asked[0].startswith(
        f"https://{HOST}/blog/?rest_route=/wp/v2/posts&after=2024-05-09T23:59:59Z&before="
    )
    assert set(walked.found) == stories.within(asked)
