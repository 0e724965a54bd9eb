"""config.yaml: what it means, and what a person is told who wrote it wrong."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.config import Alarms, Config, Email, Network, Site, Source, load, parse, schema
from collector.config_edit import add_sources, add_to_file
from collector.errors import ConfigError

HERE = Path(__file__).parent
FEED = "sources: [https://paper.test/feed]\n"
MAIL = {"to": "a@b.test", "from": "c@b.test", "host": "'b.test:25'"}


def mail(keys: str) -> str:
    """Alarms by mail with some `keys` of its own."""
    kept = [f"{key}: {value}" for key, value in MAIL.items() if f"{key}:" not in keys]
    return f"alarms: {{email: {{{', '.join([*kept, keys])}}}}}"


def mistakes(text: str) -> list[str]:
    """What is said about a configuration that is wrong."""
    with pytest.raises(ConfigError) as caught:
        parse(text, "c.yaml")
    return list(caught.value.mistakes)


def test_the_file_in_the_repository_loads() -> None:
    """What we hand out as an example is right, and holds the seed sites."""
    config = load(HERE.parent / "config.yaml")
    addresses = {source.url for source in config.sources}
    assert "https://tass.com/rss/v2.xml" in addresses
    assert config.data == HERE.parent.absolute() / "data"


def test_the_file_in_the_repository_states_the_defaults() -> None:
    """Every key stands in config.yaml with its default: taking a line out changes nothing."""
    text = (HERE.parent / "config.yaml").read_text()
    config = parse(text, "config.yaml")
    assert config == Config(sources=config.sources)
    keys = set(re.findall(r"^[# ]*([a-z_]+):", text, flags=re.MULTILINE))
    told = {"from", "to", "host", "tls", "user", "password_file"} | set(Alarms.model_fields)
    assert keys >= told | set(Config.model_fields) | set(Network.model_fields) | set(Source.model_fields) - {"url"}


def test_defaults() -> None:
    """Only `sources` must be written."""
    config = parse(FEED, "c")
    assert config.sources == (Source(url="https://paper.test/feed"),)
    assert config.network == Network()
    assert (config.network.timeout, config.network.max_bytes, config.network.delay) == (30.0, 10_000_000, 1.0)
    assert (config.network.per_host, config.network.concurrency) == (1, 100)
    assert config.network.robots and not config.network.allow_private and config.network.resolve == {}
    assert config.look_again == (900, 3600, 10800, 86400, 259200, 864000, 2592000)
    assert (config.data, config.http, config.sites) == (Path("data"), None, {})
    assert (config.poll_between, config.least_free, config.http_public) == ((120, 2700), 200_000_000, False)
    assert config.alarms == Alarms(webhook=None, email=None, after=600)
    assert config.sources[0].look_again is None
    assert config.wayback == "https://web.archive.org"


@pytest.mark.parametrize(
    ("text", "host", "delay"),
    [
        ("", "web.archive.org", 4),
        ("", "archive.org", 4),
        ("", "ia800.us.archive.org", 4),
        ("network: {delay: 0, per_host: 8}", "web.archive.org", 4),
        ("network: {delay: 10s}", "web.archive.org", 10),
        ("sites: {web.archive.org: {delay: 20s, per_host: 1}}", "web.archive.org", 20),
        ("network: {delay: 10s}\nsites: {web.archive.org: {delay: 5s}}", "web.archive.org", 5),
        ("", "webarchive.org", None),
        ("", "archive.org.test", None),
    ],
)
def test_the_internet_archive_is_spared(text: str, host: str, delay: float | None) -> None:
    """It is asked at most fifteen times a minute, once at a time; more patience may be asked for, less may not."""
    site = parse(FEED + text, "c").site(host)
    assert (site.delay, site.per_host) == (delay, 1 if delay else None)
    assert site.robots is None


def test_what_is_said_of_the_internet_archive_holds() -> None:
    """All but the delay is as it is written."""
    site = parse(FEED + "sites: {web.archive.org: {headers: {X-A: b}, robots: false}}", "c").site("web.archive.org")
    assert site == Site(delay=4, per_host=1, headers={"X-A": "b"}, robots=False)


def test_everything() -> None:
    """Every key, in the form that DESIGN.md gives."""
    text = """
data: ../archive
sources:
  - https://paper.test/feed
  - {url: "https://paper.test/list", kind: listing, every: 30m, title: The list, look_again: [1h]}
network:
  user_agent: "mine/1 (+https://paper.test/)"
  timeout: 1m
  max_bytes: 512KiB
  delay: 0
  per_host: 2
  concurrency: 5
  robots: false
  allow_private: true
  resolve: {"*": 127.0.0.1:8080, "Paper.test:443": "[::1]:8443"}
look_again: []
poll_between: [5s, 5s]
least_free: 1GB
http_public: true
http: 0.0.0.0:12
wayback: http://127.0.0.1:8070
alarms:
  after: 0
  webhook: https://paper.test/hook
  email: {to: [a@b.test, c@b.test], from: d@b.test, host: "b.test:465", tls: tls, user: d, password_file: p}
sites:
  Paper.test: {delay: 500s, per_host: 3, robots: true, headers: {X-A: "1"}, cookies: {a: b}, rule: tass.com}
  other.test: {proxy: "http://127.0.0.1:3128", charset: koi8-r}
"""
    config = parse(text, "c")
    assert config.data == Path("../archive")
    assert config.sources[1] == Source(
        url="https://paper.test/list", kind="listing", every=1800, title="The list", look_again=(3600,)
    )
    assert config.network == Network(
        user_agent="mine/1 (+https://paper.test/)",
        timeout=60,
        max_bytes=524288,
        delay=0,
        per_host=2,
        concurrency=5,
        robots=False,
        allow_private=True,
        resolve={"*": "127.0.0.1:8080", "paper.test:443": "[::1]:8443"},
    )
    assert (config.look_again, config.http, config.poll_between) == ((), "0.0.0.0:12", (5, 5))
    email = {"to": ("a@b.test", "c@b.test"), "from": "d@b.test", "host": "b.test:465", "tls": "tls", "user": "d"}
    told = Email.model_validate({**email, "password_file": "p"})
    assert config.alarms == Alarms(after=0, webhook="https://paper.test/hook", email=told)
    assert config.site("www.paper.test") == config.site("paper.test")
    assert config.site("paper.test") == Site(
        delay=500, per_host=3, robots=True, headers={"X-A": "1"}, cookies={"a": "b"}, rule="tass.com"
    )
    assert config.wayback == "http://127.0.0.1:8070"
    assert config.site("other.test").charset == "koi8-r"
    assert config.site("unknown.test") == Site()


@pytest.mark.parametrize(
    "text", ["sources:", "sources: []", "sources:\n  # - https://paper.test/\nnetwork:\nsites:\nlook_again:\n"]
)
def test_nothing_written_is_the_default(text: str) -> None:
    """A key whose lines were all commented out means what its absence means."""
    assert parse(text, "c") == Config(sources=())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data: d\n", "c.yaml:1:1: sources: is missing, write `sources:` and below it one address a line behind `- `"),
        ("", "c.yaml:1:1: sources: is missing, write `sources:` and below it one address a line behind `- `"),
        ("- a\n", "c.yaml:1:1: must hold keys, write one a line as `key: value`"),
        (FEED + "look_agian: [1h]", "c.yaml:2:1: look_agian: is no key, did you mean `look_again`?"),
        (FEED + "network:\n  xyz: 1", "network.xyz: is no key, there are: user_agent, timeout, max_bytes, delay,"),
        (FEED + "sites:\n  a.test: {dely: 1s}", "c.yaml:3:12: sites.a.test.dely: is no key, did you mean `delay`?"),
        (FEED + "data: 5", "c.yaml:2:7: data: must be the name of a folder, put it in quotes"),
        (FEED + "network: fast", "c.yaml:2:10: network: must hold keys, write one a line as `key: value`"),
        (FEED + "network:\n  timeout: 0", "c.yaml:3:12: network.timeout: must be longer than 0"),
        (FEED + "network:\n  delay: 3 minuts", "c.yaml:3:10: network.delay: `3 minuts` is no length of time, write"),
        (FEED + "network:\n  delay: -1", "c.yaml:3:10: network.delay: `-1` is no length of time, write it as 30s,"),
        (FEED + "network:\n  delay: 12:30", "network.delay: `12:30` is no length of time"),
        (FEED + "network:\n  delay: true", "network.delay: `True` is no length of time"),
        (FEED + "network:\n  delay: 99999999d", "network.delay: `99999999d` is no length of time"),
        (FEED + "network:\n  max_bytes: lots", "network.max_bytes: `lots` is no size, write it as 10MB, 512KiB or"),
        (FEED + "network:\n  robots: no", "c.yaml:3:11: network.robots: must be true or false"),
        (FEED + "network:\n  per_host: 0", "c.yaml:3:13: network.per_host: must be 1 or more"),
        (FEED + "network:\n  per_host: '3'", "c.yaml:3:13: network.per_host: must be a whole number"),
        (
            FEED + 'network:\n  user_agent: "a\\nb"',
            "network.user_agent: travels in a header, write it in plain letters",
        ),
        (
            FEED + "network:\n  resolve: {a.test: localhost:80}",
            "resolve.a.test: `localhost:80` is no IP address and port",
        ),
        (
            FEED + 'network:\n  resolve: {"*": 127.0.0.1}',
            "c.yaml:3:18: network.resolve.*: `127.0.0.1` is no IP address",
        ),
        (
            FEED + 'network:\n  resolve: {"*": "127.0.0.1:99999"}',
            "`127.0.0.1:99999` is no IP address and port, write it",
        ),
        (
            FEED + "network:\n  resolve: {a b: 127.0.0.1:80}",
            "c.yaml:3:13: network.resolve.a b: `a b` is no host, write",
        ),
        (
            FEED + "look_again: [1h, 15m]",
            "c.yaml:2:13: look_again: must be ages that grow, write them as [15m, 1h, 1d]",
        ),
        (FEED + "look_again: 1h", "c.yaml:2:13: look_again: must be a list, write one a line behind `- `"),
        (FEED + "http: 8080", "c.yaml:2:7: http: must be text, put it in quotes"),
        (FEED + "http: localhost", "c.yaml:2:7: http: `localhost` is no host and port, write it as 127.0.0.1:8080"),
        (
            FEED + "http: 0.0.0.0:80",
            "c.yaml:2:7: http: `0.0.0.0:80` can be reached by others, write 127.0.0.1:8080, or",
        ),
        (FEED + "http: example.org:80", "http: `example.org:80` can be reached by others"),
        (FEED + "poll_between: 5m", "c.yaml:2:15: poll_between: must be two lengths of time, write them as [2m, 55m]"),
        (FEED + "poll_between: [1m, 2m, 3m]", "poll_between: must be two lengths of time"),
        (FEED + "poll_between: [2m, 1m]", "c.yaml:2:15: poll_between: must begin with the shorter one, write"),
        (FEED + "poll_between: [0, 1m]", "poll_between[0]: must be longer than 0"),
        (FEED + "least_free: much", "c.yaml:2:13: least_free: `much` is no size, write it as"),
        ("sources: [{url: 'http://a.test', look_again: [2h, 1h]}]", "sources[0].look_again: must be ages that grow"),
        (FEED + "alarms: {webhoook: 1}", "c.yaml:2:10: alarms.webhoook: is no key, did you mean `webhook`?"),
        (FEED + "alarms: {webhook: TOKEN}", "c.yaml:2:19: alarms.webhook: is no address of the web, write it as"),
        (FEED + mail("form: a@b.test"), "alarms.email.form: is no key, did you mean `from`?"),
        (FEED + mail("to: nobody"), "alarms.email.to[0]: `nobody` is no address for mail, write it as you@example.org"),
        (FEED + mail("to: []"), "alarms.email.to: holds nothing, write one a line behind `- `"),
        (FEED + mail("tls: yes"), "alarms.email.tls: must be 'starttls', 'tls' or 'none'"),
        (FEED + mail("user: a"), "alarms.email: `user` and `password_file` belong together, write both or none"),
        (FEED + mail("user: a, password_file: p, tls: none"), "alarms.email: sends a password that all can read"),
        (FEED + "alarms: {email: {to: a@b.test, host: 'b.test:25'}}", "from: is missing, write `from: newskeep@"),
        (FEED + "sites: {'https://a.test/': {}}", "c.yaml:2:9: sites.https://a.test/: `https://a.test/` is no host,"),
        (FEED + "sites: {a.test: {headers: {a b: c}}}", "headers.a b: `a b` is no name of a header or cookie, write"),
        (FEED + "sites: {a.test: {cookies: {a: 5}}}", "sites.a.test.cookies.a: must be text, put it in quotes"),
        (FEED + "sites: {a.test: {charset: utf-7}}", "c.yaml:2:27: sites.a.test.charset: `utf-7` is no charset of"),
        (FEED + "sites: {a.test: {rule: a/b}}", "c.yaml:2:24: sites.a.test.rule: `a/b` is no host, write it as"),
        (
            FEED + "sites: {web.archive.org: {delay: 1s}}",
            "c.yaml:2:34: sites.web.archive.org.delay: the Internet Archive shuts out who asks more often, write 4s or",
        ),
        (FEED + "sites: {archive.org: {per_host: 2}}", "sites.archive.org.per_host: the Internet Archive is asked for"),
        (FEED + "wayback: web.archive.org", "c.yaml:2:10: wayback: `web.archive.org` is no address of the web, write"),
        (FEED + "data: a\ndata: b\n", "c.yaml:3:1: data: stands here and at line 2 already, keep one of the two"),
        ("sources: x", "c.yaml:1:10: sources: must be a list, write one a line behind `- `"),
        ("sources: [7]", "c.yaml:1:11: sources[0]: must hold keys, write one a line as `key: value`"),
        ("sources: [{kind: feed}]", "c.yaml:1:11: sources[0].url: is missing, write `url: https://…`"),
        ("sources: [paper.test]", "c.yaml:1:11: sources[0].url: `paper.test` is no address of the web, write it as"),
        ("sources: ['ftp://paper.test']", "sources[0].url: `ftp://paper.test` is no address of the web"),
        ("sources: [{url: 'http://a.test', kind: blog}]", "sources[0].kind: must be 'feed', 'sitemap' or 'listing'"),
        (
            "sources:\n- http://a.test\n- url: http://A.test/#b",
            "c.yaml:3:8: sources[1]: is the source of line 2 again, take one of them out",
        ),
        ("sources: [1\ndata: 2", "c.yaml:2:5: this is no YAML: while parsing a flow sequence, did not find expected"),
        ("sources:\n\t- a", "c.yaml:2:1: this is no YAML: while scanning for the next token, found character that"),
        ("sources:\n\t- a", "indent with blanks, not with tabs"),
        ("sources: \x01", "c.yaml:1:10: this is no YAML: control characters are not allowed, take it out"),
        (FEED + "sites: &a {b.test: *a}", "c.yaml:2:8: sites.b.test: an alias inside itself, write it out"),
        ("sources: !!set {a}", "c.yaml:1:10: sources: must be a list, write one a line behind `- `"),
        (FEED + "data: !!int d", "c.yaml:2:7: data: cannot be read as tag:yaml.org,2002:int, write plain text"),
        (FEED + "? [a]\n: b", "c.yaml:2:3: a key must be one word, write `key: value`"),
    ],
)
def test_one_mistake(text: str, expected: str) -> None:
    """A mistake is answered with file, line, column, key, and what to write instead."""
    said = mistakes(text)
    assert len(said) == 1
    assert expected in said[0]
    assert said[0].startswith("c.yaml:")


def test_every_mistake_is_said_at_once() -> None:
    """All of them, in the order of the file."""
    text = "sources: [x, {url: y, evry: 1h}]\nnetwork: {delay: z, robots: 1}\nhtp: a\nhttp: a\nhttp: b\n"
    places = [re.match(r"c\.yaml:(\d+):(\d+): (\S+):", said) for said in mistakes(text)]
    assert [match and match[3] for match in places] == [
        "sources[0].url",
        "sources[1].url",
        "sources[1].evry",
        "network.delay",
        "network.robots",
        "htp",
        "http",
        "http",
    ]


def test_files(tmp_path: Path) -> None:
    """A file that is missing, no file, or no UTF-8 is answered like a mistake in it; `data` begins at its folder."""
    with pytest.raises(ConfigError, match="there is no such file, make one with `newskeep sources add URL`"):
        load(tmp_path / "config.yaml")
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load(tmp_path)
    path = tmp_path / "config.yaml"
    path.write_bytes(b"sources: []\n# caf\xe9\n")
    with pytest.raises(ConfigError, match=r"config\.yaml:2:6: this is no UTF-8, save it as UTF-8"):
        load(path)
    path.write_bytes(b"\xef\xbb\xbfsources: []\r\ndata: kept\r\n")
    assert load(path).data == tmp_path / "kept"
    path.write_text("sources: []\n" + mail("user: a, password_file: secret"))
    email = load(path).alarms.email
    assert email and email.password_file == tmp_path / "secret"


def test_a_secret_is_not_shown() -> None:
    """The address of a webhook stands in no message and in no picture of the configuration."""
    assert "TOKEN" not in mistakes(FEED + "alarms: {webhook: 'TOKEN', after: x}")[0]
    with pytest.raises(ConfigError) as caught:
        parse(FEED + "alarms: {webhook: 'https://h.test/TOKEN', aftre: 1}", "c")
    assert "TOKEN" not in f"{caught.value}{caught.value.__context__}{caught.value.__cause__}"
    assert "TOKEN" not in repr(parse(FEED + "alarms: {webhook: 'https://h.test/TOKEN'}", "c"))


def test_schema() -> None:
    """Editors learn every key, and that durations may be text."""
    said = json.dumps(schema())
    assert all(f'"{name}"' in said for model in (Config, Network, Site, Source) for name in model.model_fields)
    assert schema()["additionalProperties"] is False
    assert {"type": "number"} in schema()["properties"]["look_again"]["items"]["anyOf"]


@given(st.text(alphabet=st.sampled_from("sources: []{}\n-,#'\"&*!|>?%@`~ahttps://.x19\t\r")))
def test_any_text_is_configuration_or_mistakes(text: str) -> None:
    """Nothing but ConfigError leaves the reader, and every message names a place."""
    try:
        parse(text, "c.yaml")
    except ConfigError as error:
        assert error.mistakes
        assert all(re.match(r"c\.yaml:\d+:\d+: ", said) for said in error.mistakes)


NEW = Source(url="https://new.test/feed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "sources:\n  - https://new.test/feed\n"),
        ("# mine", "# mine\nsources:\n  - https://new.test/feed\n"),
        ("data: d", "data: d\nsources:\n  - https://new.test/feed\n"),
        ("data: d\n# end\n", "data: d\nsources:\n  - https://new.test/feed\n# end\n"),
        ("sources:\n", "sources:\n  - https://new.test/feed\n"),
        ("sources:  # none yet\ndata: d\n", "sources:  # none yet\n  - https://new.test/feed\ndata: d\n"),
        ("sources: ~\n", "sources: \n  - https://new.test/feed\n"),
        ("sources: []  # none\n", 'sources: ["https://new.test/feed"]  # none\n'),
        ("sources: [http://a.test]\n", 'sources: [http://a.test, "https://new.test/feed"]\n'),
        ("sources: [\n  http://a.test,  # a\n]\n", 'sources: [\n  http://a.test, "https://new.test/feed",  # a\n]\n'),
        ("{data: d}", '{data: d, sources: ["https://new.test/feed"]}'),
        ("sources:\n- http://a.test  # a\n", "sources:\n- http://a.test  # a\n- https://new.test/feed\n"),
        ("sources:\n    - http://a.test", "sources:\n    - http://a.test\n    - https://new.test/feed\n"),
        ("sources:\r\n  - http://a.test\r\n", "sources:\r\n  - http://a.test\r\n  - https://new.test/feed\r\n"),
        (
            "sources:\n  - url: http://a.test\n    kind: feed\n\n# net\nnetwork: {}\n",
            "sources:\n  - url: http://a.test\n    kind: feed\n  - https://new.test/feed\n\n# net\nnetwork: {}\n",
        ),
        ("\ufeffsources: []", '\ufeffsources: ["https://new.test/feed"]'),
        ("---\nsources:\n- http://a.test\n...\n", "---\nsources:\n- http://a.test\n- https://new.test/feed\n...\n"),
        ("sources: [https://new.test/feed#x]\n", "sources: [https://new.test/feed#x]\n"),
    ],
)
def test_adding_a_source(text: str, expected: str) -> None:
    """The line stands where a person would have put it."""
    assert add_sources(text, [NEW]) == expected


def test_adding_with_keys() -> None:
    """A source that is more than an address takes one line too."""
    source = Source(url="https://new.test/a,b", kind="listing", every=5400, title='"Ä": #1')
    line = r'url: "https://new.test/a,b", kind: listing, every: 90m, title: "\"Ä\": #1"'
    assert add_sources("sources:\n", [source]) == f"sources:\n  - {{{line}}}\n"


@pytest.mark.parametrize(
    "text", ["- a\n", "sources: x\n", "sources: [1\n", "sources:\n- title: |\n    # a\n  url: nowhere\n"]
)
def test_adding_to_a_wrong_file(text: str) -> None:
    """What cannot be read is not written."""
    with pytest.raises(ConfigError):
        add_sources(text, [NEW])


def test_adding_where_no_line_can_be_added() -> None:
    """Where the end of the list looks like a comment, the file is left for a person to change."""
    with pytest.raises(ConfigError, match="add the lines by hand"):
        add_sources("sources:\n- url: http://a.test\n  title: |\n    # a\n    # b\n", [NEW])


def test_adding_to_a_file(tmp_path: Path) -> None:
    """The file is made or replaced as a whole, keeps its rights, and adding again changes nothing."""
    path = tmp_path / "config.yaml"
    add_to_file(path, [NEW])
    path.chmod(0o600)
    add_to_file(path, [Source(url="http://a.test/"), NEW])
    assert [source.url for source in load(path).sources] == ["https://new.test/feed", "http://a.test/"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


ADDRESSES = st.integers(0, 99).map(lambda number: f"http://s{number}.test/feed?a={number}")
SOURCES = st.lists(
    st.builds(
        Source,
        url=ADDRESSES,
        kind=st.sampled_from([None, "feed", "sitemap", "listing"]),
        every=st.none() | st.integers(1, 10**6).map(float),
        title=st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    max_size=4,
    unique_by=lambda source: source.url,
)
COMMENT = st.sampled_from(["", "  # why"])
FILLER = st.sampled_from(["", "\n", "# a comment\n", "\n  # - http://off.test\n"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A config.yaml as people write them: with comments, blank lines, either list style, other keys around."""
    old = draw(st.lists(ADDRESSES.map(lambda url: url.replace("feed", "old")), max_size=3, unique=True))
    indent = " " * draw(st.integers(0, 4))
    if draw(st.booleans()):
        listed = f"sources: [{', '.join(old)}]{draw(COMMENT)}\n"
    else:
        listed = f"sources:{draw(COMMENT)}\n" + "".join(
            draw(FILLER) + f"{indent}- {draw(st.sampled_from(['', 'url: ']))}{url}{draw(COMMENT)}\n" for url in old
        )
    text = draw(FILLER) + draw(st.sampled_from(["", "data: d\n"])) + draw(FILLER) + listed + draw(FILLER)
    text += draw(st.sampled_from(["", "network:\n  delay: 2s\n", "sites: {a.test: {}}"]))
    return text.rstrip("\n") if draw(st.booleans()) else text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@given(files(), SOURCES)
def test_adding_never_changes_another_line(text: str, sources: list[Source]) -> None:
    """What stood there still stands there, letter for letter, and the result means old and new."""
    old, result = parse(text, "c"), add_sources(text, sources)
    assert parse(result, "c") == old.model_copy(update={"sources": (*old.sources, *sources)})
    rest = iter(result)
    assert all(letter in rest for letter in text)
    flow = re.compile(r"sources: *\[.*")
    lines = iter(result.splitlines())
    assert all(
        any(line == new or (flow.match(line) and flow.match(new)) for new in lines) for line in text.splitlines()
    )
