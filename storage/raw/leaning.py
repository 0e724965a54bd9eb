"""Which reference a new body leans on, and when it becomes one itself. Knows no file: values in, values out.

A star and never a chain: a reference stands alone. Several of one `like` are alive at once, for a site has more than
one layout; each is tried until one will do. A page that drifts away from its reference costs more than those before it
did; what it costs too much is summed up, never below nothing, and when the sum would have paid for a new reference,
there is one (CUSUM: E. S. Page, Continuous Inspection Schemes, Biometrika 41, 1954).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from storage.raw.packing import pack

ALIVE = 4  # references of one `like`
MOST = 500  # bodies that lean on one: what is lost with it, and has to be packed anew when it is removed
SHORTEST, LONGEST = 1 << 10, 1 << 24  # bytes of a body that others may lean on
WELL = 16  # a body this many times smaller is well packed, whatever it would be alone
SLACK = 1.25  # of the mean, which is no drift yet: pages are not equally long


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
        """Bytes that a body of its kind may cost. Its own are in the mean: to be replaced has to pay."""
        return SLACK * self.packed / self.bodies


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
    best: tuple[bytes, Reference] | None = None
    for each in alive:
        if not (prefix := content(each)):
            continue
        data = pack(body, prefix)
        if best is None or len(data) < len(best[0]):
            best = data, each
        if _well(body, data) and len(data) <= each.usual:
            break
    leads = SHORTEST <= len(body) <= LONGEST
    return _judged(body, *best, leads) if best else Packed(pack(body), leads=leads)


def _judged(body: bytes, data: bytes, on: Reference, leads: bool) -> Packed:
    """As it leans best, unless it had better be a reference itself. What it would be alone is asked only in doubt."""
    after = on.after(len(data), on.usual)
    if _well(body, data) and not after.excess and after.bodies <= MOST:
        return Packed(data, after)
    alone = pack(body)
    if not _well(body, data):
        after = on.after(len(data), min(on.usual, len(alone) / 2))
    if leads and (after.excess > len(alone) - len(data) or after.bodies > MOST):
        return Packed(alone, leads=True)
    return Packed(data, after) if len(data) < len(alone) else Packed(alone)


def _well(body: bytes, data: bytes) -> bool:
    return len(data) * WELL <= len(body)
