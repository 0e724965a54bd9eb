"""What is asked of the pages: a table of names and addresses, and what an archive says to fill them with."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from storage.archive import Archive

PAGE, SEARCH = 300.0, 200.0  # milliseconds that an answer may take
REFERENCE = "Datasette: articles"  # what Datasette alone takes for twenty rows

# Our pages. In braces: `Ids`.
OURS = (
    ("front", "/"),
    ("front: 90 days", "/?days=90"),
    ("front: a year", "/?days=365"),
    ("front: a day of the past", "/?day={day}"),
    ("attention", "/-/attention"),
    ("changes", "/-/changes"),
    ("changes: all of one site", "/-/changes?by=all&site={site}"),
    ("changes: figures", "/-/changes?kind=figure"),
    ("changes: silent ones", "/-/changes?kind=silent&by=publisher"),
    ("article", "/-/article/{article}"),
    ("article: many versions", "/-/article/{edited}"),
    ("article: an older version", "/-/article/{edited}?version=1"),
    ("article: a large story", "/-/article/{story}"),
    ("article: text", "/-/article/{article}.txt"),
    ("article: JSON", "/-/article/{article}.json"),
    ("article: WARC", "/-/article/{article}.warc"),
    ("compare", "/-/article/{edited}/compare"),
    ("compare: first and last", "/-/article/{edited}/compare?old=1&new={last}"),
    ("capture", "/-/capture/{capture}"),
    ("capture: source", "/-/capture/{capture}/source"),
    ("capture: view", "/-/capture/{capture}/view"),
    ("capture: page", "/-/capture/{capture}/page"),
    ("capture: bytes", "/-/capture/{capture}/body"),
    ("capture: WARC", "/-/capture/{capture}.warc"),
    ("capture: of a wall", "/-/capture/{wall}"),
    ("sources", "/-/sources"),
    ("sources: filtered", "/-/sources?q={site}"),
    ("source", "/-/source/{source}"),
    ("site", "/-/site/{site}"),
    ("site: coverage", "/-/site/{site}/coverage"),
    ("source: coverage", "/-/source/{source}/coverage"),
    ("functions", "/-/functions"),
    ("nothing", "/-/article/999999999999"),
)
SEARCHES = (
    ("search: the form", "/-/search"),
    ("search: a word of most", "/-/search?q={common}"),
    ("search: of most, newest", "/-/search?q={common}&sort=newest"),
    ("search: of most, oldest", "/-/search?q={common}&sort=oldest"),
    ("search: of most, one site", "/-/search?q={common}&site={site}"),
    ("search: of most, a language", "/-/search?q={common}&language={language}"),
    ("search: of most, days", "/-/search?q={common}&since={day}&until={day}"),
    ("search: of most, one a story", "/-/search?q={common}&story=one"),
    ("search: of most, all filters", "/-/search?q={common}&site={site}&language={language}&since={day}&sort=oldest"),
    ("search: of most, page 9", "/-/search?q={common}&page=9"),
    ("search: of one", "/-/search?q={rare}"),
    ("search: a phrase", "/-/search?q={phrase}"),
    ("search: a prefix", "/-/search?q={prefix}*"),
    ("search: a prefix, one a story", "/-/search?q={prefix}*&story=one&sort=newest"),
    ("search: or, not", "/-/search?q={common}+OR+{rare}+NOT+nowhere"),
    ("search: no word, one site", "/-/search?site={site}"),
    ("search: no word, a language", "/-/search?language={language}&sort=oldest"),
    ("search: JSON", "/-/search.json?q={common}"),
    ("search: CSV", "/-/search.csv?q={common}"),
    ("search: Atom", "/-/search.atom?q={common}"),
)
# Datasette's own, in our frame. `{db}` is the archive's name there.
THEIRS = (
    (REFERENCE, "/{db}/articles?_size=20"),
    ("Datasette: the archive", "/{db}"),
    ("Datasette: an article", "/{db}/articles/{article}"),
    ("Datasette: articles, as it comes", "/{db}/articles"),
    ("Datasette: articles, searched", "/{db}/articles?_search={common}"),
    ("Datasette: articles as JSON", "/{db}/articles.json?_size=20"),
    ("Datasette: articles as CSV", "/{db}/articles.csv?_size=20"),
    ("Datasette: versions", "/{db}/versions"),
    ("Datasette: captures", "/{db}/captures"),
    ("Datasette: entries", "/{db}/entries"),
    ("Datasette: sources", "/{db}/sources"),
    ("Datasette: source_days", "/{db}/source_days"),
    ("Datasette: latest_articles", "/{db}/latest_articles"),
    ("Datasette: edits", "/{db}/edits"),
    ("Datasette: stories", "/{db}/stories"),
    ("Datasette: polls", "/{db}/polls"),
    ("Datasette: steps", "/{db}/steps"),
    ("Datasette: SQL", "/{db}?sql=select+id,+title+from+articles+limit+20"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One address. most: milliseconds."""

    name: str
    address: str
    most: float


def ours(ids: Mapping[str, str]) -> list[Asked]:
    """All pages of the plugin."""
    pages = [Asked(name, address.format_map(ids), PAGE) for name, address in OURS]
    return pages + [Asked(name, address.format_map(ids), SEARCH) for name, address in SEARCHES]


def theirs(ids: Mapping[str, str], queries: Sequence[str] = ()) -> list[Asked]:
    """Datasette's own pages, the reference first. queries: names of canned ones."""
    pages = [Asked(name, address.format_map(ids), PAGE) for name, address in THEIRS]
    return pages + [Asked(f"query: {name}", f"/{ids['db']}/{quote(name)}", PAGE) for name in queries]


def ids(archive: Archive) -> dict[str, str]:
    """What there is in an archive, the largest where it matters."""
    edited, last = _pair(archive, "SELECT article_id, max(number) FROM versions GROUP BY article_id ORDER BY 2 DESC")
    article, title, text, capture, language = _newest(archive)
    site = archive.value("SELECT site FROM articles GROUP BY site ORDER BY count(*) DESC")
    words = re.findall(r"\w{4,}", text.lower())
    common = _commonest(archive)
    found = {
        "db": archive.path.stem,
        "article": article,
        "edited": edited,
        "last": last,
        "story": archive.value(
            "SELECT story_id FROM articles GROUP BY story_id ORDER BY story_id IS NULL, count(*) DESC"
        ),
        "capture": capture,
        "wall": archive.value("SELECT max(id) FROM captures WHERE kind = 'wall'"),
        "source": archive.value("SELECT source_id FROM source_days GROUP BY source_id ORDER BY sum(new_entries) DESC"),
        "site": site,
        "language": language,
        "day": archive.value("SELECT substr(max(first_seen), 1, 10) FROM articles WHERE id < ?", [article]),
        "common": common,
        "rare": title.split()[0],
        "phrase": f'"{" ".join(words[2:4])}"',
        "prefix": common[:3],
    }
    return {name: quote(str(value)) for name, value in found.items()}


def _pair(archive: Archive, sql: str) -> tuple[int, int]:
    one, two = (archive.row(sql) or {}).values()
    return one, two


def _newest(archive: Archive) -> tuple[int, str, str, int, str]:
    row = archive.row(
        """SELECT articles.id, versions.title, versions.text, capture_id, versions.language FROM articles
        JOIN versions ON versions.id = version_id WHERE versions.language IS NOT NULL ORDER BY articles.id DESC"""
    )
    assert row is not None, "an archive with articles"
    id_, title, text, capture, language = row.values()
    return id_, title, text, capture, language


def _commonest(archive: Archive) -> str:
    """The word that is in most of the newest articles."""
    counted: Counter[str] = Counter()
    newest = "SELECT text FROM articles JOIN versions ON versions.id = version_id ORDER BY articles.id DESC LIMIT 50"
    for row in archive.rows(newest):
        counted.update(set(re.findall(r"[a-z]{3,}", row["text"].lower())))
    return counted.most_common(1)[0][0]
