"""The signs of furniture: names, tags and roles that mark what surrounds an article. Knows no tree and no text.

A name is only a sign: whoever asks weighs it with others, and ignores it where it covers most of a page's text.
"""

import re
from functools import lru_cache


class Sign:
    """What an element's tag, role and names say of it: bits of an int, which is far quicker than an enum here."""

    NONE = 0
    BODY = 1  # the article's text
    CHROME = 2  # navigation, footer, search: never part of an article
    COMMENT = 4
    ASIDE = 8
    RELATED = 16  # it may be about other stories; German papers call a standfirst a teaser
    PROMO = 32  # newsletter, subscription, app, donation, advertisement
    SHARE = 64
    META = 128  # byline, date, author box, tags
    EMBED = 256  # posts of other platforms
    CONSENT = 512  # cookie and privacy dialogs of the tools that sites use
    STORIES = 1024  # other stories
    APART = CHROME | COMMENT | CONSENT | STORIES  # what an article never stands in, unless its name lies
    FURNITURE = CHROME | COMMENT | ASIDE | RELATED | PROMO | SHARE | META | EMBED | CONSENT | STORIES


_EXACT = {
    "<nav>": Sign.CHROME,
    "<footer>": Sign.CHROME,
    "<menu>": Sign.CHROME,
    "<dialog>": Sign.CHROME,
    "<search>": Sign.CHROME,
    "<aside>": Sign.ASIDE,
    "<article>": Sign.BODY,
    "<main>": Sign.BODY,
    "<address>": Sign.META,
    "=navigation": Sign.CHROME,
    "=contentinfo": Sign.CHROME,
    "=banner": Sign.CHROME,
    "=search": Sign.CHROME,
    "=dialog": Sign.CHROME,
    "=alertdialog": Sign.CHROME,
    "=menu": Sign.CHROME,
    "=menubar": Sign.CHROME,
    "=complementary": Sign.ASIDE,
    "=main": Sign.BODY,
    "=article": Sign.BODY,
}
# Parts of class names and ids, in which underscores are read as dashes. Where two fit at one place, the first counts.
_NAMES = {
    "CONSENT": (
        r"onetrust|^ot-sdk|cookiebot|cybot|didomi|usercentrics|qc-cmp|sp-message|truste-|evidon|gdpr|klaro|cmplz",
        r"tarteaucitron|iubenda|borlabs|cookie-?(?:consent|banner|notice|policy|law)",
    ),
    "CHROME": (
        r"\bnav|navbar|navigation|\bmenu|breadcrumb|(?<!story-)(?<!article-)(?<!-body-)footer|cookie|consent|toolbar",
        r"skip-?(?:link|to)|masthead|\bmodal|overlay|popup|pagination|\bpager|search-?(?:form|box)|login|cmp-?",
    ),
    "COMMENT": (
        r"\bcomments?\b|comment-?(?:list|section|area|body|form|wrap)|disqus|\brespond\b|discussion|viafoura|coral-",
    ),
    "ASIDE": (r"sidebar|side-bar|\baside\b|right-?(?:col|rail)|\brail\b|infobox|info-box|factbox",),
    "STORIES": (
        r"relat(?:ed|ion)|recommend|recirc|read-?(?:also|more|next|on)|see-?also|also-?like|further-?reading|you-?may",
        r"more-?(?:from|stories|on|news|articles)|most-?(?:read|viewed|popular)|trending|up-?next|outbrain|taboola",
    ),
    "RELATED": (r"similar|popular|latest|teaser|carousel|siehe|mehr-?zum|linkbox|link-?list",),
    "PROMO": (
        r"newsletter|subscri|sign-?up|paywall|\bpiano|donat|donor|support-?us|membership|promo|call-?to-?action|\bcta\b",
        r"\bads?\b|ad-?(?:slot|unit|container|wrapper|label)|advert|banner|sponsor|app-?(?:download|store)|inline-?form",
        r"abo-?box",
    ),
    "SHARE": (r"\bshar(?:e|ing)|social|follow-?(?:us|me)|addthis|a2a|sharedaddy|whatsapp|telegram|bookmark",),
    "META": (
        r"\bby-?line|author|\bdate\b|dateline|time-?stamp|publish(?:ed|-date)|(?:post|entry|article)-?meta|contributor",
        r"writer|\bbio\b|\btags?\b|tag-?(?:list|cloud|links)|\btopics?\b|keywords|copyright|disclaimer|print-?only",
        r"reading-?time",
    ),
    "EMBED": (
        r"twitter-?tweet|instagram-?media|fb-?post|tiktok-?embed|social-?embed|embed-?(?:twitter|instagram|facebook)",
    ),
    "BODY": (
        r"(?:article|story)-*(?:body|text|content)|(?:post|entry|page|main|news|text)-*(?:body|content|text)|\bprose\b",
        r"body-*(?:text|copy|content)|articlebody|rich-?text|wysiwyg|paragraphs",
    ),
}
_ANY_NAME = re.compile("|".join(f"(?P<{sign}>{'|'.join(names)})" for sign, names in _NAMES.items()))

Marks = tuple[tuple[str, int], ...]  # of one element: a name that is a sign, and of what


def marks_of(tag: str, names: str, role: str | None) -> Marks:
    """What may be a sign, and of what: class names and id, the tag as `<aside>`, the role as `=navigation`."""
    signs = [*names.split(), f"<{tag}>", f"={(role or '').strip().lower()}"]
    return tuple((name, sign) for name in signs if (sign := sign_of(name)))


@lru_cache(maxsize=50_000)
def sign_of(name: str) -> int:
    """What a class name or id in lower case, a tag (`<aside>`) or a role (`=search`) says. Cached: a site uses few."""
    if name[0] in "<=":
        return _EXACT.get(name, Sign.NONE)
    found = Sign.NONE
    for match in _ANY_NAME.finditer(name[:200].replace("_", "-")):
        found |= getattr(Sign, match.lastgroup or "NONE")
    return found
