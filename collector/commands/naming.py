"""The article that a person names on a command line."""

from typing import Any

from collector import urls
from collector.errors import CollectorError
from storage.archive import Archive


def article(archive: Archive, words: str) -> dict[str, Any]:
    """id, url, site, title, published of the one that is meant: by id, address or words of its title.

    Raises CollectorError when there is none, or when there are several, which it names.
    """
    found = archive.articles_named(urls.identity(words), words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise CollectorError(f"{words!r}: no article has this id, address or title; `newskeep search` finds its id")
    listed = "\n".join(f"  {row['id']:>8}  {(row['published'] or '')[:10]:10}  {row['title']}" for row in found)
    raise CollectorError(f"{words!r} may mean any of these; say which by its id:\n{listed}")
