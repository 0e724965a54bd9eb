"""The words of furniture: whole paragraphs that say nothing of the story, and words that notices are made of.

In the main languages of the world's newspapers. Words come second: whoever asks weighs them with where they stand.
"""

import re


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


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
_LEXICON = _words(
    "newsletter newsletters subscribe subscribed subscriber subscribers subscription subscriptions unsubscribe inbox "
    "email e-mail sign signup registered register account login password browser javascript cookie cookies consent "
    "privacy notifications advertisement adblock advertising sponsored affiliate commission donate donation donations "
    "membership premium app download podcast podcasts follow facebook twitter instagram whatsapp telegram tiktok "
    "linkedin youtube share shares comment comments commenting moderator copyright rights reserved reprinted "
    "reproduced distributed editor editors reporting editing correspondent reporter author writer contributed photo "
    "image photograph video gallery slideshow click tap related updated published read more also watch unlimited "
    "exclusive epaper editorial standards trust principles disclaimer views expressed reflect abo abonnement "
    "abonnieren abonnenten angemeldet anmelden anmeldung kostenlos testen bestellen datenschutz einwilligung "
    "privatsphäre privatsphäre-einstellungen externe externer externen inhalt inhalte eingebettete zustimmen "
    "datenschutzerklärung widerrufen werbung anzeige affiliate-links provision redaktion autor autorin mitarbeiter "
    "kommentare kommentieren folgen spende spenden unterstützen lesen mehr bildrechte foto quelle abonnés "
    "abonnez-vous abonner inscrivez-vous inscription connexion compte appareil publicité partager suivez commentaires "
    "rédaction lire droits réservés confidentialité lecteurs offre suscripción suscríbete suscriptores suscribirse "
    "boletín cuenta dispositivo compartir síguenos comentarios publicidad redacción derechos reservados regístrate "
    "correo gratis iscriviti abbonati abbonamento condividi seguici commenti riproduzione riservata pubblicità assine "
    "assinatura assinante inscreva-se compartilhe siga comentários redação cadastre-se moderador prenumerera "
    "nyhetsbrev abonner abonnere følg kommentarer del annonce annons abonneer nieuwsbrief aanmelden reacties "
    "advertentie delen volg subskrypcja prenumerata zapisz obserwuj udostępnij komentarze reklama czytaj także odběr "
    "předplatné předplaťte sdílet komentáře inzerce подписаться подписывайтесь подписка подписчиков рассылка реклама "
    "комментарии телеграм канал читайте abone bülten reklam yorum takip paylaş विज्ञापन सब्सक्राइब फॉलो ऐप डाउनलोड "
)
_UNSPACED = re.compile(  # the same in scripts that put no blanks between words
    r"会員|有料|無料|登録|購読|広告|転載|続きを読む|撮影|关注|订阅|轉載|转载|版权|廣告|广告|訂閱|下载|구독|무단|전재|재배포|기자|저작권|광고|สมัคร|โฆษณา"
)
_WORD = re.compile(r"\w[\w-]+")
_LONGEST = 250  # characters; a longer paragraph has its own say


def words_of_furniture(text: str) -> int:
    """How many different words of a text are such as promos, notices and labels use, in the main languages."""
    found = len(_LEXICON.intersection(_WORD.findall(text.lower())))
    return found if text.isascii() else found + len(set(_UNSPACED.findall(text)))


def is_furniture(text: str) -> bool:
    """Whether a whole paragraph is a phrase of furniture."""
    return len(text) <= _LONGEST and _ANY_PHRASE.fullmatch(text) is not None
