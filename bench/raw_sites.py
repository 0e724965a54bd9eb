"""Made-up sites through a month, page by page: random words in random frames, always the same ones."""

from collections.abc import Iterator, Sequence
from random import Random

PAGES = 400
FRAME = 100_000  # bytes of a page around its article
ROWS = 40  # items of a feed


def sites() -> Iterator[tuple[str, list[bytes]]]:
    """What happens to a site, and its pages in their order."""
    yield "stable", _pages()
    yield "another row of its frame each page", _pages(drift=1)
    yield "five rows of it each page", _pages(drift=5)
    yield "redesigned every hundred pages", _pages(redesign=100)
    yield "three layouts", _pages(layouts=3)
    yield "a feed, polled ten times an item", _feed(0.1)
    yield "a feed, polled once an item", _feed(1.0)


def _pages(*, drift: int = 0, redesign: int = PAGES, layouts: int = 1) -> list[bytes]:
    dice = Random(1)
    frames, made = [], []
    for number in range(PAGES):
        if number % redesign == 0:
            frames = [_frame(dice) for _ in range(layouts)]
        for frame in frames:
            for _ in range(drift):
                frame[dice.randrange(len(frame))] = _row(dice)
        made.append(_page(dice, dice.choice(frames)))
    return made


def _page(dice: Random, frame: Sequence[str]) -> bytes:
    """An article of 600 words in the mean, some of them several times that, and a list of other stories."""
    words = int(400 * dice.lognormvariate(0, 0.7))
    text = "".join(f"<p>{_words(dice, 40)}</p>\n" for _ in range(words // 40 + 1))
    others = "".join(f'<li><a href="/{dice.getrandbits(40)}">{_words(dice, 8)}</a></li>\n' for _ in range(15))
    half = len(frame) // 2
    return "".join([*frame[:half], f"<h1>{_words(dice, 9)}</h1>\n", text, others, *frame[half:]]).encode()


def _feed(news: float) -> list[bytes]:
    """news: the probability of another item at each poll. What tells the time differs in each."""
    dice = Random(2)
    items = [_item(dice) for _ in range(ROWS)]
    made = []
    for number in range(PAGES):
        items = [_item(dice), *items[:-1]] if dice.random() < news else items
        made.append(f"<rss><channel><lastBuildDate>{number}</lastBuildDate>{''.join(items)}</channel></rss>".encode())
    return made


def _item(dice: Random) -> str:
    link = f"https://paper.test/{dice.getrandbits(40)}"
    title, text = _words(dice, 9), _words(dice, 60)
    return f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>\n"


def _frame(dice: Random) -> list[str]:
    rows, size = [], 0
    while size < FRAME:
        rows.append(_row(dice))
        size += len(rows[-1])
    return rows


def _row(dice: Random) -> str:
    link = f'<a href="/{dice.getrandbits(32)}">{_words(dice, dice.randint(2, 8))}</a>'
    return f'<div class="{_words(dice, 2)}" data-id="{dice.getrandbits(64):x}">{link}</div>\n'


def _words(dice: Random, number: int) -> str:
    return " ".join(dice.choices(_WORDS, k=number))


def _vocabulary() -> list[str]:
    dice = Random(0)
    return ["".join(dice.choices("abcdefghijklmnoprstuvw", k=dice.randint(2, 10))) for _ in range(6000)]


_WORDS = _vocabulary()
