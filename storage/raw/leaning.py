"""Which reference a new body leans on, and when it becomes one itself. Knows no file: values in, values out.

A star and never a chain: a reference stands alone. Several of one `like` are alive at once, for a site has more than
one layout; each is tried until one will do. A page that drifts away from its reference costs more than those before it
did; what it costs too much is summed up, never below nothing, and when the sum would have paid for a new reference,
there is one (CUSUM: E. S. Page, Continuous Inspection Schemes, Biometrika 41, 1954).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from storage.raw.packing import pack

ALIVE = 4  # references of one `like`
MOST = 500  # bodies that lean on one: what is lost with it, and has to be packed anew when it is removed
SHORTEST, LONGEST = 1 << 10, 1 << 24  # bytes of a body that others may lean on
WELL = 16  # a body this many times smaller is well packed, whatever it would be alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A body that new ones may lean on, and what has leaned on it so far, itself included."""

    sha256: str
    bodies: int = 1
    packed: int  # bytes of all of them
    excess: int = 0  # bytes that the last ones cost too much
    used: int = 0  # greater: later

    def after(self, packed: int, limit: float) -> "Reference":
        """With one more, that should not have been larger than `limit`."""
        excess = max(0, self.excess + packed - int(limit))
        return replace(self, bodies=self.bodies + 1, packed=self.packed + packed, excess=excess)

    @property
    def usual(self) -> float:
        """Bytes that a body on it may cost: the mean, its own included, for whatever takes its place costs as much."""
        return self.packed / self.bodies


@dataclass(frozen=True, slots=True)
class Packed:
    """A body as it is kept. `on`: the reference it leans on, as it is now; None: it stands alone.

    leads: it stands alone, and others may lean on it.
    """

    data: bytes
    on: Reference | None = None
    leads: bool = False


def lean(body: bytes, alive: Sequence[Reference], content: Callable[[Reference], bytes]) -> Packed:
    """Pack a body on the best of the references, tried in their order until one will do, or alone.

    content: the bytes of a reference; none when they cannot be read.
    """
    best, alone = None, _Alone(body)
    for each in alive:
        if not (prefix := content(each)):
            continue
        data = pack(body, prefix)
        if best is None or len(data) < len(best[0]):
            best = data, each
        if _well(body, data) or len(data) <= _limit(each, alone):
            break
    leads = SHORTEST <= len(body) <= LONGEST
    return _judged(body, *best, alone, leads) if best else Packed(alone.data, leads=leads)


def _judged(body: bytes, data: bytes, on: Reference, alone: "_Alone", leads: bool) -> Packed:
    """As it leans best, unless it had better be a reference itself."""
    after = on.after(len(data), on.usual if _well(body, data) else _limit(on, alone))
    if _well(body, data) and not after.excess and after.bodies <= MOST:
        return Packed(data, after)
    if leads and (after.excess > len(alone.data) - len(data) or after.bodies > MOST):
        return Packed(alone.data, leads=True)
    return Packed(data, after) if len(data) < len(alone.data) else Packed(alone.data)


def _well(body: bytes, data: bytes) -> bool:
    return len(data) * WELL <= len(body)


def _limit(each: Reference, alone: "_Alone") -> float:
    """Bytes past which it was no good to lean on this one."""
    return min(each.usual, len(alone.data) / 2)


@dataclass
class _Alone:
    """The frame of a body that leans on nothing. Most bodies are packed without asking for it."""

    body: bytes

    @cached_property
    def data(self) -> bytes:
        return pack(self.body)
