"""Datasette's own pages, made usable by ear and by keyboard, and shorter: a Jinja filter over what its templates made.

Its templates have no seams for this, and copies of them would grow old. Each repair is of one place; where Datasette
mends that itself one day, nothing is found and nothing is done. Knows no archive.
"""

import re

from markupsafe import Markup

_REPAIRS = (
    # h1 is followed by h3
    (r"<(/?)h3\b", r"<\1h2"),
    # colours of databases, of which there is one
    (r' style="(?:padding-left: 10px; )?border-(?:left: 10px solid|color:) #[0-9a-f]{6}"', ""),
    # fields without a label
    (r'<select name="_filter_column', r'<select aria-label="Column to filter by" name="_filter_column'),
    (r'<select name="_filter_op', r'<select aria-label="How it is compared" name="_filter_op'),
    (r'<input type="text" name="_filter_value', r'<input type="text" aria-label="With what" name="_filter_value'),
    (r'<select name="_sort"', r'<select aria-label="Sort by" name="_sort"'),
    (r'<textarea id="sql-editor"', r'<textarea aria-label="SQL" spellcheck="false" id="sql-editor"'),
    (r'(<input type="text" id="qp\d+" name="since")', r'\1 placeholder="a day: 2026-03-01"'),
    (r'(<input type="text" id="qp\d+" name="site")', r'\1 placeholder="a host: example.org"'),
    # what was found is what a heading is for
    (r"Custom SQL query returning (more than )?([\d,]+ rows?)", r"\1\2"),
    (r'(<span class="show-hide-sql">\(<a href="[^"]*">)(hide|show)<', r"\1\2 the SQL<"),
    # a sign is no word
    (r'class="cross">', r'class="cross" aria-label="Take away">'),
    # what is wider than the page is moved by keyboard, too
    (r'<div class="table-wrapper">', r'<div class="table-wrapper" tabindex="0" role="region" aria-label="Rows">'),
    # a long list before what one came for
    (
        r'<dl class="column-descriptions">(.*?)</dl>',
        r'<details class="told"><summary>What the columns mean</summary>'
        r'<dl class="column-descriptions">\1</dl></details>',
    ),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _REPAIRS)


def mended(html: Markup) -> Markup:
    """The content of one of Datasette's pages. What it shows of a database is escaped, so no `<` of that is found."""
    text = str(html)
    for pattern, words in _COMPILED:
        text = pattern.sub(words, text)
    return Markup(text)  # noqa: S704 - Datasette's own markup
