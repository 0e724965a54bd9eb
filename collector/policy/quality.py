"""Whether two readings are of one story."""

import re


def same_story(title: str, text: str, other_title: str, other_text: str) -> bool:
    """Are these two readings of one article, perhaps edited? Half of the shorter one's word triples in the other."""
    if title.casefold().split() == other_title.casefold().split():
        return True
    one, other = _triples(text), _triples(other_text)
    return bool(one and other) and len(one & other) >= min(len(one), len(other)) / 2


def _triples(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
