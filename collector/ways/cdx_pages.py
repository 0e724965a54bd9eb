"""
Which of the addresses that a web archive holds of a site can be an article's. Knows no capture and no date.

Never: a front page, a page of one plain word (`/sport`), a day's or a month's list, what stands behind `/tag/`,
`/category/`, `/author/` and the like without a slug further down, later pages of lists, feeds, files, share buttons,
and addresses that a broken script made up. Anything else may be one. It may still be a list, and tells so when it is
read: an article that is passed over here is lost, a list that is not costs one request.
"""

import re
from urllib.parse import urlsplit

from collector import urls

# Behind these words stand lists. An article stands at least a name further down, or with a slug right behind them.
_NAMED = "tag tags label labels category categories rubrik author authors autor user users"
_LOOSE = "search suche profile topic topics thema themen archive archives archiv page"
_LISTS = dict.fromkeys(_NAMED.split(), 2) | dict.fromkeys(_LOOSE.split(), 1)
_NEVER = re.compile(r"/(?:feeds?|rss|atom|wp-(?:json|admin|content|includes)|cdn-cgi|log(?:in|out)|register)(?:/|$)")
_BUTTON = re.compile(r"(?:^|&)(?:share|replytocom|like_comment|s|q|search|feed|print|paged|sort)(?:=|&|$)")
_FILE = re.compile(
    r"\.(?:xml|rss|atom|rdf|json|js|css|txt|pdf|epub|jpe?g|png|gif|webp|avif|svg|ico|mp[34]|m4a|webm|zip|gz|csv|ics"
    r"|woff2?|ttf|docx?|xlsx?|pptx?)$"
)
_DATES = re.compile(r"(?:/archiv\w*)?/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?")  # "/2025/03/": what was published then
_SLUG = re.compile(r"\d{5}|(?:[^-_]+[-_]){3}|%[0-9a-f]{2}|\.s?html?$")
# Quotes, brackets, line ends, or an address within the address: no site makes such ones on purpose.
_BROKEN = re.compile(r"%22|%3c|%3e|%7b|%7d|%5c|%0a|%0d|[{}\\]|'\+|https?:/")


def may_be_article(url: str) -> bool:
    """Does nothing in this address say that it is no article's?"""
    address = urls.announced(url)
    if address is None or urls.at_front(address):
        return False
    parts = urlsplit(address.lower())
    return not (_BROKEN.search(parts.path + parts.query) or _BUTTON.search(parts.query) or _is_list(parts.path))


def _is_list(path: str) -> bool:
    """Or a file, or part of the machinery."""
    words = [word for word in path.split("/") if word]
    if _FILE.search(path) or _DATES.fullmatch(path) or urls.LATER_PAGE.search(path) or _NEVER.search(path):
        return True
    if len(words) == 1 and words[0].isalpha():
        return True
    return any(
        word in _LISTS and not any(_SLUG.search(below) for below in words[place + _LISTS[word] :])
        for place, word in enumerate(words)
    )
