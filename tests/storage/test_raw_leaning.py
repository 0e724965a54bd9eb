"""Which body leans on which: a star and never a chain, whatever comes; renewed when that pays."""

import random
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from storage.raw import DamagedBody, Raw, Stored
from storage.raw.leaning import ALIVE, MOST, Reference, lean
from storage.raw.packing import pack, unpack

AT = datetime(2026, 11, 3, tzinfo=UTC)
HOST = "paper.test"
dice = random.Random(7)


def noise(size: int) -> bytes:
    """Letters that hardly anything makes shorter."""
    return dice.randbytes(size // 2).hex().encode()


FRAMES = [noise(12_000) for _ in range(3)]


def page(frame: bytes, text: bytes | None = None) -> bytes:
    """A page of a layout, with words of its own."""
    return frame[: len(frame) // 2] + (noise(600) if text is None else text) + frame[len(frame) // 2 :]


def put(folder: Path, bodies: Iterable[bytes], like: str = HOST) -> list[Stored]:
    """What becomes of bodies that come one after the other."""
    with closing(Raw(folder)) as raw:
        with raw.transaction():
            digests = [raw.put(body, AT, like) for body in bodies]
        rows = {each.sha256: each for each in raw.stored("2026-11")}
    return [rows[digest] for digest in digests]


bodies = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda frame, text: page(FRAMES[frame], text), st.integers(0, 2), st.binary(max_size=400)),
    st.builds(lambda seed, size: random.Random(seed).randbytes(size), st.integers(0, 5), st.integers(0, 5000)),
)


@settings(max_examples=60, deadline=None)
@given(body=bodies, reference=bodies)
def test_a_frame_gives_its_body_back(body: bytes, reference: bytes) -> None:
    """Whatever leans on whatever; leaning on something else it does not."""
    assert unpack(pack(body, reference), reference) == body


class Month(RuleBasedStateMachine):
    """Bodies are put, some of them in vain, and removed, in any order, by any number of runs."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.raw = Raw(Path(self.folder.name))
        self.kept: dict[str, bytes] = {}

    @rule(some=st.lists(st.tuples(bodies, st.sampled_from(["", "a.test", "b.test"])), max_size=6), fails=st.booleans())
    def put(self, some: Sequence[tuple[bytes, str]], fails: bool) -> None:
        try:
            with self.raw.transaction():
                put = {self.raw.put(body, AT, like): body for body, like in some}
                if fails:
                    raise KeyError
        except KeyError:
            return
        self.kept |= put

    @rule(place=st.integers(0, 20), number=st.integers(1, 3))
    def remove(self, place: int, number: int) -> None:
        gone = sorted(self.kept)[place : place + number]
        with self.raw.transaction():
            self.raw.remove("2026-11", gone)
        for each in gone:
            del self.kept[each]

    @rule()
    def open_anew(self) -> None:
        self.raw.close()
        self.raw = Raw(Path(self.folder.name))

    @invariant()
    def all_is_there(self) -> None:
        if not hasattr(self, "raw"):
            return
        rows = list(self.raw.stored("2026-11")) if "2026-11" in self.raw.months() else []
        assert {each.sha256 for each in rows} == self.kept.keys()
        alone = {each.sha256 for each in rows if each.reference is None}
        assert {each.reference for each in rows if each.reference} <= alone
        assert {each: self.raw.get(each, AT) for each in self.kept} == self.kept

    def teardown(self) -> None:
        self.raw.close()
        self.folder.cleanup()


Month.TestCase.settings = settings(max_examples=20, stateful_step_count=10, deadline=None)
TestMonth = Month.TestCase
TestMonth.__doc__ = "After any history every body that was put is there, and no reference leans itself."


def test_pages_lean_on_the_first_of_their_like(tmp_path: Path) -> None:
    """It stands alone, the next ones take little more than their own words; those of another like start anew."""
    first, *others = put(tmp_path, [page(FRAMES[0]) for _ in range(5)])
    assert first.reference is None
    assert {each.reference for each in others} == {first.sha256}
    assert max(each.packed for each in others) < first.packed / 8
    assert [each.reference for each in put(tmp_path, [page(FRAMES[0])], "other.test")] == [None]
    assert [each.reference for each in put(tmp_path, [page(FRAMES[0])], "")] == [None]


def test_several_layouts_at_once(tmp_path: Path) -> None:
    """Each page leans on the reference of its layout, however they are mixed."""
    rows = put(tmp_path, [page(FRAMES[number % 3]) for number in range(30)])
    assert [each.reference for each in rows[:3]] == [None] * 3
    assert [each.reference for each in rows[3:]] == [rows[number % 3].sha256 for number in range(3, 30)]


def test_a_redesign_is_a_new_reference(tmp_path: Path) -> None:
    """The first page of the new design, and no other; what leans on the old one stays as it is."""
    rows = put(tmp_path, [page(FRAMES[number // 10]) for number in range(20)])
    assert [number for number, each in enumerate(rows) if each.reference is None] == [0, 10]


def test_drift_renews_and_long_pages_do_not(tmp_path: Path) -> None:
    """A document that becomes another bit by bit leans on younger and younger ones; a long page is no drift."""
    frame, drifting = bytearray(FRAMES[0]), []
    for number in range(100):
        place = number * 120 % len(frame)
        frame[place : place + 120] = noise(120)
        drifting.append(bytes(frame))
    alone = [number for number, each in enumerate(put(tmp_path / "drift", drifting)) if each.reference is None]
    assert 4 <= len(alone) <= 20
    assert max(later - earlier for earlier, later in zip(alone, [*alone[1:], 100], strict=True)) < 40
    mixed = [page(FRAMES[0], noise(8_000 if number % 10 == 5 else 600)) for number in range(50)]
    assert [number for number, each in enumerate(put(tmp_path / "long", mixed)) if each.reference is None] == [0]


def test_small_and_bad_beginnings(tmp_path: Path) -> None:
    """An error page that came first is not leaned on for ever; what is too small is no reference at all."""
    rows = put(tmp_path, [b"403 forbidden", noise(2_000), *(page(FRAMES[0]) for _ in range(5))])
    assert [each.reference for each in rows] == [None] * 3 + [rows[2].sha256] * 4


def test_a_reference_bears_so_many(tmp_path: Path) -> None:
    """What a damaged one takes with it, and what has to be packed anew when it is removed, is bounded."""
    crowded = Reference(sha256="00", bodies=MOST, packed=MOST * 300, used=1)
    assert lean(page(FRAMES[0]), [crowded], lambda _: page(FRAMES[0])).leads
    rows = put(tmp_path, [page(FRAMES[0], b"%d" % number) for number in range(MOST + 2)])
    assert [number for number, each in enumerate(rows) if each.reference is None] == [0, MOST]


def test_the_least_used_retires(tmp_path: Path) -> None:
    """Of one like so many references are alive at most; those that are used stay."""
    layouts = [noise(4_000) for _ in range(ALIVE + 2)]
    order = [0, 1, 2, 3, 0, 4, 0, 5, 0, 1]  # the second has retired when its layout comes back
    rows = put(tmp_path, [page(layouts[number], noise(60)) for number in order])
    assert [each.reference is None for each in rows] == [True] * 4 + [False, True, False, True, False, True]


def test_a_damaged_reference_is_left_alone(tmp_path: Path) -> None:
    """Bodies that lean on it are lost, with a word; new ones are kept all the same, on another."""
    with closing(Raw(tmp_path)) as raw, raw.transaction():
        first, second = raw.put(page(FRAMES[0]), AT, HOST), raw.put(page(FRAMES[0]), AT, HOST)
        raw._months["2026-11"].db.execute("UPDATE bodies SET data = x'00' WHERE sha256 = ?", [first])
    with closing(Raw(tmp_path)) as raw:
        with pytest.raises(DamagedBody, match=f"2026-11.db: body {second}: .*{first}"):
            raw.get(second, AT)
        with raw.transaction():
            third, fourth = raw.put(body := page(FRAMES[0]), AT, HOST), raw.put(page(FRAMES[0]), AT, HOST)
        assert raw.get(third, AT) == body
        rows = {each.sha256: each.reference for each in raw.stored("2026-11")}
        assert (rows[third], rows[fourth]) == (None, third)
