"""A web archive of a site that is gone: CDX search with resume keys, and raw `id_` copies."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zlib import crc32

from tests.past.papers import Paper, scattered
from tests.past.sites import Answer, Ask, Site, in_json

ARCHIVE, DEAD = "cdx.test", "dead.test"
_NAMES = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_NOISE = (  # what an archive holds of a site besides its articles
    ("/", "text/html", "200"),
    ("/feed.xml", "application/rss+xml", "200"),
    ("/logo.png", "image/png", "200"),
    ("/robots.txt", "text/plain", "200"),
    ("/tag/harbour/", "text/html", "200"),
)


def sites(count: int) -> list[Site]:
    """Articles of the dead site tell their day in their address, as an archive's captures are often later."""
    dead = Paper(DEAD, count, prefix="", dated=True)
    return [
        Site(dead, "wayback", lambda paper, ask: None, lambda paper, span: 1),
        Site(Paper(ARCHIVE, 0), "", lambda paper, ask: captures(dead, ask), lambda paper, span: 0),
    ]


def stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H%M%S}"


def captured(paper: Paper, number: int) -> list[datetime]:
    """When copies were made of an article: within two days, and of every seventh a month later once more."""
    first = paper.moment(number) + timedelta(seconds=int(172_800 * scattered(number, 1)))
    return [first, first + timedelta(days=30)] if number % 7 == 0 else [first]


def captures(dead: Paper, ask: Ask) -> Answer | None:
    if ask.path == "/cdx/search/cdx":
        return _search(dead, ask)
    if not ask.path.startswith("/web/"):
        return None
    when, _, original = ask.path.removeprefix("/web/").partition("id_/")
    number = dead.number(original.removeprefix(f"http://{DEAD}"))
    made = captured(dead, number) if number is not None else []
    moment = next((each for each in made if stamp(each) == when), None)
    if number is None or moment is None:
        return None
    headers = (
        f"memento-datetime: {moment:%a, %d %b %Y %H:%M:%S GMT}",
        "x-archive-orig-content-type: text/html; charset=utf-8",
        "x-archive-orig-server: harbour/1.0",
        f'link: <http://{DEAD}{dead.path(number)}>; rel="original"',
    )
    return Answer(dead.page(number).encode(), headers=headers)


def _search(dead: Paper, ask: Ask) -> Answer:
    """Rows by address, then by time, from where the resume key says; a JSON table whose first row names its columns."""
    rows = list(_rows(dead, ask.query.get("from", ""), ask.query.get("to", ""), "collapse" in ask.query))
    begin, most = int(ask.query.get("resumeKey", 0)), int(ask.query.get("limit", 100_000))
    names = ask.query.get("fl", ",".join(_NAMES)).split(",")
    table = [names, *([row[name] for name in names] for row in rows[begin : begin + most])]
    if ask.query.get("showResumeKey") == "true" and begin + most < len(rows):
        table += [[], [str(begin + most)]]
    return in_json(table if len(table) > 1 else [])


def _rows(dead: Paper, begin: str, end: str, first_only: bool) -> Iterator[dict[str, str]]:
    for path, kind, status in _NOISE:
        yield _row(f"{DEAD}{path}", begin.ljust(14, "0")[:14] if begin else "20230101000000", kind, status)
    for number in range(dead.count):
        stamps = [stamp(each) for each in captured(dead, number)]
        fitting = [each for each in stamps if begin <= each and each[: len(end)] <= end]
        for each in fitting[:1] if first_only else fitting:
            yield _row(f"{DEAD}{dead.path(number)}", each, "text/html", "200")


def _row(where: str, when: str, kind: str, status: str) -> dict[str, str]:
    key = where.replace(DEAD, "test,dead)", 1)
    values = (key, when, f"http://{where}", kind, status, f"{crc32(where.encode()):X}", "2500")
    return dict(zip(_NAMES, values, strict=True))
