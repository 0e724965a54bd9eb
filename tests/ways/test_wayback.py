"""A web archive as a way into the past: its list page by page, each address with its first copy, nothing twice."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import SourceError
from collector.ways import captures, cdx, wayback
from collector.ways.cdx_pages import may_be_article
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target

SITE = "harbour.test"
ARCHIVE = "http://archive.test:8080"
TARGET = Target(base="https://harbour.test/", site=SITE, archive=ARCHIVE)
SPAN = Span(since=date(2025, 3, 10), until=date(2025, 3, 20))
ASKED = f"{ARCHIVE}/cdx/search/cdx?url={SITE}"

Line = tuple[str, str]  # 14 digits, address


def row(when: str, url: str, **more: str) -> list[str]:
    values = {"urlkey": "test,harbour)/", "timestamp": when.ljust(14, "0"), "original": url, "mimetype": "text/html"}
    return list((dict.fromkeys(cdx.FIELDS, "-") | values | {"statuscode": "200"} | more).values())


def listed(*rows: list[str], key: str | None = None) -> bytes:
    table = [list(cdx.FIELDS), *rows]
    return json.dumps(table + ([[], [key]] if key else [])).encode()


def lines(*rows: list[str], key: str | None = None) -> bytes:
    return "\n".join([*map(" ".join, rows), *(["", key] if key else [])]).encode() + b"\n"


@pytest.mark.parametrize("spoken", [listed, lines])
def test_what_a_list_says(spoken: object) -> None:
    """Each address once, by its first copy, as JSON and as lines; its day from the address, else none."""
    assert callable(spoken)
    body = spoken(
        row("20250312101500", "http://harbour.test:80/2025/03/12/dredging-begins.html"),
        row("20250315", "https://www.harbour.test/stories/nine-herons-were-counted"),
        row("20250314", "http://harbour.test/stories/nine-herons-were-counted?utm_source=post"),
        key="test%2Charbour%29%2F+2025%21",
    )
    leaf = captures.read(body, ASKED, SPAN, SITE)
    assert [(found.entry.url, found.day, found.memento) for found in leaf.found] == [
        (
            "http://harbour.test/2025/03/12/dredging-begins.html",
            date(2025, 3, 12),
            f"{ARCHIVE}/web/20250312101500id_/http://harbour.test:80/2025/03/12/dredging-begins.html",
        ),
        (
            "http://harbour.test/stories/nine-herons-were-counted?utm_source=post",
            None,
            f"{ARCHIVE}/web/20250314000000id_/http://harbour.test/stories/nine-herons-were-counted?utm_source=post",
        ),
    ]
    assert leaf.found[0].entry.published is None
    assert leaf.found[0].entry.updated is not None
    assert leaf.found[0].entry.updated.value == datetime(2025, 3, 12, 10, 15, tzinfo=UTC)
    assert (leaf.counts, leaf.cursor) == ({"within": 1, "undated": 1}, "test%2Charbour%29%2F+2025%21")


@pytest.mark.parametrize(
    ("when", "path", "verdict"),
    [
        ("20250309235959", "/s/first-seen-before-the-span-77", "outside"),
        ("20250310000000", "/s/first-seen-on-its-first-day-77", "undated"),
        ("20250321235959", "/s/first-seen-the-day-after-it-77", "undated"),
        ("20250322000000", "/s/first-seen-two-days-after-77", "outside"),
        ("20250327000000", "/2025/03/20/dated-and-seen-late", "within"),
        ("20250327000000", "/2025/03/dated-to-the-month", "undated"),
        ("20250312000000", "/2025/03/09/dated-before-the-span", "outside"),
        ("20250312000000", "/2025/02/dated-to-a-month-before", "outside"),
    ],
)
def test_days(when: str, path: str, verdict: str) -> None:
    """The date of an address decides; without one, when it was first captured does."""
    leaf = captures.read(listed(row(when, f"https://harbour.test{path}")), ASKED, SPAN, SITE)
    assert leaf.counts == {verdict: 1}
    assert len(leaf.found) == (verdict != "outside")
    assert sum(leaf.days.values()) == (verdict == "outside")


def test_what_a_server_did_not_filter() -> None:
    """A server that knows no filter is read all the same; a row with a broken time is none."""
    url = "https://harbour.test/s/the-ferry-is-late-again"
    body = listed(
        row("20250311", url, statuscode="404"),
        row("20250311", url, mimetype="application/pdf"),
        row("20251399", url),
        row("2025031", url, timestamp="2025"),
    )
    assert captures.read(body, ASKED, SPAN, SITE).announced == 0


@pytest.mark.parametrize("body", [b"", b"\n", b"[]\n", listed()])
def test_nothing(body: bytes) -> None:
    """An empty answer is no error."""
    leaf = captures.read(body, ASKED, SPAN, SITE)
    assert (leaf.announced, leaf.cursor) == (0, None)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>Temporarily offline</body></html>",
        b'{"message": "no"}',
        b'[["timestamp", "original"], ["20250312000000"]]',
        b"[1, 2]",
        b"[" * 100_000,
        b"org.archive.util.io.RuntimeIOException: AdministrativeAccessControlException: Blocked Site Error",
    ],
)
def test_no_list(body: bytes) -> None:
    """What is no list of captures is said to be none, and not taken for an empty one."""
    with pytest.raises(SourceError, match="no list of captures"):
        captures.read(body, ASKED, SPAN, SITE)


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/2025/03/12/dredging-begins", True),
        ("/stories/1234567", True),
        ("/herons", False),  # one plain word: a section
        ("/nine-herons", True),
        ("/local/herons", True),  # too little is known of it
        ("/story.php?id=77", True),
        ("/%E6%B8%AF%E5%8F%A3%E6%96%B0%E8%81%9E", True),
        ("/", False),
        ("/en/", False),
        ("/index.html", False),
        ("/robots.txt", False),
        ("/feed/", False),
        ("/dredging-begins-at-last/feed/", False),
        ("/rss.xml", False),
        ("/pictures/heron.JPG", False),
        ("/tag/ferries-and-the-winter-timetable/", False),
        ("/category/local/", False),
        ("/category/local/dredging-begins-at-last/", True),
        ("/author/ida-holm/", False),
        ("/topics/ferries/", False),
        ("/topics/ferries-wait-for-the-tide", True),
        ("/search/label/ferries", False),
        ("/2025/03/", False),
        ("/archive/2025/3/12", False),
        ("/local/page/3/", False),
        ("/dredging-begins-at-last?share=mail", False),
        ("/?s=ferries", False),
        ("/wp-json/wp/v2/posts/77", False),
        ("/dredging-begins%22", False),
        ("/'+link+'", False),
        ("/https://harbour.test/dredging-begins", False),
    ],
)
def test_what_may_be_an_article(path: str, may: bool) -> None:
    """Only what is never an article by its address is left out."""
    assert may_be_article(f"https://harbour.test{path}") is may


class Index:
    """A CDX server: rows by address, then time; the first of an address in the days asked for."""

    def __init__(self, *rows: Line, most: int = wayback.ROWS) -> None:
        self.rows, self.most, self.asked = sorted(rows, key=lambda each: each[::-1]), most, 0

    def __call__(self, step: Step) -> Leaf:
        self.asked += 1
        query = {name: values[-1] for name, values in parse_qs(urlsplit(step.url).query).items()}
        assert (query["url"], query["matchType"], query["collapse"]) == (SITE, "domain", "urlkey")
        within = [each for each in self.rows if query["from"] <= each[0] and each[0][:8] <= query["to"]]
        first = {url: when for when, url in reversed(within)}
        left = [(url, when) for url, when in sorted(first.items()) if url > query.get("resumeKey", "")]
        most = min(int(query["limit"]), self.most)
        key = left[most - 1][0] if len(left) > most else None
        rows = [row(when, url) for url, when in left[:most]]
        return captures.read(listed(*rows, key=key), step.url, SPAN, SITE)


def walked(index: Index, span: Span = SPAN) -> tuple[list[str], Moves]:
    """What a walk finds, and its last moves."""
    moves = wayback.begin(TARGET, span)
    notes: Notes = {}
    found: list[str] = []
    while moves.steps:
        (step,) = moves.steps
        leaf = index(step)
        found += [each.entry.url or "" for each in leaf.found]
        moves = wayback.follow(step, leaf, notes, TARGET, span)
        notes = moves.notes or notes
    return found, moves


def test_one_request() -> None:
    """A list that fits one answer is asked for once: no resume key, no further page."""
    began = datetime(2025, 1, 1)
    rows = [
        (f"{began + timedelta(hours=number):%Y%m%d%H%M%S}", f"https://harbour.test/s/{number:05}")
        for number in range(3000)
    ]
    index = Index(*rows)
    found, last = walked(index)
    captured = [url for when, url in rows if "20250310" <= when < "20250322"]
    assert (sorted(found), index.asked) == (captured, 1)
    assert (last.over, last.reached, last.why) == (True, True, "")


@given(st.integers(0, 60), st.integers(1, 20))
def test_pages_of_a_list(number: int, most: int) -> None:
    """However short a page is, every address comes once, with as few requests as the pages need."""
    index = Index(
        *((f"202503151200{each:02}", f"https://harbour.test/s/{each:05}") for each in range(number)), most=most
    )
    found, last = walked(index)
    assert found == [f"https://harbour.test/s/{each:05}" for each in range(number)]
    assert index.asked == max(1, -(-number // most))
    assert last.over
    assert bool(last.reached) == (number > 0)


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("test%2Charbour%29%2F+2025%21", "test,harbour)/ 2025!"),
        ("test,harbour)/ 2025", "test,harbour)/ 2025"),
        ("400", "400"),
    ],
)
def test_a_resume_key_is_sent_once_encoded(key: str, sent: str) -> None:
    """It comes encoded from the Internet Archive, and as it is from others."""
    step = wayback.begin(TARGET, SPAN).steps[0]
    (again,) = wayback.follow(step, Leaf(cursor=key), {}, TARGET, SPAN).steps
    assert parse_qs(urlsplit(again.url).query)["resumeKey"] == [sent]
    assert again.url.startswith(f"{step.url}&")


def test_a_key_that_does_not_move() -> None:
    """The same key again would go on for ever."""
    step = wayback.begin(TARGET, SPAN).steps[0]
    (again,) = wayback.follow(step, Leaf(cursor="400"), {}, TARGET, SPAN).steps
    moves = wayback.follow(again, Leaf(cursor="400"), {"seen": True}, TARGET, SPAN)
    assert (moves.steps, moves.over, moves.reached) == ((), True, False)
    assert "400" in moves.why


LATE = Leaf(why="no answer within 30 s", status=0)


@pytest.mark.parametrize("said", [LATE, Leaf(why="answered 504", status=504)])
def test_a_list_that_takes_too_long_is_had_in_blocks(said: Leaf) -> None:
    """How many blocks there are is asked for, and each is: what one of them says is not had from another."""
    step = wayback.begin(TARGET, SPAN).steps[0]
    (count,) = wayback.follow(step, said, {}, TARGET, SPAN).steps
    assert "showNumPages=true" in count.url
    moves = wayback.follow(count, captures.read(b"3\n", count.url, SPAN, SITE), {}, TARGET, SPAN)
    queries = [parse_qs(urlsplit(each.url).query) for each in moves.steps]
    assert [query["page"] for query in queries] == [["0"], ["1"], ["2"]]
    assert all("limit" not in query and query["collapse"] == ["urlkey"] for query in queries)
    last, notes = moves, moves.notes or {}
    one = captures.read(listed(row("20250312", "https://harbour.test/s/00077")), ASKED, SPAN, SITE)
    for block, leaf in zip(moves.steps, (one, Leaf(), Leaf()), strict=True):
        last = wayback.follow(block, leaf, notes, TARGET, SPAN)
        notes = last.notes or notes
    assert (last.over, last.reached, last.why) == (True, True, "")


def test_a_block_that_cannot_be_had() -> None:
    """The others are had all the same, and it is said that something is missing."""
    count = Step(url=ASKED, reads="captures", place={"blocks": True})
    moves = wayback.follow(count, Leaf(pages=2), {}, TARGET, SPAN)
    first = wayback.follow(moves.steps[0], LATE, moves.notes or {}, TARGET, SPAN)
    assert not first.over
    last = wayback.follow(moves.steps[1], Leaf(counts={"within": 1}), first.notes or {}, TARGET, SPAN)
    assert (last.over, last.reached) == (True, False)
    assert last.why.endswith("could not be had: 1")
    assert wayback.follow(count, LATE, {}, TARGET, SPAN).over
    assert "holds no page" in wayback.follow(count, Leaf(pages=0), {}, TARGET, SPAN).why


@pytest.mark.parametrize(
    ("body", "pages"), [(b"12\n", 12), (b'[["numpages"],["12"]]', 12), (b'{"pages": 12, "blocks": 120}', 12)]
)
def test_how_many_blocks(body: bytes, pages: int) -> None:
    """A bare number, or one in JSON."""
    assert captures.read(body, f"{ASKED}&showNumPages=true", SPAN, SITE).pages == pages


@pytest.mark.parametrize("body", [b"", b"<h1>504</h1>", b"no"])
def test_no_number_of_blocks(body: bytes) -> None:
    """What is no number is said to be none."""
    with pytest.raises(SourceError, match="no number of pages"):
        captures.read(body, f"{ASKED}&showNumPages=true", SPAN, SITE)


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        (Leaf(why="robots.txt disallows it", status=0), ("robots: false", "archive.test")),
        (Leaf(why="answered 403", status=403), ("answered 403", "owner's wish")),
        (Leaf(why="answered 404", status=404), ("answered 404",)),
        (Leaf(), ("holds no page of harbour.test",)),
    ],
)
def test_why_there_is_no_way(leaf: Leaf, words: tuple[str, ...]) -> None:
    """It is said what was wrong, and what can be done about it."""
    moves = wayback.follow(wayback.begin(TARGET, SPAN).steps[0], leaf, {}, TARGET, SPAN)
    assert (moves.steps, moves.over, moves.reached) == ((), True, False)
    assert all(word in moves.why for word in words)


@pytest.mark.parametrize(
    ("archive", "form"),
    [
        ("https://web.archive.org", "Internet Archive"),
        ("http://archive.test:8080/", "web archive at archive.test:8080"),
    ],
)
def test_form(archive: str, form: str) -> None:
    """Whose archive it is, and where it is asked."""
    moves = wayback.begin(Target(base="https://harbour.test/", site=SITE, archive=archive), SPAN)
    assert moves.form == form
    assert unquote(moves.steps[0].url).startswith(f"{archive.rstrip('/')}/cdx/search/cdx?url=harbour.test&")


def test_days_asked_for() -> None:
    """A week before the span, whose captures show what is older; a week after it, for what is captured late."""
    query: Mapping[str, list[str]] = parse_qs(urlsplit(wayback.begin(TARGET, SPAN).steps[0].url).query)
    assert (query["from"], query["to"]) == (["20250303"], ["20250327"])
    first = Span(since=date.min, until=date.max)
    assert "from=00010101&to=99991231" in wayback.begin(TARGET, first).steps[0].url
