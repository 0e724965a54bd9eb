"""
Text -> text in made-up words, in which the words that a reader of the page looks for still stand. Knows no markup.

A word stays when something would be read otherwise without it: a pattern of the site's rule, a phrase of furniture, a
date, the sign of a byline or of a picture's credit. All others go.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from collector.casebook.words import reword, tokens
from collector.extract import captions, dates, names
from collector.extract.boxes import tidy
from collector.extract.phrases import is_furniture

_LONGEST = 250  # characters of a text that can be a date, a byline or a credit
_SHORT = 60  # characters of a text that may be the site's name in other letters
_FIGURES = re.compile(r"[\d\s:.,/+TZ-]+")
_NUMBER = re.compile(r"\d")
Reading = Callable[[str], Hashable]
Span = tuple[int, int]  # where a word begins and ends
Spans = frozenset[Span]


@dataclass(slots=True, kw_only=True)
class Standing:
    """
    Rewords the texts of one page, and remembers what it was given and what it let stand.

    `patterns`: of the site's rule; `now`, `language`: of its dates; `publisher`: names of the site, which stay.
    """

    patterns: tuple[re.Pattern[str], ...] = ()
    now: datetime | None = None
    language: str | None = None
    publisher: tuple[str, ...] = ()
    given: dict[tuple[str, bool], str] = field(default_factory=dict)  # every text -> what became of it
    phrases: set[str] = field(default_factory=set)  # runs of words that were left standing
    words: set[str] = field(default_factory=set)  # in small letters: these stay wherever they are

    def text(self, text: str, *, byline: bool = False, parts: Iterable[Span] = ()) -> str:
        """`text` in made-up words, as long as it was. `byline`: writers are named in it; `parts`: read alone, too."""
        glued = [edge for part in parts for edge in part if re.match(r"\d\d", text[max(edge - 1, 0) : edge + 1])]
        if edge := next(iter(glued), None):  # two numbers of two elements
            return self.text(text[:edge], byline=byline) + self.text(text[edge:], byline=byline)
        if (text, byline) not in self.given:
            stays = self._needed(text, byline)
            for start, end in parts:
                inner = self._needed(text[start:end], byline)
                stays |= {(start + first, start + last) for first, last in inner}
            self.given[text, byline] = _with(text, stays)
            self.phrases.update(_runs(text, stays))
        return self.given[text, byline]

    def keep_needed(self, text: str, patterns: Iterable[re.Pattern[str]]) -> None:
        """Let stand everywhere what the patterns need to match in `text`."""
        reading = _matches(tuple(patterns))
        self.words.update(text[start:end].lower() for start, end in self._tried(text, reading, self._named(text)))

    def _needed(self, text: str, byline: bool) -> Spans:
        stays = self._named(text)
        for reading in self._readings(text, byline):
            stays |= self._tried(text, reading, stays)
        return stays | self._dated(text)

    def _named(self, text: str) -> Spans:
        """The words that stay whatever they are part of, and the site's own name."""
        named = [range(*match.span()) for name in self.publisher for match in _found(name, text)]
        return frozenset(
            (start, end)
            for start, end in tokens(text)
            if text[start:end].lower() in self.words or any(start in span for span in named)
        )

    def _readings(self, text: str, byline: bool) -> list[Reading]:
        found: list[Reading] = [_matches(self.patterns)] if self.patterns else []
        if len(text) > _LONGEST:
            return found
        return [*found, _furniture, _credit, *([_names] if byline else [])]

    def _tried(self, text: str, reading: Reading, stays: Spans) -> Spans:
        """What must stay beside `stays`, so that the reading of the text is the same: tried in ever smaller halves."""
        wanted = reading(text)
        if reading(_with(text, stays)) == wanted:
            return frozenset()
        every = [span for span in tokens(text) if span not in stays]
        left, todo = frozenset(every), [every]
        while todo:
            part = todo.pop()
            if reading(_with(text, stays | (left - frozenset(part)))) == wanted:
                left -= frozenset(part)
            elif len(part) > 1:
                todo += [part[: len(part) // 2], part[len(part) // 2 :]]
        return left

    def _dated(self, text: str) -> Spans:
        """The words of a date, and single ones between them: a weekday, "at"."""
        every = list(tokens(text))
        if len(text) > _LONGEST or not _NUMBER.search(text) or self._date(text) is None:
            return frozenset()
        if _FIGURES.fullmatch(tidy(text)):
            return frozenset(every)
        needed = self._tried(text, self._date, frozenset())
        near = zip(every[1:], every, every[2:], strict=False)
        between = {span for span, before, after in near if before in needed and after in needed}
        return needed | between | {span for span in every if dates.is_of_dates(text[slice(*span)], self.language)}

    def _date(self, text: str) -> Hashable:
        moment = dates.parse(text, now=self.now, language=self.language) or dates.parse(text, language=self.language)
        return (moment.value, moment.precision) if moment else None


def _found(name: str, text: str) -> Iterable[re.Match[str]]:
    """In running text, "time" is not Time; a host is the same in any letters. Chinese and Japanese part no words."""
    flags = re.IGNORECASE if len(text) <= _SHORT or "." in name else re.NOFLAG
    apart = re.escape(name) if name[-1] >= "\u3040" else rf"(?<!\w){re.escape(name)}(?!\w)"
    return re.finditer(apart, text, flags)


def _with(text: str, stays: Spans) -> str:
    return reword(text, lambda start, end: (start, end) in stays)


def _runs(text: str, stays: Spans) -> Iterable[str]:
    """The words that stay, those that stand side by side together."""
    first = last = None
    for span in tokens(text):
        if span in stays:
            first, last = span[0] if first is None else first, span[1]
        elif first is not None:
            yield text[first:last]
            first = None
    if first is not None:
        yield text[first:last]


def _matches(patterns: tuple[re.Pattern[str], ...]) -> Reading:
    """Where the patterns match in the text, and what their groups hold."""
    return lambda text: tuple(match.regs for pattern in patterns for match in pattern.finditer(tidy(text)))


def _furniture(text: str) -> Hashable:
    return is_furniture(tidy(text))


def _credit(text: str) -> Hashable:
    """How long the two parts of a caption are."""
    caption = captions.split([tidy(text)])
    return (len(caption.text), len(caption.credit or "")) if caption else None


def _names(text: str) -> Hashable:
    """Where the names of a byline stand, and whether they are people's."""
    return tuple((text.find(name), len(name), names.is_person(name)) for name in names.clean([text]))
