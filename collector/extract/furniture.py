"""The words and signs of furniture: names, tags, roles and phrases that mark what surrounds an article. Knows no tree.

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
    RELATED = 16
    PROMO = 32  # newsletter, subscription, app, donation, advertisement
    SHARE = 64
    META = 128  # byline, date, author box, tags
    EMBED = 256  # posts of other platforms
    CONSENT = 512  # cookie and privacy dialogs of the tools that sites use
    APART = CHROME | COMMENT | CONSENT  # what an article never stands in, unless its name lies
    FURNITURE = CHROME | COMMENT | ASIDE | RELATED | PROMO | SHARE | META | EMBED | CONSENT


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
    "RELATED": (
        r"relat(?:ed|ion)|recommend|recirc|read-?(?:also|more|next|on)|see-?also|also-?like|further-?reading|similar",
        r"more-?(?:from|stories|on|news|articles)|most-?(?:read|viewed|popular)|popular|trending|latest|up-?next",
        r"outbrain|taboola|teaser|you-?may|carousel|siehe|mehr-?zum|linkbox|link-?list",
    ),
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

# Whole short paragraphs that say nothing of the story. A space stands for any white space; case makes no difference.
_PHRASES = (
    # advertisement
    r"advertisements?|advertising|sponsored|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|реклама|reklama?",
    r"広告|광고|广告|story continues below.*|article continues.*|continue reading.*|scroll (?:down )?to continue.*",
    # other stories
    r"(?:(?:read|see|also|related|watch|listen|more|recommended|don't miss)(?: (?:also|read|more))?) ?[:：|].*",
    r"(?:read|learn|see|show) more.{0,40}|more (?:from|on|in|about|stories|news)\b[^.!?]{0,60}",
    r"related (?:articles?|stories|topics|coverage|content|posts|news).{0,20}",
    r"(?:mehr zum thema|lesen sie (?:auch|mehr)|lesetipp|lies auch|auch interessant|siehe auch)\b.*",
    r"(?:lire (?:aussi|également)|à lire|voir aussi|sur le même sujet)\b.*",
    r"(?:lee (?:también|más)|leer (?:también|más)|te puede interesar|ver también|más información|relacionad[oa]s?)\b.*",
    r"(?:leggi anche|leia (?:também|mais)|veja também|czytaj (?:też|także|również)|zobacz (?:też|także|również))\b.*",
    r"(?:przeczytaj także|lees ook|läs (?:också|mer|även)|les også|læs også|lue myös|čtěte také|olvassa el)\b.*",
    r"(?:citește și|baca juga|читайте (?:также|ещё|еще|також)|читать (?:также|далее)|по теме|смотрите также)\b.*",
    r"(?:дивіться також|прочетете още)\b.*|(?:あわせて読みたい|関連記事|相关阅读|延伸閱讀|관련 ?기사).*",
    # share, follow, subscribe
    r"you can share this story.*",
    r"share(?: this)?(?: (?:article|story|on|via|post))?.{0,30}|follow (?:us|me)\b.{0,80}|sign up\b.{0,200}",
    r"subscribe\b.{0,200}|download (?:the|our) app.{0,80}|get the latest.{0,120}|like us on facebook.{0,60}",
    r"click here\b.{0,120}|print|email|facebook|twitter|whatsapp|telegram|linkedin|copy link|loading\.*",
    # rights and comments
    r"copyright\b.{0,200}|©.{0,200}|all rights reserved.{0,100}|alle rechte vorbehalten.{0,60}",
    r"todos los derechos.{0,60}|getty images.{0,40}|(?:leave|post|add|write) a (?:comment|reply).{0,40}",
    r"\d* ?comments?|view comments|no comments.{0,5}",
    # byline, date, tags
    r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?",
    r"(?:by|von|par|por|di|av|door) \S{2,20}(?: \S{2,20}){1,2}|\d+ ?min(?:ute)?s? read",
    r"(?:tags?|topics?|filed under|categories|labels|themen|schlagworte) ?[:：].*",
    r"(?:published|updated|posted|last updated|veröffentlicht|aktualisiert|publié|publicado|pubblicato).{0,60}",
    r"(?:opublikowano|опубликовано).{0,60}",
)
_ANY_PHRASE = re.compile(rf"\W*(?:{'|'.join(_PHRASES)})\W*".replace(" ", r"\s"), re.IGNORECASE)
_LEXICON = frozenset(
    [
        "newsletter",
        "newsletters",
        "subscribe",
        "subscribed",
        "subscriber",
        "subscribers",
        "subscription",
        "subscriptions",
        "unsubscribe",
        "inbox",
        "email",
        "e-mail",
        "sign",
        "signup",
        "registered",
        "register",
        "account",
        "login",
        "password",
        "browser",
        "javascript",
        "cookie",
        "cookies",
        "consent",
        "privacy",
        "notifications",
        "advertisement",
        "adblock",
        "advertising",
        "sponsored",
        "affiliate",
        "commission",
        "donate",
        "donation",
        "donations",
        "membership",
        "premium",
        "app",
        "download",
        "podcast",
        "podcasts",
        "follow",
        "facebook",
        "twitter",
        "instagram",
        "whatsapp",
        "telegram",
        "tiktok",
        "linkedin",
        "youtube",
        "share",
        "shares",
        "comment",
        "comments",
        "commenting",
        "moderator",
        "copyright",
        "rights",
        "reserved",
        "reprinted",
        "reproduced",
        "distributed",
        "editor",
        "editors",
        "reporting",
        "editing",
        "correspondent",
        "reporter",
        "author",
        "writer",
        "contributed",
        "photo",
        "image",
        "photograph",
        "video",
        "gallery",
        "slideshow",
        "click",
        "tap",
        "related",
        "updated",
        "published",
        "read",
        "more",
        "also",
        "watch",
        "unlimited",
        "exclusive",
        "epaper",
        "editorial",
        "standards",
        "trust",
        "principles",
        "disclaimer",
        "views",
        "expressed",
        "reflect",
        "abo",
        "abonnement",
        "abonnieren",
        "abonnenten",
        "angemeldet",
        "anmelden",
        "anmeldung",
        "kostenlos",
        "testen",
        "bestellen",
        "datenschutz",
        "einwilligung",
        "privatsphäre",
        "privatsphäre-einstellungen",
        "externe",
        "externer",
        "externen",
        "inhalt",
        "inhalte",
        "eingebettete",
        "zustimmen",
        "datenschutzerklärung",
        "widerrufen",
        "werbung",
        "anzeige",
        "affiliate-links",
        "provision",
        "redaktion",
        "autor",
        "autorin",
        "mitarbeiter",
        "kommentare",
        "kommentieren",
        "folgen",
        "spende",
        "spenden",
        "unterstützen",
        "lesen",
        "mehr",
        "bildrechte",
        "foto",
        "quelle",
        "abonnés",
        "abonnez-vous",
        "abonner",
        "inscrivez-vous",
        "inscription",
        "connexion",
        "compte",
        "appareil",
        "publicité",
        "partager",
        "suivez",
        "commentaires",
        "rédaction",
        "lire",
        "droits",
        "réservés",
        "confidentialité",
        "lecteurs",
        "offre",
        "suscripción",
        "suscríbete",
        "suscriptores",
        "suscribirse",
        "boletín",
        "cuenta",
        "dispositivo",
        "compartir",
        "síguenos",
        "comentarios",
        "publicidad",
        "redacción",
        "derechos",
        "reservados",
        "regístrate",
        "correo",
        "gratis",
        "iscriviti",
        "abbonati",
        "abbonamento",
        "condividi",
        "seguici",
        "commenti",
        "riproduzione",
        "riservata",
        "pubblicità",
        "assine",
        "assinatura",
        "assinante",
        "inscreva-se",
        "compartilhe",
        "siga",
        "comentários",
        "redação",
        "cadastre-se",
        "moderador",
        "prenumerera",
        "nyhetsbrev",
        "abonner",
        "abonnere",
        "følg",
        "kommentarer",
        "del",
        "annonce",
        "annons",
        "abonneer",
        "nieuwsbrief",
        "aanmelden",
        "reacties",
        "advertentie",
        "delen",
        "volg",
        "subskrypcja",
        "prenumerata",
        "zapisz",
        "obserwuj",
        "udostępnij",
        "komentarze",
        "reklama",
        "czytaj",
        "także",
        "odběr",
        "předplatné",
        "předplaťte",
        "sdílet",
        "komentáře",
        "inzerce",
        "подписаться",
        "подписывайтесь",
        "подписка",
        "подписчиков",
        "рассылка",
        "реклама",
        "комментарии",
        "телеграм",
        "канал",
        "читайте",
        "abone",
        "bülten",
        "reklam",
        "yorum",
        "takip",
        "paylaş",
        "विज्ञापन",
        "सब्सक्राइब",
        "फॉलो",
        "ऐप",
        "डाउनलोड",
    ]
)
_NO_SIGNS = str.maketrans(dict.fromkeys('.,:;!?()[]"“”„«»', " "))
_LONGEST = 250  # characters; a longer paragraph has its own say


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


def words_of_furniture(text: str) -> int:
    """How many different words of a text are such as promos, notices and labels use, in the main languages."""
    return len(_LEXICON.intersection(text.lower().translate(_NO_SIGNS).split()))


def is_furniture(text: str) -> bool:
    """Whether a whole paragraph is a phrase of furniture."""
    return len(text) <= _LONGEST and _ANY_PHRASE.fullmatch(text) is not None
