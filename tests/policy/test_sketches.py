"""What makes a text a copy of another one, and what does not. The words are ours."""

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.policy.sketches import Triples, related, shares, sketch

FERRY = (
    "The ferry between the two banks of the Alm will stop at the end of the month, its owner said on Tuesday, because "
    "the new bridge has taken nine of ten passengers since it was opened in May. The boat has crossed the river every "
    "half hour since 1921, in war and in flood, and was stopped only once, by ice, for eleven days.\n\n"
    "“I have counted them myself, and on some mornings nobody came but the postman and his bicycle,” the owner said. "
    "“You cannot pay a crew of four with one stamp.” The town has offered to buy the boat and to moor it below the "
    "old customs house, where it could become a café.\n\n"
    "Those who live on the eastern bank are not content. It takes them forty minutes on foot to reach the bridge, "
    "which has no pavement yet, and the bus that was promised with it has been put off until the road is finished. "
    "A teacher who collected eight hundred names said that children would have to be driven to lessons from now on."
)
MARKET = (
    "Stall holders on the eastern bank want their rents halved when the ferry goes, their speaker said on Wednesday. "
    "Of the sixty stalls a third sell to passengers alone, she said, and bread does not wait for a bus. The "
    "market office answered that it would look at the figures of the summer and decide in the new year, not before.\n\n"
    "“I have counted them myself, and on some mornings nobody came but the postman and his bicycle,” the ferry's owner "
    "had said the day before. “You cannot pay a crew of four with one stamp.”"
)
BELOW = "You are reading the morning edition. Write to the desk if you find a mistake, and it is set right at once."
HERONS = (
    "九只苍鹭星期天早上在沼泽地被志愿者看到,他们天亮以前就走到了那里。"
    "自从铁路关闭以后每年冬天都要数一次,今年是二十年来最好的一次。"
)
OTTERS = (
    "看守人说新的芦苇地起了作用,水獭也回来了。"
    "市议会星期一决定明年不再割芦苇,农民们对这个决定并不高兴,他们要求赔偿损失。"
)
BOATS = (
    "月曜日から二隻の船が港の底をさらい始め、町は春まで工事が続くと発表した。"
    "川がまっすぐになってから港は浅くなり、船は潮を待っていた。"
)
THAI = "เรือสองลำเริ่มขุดลอกท่าเรือเมื่อวันจันทร์และสภาเมืองกล่าวว่างานจะดำเนินไปจนถึงฤดูใบไม้ผลิ"
SHORT = "A cow that had walked onto the railway near Alm was led home by the driver of the train on Sunday morning."


def told(seed: int, words: int) -> str:
    """Words by no language, of which no three follow each other twice by more than chance."""
    dice = random.Random(seed)
    return " ".join(f"w{dice.randrange(3000)}" for _ in range(words))


def first(text: str, share: float) -> str:
    words = text.split(" ")
    return " ".join(words[: int(len(words) * share)])


@pytest.mark.parametrize(
    ("text", "copy", "least"),
    [
        (FERRY, FERRY, (1, 1)),
        (FERRY, first(FERRY, 0.3), (0.28, 1)),
        (FERRY, FERRY.replace("the ", "that ", 8).replace("said", "told us"), (0.7, 0.7)),
        (FERRY, f"ALM (Coastal Wire) - {FERRY}\n\nReporting by A. Keel; editing by B. Rudder", (1, 0.9)),
        (FERRY, FERRY.replace("\n\n", " ").replace("“", '"').replace("”", '"'), (1, 1)),
        (FERRY, FERRY.upper(), (1, 1)),
        (f"{MARKET} It's the miller’s.", f"{MARKET} It’s the miller's.", (1, 1)),
        (FERRY, f"{MARKET}\n\n{FERRY}\n\n{told(1, 300)}", (1, 0.2)),
        (SHORT, SHORT.replace("near Alm", "at Alm"), (0.8, 0.8)),
        (HERONS + OTTERS, HERONS, (0.45, 1)),
        (BOATS, BOATS[: len(BOATS) // 2], (0.4, 1)),
        (THAI * 2, THAI, (0.9, 1)),
    ],
)
def test_copies(text: str, copy: str, least: tuple[float, float]) -> None:
    """Cut, retitled, edited, with other lines and signs, put into a longer piece: found, with how much they share."""
    found = shares(Triples(text), Triples(copy))
    assert found is not None
    assert found[0] >= least[0]
    assert found[1] >= least[1]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (FERRY, MARKET),  # one event, one speaker, two reports
        (MARKET.split("\n\n")[1], FERRY),  # nothing but the quotation, and who said it
        (HERONS, OTTERS),
        (HERONS, HERONS[:25] + OTTERS),  # less than half of either
        (f"{told(1, 60)} {BELOW}", f"{told(2, 60)} {BELOW}"),
        (f"{SHORT} {BELOW}", f"The mill at Alm turns again. {BELOW}"),
        ("This is a developing story.", "This is a developing story."),
        ("", ""),
        ("", FERRY),
    ],
)
def test_no_copies(text: str, other: str) -> None:
    """Quotations, a few lines below each article and set phrases are no copy of anything."""
    assert shares(Triples(text), Triples(other)) is None


def test_furniture_is_known_by_the_company_it_keeps() -> None:
    """What makes up half of a short text and stands in three unlike ones is none of its own; a true copy stays one."""
    below = told(0, 60)
    text = Triples(f"{told(1, 55)} {below}")
    others = {n: Triples(f"{told(n, 100 * n)} {below}") for n in (2, 3, 4)}
    assert shares(text, others[2]) is not None
    assert related(text, {2: others[2]})[2] is not None, "by one other nothing can be told"
    assert related(text, others) == dict.fromkeys(others)
    copies = {5: Triples(f"{told(1, 55)} {below}"), 6: Triples(told(1, 55))}
    found = related(text, others | copies)
    assert [key for key, share in found.items() if share] == [5, 6]


def test_three_long_copies_are_no_furniture() -> None:
    """A brief stands in three long pieces, which are one: it is a copy of each."""
    long = told(1, 400)
    others = {n: Triples(f"{long} {told(n, 40)}") for n in (2, 3, 4)}
    assert all(related(Triples(first(long, 0.2)), others).values())


def test_the_same_in_every_process() -> None:
    """Sketches are kept for years: their numbers depend on the text alone."""
    code = f"from collector.policy.sketches import *; print(sketch(Triples({SHORT!r})))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert other.strip() == str(sketch(Triples(SHORT)))
    assert sketch(Triples(SHORT))[0] == 12383530056582


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text(one: str, other: str) -> None:
    """Nothing that can be written raises, and who is asked first makes no difference."""
    found, turned = shares(Triples(one), Triples(other)), shares(Triples(other), Triples(one))
    assert turned == (found and found[::-1])
    numbers = sketch(Triples(one + other))
    assert list(numbers) == sorted(set(numbers))
    assert all(0 <= number < 1 << 48 for number in numbers)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(30, 400), st.floats(0.3, 1), st.integers(0, 900))
def test_a_part_is_found_wherever_it_stands(seed: int, words: int, share: float, more: int) -> None:
    """Whatever is cut from a text and put among other words shares all of itself."""
    part = " ".join(told(seed, words).split()[int(words * (1 - share)) :])
    found = shares(Triples(part), Triples(f"{told(seed + 1, more)} {part} {told(seed + 2, more)}"))
    if len(part.split()) >= 14:
        assert found is not None
        assert found[0] == 1
