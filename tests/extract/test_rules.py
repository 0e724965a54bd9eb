"""Rule files are checked when they are loaded, and a rule is found by the host of an address."""

import pickle
import re
from pathlib import Path

import pytest

from collector.errors import RuleError
from collector.extract import rules
from collector.extract.made_names import made_up
from collector.extract.rule_form import LINE_GROUPS, PLACE_KEYS, RULE_KEYS

LEAST = "hosts: [news.example]\nbody: article\n"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("body: article\n", "x.yaml:1: hosts: is missing: name the site's hosts"),
        ("hosts: []\nbody: p\n", "x.yaml:1: hosts: is missing: name the site's hosts"),
        ("", "x.yaml:1: hosts: is missing: name the site's hosts"),
        (
            "hosts: [news.example]\n",
            "x.yaml:1: body: is missing: the rule says nothing that the generic extractor does not know",
        ),
        ("hosts: ['https://news.example/']\nbody: p\n", "x.yaml:1: hosts: 'https://news.example/' is no host name"),
        (LEAST + "bodi: p\n", "x.yaml:3: bodi: no such key here; there are hosts, body,"),
        (LEAST + "title: 'h1 >'\n", "x.yaml:3: title: 'h1 >' is no CSS selector"),
        (LEAST + "title: {select: 'h1['}\n", "x.yaml:3: title.select: 'h1[' is no CSS selector"),
        (LEAST + "title: {attr: title}\n", "x.yaml:3: title: needs select, json or value"),
        (LEAST + "title: {select: h1, atr: x}\n", "x.yaml:3: atr: no such key here; there are select, attr,"),
        (LEAST + "title: ''\n", "x.yaml:3: title: must be text"),
        (LEAST + "drop:\n  - .a\n  - {b: c}\n", "x.yaml:5: drop: must be text"),
        (LEAST + "drop: [.ad, .Foo_bar__3hFk2]\n", "x.yaml:3: drop: 'Foo_bar__3hFk2' is a build tool's name"),
        (
            LEAST + "title: {select: '[data-v-7ba5bd90] h1'}\n",
            "x.yaml:3: title.select: 'data-v-7ba5bd90' is a build tool's",
        ),
        (LEAST + "furniture: ['(']\n", "x.yaml:3: furniture: '(' is no regular expression: missing ), "),
        (LEAST + "lines: ['^\\d+$']\n", "x.yaml:3: lines: a line names one of published, modified,"),
        (LEAST + "lines: ['(?P<when>.+)']\n", "x.yaml:3: lines: a line names one of published, modified,"),
        (
            LEAST + "published: {select: time, zone: Mars/Base}\n",
            "x.yaml:3: published.zone: 'Mars/Base' is no time zone",
        ),
        (LEAST + "published: {select: time, zone: ../x}\n", "x.yaml:3: published.zone: '../x' is no time zone"),
        (
            LEAST + "published: {select: time, order: dym}\n",
            "x.yaml:3: published.order: 'dym' is none of dmy, mdy, ymd",
        ),
        (LEAST + "from: 2025-8-1\n", "x.yaml:3: from: '2025-8-1' is no day such as 2025-08-23"),
        (LEAST + "paths: [news]\n", "x.yaml:3: paths: 'news' does not begin with / or *"),
        (LEAST + "json: {at: props}\n", "x.yaml:3: json: needs select: the script element"),
        (LEAST + "items: {body: p}\n", "x.yaml:3: items: needs either select or link"),
        (LEAST + "items: {link: a, select: li}\n", "x.yaml:3: items: needs either select or link"),
        (LEAST + "items: li\n", "x.yaml:3: items: must hold keys and values"),
        (LEAST + "body: main\n", "x.yaml:3: body: stands here twice"),
        (LEAST + "layouts:\n  - {boby: p}\n", "x.yaml:4: boby: no such key here; there are body,"),
        ("hosts: [news.example\nbody: p\n", "x.yaml:2: file: is no YAML: "),
        ("hosts: *unknown\n", "x.yaml:1: file: is no YAML: "),
    ],
)
def test_a_mistake_names_its_place(text: str, mistake: str) -> None:
    """File, line, key and reason."""
    with pytest.raises(RuleError) as caught:
        rules.parse(text, "x.yaml")
    assert any(one.startswith(mistake) for one in caught.value.mistakes), caught.value.mistakes


def test_all_mistakes_at_once() -> None:
    """One look at the message is enough to mend the file; what variants share is told once."""
    text = LEAST + "drop: ['a[']\ntitel: h1\nlayouts:\n  - {until: soon}\n  - {cut: ['+']}\n"
    with pytest.raises(RuleError) as caught:
        rules.parse(text, "x.yaml")
    assert [one.split(": ")[0:2] for one in caught.value.mistakes] == [
        ["x.yaml:3", "drop"],
        ["x.yaml:4", "titel"],
        ["x.yaml:6", "until"],
        ["x.yaml:7", "cut"],
    ]


def test_load_reads_a_folder(tmp_path: Path) -> None:
    """Every YAML file there; all mistakes of all files in one error, a host that two files claim among them."""
    (tmp_path / "a.example.yaml").write_text("hosts: [a.example, www.a.example]\nbody: p\n")
    (tmp_path / "b.example.yaml").write_text("hosts: [b.example]\nbody: p\n")
    (tmp_path / "notes.txt").write_text("not a rule")
    assert {host: rule.name for host, rule in rules.load(tmp_path).items()} == {
        "a.example": "a.example",
        "b.example": "b.example",
    }
    (tmp_path / "c.example.yaml").write_text("hosts: [www.b.example]\nbody: p\n")
    (tmp_path / "d.example.yaml").write_bytes(b"hosts: [\xff]")
    (tmp_path / "e.example.yaml").write_text("hosts: [e.example]\n")
    with pytest.raises(RuleError) as caught:
        rules.load(tmp_path)
    assert [one.split(":")[0] for one in caught.value.mistakes] == [
        "c.example.yaml",
        "d.example.yaml",
        "e.example.yaml",
    ]
    assert "b.example is already read by b.example.yaml" in caught.value.mistakes[0]


def test_a_rule_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    """Hosts are known at once, wherever they stand in the file; a mistake in one file costs no other site."""
    (tmp_path / "a.example.yaml").write_text("# why\nhosts: [a.example, WWW.B.example]\nbody: p\n")
    (tmp_path / "c.example.yaml").write_text("hosts: c.example\nbody: p\n")
    (tmp_path / "d.example.yaml").write_text("body: p\nhosts: [d.example]\n")
    (tmp_path / "e.example.yaml").write_text("hosts:\n  - e.example\nbody: p\n")
    whole = rules.load(tmp_path)
    (tmp_path / "f.example.yaml").write_text("hosts: [f.example]\nboody: p\n")
    sites = rules.lazily(tmp_path)
    assert set(sites) == {*whole, "f.example"}
    assert {host: sites[host] for host in whole} == dict(whole)
    assert sites["a.example"] is sites["b.example"]
    with pytest.raises(RuleError, match=r"f\.example\.yaml:2: boody"):
        rules.match(sites, "https://f.example/")


@pytest.mark.parametrize("text", ["hosts: [a.example\n", "", "hosts:\n", "- a\n", "body: p\n"])
def test_a_file_that_names_no_hosts_is_a_mistake_at_once(tmp_path: Path, text: str) -> None:
    """Nobody could ever ask for it."""
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(RuleError, match=r"x\.yaml:\d"):
        rules.lazily(tmp_path)


def test_the_installed_rules_hold_no_mistake() -> None:
    """What is asked for one by one is what is read all at once."""
    assert dict(rules.installed()) == dict(rules.load())


MADE = (
    "css-1x2y3z css-vurnku sc-bdVaJa sc-1abcd2e-0 jss12 Foo_bar__3hFk2 svelte-1abcde astro-j7pv25f6 _3xYzQ "
    "post-5f3e2a9c1b Article-module--body--2fGhX jsx-3810574917 makeStyles-root-12 MuiBox-root-123 styles_body__x7Kd9"
)
GIVEN = (
    "col-md-12 article-body2 h2 b1280 wp-block-24 ue-c-article__media-source article__bodyText storyBody isOpen "
    "u-mt-2xl video-1080p ad300x250 mpu-300x250 js-article__body m-detail--body sc-article postid-1234567890 H2Title "
    "gridCol3 o-heading--L3 textMD16 t3n-article iFrameWrapper b-article__body--v2 a2a_kit sz-teaser__overline-title"
)


@pytest.mark.parametrize("name", MADE.split())
def test_names_of_build_tools_are_refused(name: str) -> None:
    """They change with every release of a site, so a rule that relies on them is broken before long."""
    assert made_up(f"div.{name} > p") == made_up(f'[class~="{name}"]') == made_up(f"#{name}") == name


@pytest.mark.parametrize("name", GIVEN.split())
def test_names_that_people_give_are_not(name: str) -> None:
    """Figures at the end, sizes and words joined by capitals are no hashes."""
    assert made_up(f"div.{name} > p") is made_up(f'[class~="{name}"]') is None


@pytest.mark.parametrize(
    "selector", ['[class*="Foo_bar__"]', "[class^=Story-module--body]", '[data-id="5f3e2a9c1b"]', "a[href*='.1x2y3']"]
)
def test_the_lasting_part_of_a_name_may_be_relied_on(selector: str) -> None:
    """What stands before the hash, and what is no name at all."""
    assert made_up(selector) is None


def test_the_revision_names_the_content() -> None:
    """Comments, order and spelling of the YAML change nothing; a selector does."""
    plain = rules.parse(LEAST, "x.yaml")
    assert rules.parse("# why\nbody: 'article'\nhosts:\n  - news.example\n", "x.yaml").revision == plain.revision
    assert rules.parse(LEAST + "drop: .ad\n", "x.yaml").revision != plain.revision
    assert len(plain.revision) == 12


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/x", "exact"),
        ("https://www.a.example/", "exact"),
        ("HTTP://WWW.A.Example:8080/x?y", "exact"),
        ("https://a.example./x", "exact"),
        ("https://sub.a.example/x", "pattern"),
        ("https://deep.sub.a.example/x", "longer"),
        ("https://b.a.example.org/", None),
        ("https://[broken/", None),
        ("not an address", None),
    ],
)
def test_match(url: str, name: str | None) -> None:
    """The very host first, then the longest pattern; `www.` makes no difference."""
    hosts = {"exact": "www.a.example", "pattern": '"*.a.example"', "longer": '"*.sub.a.example"'}
    made = [rules.parse(f"hosts: [{host}]\nbody: p", f"{name}.yaml") for name, host in hosts.items()]
    sites = {rule.hosts[0].removeprefix("www."): rule for rule in made}
    found = rules.match(sites, url)
    assert (found.name if found else None) == name


def test_installed_rules_travel_to_workers() -> None:
    """All of them load without a mistake, can be pickled, and are known by more than one host where a site has more."""
    sites = rules.installed()
    assert pickle.loads(pickle.dumps(dict(sites))) == dict(sites)
    assert {hash(rule) for rule in sites.values()}
    named = {"blogspot.com", "daily8.com", "essanews.com", "rt.com", "scmp.com", "tass.com"}
    assert named <= {rule.name for rule in sites.values()}
    assert sites["dailywrap.ca"] is sites["essanews.com"]


def test_variants_add_up_what_is_no_text() -> None:
    """A layout takes over what stands above it: its keys replace, its drops and furniture are added."""
    text = LEAST + "title: h1\ndrop: .ad\nlayouts:\n  - {body: main, drop: [.share]}\n  - {title: h2}\n"
    first, second = rules.parse(text, "x.yaml").layouts
    assert (first.piece.body[0].select, first.piece.title[0].select) == ("main", "h1")
    assert first.piece.drop == (".ad", ".share")
    assert (second.piece.body[0].select, second.piece.title[0].select) == ("article", "h2")
    assert second.piece.drop == (".ad",)


def test_yaml_keeps_words_as_words() -> None:
    """`no`, `on` and `12:30` are what the author wrote."""
    piece = rules.parse("hosts: [a.no]\nbody: on\nfurniture: [no, 12:30]\n", "x.yaml").layouts[0].piece
    assert piece.body[0].select == "on"
    assert all(pattern.match(word) for pattern, word in zip(piece.furniture, ["no", "12:30"], strict=True))


DOCUMENT = Path(__file__).parents[2] / "docs" / "adding-a-site.md"


def test_the_document_knows_the_format() -> None:
    """Each example of docs/adding-a-site.md is a rule that loads, and each key has its place there."""
    text = DOCUMENT.read_text("utf-8")
    examples = [block for block in re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL) if "hosts:" in block]
    assert len(examples) >= 4
    for example in examples:
        rules.parse(example, "example.yaml")
    for key in (*RULE_KEYS, *PLACE_KEYS, *LINE_GROUPS):
        assert f"`{key}`" in text, key
