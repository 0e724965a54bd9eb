"""The path of one article through the real pipeline and archive; the network is a dict, the clock an argument."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from collector import jobs
from collector.errors import FetchError, HostClosed, Refused, WorkerError
from collector.extract.generic import REVISION
from collector.pipeline import Event
from storage.export.text import export
from tests.town import FEED, HOUR, NOW, OTHER, STORY, Answer, Town, canonical, feed, link, page


async def test_from_a_feed_to_a_text_file(town: Callable[..., Town], tmp_path: Path) -> None:
    """Announced, fetched, kept raw, read, filed, written; a second run asks conditionally and visits nothing."""
    here = town(
        {FEED: feed(link("http://e.org/a?utm_source=rss")), "http://e.org/a?utm_source=rss": page("Dredging", STORY)}
    )
    await here.run()
    assert here.articles() == ["http://e.org/a"]
    (version,) = here.archive.versions_of(1)
    assert version["text"] == "\n\n".join(STORY)
    assert (version["extractor"], version["rule_revision"]) == ("generic", REVISION)
    capture = here.archive.row("SELECT * FROM captures WHERE id = ?", [version["capture_id"]])
    assert capture is not None and capture["kind"] == "article"
    assert here.raw.get(capture["sha256"], NOW).decode() == page("Dredging", STORY)
    assert here.archive.value("SELECT count(*) FROM captures WHERE kind = 'source'") == 1
    export(here.archive.corpus(), tmp_path / "out")
    (written,) = (tmp_path / "out").glob("*.txt")
    assert written.read_text() == "\n\n".join(["Dredging", *STORY])
    await here.run(timedelta(minutes=1))
    assert [dict(request.headers).keys() for request in here.asked] == [{"If-None-Match"}]


@pytest.mark.parametrize(
    ("announced", "pages"),
    [
        (["http://e.org/a", "https://www.e.org/a/"], {}),
        (["http://e.org/a", "http://e.org/a?utm_source=rss&utm_medium=x"], {}),
        (["http://e.org/a", "http://e.org/b"], {"http://e.org/b": canonical("http://e.org/a")}),
        (["http://e.org/a", "http://e.org/a/amp"], {}),
        (["http://e.org/a", "http://e.org/amp/x"], {"http://e.org/amp/x": canonical("https://e.org/a")}),
        (["http://x.blogspot.com/2026/01/a.html", "http://x.blogspot.com/2026/01/a.html?m=1"], {}),
        (["http://x.blogspot.com/2026/01/a.html", "http://x.blogspot.fr/2026/01/a.html"], {}),
    ],
)
async def test_one_article_however_many_announce_it(
    town: Callable[..., Town], announced: list[str], pages: dict[str, str]
) -> None:
    """Tracking, AMP, m=1, http and https, canonical links: one article."""
    web: dict[str, Answer] = {url: page("Dredging", STORY, pages.get(url, "")) for url in announced}
    here = town(web | {FEED: feed(*map(link, announced))})
    await here.run()
    assert len(here.articles()) == 1
    assert here.archive.value("SELECT count(*) FROM versions") == 1


@pytest.mark.parametrize(
    "claim",
    [
        "http://other.org/a",  # another host
        "http://e.org/",  # the home page
        "http://e.org/en/",
    ],
)
async def test_claims_that_are_not_believed(town: Callable[..., Town], claim: str) -> None:
    """Two pages that claim one address on another host, or the home page, stay two articles at their own."""
    here = town(
        {
            FEED: feed(link("http://e.org/en/a"), link("http://e.org/en/b")),
            "http://e.org/en/a": page("Dredging", STORY, canonical(claim)),
            "http://e.org/en/b": page("Herons", OTHER, canonical(claim)),
        }
    )
    await here.run()
    assert here.articles() == ["http://e.org/en/a", "http://e.org/en/b"]


async def test_a_claim_on_another_page_of_the_site(town: Callable[..., Town]) -> None:
    """Different stories that all claim one address of their own site (a template's mistake) are kept apart."""
    web: dict[str, Answer] = {
        FEED: feed(link("http://e.org/a"), link("http://e.org/b")),
        "http://e.org/a": page("Dredging", STORY, canonical("http://e.org/a")),
        "http://e.org/b": page("Herons", OTHER, canonical("http://e.org/a")),
    }
    here = town(web)
    await here.run()
    assert here.articles() == ["http://e.org/a", "http://e.org/b"]


async def test_parameters_that_may_choose_an_article_stay(town: Callable[..., Town]) -> None:
    """`?id=1` and `?id=2` are two articles."""
    urls = ["http://e.org/show?id=1", "http://e.org/show?id=2"]
    here = town({FEED: feed(*map(link, urls)), urls[0]: page("Dredging", STORY), urls[1]: page("Herons", OTHER)})
    await here.run()
    assert here.articles() == urls


async def test_an_edit_is_a_new_version(town: Callable[..., Town], tmp_path: Path) -> None:
    """A page that changed is seen when its age comes, or at once when its source says so; its file keeps its name."""
    here = town(
        {FEED: feed(link("http://e.org/a", "<title>Dredging</title>")), "http://e.org/a": page("Dredging", STORY)}
    )
    await here.run()
    export(here.archive.corpus(), tmp_path / "out")
    here.web["http://e.org/a"] = page("Dredging", (*STORY, "A third boat came on Tuesday."))
    await here.run(timedelta(minutes=1))
    assert here.visited() == []
    await here.run(timedelta(minutes=15))
    assert [row["reason"] for row in here.archive.versions_of(1)] == ["published", "edited"]
    here.web[FEED] = feed(link("http://e.org/a", "<title>Dredging stops</title>"))
    here.web["http://e.org/a"] = page("Dredging stops", STORY)
    await here.run(timedelta(minutes=1))
    assert [row["title"] for row in here.archive.versions_of(1)] == ["Dredging", "Dredging", "Dredging stops"]
    done = export(here.archive.corpus(), tmp_path / "out")
    assert (done.rewritten, len(list((tmp_path / "out").glob("*.txt")))) == (1, 1)


async def test_a_live_blog_is_kept_update_by_update(town: Callable[..., Town]) -> None:
    """Its opening and each update are articles; a new update is a new article, and no edit of what stood before."""

    def blog(*updates: tuple[str, str]) -> str:
        told = [
            {"@type": "BlogPosting", "headline": head, "url": f"http://e.org/live#{head[:3]}"} for head, _ in updates
        ]
        declared = json.dumps({"@type": "LiveBlogPosting", "headline": "Dredging, live", "liveBlogUpdate": told})
        posts = "".join(f"<section class=post><h2>{head}</h2><p>{text}</p></section>" for head, text in updates)
        opening = "".join(f"<p>{line}</p>" for line in STORY)
        return (
            f"<html><head><title>Dredging, live</title><script type='application/ld+json'>{declared}</script></head>"
            f"<body><article><h1>Dredging, live</h1>{opening}{posts}</article></body></html>"
        )

    first = (("Herons are counted", OTHER[0]), ("Otters are seen", OTHER[2]))
    one = town({FEED: feed(link("http://e.org/live")), "http://e.org/live": blog(*first)})
    await one.run()
    assert [row["title"] for row in one.archive.rows("SELECT title FROM articles ORDER BY id")] == [
        "Dredging, live",
        *(head for head, _ in first),
    ]
    one.web["http://e.org/live"] = blog(("The count is held", OTHER[1]), *first)
    await one.run(HOUR)
    assert [event.kind for event in one.events if event.kind.startswith("article")].count("article-edited") == 0
    assert one.archive.value("SELECT count(*) FROM articles") == 4
    assert one.archive.value("SELECT max(number) FROM versions") == 1


async def test_gone_keeps_the_last_good_version(town: Callable[..., Town]) -> None:
    """An article whose page is gone is marked, its words stay."""
    here = town({FEED: feed(link("http://e.org/a")), "http://e.org/a": page("Dredging", STORY)})
    await here.run()
    here.web["http://e.org/a"] = 410
    await here.run(HOUR)
    assert here.archive.row("SELECT state, version_id FROM articles") == {"state": "gone", "version_id": 1}
    assert here.archive.value("SELECT count(*) FROM captures WHERE kind = 'gone'") == 1
    here.web["http://e.org/a"] = page("Dredging", STORY)
    await here.run(3 * HOUR)
    assert here.archive.row("SELECT state, version_id FROM articles") == {"state": "current", "version_id": 1}


@pytest.mark.parametrize(
    ("answer", "state", "event"),
    [
        (404, "new", "entry-failed"),
        (410, "gone", "entry-failed"),
        (403, "new", "entry-failed"),
        (503, "new", "entry-failed"),
        (FetchError("http://e.org/a", "timeout", "no whole answer", passing=True), "new", "entry-failed"),
        (FetchError("http://e.org/a", "tls", "bad certificate", passing=False), "new", "entry-failed"),
        (Refused("http://e.org/a", "robots", "robots.txt disallows it"), "refused", "entry-refused"),
        (HostClosed("http://e.org/a", NOW + HOUR, "left alone"), "new", "put-off"),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "empty", "empty"),
    ],
)
async def test_what_cannot_be_had(town: Callable[..., Town], answer: Answer, state: str, event: str) -> None:
    """Each kind of failure leaves its reason, and its own idea of when to try again; the good neighbour is filed."""
    here = town(
        {
            FEED: feed(link("http://e.org/a"), link("http://e.org/b")),
            "http://e.org/a": answer,
            "http://e.org/b": page("Herons", OTHER),
        }
    )
    await here.run()
    assert here.states() == [state, "done"]
    assert here.archive.value("SELECT last_error FROM entries WHERE id = 1")
    assert event in [each.kind for each in here.events]
    assert here.articles() == ["http://e.org/b"]


async def test_a_closed_host_costs_no_attempt(town: Callable[..., Town]) -> None:
    """Being asked to wait is no failed try, and the time that it asked for is kept."""
    here = town(
        {
            FEED: feed(link("http://e.org/a")),
            "http://e.org/a": HostClosed("http://e.org/a", NOW + HOUR, "left alone"),
        }
    )
    await here.run()
    row = here.archive.row("SELECT attempts, next_visit FROM entries")
    assert row == {"attempts": 0, "next_visit": (NOW + HOUR).isoformat()}


async def test_refused_with_tracking_allowed_without(town: Callable[..., Town]) -> None:
    """A robots.txt that forbids addresses with a query does not forbid the article."""
    url = "http://e.org/a?utm_source=rss"
    here = town(
        {
            FEED: feed(link(url)),
            url: Refused(url, "robots", "robots.txt disallows it"),
            "http://e.org/a": page("Dredging", STORY),
        }
    )
    await here.run()
    assert here.articles() == ["http://e.org/a"]


CARRIED = "".join(f"&lt;p&gt;{each}&lt;/p&gt;" for each in STORY)


@pytest.mark.parametrize(
    "answer", [410, Refused("http://e.org/a", "robots", "robots.txt disallows it"), "<html></html>"]
)
async def test_what_the_source_carried_is_read_when_the_page_is_not_to_be_had(
    town: Callable[..., Town], answer: Answer
) -> None:
    """The whole text in a feed is an article, traced to the feed's own bytes."""
    item = link("http://e.org/a", f"<title>Dredging</title><description>{CARRIED}</description>")
    item = item.replace("description", "content:encoded")
    body = feed(item).replace("<rss", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'")
    here = town({FEED: body, "http://e.org/a": answer})
    await here.run()
    (version,) = here.archive.versions_of(1)
    assert (version["title"], version["text"]) == ("Dredging", "\n\n".join(STORY))
    assert here.archive.value("SELECT kind FROM captures WHERE id = ?", [version["capture_id"]]) == "source"
    assert here.states() == ["done"]


async def test_a_piece_without_an_address(town: Callable[..., Town]) -> None:
    """An entry that has text and no link is an article at its source's address, with a mark of its own; once."""
    body = feed(
        f"<guid isPermaLink='false'>n1</guid><title>Dredging</title><content:encoded>{CARRIED}</content:encoded>"
    ).replace("<rss", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'")
    here = town({FEED: body})
    await here.run()
    (url,) = here.articles()
    assert url.startswith(FEED + "#")
    here.web[FEED] = body.replace("Town", "Our town")
    await here.run(timedelta(minutes=1))
    assert here.articles() == [url]


async def test_a_page_that_breaks_its_worker_costs_itself_alone(town: Callable[..., Town]) -> None:
    """It is recorded, its bytes stay, the others are filed."""

    async def work(job: str, body: bytes, *arguments: Any, **options: Any) -> Any:
        if b"cursed" in body and job == "extract":
            raise WorkerError("extract: the worker ended (SIGSEGV) and was replaced")
        return getattr(jobs, job)(body, *arguments, **options)

    here = town(
        {
            FEED: feed(link("http://e.org/a"), link("http://e.org/b")),
            "http://e.org/a": "<p>cursed</p>",
            "http://e.org/b": page("Herons", OTHER),
        },
        work=work,
    )
    await here.run()
    assert here.states() == ["failed", "done"]
    assert here.archive.value("SELECT kind FROM captures WHERE entry_id = 1") == "error"
    assert "SIGSEGV" in here.archive.value("SELECT last_error FROM entries WHERE id = 1")


async def test_a_stopped_run_goes_on_with_what_it_kept(town: Callable[..., Town]) -> None:
    """A capture that was kept but not read is read by the next run, without asking for it again."""

    class Stopped(OSError):
        pass

    async def work(job: str, *arguments: Any, **options: Any) -> Any:
        if job == "extract":
            raise Stopped
        return getattr(jobs, job)(*arguments, **options)

    here = town({FEED: feed(link("http://e.org/a")), "http://e.org/a": page("Dredging", STORY)}, work=work)
    with pytest.raises(ExceptionGroup):
        await here.run()
    assert here.states() == ["fetched"]
    here.work = None
    await here.run()
    assert here.articles() == ["http://e.org/a"]
    assert here.visited() == []


async def test_an_article_of_several_pages(town: Callable[..., Town]) -> None:
    """Its later pages are kept as captures of their own, and its text is that of all of them, once."""

    async def work(job: str, body: bytes, url: str, *arguments: Any, **options: Any) -> Any:
        result = getattr(jobs, job)(body, url, *arguments, **options)
        following = {"http://e.org/a": "http://e.org/a/2", "http://e.org/a/2": "http://e.org/a"}  # the last leads back
        return replace(result, next_page=following.get(url)) if job == "extract" else result

    here = town(
        {
            FEED: feed(link("http://e.org/a")),
            "http://e.org/a": page("Dredging", STORY),
            "http://e.org/a/2": page("Dredging", OTHER),
        },
        work=work,
    )
    await here.run()
    (version,) = here.archive.versions_of(1)
    assert version["text"] == "\n\n".join(STORY + OTHER)
    assert here.articles() == ["http://e.org/a"]
    pages = here.archive.rows("SELECT id, url, via, first_page_id FROM captures WHERE entry_id = 1 ORDER BY id")
    assert [(each["url"], each["via"]) for each in pages] == [
        ("http://e.org/a", "visit"),
        ("http://e.org/a/2", "next-page"),
    ]
    assert pages[1]["first_page_id"] == pages[0]["id"] == version["capture_id"]


async def test_sitemap_index(town: Callable[..., Town]) -> None:
    """The parts of an index are polled in the same run, and their pages visited."""
    here = town(
        {
            "http://e.org/sitemap.xml": "<sitemapindex><sitemap><loc>http://e.org/1.xml</loc></sitemap></sitemapindex>",
            "http://e.org/1.xml": "<urlset><url><loc>http://e.org/a</loc></url></urlset>",
            "http://e.org/a": page("Dredging", STORY),
        },
        sources=("http://e.org/sitemap.xml",),
    )
    await here.run()
    assert here.articles() == ["http://e.org/a"]


async def test_the_date_of_the_feed_is_the_last_resort(town: Callable[..., Town]) -> None:
    """A page without a date has that which its source announced; a page's own is trusted more."""
    dated = "<pubDate>Fri, 20 Nov 2026 08:30:00 +0100</pubDate>"
    meta = '<meta property="article:published_time" content="2026-11-21T09:00:00+00:00">'
    here = town(
        {
            FEED: feed(link("http://e.org/a", dated), link("http://e.org/b", dated)),
            "http://e.org/a": page("Dredging", STORY),
            "http://e.org/b": page("Herons", OTHER, meta),
        }
    )
    await here.run()
    rows = here.archive.rows("SELECT published, published_raw, published_precision FROM versions ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [
        ("2026-11-20T08:30:00+01:00", "Fri, 20 Nov 2026 08:30:00 +0100", "minute"),
        ("2026-11-21T09:00:00+00:00", "2026-11-21T09:00:00+00:00", "minute"),
    ]
    await here.run(timedelta(hours=1))
    assert here.archive.value("SELECT count(*) FROM versions") == 2


async def test_a_name_and_password_are_not_kept(town: Callable[..., Town]) -> None:
    """What a feed lets slip in an address is neither asked with nor stored."""
    here = town({FEED: feed(link("http://ann:secret@e.org/a")), "http://e.org/a": page("Dredging", STORY)})
    await here.run()
    assert here.articles() == ["http://e.org/a"]
    assert here.archive.value("SELECT count(*) FROM entries WHERE url LIKE '%secret%'") == 0


async def test_redirects(town: Callable[..., Town]) -> None:
    """An article stands where the redirects end; a dead link that ends at the front page is none."""
    here = town(
        {
            FEED: feed(link("http://short.org/x"), link("http://e.org/old/b")),
            "http://short.org/x": ("http://e.org/a", page("Dredging", STORY)),
            "http://e.org/old/b": ("http://e.org/", page("Herons", OTHER)),
        }
    )
    await here.run()
    assert here.articles() == ["http://e.org/a"]
    assert here.states() == ["done", "new"]
    assert here.archive.value("SELECT kind FROM captures WHERE entry_id = 2") == "gone"


async def test_a_dead_link_is_no_edit(town: Callable[..., Town]) -> None:
    """An article whose address leads to the front page one day is gone; the front page is no version of it."""
    here = town({FEED: feed(link("http://e.org/a")), "http://e.org/a": page("Dredging", STORY)})
    await here.run()
    here.web["http://e.org/a"] = ("http://e.org/", page("Herons", OTHER))
    await here.run(timedelta(hours=1))
    assert here.archive.rows("SELECT title, state FROM articles") == [{"title": "Dredging", "state": "gone"}]
    assert here.archive.value("SELECT count(*) FROM versions") == 1
    assert Event("gone", "http://e.org/a", "http://e.org/a: leads to http://e.org/") in here.events


async def test_a_source_that_says_nothing_sensible(town: Callable[..., Town]) -> None:
    """Its error names source, status, content type and first bytes; its validators are not learnt."""
    here = town({FEED: "nothing sensible"})
    await here.run()
    await here.run(timedelta(hours=1))
    row = here.archive.row("SELECT last_error, failures, etag FROM sources")
    assert row is not None
    assert (row["failures"], row["etag"]) == (1, None)  # two, of half a weight
    assert here.archive.value("SELECT count(*) FROM captures") == 1
    for part in (FEED, "200", "text/html", "nothing sensible"):
        assert part in row["last_error"]


EMPTY = "<content:encoded>&lt;img src='/a.jpg'&gt;</content:encoded>"


@pytest.mark.parametrize(
    ("item", "answer", "state"),
    [
        (link("http://e.org/a", EMPTY), 410, "gone"),
        (link("http://e.org/a", EMPTY), Refused("http://e.org/a", "robots", "robots.txt disallows it"), "refused"),
        (link("http://e.org/a", EMPTY), "<html></html>", "empty"),
        (f"<guid isPermaLink='false'>n1</guid><title>A picture</title>{EMPTY}", 404, "empty"),
    ],
)
async def test_a_carried_piece_without_text_ends_as_its_page_did(
    town: Callable[..., Town], item: str, answer: Answer, state: str
) -> None:
    """What the source carried may be a picture only: the entry is not left as if nothing had been tried."""
    body = feed(item).replace("<rss", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'")
    here = town({FEED: body, "http://e.org/a": answer})
    await here.run()
    assert (here.states(), here.articles()) == ([state], [])
    assert here.archive.value("SELECT last_error FROM entries")
