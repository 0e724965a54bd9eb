"""Real pages, served under their own names: one run archives every one of them, byte for byte, and loses none.

Reads the page collections of `../shared/pages` where they are at hand, and says so where they are not.
"""

import gzip
import hashlib
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest

from collector import urls
from storage.archive import Archive
from storage.raw import Raw
from tests.test_whole_run import newskeep

PAGES = Path(__file__).parent.parent.parent / "shared" / "pages"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not PAGES.exists(), reason="no page collections at ../shared/pages"),
]


def collection() -> dict[str, Path]:
    """Files of the pages by address, all as plain http."""
    found = {}
    for gold in sorted(PAGES.glob("*/gold.jsonl")):
        for line in gold.read_text().splitlines():
            page = json.loads(line)
            address = urls.announced("http://" + page["url"].partition("://")[2])  # as a browser would send it
            assert address is not None
            found[address] = gold.parent / page["html"]
    return found


@contextmanager
def serving(pages: dict[str, Path]) -> Iterator[int]:
    """A server for all hosts of the pages, each with a feed of its own; its port."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in pages:
        by_host[urlsplit(url).netloc].append(url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers["host"]
            path = pages.get(f"http://{host}{self.requestline.split()[1]}")
            if path is not None:
                self.answer(200, "text/html; charset=utf-8", gzip.decompress(path.read_bytes()))
            elif self.path == "/the-feed.xml":
                items = "".join(f"<item><link>{escape(url)}</link></item>" for url in by_host[host])
                self.answer(200, "text/xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
            else:
                self.answer(404, "text/plain", b"")

        def answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def test_every_page_is_archived(tmp_path: Path) -> None:
    """Raw bytes equal to what was served, an article or a reason for each, nothing lost to a crash or a time-out."""
    pages = collection()
    with serving(pages) as port:
        hosts = sorted({urlsplit(url).netloc for url in pages})
        sources = "".join(f"  - http://{host}/the-feed.xml\n" for host in hosts)
        resolve = f"network: {{delay: 0, resolve: {{'*': '127.0.0.1:{port}'}}}}\n"
        (tmp_path / "config.yaml").write_text(f"sources:\n{sources}{resolve}")
        done = newskeep("fetch", cwd=tmp_path, timeout=800)
    assert done["failures"] == []
    archive, raw = Archive(tmp_path / "data" / "archive.db"), Raw(tmp_path / "data" / "raw")
    kept = {row["sha256"] for row in archive.rows("SELECT sha256 FROM captures WHERE kind <> 'source'")}
    states = archive.rows("SELECT state, count(*) AS n FROM entries GROUP BY 1")
    read = archive.value("SELECT count(DISTINCT entry_id) FROM captures WHERE kind = 'article'")
    empty = archive.rows("SELECT url, last_error FROM entries WHERE state = 'empty'")
    articles = archive.value("SELECT count(*) FROM articles")
    archive.close()
    raw.close()
    lost = {url for url, path in pages.items() if _sha256(path) not in kept}
    assert not lost
    assert {row["state"] for row in states} <= {"done", "empty"}
    assert all(row["last_error"] for row in empty)
    assert len(list((tmp_path / "data" / "corpus").glob("*.txt"))) == articles
    assert read >= 0.98 * len(pages), [row["url"] for row in empty]


def _sha256(path: Path) -> str:
    return hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
