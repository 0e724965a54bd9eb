"""
The state of the walk through a site's listings: what is under way, what was tried. Knows no page.

A listing is a run; its archives by date are a run each day or month. A run ends, or turns its pages by number (what it
knows is kept here) or along next links (what it knows stands in its next step).
"""

from dataclasses import dataclass, field
from typing import Any

from collector.ways import numbered
from collector.ways.listing_address import Numbering
from collector.ways.listing_chain import Along, Ended
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step

FORMS = {
    "number": "numbered pages",
    "day": "an archive of days",
    "month": "an archive of months",
    "archive": "an archive",
    "next": "pages with a next link",
}
_ANSWERED = (200, 400, 404, 410)  # a page, or that there is none of this number


@dataclass(slots=True)
class Walk:
    """What `follow` remembers, and what it gathers for its moves."""

    open: int = 0  # runs
    short: bool = False  # one of those that ended did not go back to the first day
    paged: dict[str, dict[str, Any]] = field(default_factory=dict)  # runs by number: notes, addresses
    tried: dict[str, dict[str, Any]] = field(default_factory=dict)  # of a listing: its first page, ways taken from it
    steps: list[Step] = field(default_factory=list)
    form: str = ""
    why: str = ""

    @classmethod
    def load(cls, notes: Notes) -> "Walk":
        return cls(**{name: notes[name] for name in ("open", "short", "paged", "tried") if name in notes})

    def moves(self) -> Moves:
        notes = {"open": self.open, "short": self.short, "paged": self.paged, "tried": self.tried}
        over = self.open == 0
        reached = True if over and not self.short else None
        return Moves(steps=tuple(self.steps), notes=notes, over=over, reached=reached, form=self.form, why=self.why)

    def ask(self, url: str, kind: str, run: str, **more: Any) -> None:
        """`kind`: which function of `listing` reads the answer."""
        self.steps.append(Step(url=url, reads="listing", place={"as": kind, "run": run, **more}))

    def ends(self, run: str, reached: bool | None, why: str = "") -> None:
        self.open -= 1
        self.short = self.short or reached is not True
        self.paged.pop(run, None)
        self.tried.pop(run, None)
        self.why = why or self.why

    def back(self, run: str) -> bool:
        """What was taken leads nowhere: the first page is asked for again, if it offered more."""
        known = self.tried.get(run)
        if known is None or not known["more"]:
            return False
        self.ask(f"{known['url']}{numbered.AGAIN}{len(known['by'])}", "start", run)
        return True

    def number(self, run: str, first: str, made: Numbering, leaf: Leaf, span: Span) -> None:
        """Turn pages by number. `leaf`: what the first of them says, whose address is `first`."""
        self.paged[run] = {"first": first, "numbering": made.dump(), "notes": numbered.begin().notes}
        self.turned(run, leaf, span)

    def turned(self, run: str, leaf: Leaf, span: Span) -> None:
        """After a numbered page: the one that is asked for next."""
        kept = self.paged[run]
        turn = numbered.follow(kept["notes"], leaf, span)
        if turn.page is None:
            self._out(run, turn.reached, turn.why, leaf)
            return
        kept["notes"] = dict(turn.notes)
        url = kept["first"] if turn.page == 1 else Numbering(**kept["numbering"]).url(turn.page)
        self.ask(url + turn.mark, "page", run)

    def along(self, run: str, known: Along, leaf: Leaf, span: Span) -> None:
        """After a page with a next link, or without one."""
        after = known.after(leaf, span)
        if isinstance(after, Ended):
            self._out(run, after.reached, after.why, leaf)
        else:
            assert leaf.next is not None
            self.ask(leaf.next, "next", run, along=after.dump())

    def _out(self, run: str, reached: bool | None, why: str, leaf: Leaf) -> None:
        """There are no more pages. Those of a day or a month need not go further back than they do."""
        whole = piece_of(run) and leaf.status in _ANSWERED
        self.ends(run, *((True, "") if whole else (reached, why)))


def piece_of(run: str) -> str:
    """The address of the day or the month that a run reads; "" of a listing's own."""
    return run.partition(" ")[2]
