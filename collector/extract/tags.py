"""How the elements of HTML are read: which are blocks, which hold nothing to read, which are hidden. No tree."""

import re
from functools import lru_cache

Attributes = dict[str, str | None]


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


NEVER_READ = _words(
    "script style noscript template iframe svg head title meta link base select option optgroup datalist textarea "
    "input button label output progress meter canvas audio video object embed applet map area noembed noframes "
    "frameset img picture source track param col colgroup rt rp rtc "  # rt: how the letters under it are spoken
    "amp-consent amp-sidebar amp-ad amp-sticky-ad amp-social-share amp-analytics amp-user-notification"
)
BLOCKS = _words(
    "html body address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol p plaintext pre search "
    "section summary table tbody td tfoot th thead tr ul xmp"
)
PICTURES = _words("img picture video amp-img amp-video")
HEADINGS = _words("h1 h2 h3 h4 h5 h6")
PREFORMATTED = _words("pre listing xmp plaintext")
INNER = HEADINGS | _words("p pre li ul ol dd dt dl td th tr tbody table")  # parts of a running text
NEVER, OTHER, BLOCK, BARE, INLINE, TEXT, LINK = range(7)  # manners of reading a node
MANNERS = (
    dict.fromkeys(NEVER_READ, NEVER)
    | dict.fromkeys(PICTURES | {"br"}, OTHER)
    | dict.fromkeys(BLOCKS, BLOCK)
    | dict.fromkeys(_words("b i em strong u sup sub wbr"), BARE)  # their attributes hide nothing
    | {"a": LINK}
)
KEEPS_CUSTOM_INLINE = _words("p li td th figcaption dd dt") | HEADINGS
_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(50%", re.I
)
# Words for screen readers only ("opens in a new window"), by the class names of the usual frameworks.
_FOR_THE_EAR = re.compile(
    r"\b(?:sr-only|screen-?reader(?:-text|-only)?|element-invisible|a11y-hidden|u-hidden-visually)(?![\w-])"
    r"|visually-?hidden(?![\w-])"
)


def hidden(attributes: Attributes) -> bool:
    """Whether the element says of itself that it is not seen."""
    if "class" in attributes and is_hiding(attributes["class"]):
        return True
    if "style" in attributes and _INVISIBLE.search(attributes["style"] or ""):
        return True
    return "hidden" in attributes and attributes["hidden"] != "until-found"


@lru_cache(maxsize=20_000)
def is_hiding(names: str | None) -> bool:
    """Whether a class says that its text is for the ear only."""
    return names is not None and _FOR_THE_EAR.search(names.lower()) is not None
