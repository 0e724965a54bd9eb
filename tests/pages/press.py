"""An archive with something of everything that pages show, filled by hand: two papers, a story, edits, trouble.

Article 1 has three versions (a publisher's edit, then a rule's change) and a copy, article 2, at the other paper.
Article 3 stands on a hostile page. Article 4 has no date, no author and HTML in its words. Article 5 is gone.
"""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from storage.records import Caption, Capture
from tests.storage.shelf import BEGAN, FEEDS, Shelf, article

NOW = BEGAN + timedelta(hours=6)  # of the pages
FIRST = (
    "Two boats began to dredge the harbour on Monday, and the council said that the work would cost 12 million.",
    "The harbour has silted up since the river was straightened, and ferries have had to wait for the tide.",
    "Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.",
)
SECOND = (FIRST[0].replace("12", "15"), *FIRST[1:])
OTHER = (
    "Nine herons were counted at the marsh on Sunday morning by volunteers who had walked there before dawn.",
    "The count has been held each winter since the railway closed, and this one was the best in twenty years.",
)
ABOUT: dict[str, Any] = {
    "authors": ("Ada Holm", "Ben Reyes"),
    "published": datetime(2026, 3, 1, 10, 30, tzinfo=timezone(timedelta(hours=1))),
    "published_raw": "March 1, 2026 10:30",
    "published_precision": "minute",
    "section": "Harbour",
    "tags": ("harbour", "ferries"),
    "language": "en",
    "source": "The One",
    "lead": "The work is to last until spring.",
    "captions": (Caption(text="A dredger at the pier", credit="C. Okafor"),),
}
PAGE = "<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"
# Each of these would ask for http://evil.test/ or open a dialog, if it could.
HOSTILE = """<!doctype html><html><head><title>Hostile</title>
<meta http-equiv="refresh" content="0; url=http://evil.test/refresh"><base href="http://evil.test/base/">
<link rel="stylesheet" href="http://evil.test/style.css"><link rel="preload" as="script" href="http://evil.test/pre.js">
<link rel="dns-prefetch" href="//evil.test"><style>@import url(http://evil.test/import.css);
body { background: url(http://evil.test/background.png) }
@font-face { font-family: x; src: url(http://evil.test/x.woff) }
h1 { font-family: x }</style>
<script>alert(1); fetch("http://evil.test/fetch"); top.location = "http://evil.test/top"</script>
<script src="http://evil.test/script.js"></script>
<script>navigator.serviceWorker && navigator.serviceWorker.register("/evil.js")</script></head>
<body onload="alert(2)"><h1>Hostile words</h1><p>Text that is read all the same.</p>
<img src="http://evil.test/image.png" onerror="alert(3)"><img srcset="http://evil.test/set.png 1x">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" alt="inline">
<svg onload="alert(4)"><script>alert(5)</script><image href="http://evil.test/svg.png"/></svg>
<iframe src="http://evil.test/frame"></iframe><iframe srcdoc="<script>alert(6)</script>"></iframe>
<object data="http://evil.test/object"></object><embed src="http://evil.test/embed">
<video src="http://evil.test/video" autoplay></video><audio src="http://evil.test/audio" autoplay></audio>
<form action="http://evil.test/form" id="f"><input name="a" autofocus onfocus="alert(7)"><button>Send</button></form>
<a href="javascript:alert(8)">a script</a> <a href="http://evil.test/link" target="_top">a link</a>
<a href="http://evil.test/ping" ping="http://evil.test/pinged">ping</a>
<math><mtext></mtext></math><template><script>alert(9)</script></template></body></html>"""


def fill(folder: Path) -> None:
    """Make archive.db and raw/ in a folder."""
    shelf = Shelf(folder)
    try:
        _articles(shelf)
        _trouble(shelf)
        shelf.archive.divide({1, 2})
    finally:
        shelf.close()


def _articles(shelf: Shelf) -> None:
    one, two = "https://one.test/harbour", "https://two.test/copied"
    shelf.read(one, article("Dredging begins", *FIRST, **ABOUT), body=_page("Dredging begins", FIRST))
    shelf.read(
        two,
        article("Harbour dredged", *FIRST, language="en", published=date(2026, 3, 1), published_precision="day"),
        source=2,
    )
    shelf.read("https://two.test/hostile", article("Hostile words", *OTHER), body=HOSTILE.encode(), source=2)
    shelf.read("https://two.test/odd", article("<b>Odd</b> & \"quoted\" <script>alert('x')</script>", "1 < 2 & 3 > 2"))
    shelf.read(
        "https://one.test/herons",
        article("Herons counted", *OTHER, language="de", published=date(2026, 2, 28), published_precision="day"),
    )
    shelf.link(2, 1)
    shelf.read(one, article("Dredging costs more", *SECOND, **ABOUT), body=_page("Dredging costs more", SECOND))
    shelf.reextract(1, article("Dredging costs more", *SECOND[:2], **ABOUT))
    write = shelf.archive.write
    write(
        """UPDATE versions SET changed_by = 'publisher', edits = '["headline","figure"]'
        WHERE article_id = 1 AND number = 2"""
    )
    write("UPDATE versions SET changed_by = 'rule' WHERE article_id = 1 AND number = 3")
    write("UPDATE articles SET state = 'gone', gone_at = ? WHERE id = 5", [shelf.tick().isoformat()])


def _trouble(shelf: Shelf) -> None:
    add_wall(shelf, "https://one.test/walled", "<html><title>Before you continue</title>We value your privacy</html>")
    write, now = shelf.archive.write, NOW.isoformat()
    write(
        """UPDATE sources SET failures = 9, failing_since = ?, last_error = 'answered 503', last_poll = ?, rate = 0.5,
        interval = 1800, kind = 'feed', site = 'two.test' WHERE url = ?""",
        [BEGAN.isoformat(), now, FEEDS[1]],
    )
    write(
        """UPDATE sources SET last_ok = ?, last_poll = ?, next_poll = ?, rate = 2.5, interval = 900, kind = 'feed',
        last_new = ?, site = 'one.test' WHERE url = ?""",
        [now, now, (NOW + timedelta(minutes=10)).isoformat(), BEGAN.isoformat(), FEEDS[0]],
    )
    for source in (1, 2):
        write(
            """INSERT INTO source_days (source_id, day, polls, unchanged, failed, new_entries, bytes)
            VALUES (?, '2026-03-01', 40, 30, ?, 4, 90000)""",
            [source, 9 * (source - 1)],
        )
    write(
        "INSERT INTO gaps (source_id, after, before, found_at) VALUES (1, ?, ?, ?)",
        [(BEGAN - timedelta(hours=9)).isoformat(), BEGAN.isoformat(), BEGAN.isoformat()],
    )


def add_wall(shelf: Shelf, url: str, body: str) -> None:
    """An answer that was no article."""
    entry_id, at = shelf.announce(url), shelf.tick()
    capture = Capture(
        url=url, final_url=url, fetched_at=at, status=200, headers=(("content-type", "text/html"),), body=body.encode()
    )
    with shelf.archive.transaction(), shelf.raw.transaction():
        sha256 = shelf.raw.put(capture.body, at, "one.test")
        shelf.archive.add_capture(capture, sha256, "visit", entry_id=entry_id, kind="wall", host="one.test")
        shelf.archive.write("UPDATE captures SET reason = 'consent' WHERE entry_id = ?", [entry_id])
        shelf.archive.write("UPDATE entries SET state = 'empty', attempts = 1 WHERE id = ?", [entry_id])


def _page(title: str, paragraphs: tuple[str, ...]) -> bytes:
    return PAGE.format(title, "".join(f"<p>{each}</p>" for each in paragraphs)).encode()
