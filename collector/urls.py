"""
One address an article: what an address is cut down to, and when two of them are the same. Knows no network.

`announced` is the address that we ask for, `canonical` the one that we file under, `identity` the key under which two
addresses are one article. All rest on the WHATWG parser that browsers use. A parameter that may choose an article
always stays: keeping one article twice can be mended later, taking two for one cannot.
"""

import re
from functools import lru_cache

from can_ada import URL, parse
from publicsuffixlist import PublicSuffixList

PREFIXES = ("utm_", "at_", "mtm_", "hsa_", "matomo_", "piwik_")

# Names that only say where a reader came from, in lower case. Matomo's pk_ and Mailchimp's mc_ are spelled out,
# because pk_ and mc_ also begin the names of keys.
_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mibextid li_fat_id epik
    s_kwcid ef_id gad_source gad_campaignid srsltid _ga _gl ga_source ga_medium ga_campaign ga_content ga_term
    _hsenc _hsmi __hssc __hstc __hsfp hsctatracking vero_id vero_conv oly_anon_id oly_enc_id wickedid rb_clickid
    mkt_tok trk trkcampaign ncid ocid icid cmpid intcmp int_cmp cvid smid smtyp sref spref spm scm s_cid ito taid
    fb_action_ids fb_action_types fb_source fb_ref action_object_map action_type_map action_ref_map sfnsn
    ns_mchannel ns_source ns_campaign ns_linkname ns_fee xtor wt_mc wt_zmc wt.mc_id mc_cid mc_eid mc_tc
    pk_campaign pk_cpn pk_content pk_kwd pk_keyword pk_medium pk_source pk_cid pk_group pk_placement pk_vid
    traffic_source maca ftag guccounter guce_referrer guce_referrer_sig soc_src soc_trk tsrc ref_src ref_url
    __twitter_impression _branch_match_id dm_i elqtrackid elqtrack emc regi_id cn-reloaded usqp amp_gsa amp_js_v
    replytocom
"""
TRACKING = frozenset(_NAMES.split())

# Names that may mean anything: they go only when their value names a feed or a share button.
DOUBTFUL = frozenset({"ref", "source", "src", "from", "via", "mod", "partner", "cid", "cmp", "share", "referrer"})
FEED_MARK = re.compile(
    r"(?:rss|atom|feed|newsfeed|feedburner|facebook|twitter|whatsapp|telegram|linkedin)(?:[-_.].*)?|rss.*"
)

AMP_MARKS = {"amp": ("", "1", "true"), "outputtype": ("amp",), "output": ("amp",)}
AMP_TAIL = re.compile(r"(?<=[^/])/amp/?$|\.amp(?=\.html$|$)")

BLOGGER_POST = re.compile(r"/\d{4}/\d\d/[^/]+\.html$")
BLOGSPOT = re.compile(
    r"\.blogspot\.(?:co\.(?:at|id|il|ke|nz|uk|za)|com\.(?:ar|au|br|by|co|cy|ee|eg|es|mt|ng|tr|uy)|[a-z]{2})$"
)

FRONT = re.compile(r"/(?:[a-z]{2,3}(?:[-_][a-z]{2,4})?/?)?(?:(?:index|default|home)(?:\.\w+)?/?)?", re.IGNORECASE)
# "/world", "/news/us-and-canada": plain short words. An article's address has digits, a file name or a longer slug.
SECTION = re.compile(r"(?:/[^\d./-]+(?:-[^\d./-]+){0,2})+")
SCRIPT = re.compile(r"\.(?:php\d?|aspx?|jspx?|cfm|cgi|pl|do)$", re.IGNORECASE)
LATER_PAGE = re.compile(r"/page/\d+/?$")
ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3


def canonical(url: str, base: str | None = None) -> str | None:
    """
    The absolute http(s) address of `url` as seen from `base`, without fragment and tracking parameters.

    Idempotent; the scheme and the order of parameters stay as given. None for what is no http(s) address.
    """
    parsed = _parse(url, base)
    if parsed is None:
        return None
    host, path = parsed.host, parsed.pathname
    blog = _blogspot(host)
    query = parsed.search[1:]
    if query:
        blogger = blog is not None or BLOGGER_POST.search(path) is not None
        query = "&".join(part for part in query.split("&") if part and not _tracks(part, blogger))
    credentials = _credentials(parsed)
    return f"{parsed.protocol}//{credentials}{blog or host}{path}{'?' if query else ''}{query}"


def announced(url: str, base: str | None = None) -> str | None:
    """
    The absolute http(s) address of `url` as seen from `base`, to be asked for as it was announced: the fragment goes,
    which is never sent, and so do a name and password, which are nobody's to publish. None for what is no
    http(s) address.
    """
    parsed = _parse(url, base)
    if parsed is None:
        return None
    return f"{parsed.protocol}//{parsed.host}{parsed.pathname}{parsed.search}"


def identity(url: str) -> str:
    """
    The key under which two addresses are one article: `canonical` without scheme, `www.`, mobile and AMP forms,
    trailing slash, and with its percent-escapes in one spelling. `url` itself when it is no http(s) address.
    """
    address = canonical(url)
    parsed = _parse(address) if address else None
    if parsed is None:
        return url
    port = f":{parsed.port}" if parsed.port else ""
    path = AMP_TAIL.sub("", parsed.pathname).rstrip("/")
    query = "&".join(part for part in parsed.search[1:].split("&") if part and not _asks_for_amp(part))
    key = f"{_bare(parsed.hostname)}{port}{path}{'?' if query else ''}{query}"
    return ESCAPE.sub(_one_spelling, key) if "%" in key else key


def believable(declared: str, fetched: str) -> bool:
    """
    May the page fetched from `fetched` claim `declared` as its canonical address?

    Only on its own site, and never by the address of a front page or a section above it, nor by a script's name
    without the parameter that chose the article.
    """
    claim, here = _parse(canonical(declared) or ""), _parse(canonical(fetched) or "")
    if claim is None or here is None or _site(claim.hostname) != _site(here.hostname):
        return False
    if claim.search:
        return True
    if FRONT.fullmatch(claim.pathname):
        return not here.search and FRONT.fullmatch(here.pathname) is not None
    if claim.pathname == here.pathname:
        return not (here.search and SCRIPT.search(claim.pathname))
    above = claim.pathname.rstrip("/")
    below = LATER_PAGE.sub("", AMP_TAIL.sub("", here.pathname)).rstrip("/")
    return not (below.startswith(above + "/") and SECTION.fullmatch(above))


def swallowed(asked: str, ended: str) -> bool:
    """Did a redirect end at the front page of the site, or at a section above, as dead links do?"""
    return asked != ended and same_site(ended, asked) and not believable(ended, asked)


def at_front(url: str) -> bool:
    """Is this the front page of a site, or of one of its languages?"""
    parsed = _parse(url)
    return parsed is not None and not parsed.search and FRONT.fullmatch(parsed.pathname) is not None


def host_of(url: str) -> str:
    """The host in lower case, without port; "" for what is no http(s) address."""
    parsed = _parse(url)
    return parsed.hostname if parsed else ""


def origin_of(url: str) -> str:
    """`https://host[:port]`, the port only when it is not the scheme's own; "" for what is no http(s) address."""
    parsed = _parse(url)
    return f"{parsed.protocol}//{parsed.host}" if parsed else ""


def site_of(url: str) -> str:
    """The registrable domain, one for all country hosts of a blogspot blog; the host where there is none."""
    return _site(host_of(url))


def same_site(one: str, other: str) -> bool:
    """Do both addresses belong to whoever registered the domain?"""
    site = site_of(one)
    return bool(site) and site == site_of(other)


def _parse(url: str, base: str | None = None) -> URL | None:
    try:
        parsed = parse(url) if base is None else parse(base) + url
    except (ValueError, TypeError):  # TypeError: a lone surrogate is no string to the parser
        return None
    return parsed if parsed.protocol in ("http:", "https:") else None


def _credentials(parsed: URL) -> str:
    if not parsed.has_credentials():
        return ""
    return f"{parsed.username}:{parsed.password}@" if parsed.password else f"{parsed.username}@"


def _tracks(part: str, blogger: bool) -> bool:
    name, _, value = part.lower().partition("=")
    name = name.removeprefix("amp;")  # "&amp;utm_source=…" that a feed escaped twice
    if name in TRACKING or name.startswith(PREFIXES):
        return True
    if name in DOUBTFUL:
        return FEED_MARK.fullmatch(value) is not None
    return blogger and name == "m" and value in ("0", "1")


def _asks_for_amp(part: str) -> bool:
    name, _, value = part.lower().partition("=")
    return value in AMP_MARKS.get(name, ())


def _one_spelling(escape: re.Match[str]) -> str:
    """`%7e` and `~` are one (RFC 3986, 6.2.2); reserved letters stay escaped, with capital digits."""
    letter = chr(int(escape[0][1:], 16))
    return letter if letter in UNRESERVED else escape[0].upper()


def _blogspot(host: str) -> str | None:
    """The .com host of a blogspot blog, None for other hosts."""
    if ".blogspot." not in host:
        return None
    if host.endswith(".blogspot.com"):
        return host
    com = BLOGSPOT.sub(".blogspot.com", host)
    return com if com != host else None


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


@lru_cache(maxsize=65536)
def _site(host: str) -> str:
    if host.startswith("[") or host.rpartition(".")[2].isdigit():  # an IP address
        return host
    blog = _blogspot(host) or host
    return _suffixes().privatesuffix(blog) or blog.removeprefix("www.")


@lru_cache(maxsize=65536)
def _bare(host: str) -> str:
    """
    Without `www.`, `m.`, `amp.` while something registrable is left. `mobile.` stays: on sites that write of
    telephones it is a section.
    """
    host = host.rstrip(".")
    for prefix in ("www.", "m.", "amp."):
        rest = host.removeprefix(prefix)
        if "." in rest and _suffixes().publicsuffix(rest) != rest and not rest.rpartition(".")[2].isdigit():
            host = rest
    return host
