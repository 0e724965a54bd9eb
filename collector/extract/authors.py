"""
Who wrote it, of all that a page says:

JSON-LD | meta names | the byline near the heading | a signature | the site itself, where it is declared

Many sites declare themselves as the author and show the person in the byline only, so the site's own name is not
believed before the page has been looked at. Knows no dates.
"""

from collections.abc import Iterator

from collector.extract import bylines, declared, meta_names, names
from collector.extract.said import Said

Names = tuple[str, ...]


def authors(said: Said, language: str | None) -> Names:
    """The names of the first source that names a person, or of one that names another organisation than the site."""
    own: Names = ()
    for _, found in sources(said, language):
        others = tuple(name for name in found if not bylines.is_own(name, said))
        if others:
            return others
        own = own or found
    return own


def sources(said: Said, language: str | None) -> Iterator[tuple[str, Names]]:
    """Each source with the names it gives, most trusted first; those that give none are left out."""
    for key in ("author", "creator"):
        if found := names.clean(declared.names(declared.resolved(said.item.get(key), said.page)), None, language):
            yield f"JSON-LD {key}", found
    for name, values in said.named(meta_names.AUTHOR):
        if found := names.clean(values, None, language):
            yield f"meta {name}", found
    for place, read in bylines.PLACES.items():
        if found := read(said, language):
            yield place, found
