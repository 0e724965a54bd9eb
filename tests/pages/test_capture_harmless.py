"""Whatever a page is, what is shown of it runs, loads, sends and leads to nothing."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.extract.charset import decode
from collector.extract.harmless import harmless
from collector.extract.harmless_style import without_loads
from tests.pages.hostile import ATTACKS

FORBIDDEN = re.compile(
    r"applet|area|audio|base|button|canvas|embed|fencedframe|form|frame|frameset|iframe|image|input|isindex|link|math|"
    r"noembed|noframes|noscript|object|param|plaintext|portal|script|select|source|svg|template|textarea|track|video|xmp"
)
ALLOWED = frozenset(("src", "style", "title"))
LEADS = re.compile(
    r"on.*|.*href|.*src.*|action|formaction|background|cite|classid|codebase|data|form|http-equiv|is|longdesc|manifest|"
    r"name|nonce|ping|poster|popover.*|profile|slot|style|target|usemap|xmlns.*"
)
INLINE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)[;,]", re.IGNORECASE)
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")


class Faults(HTMLParser):
    """What another parser than ours finds in a page that should not be there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._style = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"
        given = dict(attrs)
        if FORBIDDEN.fullmatch(tag) or (tag == "meta" and set(given) > {"charset", "name", "content"}):
            self.faults.append(tag)
        for name, value in attrs:
            if tag != "meta" and LEADS.fullmatch(name) and name not in ALLOWED:
                self.faults.append(name)
            if (name == "src" and not INLINE.match(value or "")) or (name == "style" and loads(value or "")):
                self.faults.append(f"{name}={value}")

    def handle_data(self, data: str) -> None:
        if self._style and loads(data):
            self.faults.append(data)
        self._style = False

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")


def loads(css: str) -> bool:
    """Does a style sheet ask for anything, as a browser reads it: escapes first?"""
    read = ESCAPE.sub(lambda found: chr(int(found[1], 16) % 0x110000), css.replace("\\\\", "_")).lower()
    outside = re.sub(rf"url\(\s*[\"']?{INLINE.pattern}", "", read)
    return re.search(r"(?<![\w-])(?:url|src|image|image-set)\(|@import", outside) is not None


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks(name: str) -> None:
    """None of the hostile pages keeps anything that a browser would act upon."""
    attack = ATTACKS[name]
    made = harmless(decode(attack.body, attack.content_type).text, attack.content_type)
    assert not Faults(made).faults
    assert "Its words" in made or not attack.shown


PARTS = st.sampled_from(
    [
        *("<svg>", "</svg>", "<math>", "<mtext>", "<style>", "</style>", "<noscript>", "</noscript>", "<template>"),
        *("<title>", "</title>", "<textarea>", "</textarea>", "<table>", "<td>", "</table>", "<select>", "<option>"),
        *("<p title='", "'>", '"', ">", "<", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "\x00", "&lt;", "&#60;"),
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src='data:image/gif;base64,AA'>"),
        *("<a href='javascript:alert(1)'>", "<a href=http://evil.test/>", "<iframe srcdoc='<b>'>", "<form action=x>"),
        *("<plaintext>", "<xmp>", "</xmp>", "<base href=x>", "<meta http-equiv=refresh content=0>", "<frameset>"),
        *("<x-y onclick=a>", "<a-b style='a:url(x)'>", "<body onload=a>", "url(x)", "@import 'x'", "\\75 rl(x)"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS | st.text(max_size=5), max_size=25).map("".join))
def test_any_page(html: str) -> None:
    """Whatever stands in it, in whatever order."""
    made = harmless(html)
    assert not Faults(made).faults
    assert not Faults(harmless(made)).faults


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["\\", "75 ", "6", "c", "C", "72", "\\75 ", "\\6c", "url(", "u", "r", "l", "(", "@", "import", "'"]
        )
        | st.sampled_from(
            ["\\0000", "69", "\\2d ", "image", "-set(", "\n", "\t", "\\\\", "</style>", "data:image/png,"]
        ),
        max_size=20,
    ).map("".join)
)
def test_any_style(css: str) -> None:
    """However its names are spelt."""
    made = without_loads(css)
    assert not loads(made)
    assert "</style" not in made


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<p class='a b' id=c>One &amp; <b>two</b></p>", '<p class="a b" id="c">One &amp; <b>two</b></p>'),
        ("<form><label>Name <input></label></form>", "Name "),
        ("<a href='/there' title=mine target=_top>a</a>", '<a title="/there">a</a>'),
        ("<a href='java\tscript:alert(1)' title=mine>a</a>", '<a title="mine">a</a>'),
        ("<img src=http://one.test/a.png alt='A pier'>", '<img alt="A pier">'),
        ("<img src=' data:image/png;base64,AA=='>", '<img src="data:image/png;base64,AA==">'),
        ("<img src='data:image/svg+xml,<svg>'>", "<img>"),
        ("<p style='color: red; background: url(x)'>a</p>", '<p style="color: red; background: gone(x)">a</p>'),
        ("<noscript><p>Without scripts</p></noscript>", "<p>Without scripts</p>"),
        ("<my-story><p>a</p></my-story>", "<my-story><p>a</p></my-story>"),
        ("<textarea><b>a</textarea>", "<pre>&lt;b&gt;a</pre>"),
        ("<math><mi>x</mi></math>", "<span>x</span>"),
        ("<svg><text>a</text></svg>b", "<body>b</body>"),
    ],
)
def test_what_stays(page: str, kept: str) -> None:
    """Words, shape and look stay; an address is told and leads nowhere."""
    assert kept in harmless(page)


def test_deep_pages() -> None:
    """No depth of nesting exhausts anything."""
    assert harmless("<div>" * 5_000 + "words").endswith("</html>")
