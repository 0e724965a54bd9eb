"""The commands as a person meets them: exit codes, messages, JSON on stdout, against a small web on loopback."""

import gzip
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collector.cli import main
from storage.archive import Archive

Run = Callable[..., Result]

STORY = "".join(
    f"<p>The ferry council met for the {n} time to hear how the lantern on the outer wall would be mended, and who"
    " would carry the oil across the marsh when the tide is out.</p>"
    for n in ("first", "second", "third")
)
FEED = """<rss version="2.0"><channel><title>The Lantern</title>
<item><title>Oil</title><link>http://lantern.test/oil</link></item>
<item><title>Wick</title><link>http://lantern.test/wick?utm_source=rss</link></item></channel></rss>"""


def page(title: str, head: str = "") -> str:
    return f"<!doctype html><title>{title}</title>{head}<article><h1>{title}</h1>{STORY}</article>"


WEB: dict[tuple[str, str], tuple[int, str, str]] = {
    ("lantern.test", "/"): (
        200,
        "text/html",
        '<link rel="alternate" type="application/rss+xml" href="/f.xml"><p>Hello',
    ),
    ("lantern.test", "/f.xml"): (200, "text/xml", FEED),
    ("lantern.test", "/oil"): (
        200,
        "text/html",
        page("Oil", '<meta property="article:published_time" content="2026-03-01">'),
    ),
    ("lantern.test", "/wick?utm_source=rss"): (200, "text/html", page("Wick")),
    ("usual.test", "/"): (200, "text/html", "<p>Hello"),
    ("usual.test", "/feed"): (200, "text/xml", FEED),
    ("named.test", "/"): (200, "text/html", "<p>Hello"),
    ("named.test", "/robots.txt"): (200, "text/plain", "Sitemap: /map.xml\n"),
    ("named.test", "/map.xml"): (200, "text/xml", "<urlset><url><loc>http://named.test/a</loc></url></urlset>"),
    ("silent.test", "/"): (200, "text/html", "<p>Hello"),
    ("away.test", "/f.xml"): (200, "text/xml", FEED.replace("lantern.test/oil", "away.test/off")),
    ("away.test", "/off"): (302, "http://169.254.169.254/secret", ""),
    ("slow.test", "/f.xml"): (200, "text/xml", FEED.replace("lantern.test", "slow.test")),
}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        host = (self.headers["host"] or "").partition(":")[0]
        if host == "slow.test" and self.path in ("/oil", "/wick?utm_source=rss"):
            time.sleep(8)
        status, kind, text = WEB.get((host, self.path), (404, "text/plain", "not here"))
        self.send_response(status)
        self.send_header("location" if status == 302 else "content-type", kind)
        self.send_header("content-length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def network(port: int) -> str:
    """The part of a config.yaml that leads every name to the web above."""
    return f"network:\n  allow_private: true\n  delay: 0\n  timeout: 20s\n  resolve: {{'*': '127.0.0.1:{port}'}}\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `newskeep …` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run_(*arguments: str, code: int = 0) -> Result:
        done = runner.invoke(main, arguments)
        said = f"{done.output}\n{done.exception!r}"
        assert done.exit_code == code, said
        assert done.exception is None or isinstance(done.exception, SystemExit), said
        return done

    return run_


def config(text: str) -> None:
    Path("config.yaml").write_text(text)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    """The config.yaml of an archive with the two articles of the Lantern."""
    path = tmp_path_factory.mktemp("collected") / "config.yaml"
    resolve = f"resolve: {{'*': '127.0.0.1:{port}'}}"
    path.write_text(f"sources: [http://lantern.test/f.xml]\nnetwork: {{allow_private: true, delay: 0, {resolve}}}\n")
    done = CliRunner().invoke(main, ["fetch", "--config", str(path), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["articles"]["new"] == 2
    return path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "No such command"),
        (["fetch", "--nonsense"], "No such option"),
        (["search"], "Missing argument"),
        (["search", "--limit", "0", "oil"], "not in the range"),
        (["extract", "page.html", "--fetched-at", "soon"], "'soon' is no time"),
        (["extract", "missing.html"], "missing.html: cannot be read"),
        (["extract", "page.html", "--url", "ftp://a.test/"], "ftp://a.test/: is no http or https address"),
        (["fetch"], "config.yaml: there is no such file"),
        (["status", "--config", "away.yaml"], "away.yaml: there is no such file"),
        (["sources", "add", "not an address"], "is no http or https address"),
        (["sources", "import", "page.html"], "no OPML"),
        (["export", "corpus", "--format", "stone"], "'stone' is not"),
        (["demo", "--folder", "full"], "no demo made it"),
    ],
)
def test_usage_errors_end_with_two(run: Run, arguments: list[str], said: str) -> None:
    """What the person must write otherwise is exit code 2, told on stderr, with nothing on stdout."""
    Path("page.html").write_text(page("Oil"))
    Path("full").mkdir()
    Path("full", "letter.txt").write_text("mine")
    done = run(*arguments, code=2)
    assert said in done.stderr
    assert not done.stdout


MISTAKES = """data: data
sources:
  - ftp://a.test/
  - {url: "http://b.test/", kind: feeds, evry: 3m}
network: {delay: -1}
sites: {a.test: {rule: nobody.test}}
"""


@pytest.mark.parametrize("command", ["check", "fetch", "status", "search oil", "export x", "sources list"])
def test_every_mistake_is_told(run: Run, command: str) -> None:
    """All mistakes of a config.yaml at once, each with line and column, by every command."""
    config(MISTAKES)
    lines = run(*command.split(), code=2).stderr.splitlines()
    places = [":".join(line.split(":")[1:3]) for line in lines if line.startswith("config.yaml:") and ": " in line]
    assert places[:5] == ["3:5", "4:35", "4:42", "5:18", "6:24"], lines


def test_check_as_json(run: Run) -> None:
    """`check --json` holds the mistakes, and still ends with 2."""
    config(MISTAKES)
    told = json.loads(run("check", "--json", code=2).stdout)
    assert (told["file"], len(told["mistakes"])) == ("config.yaml", 5)
    config("sources: [http://a.test/]\nsites: {a.test: {rule: tass.com}}\n")
    told = json.loads(run("check", "--json").stdout)
    assert (told["mistakes"], told["sources"]) == ([], 1)
    assert "right; 1 source," in run("check").stdout


def test_brackets_upon_brackets(run: Run) -> None:
    """A file that no person wrote is a mistake, no crash."""
    config("sources: " + "[" * 3000 + "]" * 3000)
    assert "config.yaml:1:1" in run("check", code=2).stderr


@pytest.mark.parametrize(
    ("name", "body", "options", "title", "url"),
    [
        pytest.param("p.html", page("Oil").encode(), [], "Oil", None, marks=pytest.mark.slow),
        pytest.param(
            *("p.html", page("Oil").encode(), ["--url", "http://a.test/oil"], "Oil", "http://a.test/oil"),
            marks=pytest.mark.slow,
        ),
        ("p.html", page("Oil", "<link rel=canonical href=http://a.test/x>").encode(), [], "Oil", "http://a.test/x"),
        ("p.html.gz", gzip.compress(page("Oil").encode()), ["--url", "http://a.test/"], "Oil", "http://a.test/"),
    ],
)
def test_extract_file(run: Run, name: str, body: bytes, options: list[str], title: str, url: str | None) -> None:
    """A file, gzipped or not, with its address or without one; the shape that other tools rely on."""
    Path(name).write_bytes(body)
    told = json.loads(run("extract", name, "--json", *options).stdout)
    assert told["extractor"] == "generic"
    [article] = told["articles"]
    assert (article["title"], article["url"]) == (title, url)
    assert [each["kind"] for each in article["paragraphs"]] == ["p", "p", "p"]
    assert article["text"] == "\n\n".join(each["text"] for each in article["paragraphs"])
    assert article.keys() >= {"published", "published_raw", "published_precision", "authors", "tags", "captions"}
    assert title in run("extract", name, *options).stdout


GZIP = gzip.compress(page("Oil").encode() * 50)


@pytest.mark.parametrize("body", [GZIP[:60], GZIP[:20] + b"\xff" * 40 + GZIP[60:], b"\x1f\x8bno gzip at all"])
def test_extract_broken_gzip(run: Run, body: bytes) -> None:
    """A gzip that cannot be unpacked is named."""
    Path("p.gz").write_bytes(body)
    assert "p.gz: cannot be read" in run("extract", "p.gz", code=2).stderr


def test_extract_nothing(run: Run) -> None:
    """A page without an article is exit code 1, and still one JSON document."""
    Path("p.html").write_text("")
    done = run("extract", "p.html", "--json", code=1)
    assert json.loads(done.stdout)["articles"] == []
    assert "p.html: no article" in done.stderr


def test_extract_address(run: Run, network: str) -> None:
    """A page of the web is read as it is; an error page is none, and a private address is refused."""
    config("sources: []\n" + network)
    told = json.loads(run("extract", "http://lantern.test/oil", "--json").stdout)
    assert [article["published"] for article in told["articles"]] == ["2026-03-01"]
    assert "answered 404" in run("extract", "http://lantern.test/gone", code=1).stderr
    Path("config.yaml").unlink()
    assert "not an address of the open internet" in run("extract", "http://127.0.0.1/", code=1).stderr


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("http://lantern.test/", ("http://lantern.test/f.xml", "feed")),
        ("http://lantern.test/f.xml", ("http://lantern.test/f.xml", "feed")),
        ("http://usual.test", ("http://usual.test/feed", "feed")),
        ("http://named.test/", ("http://named.test/map.xml", "sitemap")),
    ],
)
def test_sources_add(run: Run, network: str, address: str, found: tuple[str, str]) -> None:
    """Named by the page, in a usual place, named by robots.txt, or the address itself; comments stay."""
    config(f"# mine\nsources: # all\n  - http://old.test/f # old\n# end\n{network}")
    told = json.loads(run("sources", "add", address, "--json").stdout)
    assert [(each["url"], each["kind"], each["added"]) for each in told] == [(*found, True)]
    text = Path("config.yaml").read_text()
    assert text.startswith("# mine\nsources: # all\n  - http://old.test/f # old\n  - ")
    assert text.endswith(f"# end\n{network}")
    assert "already there" in run("sources", "add", address).stdout
    assert [row["url"] for row in json.loads(run("sources", "list", "--json").stdout)] == [
        "http://old.test/f",
        found[0],
    ]


@pytest.mark.parametrize(
    ("address", "said"),
    [("http://silent.test/", "no feed and no sitemap found"), ("http://silent.test/gone", "answered 404")],
)
def test_sources_add_nothing(run: Run, network: str, address: str, said: str) -> None:
    """Where nothing is found, nothing is written."""
    config(f"sources: []\n{network}")
    assert said in run("sources", "add", address, code=1).stderr
    assert Path("config.yaml").read_text() == f"sources: []\n{network}"


def test_opml_there_and_back(run: Run) -> None:
    """What is exported can be imported; what is there already is not added again."""
    config('sources:\n  - {url: "http://a.test/f?x=1&y=2", title: "Oil & \\"wick\\": #1"}\n  - http://b.test/f\n')
    run("sources", "export", "all.opml")
    assert (
        Path("all.opml").read_text() == run("sources", "export").stdout or "dateCreated" in Path("all.opml").read_text()
    )
    assert "0 added" in run("sources", "import", "all.opml").stdout
    assert "2 added" in run("sources", "import", "all.opml", "--config", "new.yaml").stdout
    rows: list[dict[str, Any]] = json.loads(run("sources", "list", "--config", "new.yaml", "--json").stdout)
    assert [row["url"] for row in rows] == ["http://a.test/f?x=1&y=2", "http://b.test/f"]
    assert 'Oil & \\"wick\\": #1' in Path("new.yaml").read_text()


def test_fetch_tells_what_failed(run: Run, network: str) -> None:
    """Exit code 1, the announced address of each failure on stderr and in the JSON, the good articles all the same."""
    config(f"sources:\n  - http://away.test/f.xml\n  - http://lantern.test/none\n{network}")
    done = run("fetch", "--json", code=1)
    told = json.loads(done.stdout)
    assert told["articles"]["new"] == 1
    assert sorted(each["url"] for each in told["failures"]) == ["http://away.test/off", "http://lantern.test/none"]
    assert "failed: http://away.test/off: http://169.254.169.254/secret" in done.stderr
    assert "failed: http://lantern.test/none: answered 404" in done.stderr
    status = json.loads(run("status", "--json").stdout)
    assert sorted(row["what"] for row in status["troubles"]) == ["entry new", "source"]
    assert "Needs attention" in run("status").stdout


def test_status(run: Run, collected: Path) -> None:
    """What is in the archive, for people and for programs, from another folder."""
    told = json.loads(run("status", "--config", str(collected), "--json").stdout)
    assert told["counts"]["articles"] == {"current": 2}
    assert (told["troubles"], len(told["newest"]), len(told["sources"])) == ([], 2, 1)
    assert "Nothing needs attention" in run("status", "--config", str(collected)).stdout
    config("sources: []\n")
    assert "there is no archive yet" in run("status", code=1).stderr


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("lantern", {"Oil", "Wick"}),
        ("title: oil", {"Oil"}),
        ('"outer wall"', {"Oil", "Wick"}),
        ("lant*", {"Oil", "Wick"}),
        ("wick NOT title:wick", set()),
        ("nothing-such", set()),
        ("'", set()),
        ('"', set()),
        ("(oil", {"Oil", "Wick"}),
        ("foo:bar", set()),
        ("*", set()),
        ("", set()),
    ],
)
def test_search(run: Run, collected: Path, query: str, titles: set[str]) -> None:
    """Any query is answered, and one that FTS5 cannot read is no error."""
    rows = json.loads(run("search", "--config", str(collected), "--json", "--", query).stdout)
    assert {row["title"] for row in rows} == titles
    assert run("search", "--config", str(collected), "--", query).stdout


def test_export(run: Run, collected: Path) -> None:
    """Twice the same, a lost file comes back under its name, foreign files stay."""

    def export() -> dict[str, Any]:
        told: dict[str, Any] = json.loads(run("export", "out", "--config", str(collected), "--json").stdout)
        return {name: told[name] for name in ("added", "rewritten", "unchanged", "folder", "format")}

    assert export() == {"added": 2, "rewritten": 0, "unchanged": 0, "folder": "out", "format": "txt"}
    first, second = sorted(Path("out").glob("*.txt"))
    before = first.read_bytes()
    first.unlink()
    Path("out", "letter.txt").write_text("mine")
    assert (export()["unchanged"], first.read_bytes()) == (1, before)
    assert Path("out", "letter.txt").read_text() == "mine"
    assert [json.loads(line)["file"] for line in Path("out", "manifest.jsonl").read_text().splitlines()] == [
        first.name,
        second.name,
    ]


@pytest.mark.parametrize("command", [["status"], ["search", "oil"], ["export", "out"], ["sources", "list"], ["fetch"]])
def test_an_archive_that_is_none(run: Run, command: list[str]) -> None:
    """A file that is no database ends in one line that names it."""
    config("sources: []\n")
    Path("data").mkdir()
    Path("data", "archive.db").write_bytes(b"no database at all, but long enough to be taken for one. " * 20)
    done = run(*command, code=1)
    assert "archive.db: file is not a database" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_body_that_was_moved_away(run: Run, network: str) -> None:
    """A page whose month is gone before it was read is asked for once more, and the run goes on."""
    config(f"sources: [http://lantern.test/f.xml]\n{network}")
    run("fetch")
    for file in Path("data", "raw").iterdir():
        file.unlink()
    Path("data", "raw", "LOST").touch()  # an empty folder could be a disk that is not mounted
    with closing(Archive(Path("data", "archive.db"))) as archive:
        archive.write("UPDATE captures SET kind = NULL WHERE via = 'visit'")
        archive.write("UPDATE entries SET state = 'fetched'")
    assert "no body" in run("fetch", code=1).stderr
    run("fetch")
    assert json.loads(run("status", "--json").stdout)["counts"]["entries"] == {"done": 2}


@pytest.mark.slow
def test_demo_twice(run: Run) -> None:
    """A demo replaces a demo, and its archive can be asked."""
    for _ in range(2):
        assert "Try next" in run("demo", "--folder", "room").stdout
    files = list(Path("room", "data", "corpus").glob("[0-9][0-9][0-9]_*.txt"))
    assert len(files) == 16
    assert run("search", "harbour", "--config", "room/config.yaml").stdout


def newskeep(*arguments: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "collector", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.parametrize("sent", [pytest.param(signal.SIGINT, marks=pytest.mark.slow), signal.SIGTERM])
def test_a_run_is_stopped(tmp_path: Path, network: str, sent: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end a run soon, soundly and with a word; a second run beside it is told to wait."""
    (tmp_path / "config.yaml").write_text(f"sources: [http://slow.test/f.xml]\n{network}")
    with newskeep("fetch", "--json", folder=tmp_path) as first:
        assert first.stderr is not None
        assert "source-read" in first.stderr.readline()
        if sent is signal.SIGINT:
            with newskeep("fetch", folder=tmp_path) as second:
                assert f"process {first.pid} is at work here" in second.communicate()[1]
                assert second.returncode == 1
        first.send_signal(sent)
        began = time.monotonic()
        said, told = first.communicate()
        assert (first.returncode, said) == (1, "")
        assert "stopped; what was fetched is kept" in told
        assert "Traceback" not in told
        assert time.monotonic() - began < 4


@pytest.mark.slow
def test_what_a_script_left_behind_can_be_stopped(tmp_path: Path, network: str) -> None:
    """A shell script starts what it puts behind itself deaf to Ctrl-C; SIGTERM ends it all the same."""
    (tmp_path / "config.yaml").write_text(f"sources: [http://slow.test/f.xml]\n{network}")
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        first = newskeep("fetch", folder=tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)
    with first:
        assert first.stderr is not None
        assert "source-read" in first.stderr.readline()
        first.send_signal(signal.SIGTERM)
        _, told = first.communicate(timeout=60)
        assert first.returncode == 1
        assert "stopped; what was fetched is kept" in told
        assert "Traceback" not in told


@pytest.mark.slow
def test_a_reader_that_has_read_enough(collected: Path) -> None:
    """`newskeep search … | head -1` ends quietly."""
    with newskeep("search", "lantern", "--config", str(collected), folder=collected.parent) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        process.wait()
