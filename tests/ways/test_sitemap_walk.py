"""Sitemaps as a way into the past: the whole span, and hardly a document more than it takes."""

import gzip
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from collector.ways import maps, sitemap
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target

BASE = "https://harbour.test"
NOW = datetime(2025, 9, 1, tzinfo=UTC)
SPAN = Span(since=date(2024, 3, 1), until=date(2024, 5, 31))
FIRST = datetime(2022, 9, 1, 5, tzinfo=UTC)
PACE = timedelta(hours=12)
STORIES = [(f"{BASE}/story-{n}", FIRST + n * PACE) for n in range(2_150)]  # of three years
WANTED = {url for url, at in STORIES if SPAN.begins <= at < SPAN.ends}
AROUND = STORIES[1000:1400]  # of the span, before and after it
Told = tuple[str, datetime | None]
Documents = Mapping[str, bytes]


def urlset(told: Iterable[Told]) -> bytes:
    return f"<urlset>{''.join(_one('url', url, at) for url, at in told)}</urlset>".encode()


def index(told: Iterable[Told]) -> bytes:
    return f"<sitemapindex>{''.join(_one('sitemap', url, at) for url, at in told)}</sitemapindex>".encode()


def _one(name: str, url: str, at: datetime | None) -> str:
    return f"<{name}><loc>{url}</loc>{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</{name}>"


def newest(told: Iterable[Told]) -> datetime | None:
    return max((at for _, at in told if at), default=None)


def news(told: Iterable[Told]) -> bytes:
    stories = (
        f"<url><loc>{url}</loc><news:news><news:publication_date>{at}</news:publication_date></news:news></url>"
        for url, at in told
    )
    return f"<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{''.join(stories)}</urlset>".encode()


@dataclass
class Walk:
    """One walk over a site that is a dict, as the pipeline drives it."""

    documents: Documents
    target: Target = field(default_factory=lambda: Target(base=f"{BASE}/", site="harbour.test"))
    span: Span = SPAN
    asked: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    reached: bool | None = None
    why: str = ""
    form: str = ""

    def run(self) -> "Walk":
        moves, steps = sitemap.begin(self.target, self.span), dict[str, Step]()
        notes: Notes = {}
        while True:
            notes = moves.notes if moves.notes is not None else notes
            self._remember(moves)
            steps |= {step.url: step for step in moves.steps if step.url not in steps}
            if (step := next((step for url, step in steps.items() if url not in self.asked), None)) is None:
                return self
            self.asked.append(step.url)
            moves = sitemap.follow(step, self._leaf(step), notes, self.target, self.span)

    def _remember(self, moves: Moves) -> None:
        self.reached = moves.reached if moves.reached is not None else self.reached
        self.why, self.form = moves.why or self.why, moves.form or self.form

    def _leaf(self, step: Step) -> Leaf:
        if step.url not in self.documents:
            return Leaf(status=404, why="answered 404")
        body = io.BytesIO(self.documents[step.url])
        leaf = maps.read(body, step.url, NOW, self.span, self.target.site, None)
        self.found |= {one.entry.url or "" for one in leaf.found}
        self.counts = {word: self.counts.get(word, 0) + number for word, number in leaf.counts.items()}
        return leaf

    @property
    def paths(self) -> list[str]:
        return [url.removeprefix(BASE) for url in self.asked]


def by(cut: Callable[[datetime], str], *, told: bool = True) -> dict[str, list[Told]]:
    """The stories in parts, by a name that each makes of its time."""
    parts: dict[str, list[Told]] = {}
    for url, at in STORIES:
        parts.setdefault(f"{BASE}/{cut(at)}", []).append((url, at if told else None))
    return parts


def site(parts: Mapping[str, list[Told]], *, dated: bool = True, root: str = "/sitemap.xml") -> dict[str, bytes]:
    """An index over these, and each of them packed."""
    updated = [(url, newest(told) if dated else None) for url, told in parts.items()]
    return {f"{BASE}{root}": index(updated)} | {url: gzip.compress(urlset(told)) for url, told in parts.items()}


def read_all(documents: Documents) -> dict[str, set[str]]:
    """The stories that each document names."""
    plain = {
        url: gzip.decompress(body) if url.endswith("gz") and body[:1] != b"<" else body
        for url, body in documents.items()
    }
    return {url: set(re.findall(rf"<loc>({BASE}/story-\d+)</loc>", body.decode())) for url, body in plain.items()}


def nested() -> dict[str, bytes]:
    """An index of years, of indexes of months, of days."""
    days = by(lambda at: f"{at:%Y/%m/%d}/sitemap.xml.gz")
    months: dict[str, list[Told]] = {}
    for url in days:
        months.setdefault(url[: len(f"{BASE}/2025/03")] + "/sitemap.xml", []).append((url, None))
    years: dict[str, list[Told]] = {}
    for url in months:
        years.setdefault(url[: len(f"{BASE}/2025")] + "/sitemap.xml", []).append((url, None))
    layers: dict[str, list[Told]] = {f"{BASE}/sitemap.xml": [(url, None) for url in years], **years, **months}
    return {url: index(told) for url, told in layers.items()} | {url: urlset(told) for url, told in days.items()}


def numbered(size: int, *, falling: bool = False) -> dict[str, list[Told]]:
    """The stories in parts of one size, the oldest or the newest first."""
    chunks = [STORIES[at : at + size] for at in range(0, len(STORIES), size)]
    if falling:
        chunks = [chunk[::-1] for chunk in chunks[::-1]]
    return {f"{BASE}/post-sitemap{n}.xml.gz": list(chunk) for n, chunk in enumerate(chunks, 1)}


@pytest.mark.parametrize(
    ("documents", "indexes"),
    [
        (site(by(lambda at: f"sitemap_{at:%Y_%m}.xml.gz")), 1),
        (site(by(lambda at: f"sitemap_{at:%Y_%m}.xml.gz", told=False), dated=False), 1),
        (site(by(lambda at: f"sitemap-{at.year}-{at.month}.xml.gz")), 1),
        (site(by(lambda at: f"sitemap-{at:%Y-%m-%d}.xml.gz")), 1),
        (site(by(lambda at: f"sitemap_{at:%Y}.xml.gz")), 1),
        (nested(), 1 + 1 + 3),
        (site(numbered(125)), 1),
        (site(numbered(50)), 1),
        (site(numbered(50, falling=True)), 1),
        ({f"{BASE}/sitemap.xml": urlset(list(STORIES))}, 0),
    ],
    ids=["month", "bare month", "one-digit month", "day", "year", "nested", "125", "50", "50 falling", "flat"],
)
def test_completely_and_nothing_else(documents: Documents, indexes: int) -> None:
    """The span arrives completely, nothing else is found, and no document is asked for that need not be."""
    walk = Walk(documents).run()
    holding = [url for url, told in read_all(documents).items() if told & WANTED]
    assert (len(walk.asked), walk.reached) == (len(holding) + indexes, True)
    assert walk.found >= WANTED
    assert walk.found == WANTED or not walk.counts.keys() - {"undated"}  # whole months, and no word of days


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2024-03-01", "2024-05-31"),
        ("2022-08-01", "2022-09-30"),
        ("2025-08-01", "2025-09-01"),
        ("2023-08-01", "2023-08-02"),
        ("2021-08-01", "2021-08-02"),
        ("2022-08-01", "2025-09-01"),
    ],
    ids=["months", "first", "last", "two days", "before", "all"],
)
def test_numbers_alone(since: str, until: str, falling: bool) -> None:
    """Where the index tells nothing of 43 parts, a few are read to find the others."""
    span = Span(since=date.fromisoformat(since), until=date.fromisoformat(until))
    documents = site(numbered(50, falling=falling), dated=False)
    walk = Walk(documents, span=span).run()
    wanted = {url for url, at in STORIES if span.begins <= at < span.ends}
    holding = [url for url, told in read_all(documents).items() if told & wanted]
    assert (walk.found, set(holding) <= set(walk.asked)) == (wanted, True)
    assert len(walk.asked) <= 1 + len(holding) + 5


def test_numbers_and_nothing_else() -> None:
    """Parts that tell no dates either are all asked for."""
    told: dict[str, list[Told]] = {url: [(story, None) for story, _ in part] for url, part in numbered(50).items()}
    walk = Walk(site(told, dated=False)).run()
    assert (len(walk.asked), len(walk.found)) == (44, len(STORIES))


def test_months_of_another_clock() -> None:
    """Months by a clock eight hours ahead, as the index writes its times: the last hours of May stand in June."""
    clock = timezone(timedelta(hours=8))
    parts: dict[str, list[Told]] = {}
    for url, at in STORIES:
        local = (at + timedelta(hours=3)).astimezone(clock)  # at 8 and at 20 h UTC
        parts.setdefault(f"{BASE}/{local:%Y-%m}.xml.gz", []).append((url, local))
    walk = Walk(site(parts)).run()
    assert walk.paths[1:] == [f"/2024-{month}.xml.gz" for month in ("03", "04", "05", "06")]
    assert walk.found == WANTED


def test_guesses() -> None:
    """Without a word of the site's, the usual addresses, up to the first that is a sitemap."""
    page = b"<!doctype html><html><body>Not found</body></html>"
    walk = Walk({f"{BASE}/sitemap.xml": page, f"{BASE}/sitemap_index.xml": urlset(AROUND)}).run()
    assert walk.paths == ["/sitemap.xml", "/sitemap_index.xml"]
    assert walk.found == WANTED


def test_no_sitemap() -> None:
    """Two guesses, and there is no such way."""
    walk = Walk({}).run()
    assert (len(walk.asked), walk.reached, walk.why) == (2, None, "no sitemap: answered 404")


def test_robots_sitemaps_first() -> None:
    """What the site names is asked for; guesses come when none of it is a sitemap, and none twice."""
    target = Target(base=f"{BASE}/", site="harbour.test", sitemaps=(f"{BASE}/gone.xml", f"{BASE}/sitemap.xml"))
    walk = Walk({f"{BASE}/sitemap_index.xml": urlset(AROUND)}, target=target).run()
    assert walk.paths == ["/gone.xml", "/sitemap.xml", "/sitemap_index.xml"]
    assert Walk({f"{BASE}/gone.xml": urlset(AROUND)}, target=target).run().found == WANTED


def test_other_kinds_and_news() -> None:
    """Tags, people and the news of two days are passed over where there are others."""
    names = ("news-sitemap", "category-sitemap", "author-sitemap", "page-sitemap", "image-sitemap")
    documents = site(numbered(500)) | {f"{BASE}/{name}.xml": urlset(STORIES[:1]) for name in names}
    parts = [(url, STORIES[-1][1]) for url in documents if "sitemap.xml" in url and url != f"{BASE}/sitemap.xml"]
    updated = [(url, newest(told)) for url, told in numbered(500).items()]
    walk = Walk(documents | {f"{BASE}/sitemap.xml": index([*parts, *updated])}).run()
    assert walk.paths == ["/sitemap.xml", "/post-sitemap3.xml.gz"]


def test_an_archive_of_news() -> None:
    """Parts that are called news, and were closed long ago, are no news sitemap."""
    parts = {url.replace("post-sitemap", "sitemap_news"): told for url, told in numbered(600).items()}
    walk = Walk(site(parts | {f"{BASE}/sections.xml.gz": [(f"{BASE}/world", STORIES[-1][1])]})).run()
    assert walk.found >= WANTED


@pytest.mark.parametrize(("until", "asked"), [(date(2024, 5, 31), False), (date(2025, 8, 30), True)])
def test_news_of_robots(until: date, asked: bool) -> None:
    """A news sitemap that robots.txt names waits for the site's newest date."""
    names = (f"{BASE}/newssitemap.xml", f"{BASE}/sitemap.xml")
    target = Target(base=f"{BASE}/", site="harbour.test", sitemaps=names)
    documents = site(by(lambda at: f"sitemap_{at:%Y_%m}.xml.gz")) | {names[0]: news(STORIES[-8:])}
    walk = Walk(documents, target=target, span=Span(since=date(2024, 3, 1), until=until)).run()
    assert (names[0] in walk.asked, walk.reached) == (asked, True)


def test_news_alone() -> None:
    """Where there is nothing but news, it is asked for, and does not reach back."""
    target = Target(base=f"{BASE}/", site="harbour.test", sitemaps=(f"{BASE}/news.xml",))
    walk = Walk({f"{BASE}/news.xml": news(STORIES[-8:])}, target=target).run()
    assert (walk.paths, walk.reached, walk.found) == (["/news.xml"], False, set())


def test_edges() -> None:
    """An index that holds itself and a foreign host, a part that is gone: each once, and the way is not whole."""
    month = urlset([one for one in STORIES if one[0] in WANTED])
    parts = [
        f"{BASE}/sitemap.xml",
        f"{BASE}/sitemap_2024_03.xml",
        f"{BASE}/sitemap_2024_04.xml",
        "https://x.test/a.xml",
    ]
    walk = Walk({f"{BASE}/sitemap.xml": index((url, None) for url in parts), parts[1]: month}).run()
    assert walk.asked == parts[:3]
    assert (walk.found, walk.reached) == (WANTED, False)
    assert walk.why == f"{parts[2]}: answered 404"


def test_foreign_parts_of_a_named_index() -> None:
    """What robots.txt names may keep its parts on another host; their addresses are of the site all the same."""
    target = Target(base=f"{BASE}/", site="harbour.test", sitemaps=(f"{BASE}/all.xml",))
    documents = {
        f"{BASE}/all.xml": index([("https://store.test/a.xml", None)]),
        "https://store.test/a.xml": urlset(AROUND),
    }
    assert Walk(documents, target=target).run().found == WANTED


def test_indexes_without_end() -> None:
    """Indexes in indexes are followed four deep."""
    documents = {f"{BASE}/{n}.xml": index([(f"{BASE}/{n + 1}.xml", None)]) for n in range(9)}
    target = Target(base=f"{BASE}/", site="harbour.test", sitemaps=(f"{BASE}/0.xml",))
    walk = Walk(documents, target=target).run()
    assert (len(walk.asked), walk.reached, "4 deep" in walk.why) == (5, False, True)


def test_the_boundary_is_walked_on_one_by_one() -> None:
    """An edit made a part young: the one behind it is asked for too, and no other."""
    parts = numbered(50)
    updated = {url: newest(told) for url, told in parts.items()}
    late = [url for url, at in updated.items() if at and at < SPAN.ends][-1]
    updated[late] = SPAN.ends + timedelta(days=20)
    documents = site(parts) | {f"{BASE}/sitemap.xml": index(updated.items())}
    edited = parts[late].copy()
    edited[25] = (edited[25][0], SPAN.ends + timedelta(days=20))
    walk = Walk(documents | {late: urlset(edited)}).run()
    assert (walk.found, len(walk.asked)) == (WANTED, 6)


def test_a_window_does_not_reach() -> None:
    """A sitemap of the newest thousand, by the days in their addresses, is not the past of the site."""
    told = [(f"{BASE}/{at:%Y/%m/%d}/{n}", None) for n, (_, at) in enumerate(STORIES)]
    assert Walk({f"{BASE}/sitemap.xml": urlset(told[-1000:])}).run().reached is not True
    assert Walk({f"{BASE}/sitemap.xml": urlset(told)}).run().reached is True
