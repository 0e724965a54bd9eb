"""Old charsets through a whole run: from the bytes of servers to the text of the version and the row of the capture."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from collector import sources
from collector.config import Site
from collector.daemon.attention import attention
from storage.records import Capture, Charset, Request
from tests.town import FEED, NOW, Town, feed, link, page

PAGE = "http://e.org/story"
HEAD = "text/html; charset="
STORIES = {
    "ru": (
        "Река вышла из берегов в ночь на понедельник, и старый мост закрыли для машин до конца недели.",
        "Городской совет обещает, что опоры осмотрят водолазы, а школьный автобус пойдёт через соседний посёлок.",
        "Жители правого берега говорят, что вода поднялась за один час, и такого никто из них не помнит.",
    ),
    "cs": (
        "Řeka se v noci na pondělí vylila z břehů a starý most zůstane pro auta uzavřen až do konce týdne.",
        "Městská rada slibuje, že pilíře prohlédnou potápěči, a školní autobus pojede přes sousední vesnici.",
        "Lidé z pravého břehu říkají, že voda stoupla během jediné hodiny a že nic takového nepamatují.",
    ),
    "ja": (
        "月曜日の未明に川があふれ、古い橋は週末まで車の通行ができなくなったと、町の役場が朝の会見で発表した。",
        "町議会は、潜水士が橋脚を調べると約束しており、学校のバスはしばらくの間、隣の村を通って走ることになる。",
        "右岸の住民たちは、水がわずか一時間で上がってきた、こんなことは誰の記憶にもないと口をそろえて話している。",
    ),
    "zh": (
        "星期一凌晨河水漫过堤岸，老桥在本周末之前不再让汽车通过，镇政府在上午的会上这样告诉大家，并且请居民绕行。",
        "镇议会答应请潜水员检查桥墩，学校的班车这几天改走邻村的那条路，每天早上要比平时提前半个小时出发。",
        "住在右岸的人们说，河水只用了一个小时就涨了上来，这样的事情谁也不记得从前发生过，连最老的渔民也没有见过。",
    ),
    "ko": (
        "월요일 새벽에 강물이 둑을 넘어 오래된 다리는 이번 주말까지 자동차가 다닐 수 없게 되었다고 군청이 밝혔다.",
        "군의회는 잠수부들이 교각을 살펴볼 것이라고 약속했고, 학교 버스는 당분간 이웃 마을을 지나 다니게 된다.",
        "오른쪽 강변에 사는 사람들은 물이 한 시간 만에 불어났으며 이런 일은 누구도 기억하지 못한다고 말한다.",
    ),
}


@dataclass
class OldTown(Town):
    """A town whose servers send bytes of any charset, and say of them what they like."""

    served: dict[str, tuple[bytes, str | None]] = field(default_factory=dict)
    charset: str | None = None  # of its host, as config.yaml says it

    def __post_init__(self) -> None:
        super().__post_init__()
        self.config = self.config.model_copy(update={"sites": {"e.org": Site(charset=self.charset)}})

    async def get(self, request: Request) -> Capture:
        body, said = self.served[request.url]
        headers = (("content-type", said),) if said else ()
        return Capture(
            url=request.url, final_url=request.url, fetched_at=self.now, status=200, headers=headers, body=body
        )

    def read_as(self) -> list[tuple[str, str, int]]:
        """How the captures were read, the feed first."""
        rows = self.archive.rows("SELECT charset, charset_by, replaced FROM captures ORDER BY id")
        return [(row["charset"], row["charset_by"], row["replaced"]) for row in rows]


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Callable[..., OldTown]]:
    made: list[OldTown] = []

    def make(served: dict[str, tuple[bytes, str | None]], charset: str | None = None) -> OldTown:
        made.append(OldTown(tmp_path, {}, served=served, charset=charset))
        return made[-1]

    yield make
    for each in made:
        each.archive.close()
        each.raw.close()


def story(language: str, meta: str = "") -> str:
    text = STORIES[language]
    return page(text[0][:24], text, f"<meta charset='{meta}'>" if meta else "")


def announcing(*urls: str) -> bytes:
    return feed(*map(link, urls)).encode()


@pytest.mark.parametrize(
    ("language", "written", "header", "meta", "host", "charset", "by"),
    [
        ("ru", "cp1251", "windows-1251", "", None, "cp1251", "header"),
        ("ru", "koi8-r", "utf-8", "koi8-r", None, "koi8-r", "meta"),
        ("ru", "cp866", "windows-1251", "windows-1251", "ibm866", "cp866", "host"),
        ("ru", "utf-16", "windows-1251", "utf-8", None, "utf-16-le", "bom"),
        ("ru", "utf-16-be", "utf-8", "", None, "utf-16-be", "valid"),
        ("cs", "cp1250", "", "windows-1250", None, "cp1250", "meta"),
        ("cs", "iso8859-2", "windows-1250", "", "iso-8859-2", "iso8859-2", "host"),
        ("cs", "utf-8", "windows-1250", "windows-1250", "windows-1250", "utf-8", "valid"),
        ("ja", "cp932", "utf-8", "Shift_JIS", None, "cp932", "meta"),
        ("ja", "euc_jp", "EUC-JP", "", None, "euc_jp", "header"),
        ("ja", "iso2022_jp", "", "", None, "iso2022_jp", "valid"),
        ("zh", "gb18030", "gb2312", "", None, "gb18030", "header"),
        ("ko", "cp949", "", "euc-kr", None, "cp949", "meta"),
    ],
)
async def test_a_page_of_the_old_web(
    old: Callable[..., OldTown],
    language: str,
    written: str,
    header: str,
    meta: str,
    host: str | None,
    charset: str,
    by: str,
) -> None:
    """Its words arrive whole, and the capture tells how they were read."""
    body = story(language, meta).encode(written)
    here = old({FEED: (announcing(PAGE), None), PAGE: (body, HEAD + header if header else None)}, host)
    await here.run()
    assert here.archive.value("SELECT text FROM versions") == "\n\n".join(STORIES[language])
    assert here.read_as()[1] == (charset, by, 0)
    assert here.raw.get(here.archive.value("SELECT sha256 FROM captures WHERE via = 'visit'"), NOW) == body


@pytest.mark.parametrize(
    ("written", "declared", "header", "host", "read_as"),
    [
        ("cp1251", "windows-1251", None, None, ("cp1251", "meta", 0)),
        ("cp1251", "utf-8", "text/xml; charset=utf-8", "windows-1251", ("cp1251", "host", 0)),
        ("utf-16", "utf-16", "text/xml", None, ("utf-16-le", "bom", 0)),
        ("utf-8", "windows-1251", "text/xml", None, ("utf-8", "valid", 0)),
    ],
)
async def test_a_feed_of_the_old_web(
    old: Callable[..., OldTown],
    written: str,
    declared: str,
    header: str | None,
    host: str | None,
    read_as: tuple[str, str, int],
) -> None:
    """The document of a source is read by the same rules, and its capture tells it, too."""
    said = f'<?xml version="1.0" encoding="{declared}"?>' + feed(f"<title>Мост закрыт</title>{link(PAGE)}")
    here = old({FEED: (said.encode(written), header), PAGE: (story("cs", "utf-8").encode(), None)}, host)
    await here.run()
    assert here.archive.value("SELECT title FROM entries") == "Мост закрыт"
    assert here.read_as()[0] == read_as


def test_a_feed_with_one_broken_byte() -> None:
    """It costs one letter, not all of them."""
    said = feed(f"<title>{'Мост закрыт. ' * 9}\ufffd</title>{link(PAGE)}").encode().replace(b"\xef\xbf\xbd", b"\xff")
    found = sources.parse(said, FEED, fetched_at=NOW)
    assert found.entries[0].title == f"{'Мост закрыт. ' * 9}\ufffd"
    assert found.charset == Charset(codec="utf-8", by="valid", replaced=1)


async def test_a_host_whose_pages_are_garbled(old: Callable[..., OldTown]) -> None:
    """Many unreadable characters on many pages are named, with what to do, for some days."""
    written = {"ru": "cp1251", "cs": "cp1250", "zh": "gb18030"}
    served = {f"{PAGE}-{each}": (story(each).encode(codec), None) for each, codec in written.items()}
    here = old({FEED: (announcing(*served), None)} | served, "utf-8")  # the operator is wrong
    await here.run()
    (sign,) = (each for each in attention(here.archive, here.now) if each.kind == "garbled")
    lost = sum(replaced for _, _, replaced in here.read_as())
    assert lost > 300
    assert sign.text == f"e.org: {lost:,} characters could not be read on 3 of its last 3 pages, the last one as utf-8"
    assert "`charset` in `sites`" in sign.advice
    assert attention(here.archive, here.now + timedelta(days=4)) == []


async def test_a_torn_word_on_each_page_is_no_sign(old: Callable[..., OldTown]) -> None:
    """A teaser that a site cuts in the middle of a letter is counted, and no more."""
    served = {f"{PAGE}-{each}": (story(each).encode() + b"<p>\xc5</p>" * 4, None) for each in STORIES}
    here = old({FEED: (announcing(*served), None)} | served)
    await here.run()
    assert here.read_as()[1:] == [("utf-8", "valid", 4)] * len(STORIES)
    assert attention(here.archive, here.now) == []
