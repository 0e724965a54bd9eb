"""Where a paragraph quotes: the marks of all languages, and the dash that begins a speech. Knows no language."""

import re
from collections.abc import Iterator

# Opening and closing; one that is not closed holds to the end of its paragraph, as quotations over several are written.
_PAIRS = (
    *(("«", "»"), ("»", "«"), ("‹", "›"), ("›", "‹"), ("「", "」"), ("『", "』"), ("〝", "〞〟")),
    *(("„", "“”"), ("‟", "”"), ("“", "”"), ("”", "”"), ("‚", "‘’")),
)
# Signs that are more than one thing: what stands before a word opens, what stands behind one closes.
_STRAIGHT = (
    r'(?<!\w)"(?=\S)[^"]*(?:"|$)',
    r"(?<!\w)‘(?=\S).*?(?:’(?!\w)|$)",
    r"(?<!\w)'(?=\w)[^']*(?:(?<=\w)'(?=\w)[^']*)*'(?!\w)",
)
_QUOTED = re.compile(
    "|".join([*(f"{opening}[^{closing}]*(?:[{closing}]|$)" for opening, closing in _PAIRS), *_STRAIGHT]), re.DOTALL
)
_SPEECH = re.compile(r"[—―–]\s")


def quoted(paragraph: str) -> Iterator[tuple[int, int]]:
    """Where each quotation begins and ends, its marks included."""
    if _SPEECH.match(paragraph):
        yield 0, len(paragraph)
    else:
        yield from (match.span() for match in _QUOTED.finditer(paragraph))
