"""Sites whose past stands behind an API (WordPress' own, one with a cursor as TASS has it) or on listing pages."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from html import escape

from tests.past.papers import Paper, front
from tests.past.sites import Answer, Ask, Site, chained, html, in_json, numbered, slices

POSTS = 100  # of a page of wp-json, the most that it gives
ZONE = timezone(timedelta(hours=2))  # of that site: its `after` and `before` are compared with the clock on its wall
SECTIONS = (4954, 4844, 4845, 4953, 4956, 4957, 4869, 4992, 4981)  # those that the site rule of tass.com names
ITEMS = 20  # of an answer of the cursor API, and of a listing page


def sites(count: int) -> list[Site]:
    return [
        Site(Paper("wpjson.test", count), "api", wpjson, lambda paper, span: max(-(-len(span) // POSTS), 1)),
        Site(Paper("tass.com", count, prefix="politics/"), "api", cursor, cursor_least),
        Site(Paper("listing.test", count), "listing", listing, lambda paper, span: 1 + numbered(paper, span, ITEMS)),
        Site(Paper("nextlink.test", count), "listing", chain, lambda paper, span: chained(paper, span, ITEMS)),
    ]


def wpjson(paper: Paper, ask: Ask) -> Answer | None:
    """/wp-json/wp/v2/posts as WordPress has it: both bounds excluded, in the site's zone; 400 behind the last page."""
    if ask.path == "/":
        return html(front(paper, '<link rel="https://api.w.org/" href="http://wpjson.test/wp-json/">'))
    if ask.path != "/wp-json/wp/v2/posts":
        return None
    size, page = int(ask.query.get("per_page", 10)), int(ask.query.get("page", 1))
    if not 1 <= size <= POSTS:
        return _wrong("rest_invalid_param", "Invalid parameter(s): per_page")
    after, before = (_on_the_wall(ask.query.get(name)) for name in ("after", "before"))
    fitting = [n for n in range(paper.count) if _between(paper.moment(n), after, before)]
    ordered = fitting if ask.query.get("order") == "asc" else fitting[::-1]
    pages = -(-len(fitting) // size)
    if page > max(pages, 1):
        return _wrong("rest_post_invalid_page_number", "The page number requested is larger than the number of pages.")
    told = [_post(paper, n) for n in ordered[(page - 1) * size : page * size]]
    wanted = set(ask.query.get("_fields", "").split(",")) - {""}
    chosen = [{name: value for name, value in each.items() if not wanted or name in wanted} for each in told]
    return in_json(chosen, 200, f"X-WP-Total: {len(fitting)}", f"X-WP-TotalPages: {pages}")


def _wrong(code: str, message: str) -> Answer:
    return in_json({"code": code, "message": message, "data": {"status": 400}}, 400)


def _on_the_wall(told: str | None) -> datetime | None:
    """What WordPress makes of it: a zone is honoured, without one it is the site's."""
    if told is None:
        return None
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _between(moment: datetime, after: datetime | None, before: datetime | None) -> bool:
    return (after is None or after < moment) and (before is None or moment < before)


def _post(paper: Paper, number: int) -> dict[str, object]:
    moment = paper.moment(number)
    text = "".join(f"<p>{each}</p>\n" for each in paper.paragraphs(number))
    return {
        "id": number + 1,
        "date": moment.astimezone(ZONE).replace(tzinfo=None).isoformat(),
        "date_gmt": moment.replace(tzinfo=None).isoformat(),
        "modified_gmt": moment.replace(tzinfo=None).isoformat(),
        "slug": paper.slug(number),
        "status": "publish",
        "link": paper.url(number),
        "title": {"rendered": paper.title(number)},
        "content": {"rendered": text, "protected": False},
        "excerpt": {"rendered": "", "protected": False},
        "author": 1,
    }


def cursor(paper: Paper, ask: Ask) -> Answer | None:
    """POST /userApi/categoryNewsList: the items of a section that are older than `timestamp`, newest first."""
    if ask.path == "/":
        return html(front(paper))
    if ask.path != "/userApi/categoryNewsList" or not ask.body:
        return None
    wanted = json.loads(ask.body)
    section = wanted.get("sectionId")
    numbers = _of_section(paper, section) if section in SECTIONS else range(0)
    older = _older(paper, numbers, wanted.get("timestamp"))
    without = {int(each) for each in wanted.get("excludeNewsIds", "").split(",") if each}
    told = [n for n in reversed(older[-ITEMS - len(without) :]) if n + 1 not in without]
    return in_json({"newsList": [_news(paper, n) for n in told[: min(int(wanted.get("limit", ITEMS)), ITEMS)]]})


def _of_section(paper: Paper, section: int) -> range:
    return range(SECTIONS.index(section), paper.count, len(SECTIONS))


def _older(paper: Paper, numbers: range, stamp: object) -> range:
    if not isinstance(stamp, int | float):
        return numbers
    moment, step = datetime.fromtimestamp(stamp, UTC), numbers.step
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if paper.moment(numbers[middle]) < moment else (low, middle)
    return range(numbers.start, numbers.start + low * step, step)


def _news(paper: Paper, number: int) -> dict[str, object]:
    stamp = int(paper.moment(number).timestamp())
    return {
        "id": number + 1,
        "title": paper.title(number),
        "lead": paper.slug(number).replace("-", " "),
        "link": paper.path(number),
        "date": stamp,
    }


def cursor_least(paper: Paper, span: range) -> int:
    """In each section until an item older than the span is seen, or none comes."""
    held = (len(set(_of_section(paper, each)) & set(span)) for each in SECTIONS)
    return sum(number // ITEMS + 1 for number in held)


def listing(paper: Paper, ask: Ask) -> Answer | None:
    """/archive?page=N, twenty a page, with how many pages there are; 404 behind the last."""
    if ask.path == "/":
        return html(front(paper, body='<nav><a href="/archive">Archive</a> <a href="/about">About us</a></nav>'))
    page, pages = int(ask.query.get("page", 1)), -(-paper.count // ITEMS)
    if ask.path != "/archive" or not 1 <= page <= pages:
        return None
    near = {1, pages, *range(max(page - 2, 1), min(page + 2, pages) + 1)}
    links = "".join(f'<a href="/archive?page={n}">{n}</a> ' for n in sorted(near - {page}))
    older = f'<a rel="next" href="/archive?page={page + 1}">Older stories</a>' if page < pages else ""
    return html(_cards(paper, slices(paper.count, ITEMS, page), f'<nav class="pagination">{links}{older}</nav>'))


def chain(paper: Paper, ask: Ask) -> Answer | None:
    """The front page lists the newest, and leads to what is older by a word that tells no number."""
    page = int(ask.query.get("older", "p1").removeprefix("p"), 36) if ask.path in ("/", "/stories") else 0
    numbers = slices(paper.count, ITEMS, page) if page else range(0)
    if not numbers:
        return None
    following = f'<a class="next" rel="next" href="/stories?older=p{_word(page + 1)}">Older stories</a>'
    return html(_cards(paper, numbers, f"<nav>{following}</nav>" if numbers[-1] else ""))


def _word(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (_word(number // 36) if number >= 36 else "") + digits[number % 36]


def _cards(paper: Paper, numbers: Iterable[int], more: str) -> str:
    cards = "".join(
        f'<article class="card"><h2><a href="{escape(paper.path(n))}">{paper.title(n)}</a></h2>'
        f'<time datetime="{paper.moment(n).isoformat()}">{paper.moment(n):%d %B %Y}</time></article>'
        for n in numbers
    )
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Archive | {paper.host}</title></head>"
        f'<body><main><div class="list">{cards}</div></main>{more}<footer>Imprint, privacy</footer></body></html>'
    )
