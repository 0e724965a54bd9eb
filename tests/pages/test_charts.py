"""The geometry of charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.datasette.charts import Column, bars, scale, told

COUNTS = st.lists(st.lists(st.integers(0, 10**7), min_size=3, max_size=3), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("greatest", "lines"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (96, [0, 50, 100]),
        (3333, [0, 1000, 2000, 3000, 4000]),
        (0.5, [0, 0.2, 0.4, 0.6]),
    ],
)
def test_scale(greatest: float, lines: list[float]) -> None:
    """Lines stand at round numbers, and never between two whole ones."""
    assert scale(greatest) == pytest.approx(lines)


@given(st.one_of(st.integers(0, 10**9), st.floats(0.001, 10**6)))
def test_the_scale_holds_all_and_wastes_little(greatest: float) -> None:
    """It begins at 0, its top is not below the greatest, and at most five lines are drawn."""
    lines = scale(greatest)
    assert lines[0] == 0
    assert max(greatest, 1e-9) <= lines[-1] * (1 + 1e-9)
    assert lines[-2] <= greatest
    assert len(lines) <= 5


@given(COUNTS)
def test_heights_are_as_the_numbers(counts: list[list[int]]) -> None:
    """Boxes stand on each other from the ground, each as high as its number on the scale; nothing is drawn for 0."""
    made = bars("a", "A", [Column(label=str(n), values=values) for n, values in enumerate(counts)], ["x", "y", "z"])
    top = scale(max(map(sum, counts)))[-1]
    for bar, values in zip(made.bars, counts, strict=True):
        assert [box.height for box in bar.boxes] == pytest.approx([100 * value / top for value in values if value])
        grounds = [100.0, *(box.y for box in bar.boxes)]
        assert [box.y + box.height for box in bar.boxes] == pytest.approx(grounds[:-1])
        assert grounds[-1] >= -1e-9
        assert 0 <= bar.x < bar.left < bar.left + bar.filled < bar.x + bar.width <= 100 + 1e-9


def test_words() -> None:
    """A bar says its numbers, the uppermost first; the picture says its sum and its greatest."""
    columns = [Column(label="1 March", values=[1, 2]), Column(label="2 March", values=[0, 1200])]
    made = bars("a", "A", columns, ["one.test", "two.test"])
    assert [bar.told for bar in made.bars] == ["1 March: 3\ntwo.test 2\none.test 1", "2 March: 1,200\ntwo.test 1,200"]
    assert made.about == "1,203 in all; the most, 1,200: 2 March."
    (bar,) = bars("a", "A", [Column(label="1 March", values=[4])], ["walls"]).bars
    assert bar.told == "1 March: 4"
    assert bars("a", "A", [], ["walls"]).about == "None."


@pytest.mark.parametrize(("value", "words"), [(0, "0"), (2000, "2,000"), (0.25, "0.25"), (2.0, "2")])
def test_told(value: float, words: str) -> None:
    """Numbers as people read them."""
    assert told(value) == words
