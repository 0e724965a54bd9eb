"""The words by which newspapers say that a text was corrected, in many languages. Knows no article."""

import re

# What such a note begins with, before a colon, a dash or the end of its line. A blank stands for any white space.
_HEADS = (
    r"corrections?|corrected|corrections? and clarifications?|clarifications?|erratum|errata|for the record",
    r"correction (?:made|issued|appended|published).{0,40}|editor['’]?s['’]? note|note (?:to|for) (?:our )?readers",
    r"korrektur(?:hinweis)?|korrigiert|berichtigung|richtigstellung|klarstellung|hinweis der redaktion",
    r"anm(?:erkung|\.) (?:der|d\.) red(?:aktion|\.)|rectificatif|rectification|mise au point|précision",
    r"note de la rédaction|n\.?d\.?l\.?r|correcci[oó]n(?:es)?|rectificaci[oó]n|fe de (?:erratas|errores)|aclaraci[oó]n",
    r"nota (?:del editor|de la redacci[oó]n|della redazione|d[ao] redação)|nota d[ao] editora?|correç(?:ão|ões)",
    r"retificaç(?:ão|ões)|erramos|esclarecimento|rettifica|errata corrige|correzione|precisazione",
    r"correctie|rectificatie|verbetering|noot van de redactie|rättelse|förtydligande|rettelse|berigtigelse",
    r"beriktigelse|præcisering|presisering|oikaisu|korjaus|täsmennys|leiðrétting|sprostowanie|korekta|wyjaśnienie",
    r"od redakcji|oprav[ay]|upřesnění|spresnenie|helyesbítés|helyreigazítás|rectificare|erată|precizare",
    r"ispravak|ispravka|demanti|popravek|korekcija|labojums|patikslinimas|parandus|õiendus|düzeltme|tekzip|düzəliş",
    r"исправлени[ея]|исправлено|уточнени[ея]|поправка|опровержение|от редакции|виправлення|уточнення|спростування",
    r"від редакції|корекция|исправка|διόρθωση|διευκρίνιση|διευκρινίσεις|koreksi|ralat|klarifikasi|đính chính",
    r"تصحيح|توضيح|تنويه|اعتذار|اصلاحیه|تصحیح|وضاحت|תיקון(?: טעות)?|הבהרה|भूल ?सुधार|सुधार|स्पष्टीकरण|সংশোধনী|แก้ไขข่าว",
    r"訂正|お詫び(?:と訂正)?|おわび(?:と訂正)?|修正|更正(?:启事|啟事)?|勘[误誤]",
    r"澄清|编者按|編者按|정정(?: ?보도)?|바로잡습니다",
)
_SAID = (  # within a note
    r"this (?:article|story|piece|report|headline|post|page).{0,60}(?:was|were|ha(?:s|ve) been) (?:corrected|amended)",
    r"(?:an? )?(?:earlier|previous|original) versions? of (?:this|the) (?:article|story|piece|report|headline|post)",
    r"we (?:apologi[sz]e for|regret) th(?:e|is) error|in einer (?:früheren|ursprünglichen) (?:version|fassung)",
    r"(?:dieser|diesem|der|den) (?:artikel|text|beitrag).{0,60}(?:korrigiert|berichtigt)",
    r"(?:une|la) version (?:antérieure|précédente|initiale) (?:de|du) |cet article a été (?:corrigé|rectifié)",
    r"(?:una|la) versi(?:ón|one) (?:anterior|previa|original|precedente|inicial) d|(?:uma|a) versão anterior d",
    r"est[ea] (?:artículo|noticia|información|texto|reportagem|matéria) (?:ha sido|fue|foi) corr[ei]gid[oa]",
    r"в (?:предыдущей|первоначальной|прежней|более ранней) версии|[ву] (?:попередній|первісній) версії",
    r"een eerdere versie van dit|en tidigare version av|i en tidligere version|w (?:poprzedniej|pierwotnej) wersji",
    r"(?:記事|見出し|本文)を(?:訂正|修正)しました|(?:此前|之前|早前)版本",
)


def _either(patterns: tuple[str, ...]) -> str:
    return "|".join(patterns).replace(" ", r"\s")


_HEAD = re.compile(
    rf"\W*(?:{_either(_HEADS)})\s*(?:\([^()]{{1,40}}\)\s*)?(?:[:：–—―|)\]）】」*-]|\.?\s*$|\n)", re.IGNORECASE
)
_NOTE = re.compile(_either(_SAID), re.IGNORECASE)
_LONGEST = 1_500  # characters of a note; a longer paragraph is a story


def is_note(paragraph: str) -> bool:
    """Does a paragraph, or a headline, say that something was corrected?"""
    return _HEAD.match(paragraph) is not None or (len(paragraph) <= _LONGEST and _NOTE.search(paragraph) is not None)
