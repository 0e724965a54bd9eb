"""A set of edits in twelve languages, each with the types that it has; and readings that say the same."""

from collections import Counter
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.policy.changes.difference import difference
from collector.policy.changes.edits import EDITS, edits
from collector.policy.changes.notes import is_note
from collector.policy.changes.numbers import numbers
from collector.policy.changes.quotations import quoted
from collector.policy.changes.said import Said


class Told(NamedTuple):
    """An edit as one would make it: the language, a text before and after, the types that it has."""

    language: str | None
    old: str
    new: str
    types: str


EN = "Two boats began to dredge the harbour on Monday. The work costs 1,300 euros a day, the council said."
TAIL = "\n\nThe harbour has silted up since the river was straightened, and ferries have had to wait for the tide."
DE = "Im Hafen wird seit Montag gebaggert. Die Arbeiten kosten 1.300 Euro am Tag, sagte der Stadtrat."
DE_TAIL = "\n\nDer Hafen ist versandet, seit der Fluss begradigt wurde, und die Fähren müssen auf die Flut warten."
FR = "Deux bateaux draguent le port depuis lundi. Les travaux coûtent 1 300 euros par jour, a dit la mairie."
ES = "Dos barcos dragan el puerto desde el lunes. Las obras cuestan 1.300 euros al día, dijo el concejo."
RU = "Два судна с понедельника углубляют гавань. Работы стоят 1300 евро в день, сообщили в городском совете."
AR = "بدأت سفينتان في تعميق الميناء يوم الاثنين. وتكلف الأعمال 1300 يورو في اليوم كما قال المجلس."
ZH = "两艘船周一开始疏浚港口。市议会表示，工程每天花费1300欧元，将持续到春天。"
ZH_TAIL = "\n\n自从河流改道以来，港口一直淤积，渡轮不得不等待涨潮才能进港。"
JA = "月曜日から二隻の船が港の浚渫を始めた。市議会によると、工事費は一日1300ユーロで、春まで続くという。"
KO = "월요일부터 배 두 척이 항구를 준설하기 시작했다. 시의회는 공사비가 하루 1300유로라고 밝혔다."
HI = "सोमवार से दो नावें बंदरगाह की खुदाई कर रही हैं। परिषद ने कहा कि काम पर प्रतिदिन 1300 यूरो खर्च होते हैं।"
TH = "เรือสองลำเริ่มขุดลอกท่าเรือเมื่อวันจันทร์ สภาเมืองกล่าวว่างานนี้มีค่าใช้จ่ายวันละ 1300 ยูโร"

QUOTED = "The mayor said: “We will dredge until the ice comes, and not a day longer than that.” Nobody asked why."
QUOTED_DE = "Der Bürgermeister sagte: „Wir baggern, bis das Eis kommt, und keinen Tag länger.“ Niemand fragte nach."
QUOTED_FR = (
    "Le maire a dit : « Nous draguerons jusqu’à l’arrivée des glaces, pas un jour de plus. » Personne n’a demandé."
)
QUOTED_RU = "Мэр сказал: «Мы будем углублять гавань до ледостава и ни днём дольше». Никто не спросил почему."
QUOTED_ZH = "市长说：“我们会一直疏浚到结冰为止，一天也不会多。”没有人问为什么。"
QUOTED_JA = "市長は「氷が張るまで浚渫を続け、それ以上は一日も続けない」と述べた。理由は誰も尋ねなかった。"
QUOTED_SV = "Borgmästaren sade: ”Vi muddrar tills isen kommer, och inte en dag längre.” Ingen frågade varför."
STRAIGHT = 'The mayor said: "We will dredge until the ice comes, and not a day longer than that." Nobody asked why.'

SET = [
    # a number
    Told("en", EN, EN.replace("1,300", "1,350"), "figure"),
    Told("en", EN, EN.replace("Two", "Three"), "figure"),
    Told(None, EN, EN.replace("Two", "Three"), "figure"),
    Told("en", EN, EN.replace("Two boats", "Several boats"), "figure"),
    Told("en", EN, EN.replace("Monday", "Monday 12 May"), "wording"),
    Told("en", EN, EN.replace("Two", "2"), "wording"),
    Told("en", EN, EN.replace("1,300", "1300"), "wording"),
    Told("en", EN, EN.replace("1,300", "1.3 million"), "figure"),
    Told("de", DE, DE.replace("1.300", "1.350"), "figure"),
    Told("fr", FR, FR.replace("1 300", "1 350"), "figure"),
    Told("fr", FR, FR.replace("Deux", "Trois"), "figure"),
    Told("es", ES, ES.replace("Dos", "Tres"), "figure"),
    Told("ru", RU, RU.replace("Два судна", "Три судна"), "figure"),
    Told("ru", RU, RU.replace("1300", "1350"), "figure"),
    Told("ar", AR, AR.replace("1300", "١٣٥٠"), "figure"),
    Told("ar", AR, AR.replace("1300", "١٣٠٠"), "wording"),
    Told("zh", ZH, ZH.replace("1300", "1350"), "figure"),
    Told("zh", ZH, ZH.replace("两艘", "三艘"), "figure"),
    Told("ja", JA, JA.replace("1300", "1350"), "figure"),
    Told("ja", JA, JA.replace("二隻", "三隻"), "figure"),
    Told("ko", KO, KO.replace("1300", "1350"), "figure"),
    Told("hi", HI, HI.replace("दो नावें", "तीन नावें"), "figure"),
    Told("hi", HI, HI.replace("1300", "१३५०"), "figure"),
    Told("th", TH, TH.replace("1300", "1350"), "figure"),
    # other words
    Told("en", EN, EN.replace("dredge", "deepen"), "wording"),
    Told("en", EN, EN.replace("the council said", "officials say"), "wording"),
    Told("de", DE, DE.replace("gebaggert", "gegraben"), "wording"),
    Told("es", ES, ES.replace("dijo el concejo", "según el concejo"), "wording"),
    Told("ru", RU, RU.replace("углубляют", "чистят"), "wording"),
    Told("ar", AR, AR.replace("المجلس", "رئيس البلدية"), "wording"),
    Told("zh", ZH, ZH.replace("周一", "昨天"), "wording"),
    Told("ja", JA, JA.replace("春まで", "夏まで"), "wording"),
    Told("th", TH, TH.replace("วันจันทร์", "วันศุกร์"), "wording"),
    Told("en", EN, EN.replace("Two", "Three").replace("dredge", "deepen"), "figure wording"),
    # within quotation marks
    Told("en", QUOTED, QUOTED.replace("not a day longer", "not an hour longer"), "quotation"),
    Told("en", STRAIGHT, STRAIGHT.replace("not a day longer", "not an hour longer"), "quotation"),
    Told("en", QUOTED, QUOTED.replace("Nobody", "Somebody"), "wording"),
    Told("en", QUOTED, QUOTED.replace("The mayor", "The council"), "wording"),
    Told("en", EN, EN.replace("the council said.", "the council said: “It is too much.”"), "quotation"),
    Told("en", "It’s the council’s harbour, and it’s deep.", "It’s the mayor’s harbour, and it’s deep.", "wording"),
    Told("en", "She called it ‘the deepest of all’ here.", "She called it ‘the best of all’ here.", "quotation"),
    Told("de", QUOTED_DE, QUOTED_DE.replace("Tag länger", "Monat länger"), "quotation"),
    Told("de", QUOTED_DE, QUOTED_DE.replace("Niemand", "Jemand"), "wording"),
    Told("de", "Er sagte: »Wir baggern weiter.« So ist es.", "Er sagte: »Wir baggern nie.« So ist es.", "quotation"),
    Told("fr", QUOTED_FR, QUOTED_FR.replace("un jour", "une heure"), "quotation"),
    Told("fr", QUOTED_FR, QUOTED_FR.replace("Personne", "Quelqu’un"), "wording"),
    Told("ru", QUOTED_RU, QUOTED_RU.replace("днём", "часом"), "quotation"),
    Told("sv", QUOTED_SV, QUOTED_SV.replace("en dag", "en timme"), "quotation"),
    Told("zh", QUOTED_ZH, QUOTED_ZH.replace("结冰", "开春"), "quotation"),
    Told("zh", QUOTED_ZH, QUOTED_ZH.replace("没有人", "有记者"), "wording"),
    Told("ja", QUOTED_JA, QUOTED_JA.replace("氷が張る", "春が来る"), "quotation"),
    Told("es", "— Seguiremos hasta el invierno —dijo.", "— Seguiremos hasta el verano —dijo.", "quotation"),
    Told("en", QUOTED, QUOTED.replace("not a day longer", "not 2 days longer"), "quotation figure"),
    # paragraphs
    Told("en", EN, EN + TAIL, "paragraph-added"),
    Told("en", EN + TAIL, EN, "paragraph-removed"),
    Told("en", TAIL.strip() + "\n\n" + EN, EN + TAIL, "paragraph-moved"),
    Told("de", DE, DE + DE_TAIL, "paragraph-added"),
    Told("zh", ZH, ZH + ZH_TAIL, "paragraph-added"),
    Told("zh", ZH + ZH_TAIL, ZH, "paragraph-removed"),
    Told("en", EN, QUOTED + TAIL, "paragraph-added paragraph-removed"),
    Told("en", EN + TAIL, EN.replace("Two", "Three") + "\n\n" + QUOTED + TAIL, "figure paragraph-added"),
    Told("en", EN + TAIL, EN + " " + QUOTED + TAIL, "quotation wording"),
    # a note came
    Told("en", EN, EN.replace("1,300", "1,350") + "\n\nCorrection: the cost was wrong.", "figure correction"),
    Told("en", EN, EN + "\n\nThis article was amended on 3 May to say that there are two boats.", "correction"),
    Told("en", EN + "\n\nCorrection: one.", EN + "\n\nCorrection: one.\n\nCorrection: two.", "correction"),
    Told("de", DE, DE + "\n\nAnmerkung der Redaktion: Der Betrag war falsch.", "correction"),
    Told("fr", FR, FR + "\n\nRectificatif : le montant était faux.", "correction"),
    Told("es", ES, ES + "\n\nFe de errores: en una versión anterior de esta noticia la cifra era otra.", "correction"),
    Told("ru", RU, RU + "\n\nУточнение: сумма была указана неверно.", "correction"),
    Told("zh", ZH, ZH + "\n\n更正：此前版本的金额有误。", "correction"),
    Told("ja", JA, JA + "\n\n【訂正】金額に誤りがありました。", "correction"),
    Told("ar", AR, AR + "\n\nتصحيح: كان المبلغ خاطئا.", "correction"),
    Told("en", EN + "\n\nCorrection: one.", EN, "paragraph-removed"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "old", "new", "types"), SET)
def test_edits(language: str | None, old: str, new: str, types: str) -> None:
    """Each edit has just the types that a person would give it."""
    one, other = (Said(title="Dredging", text=text, language=language) for text in (old, new))
    assert set(edits(difference(one, other), one, other)) == set(types.split())


FIELDS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"title": "Dredging"}, {"title": "Dredging begins"}, "headline"),
    ({"title": "Dredging ‘begins’"}, {"title": "Dredging “begins”"}, ""),
    ({"authors": ("Ann Reed",)}, {"authors": ("Ann Reed", "Bo Marsh")}, "byline"),
    ({"authors": ("Ann Reed", "Bo Marsh")}, {"authors": ("BO MARSH", "Ann Reed")}, ""),
    ({"published": "2026-11-22"}, {"published": "2026-11-23"}, "date"),
    ({"published": "2026-11-22"}, {"published": "2026-11-22T10:00:00+01:00"}, ""),
    ({"published": "2026-11-22T10:00:00+01:00"}, {"published": "2026-11-22T09:00:00+00:00"}, ""),
    ({"published": None}, {"published": "2026-11-22"}, ""),
    ({"published": "2026-11"}, {"published": "2026-12"}, "date"),
    ({"section": "News"}, {"section": "Sport"}, "section"),
    ({"tags": ("boats", "tide")}, {"tags": ("Tide", "boats")}, ""),
    ({"tags": ("boats",)}, {"tags": ("boats", "tide")}, "tags"),
    ({"lead": "Boats have come."}, {"lead": "Boats have left."}, "lead"),
    ({"captions": ("A boat.",)}, {"captions": ("A boat.", "Ann Reed")}, "caption"),
    ({"source": "Town Courier"}, {"source": "Wire"}, "source"),
    ({"kinds": ("p",)}, {"kinds": ("li",)}, ""),
    ({"language": "en"}, {"language": "de"}, ""),
]


@pytest.mark.parametrize(("old", "new", "types"), FIELDS)
def test_fields(old: dict[str, Any], new: dict[str, Any], types: str) -> None:
    """A field is changed when a reader would say so."""
    one, other = (Said(**{"title": "Dredging", "text": EN} | fields) for fields in (old, new))
    assert edits(difference(one, other), one, other) == tuple(types.split())


@pytest.mark.parametrize(
    ("before", "after", "note", "silent"),
    [
        ("2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00+00:00", "", True),
        ("2026-11-22T10:00:00+00:00", "2026-11-22T11:00:00+01:00", "", True),
        ("2026-11-22T10:00:00+00:00", "2026-11-22T12:00:00+00:00", "", False),
        ("2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00+00:00", "\n\nCorrection: two boats.", False),
        ("2026-11-22T10:00:00+00:00", None, "", False),
        (None, None, "", False),  # a page that never says when it was changed
    ],
)
def test_silent(before: str | None, after: str | None, note: str, silent: bool) -> None:
    """The text is another and the page says that it was not touched since; a note is not silent."""
    old = Said(title="Dredging", text=EN, modified=before)
    new = Said(title="Dredging", text=EN.replace("Two", "Three") + note, modified=after)
    assert ("silent" in edits(difference(old, new), old, new)) == silent


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He said “no” – twice…", 'He said "no" - twice...'),
        ("Two\u00a0boats\u200b came .", "Two boats came."),
        ("One.\n\nTwo.", "One. Two."),  # paragraphs are markup
        ("« Non », dit-il.", "“Non”, dit-il."),
        ("Ｔｗｏ boats", "Two boats"),
    ],
)
def test_what_reads_the_same(old: str, new: str) -> None:
    """Quotes, dashes, blanks and where a paragraph ends are no difference."""
    assert difference(Said(title="", text=old), Said(title="", text=new)).empty


TEXTS = st.lists(st.sampled_from([*EN.split(". "), *QUOTED.split(": "), "1,300 euros", "“No.”"]), max_size=6).map(
    "\n\n".join
)


@settings(max_examples=50)
@given(TEXTS, TEXTS)
def test_equal_readings_differ_in_nothing(old: str, new: str) -> None:
    """No difference has no edits, and any difference has some."""
    one, other = Said(title="Dredging", text=old), Said(title="Dredging", text=new)
    assert difference(one, one).empty and edits(difference(one, one), one, one) == ()
    found = difference(one, other)
    assert found.empty == (edits(found, one, other) == ())
    assert set(edits(found, one, other)) <= set(EDITS)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("1,300 or 1.300 or 1 300", "en", {"1300": 2, "1": 1, "300": 1}),
        ("1.5 and 1,5", None, {"1.5": 2}),
        ("two and 2, twelve", "en", {"2": 2, "12": 1}),
        ("due", "en", {}),  # Italian for two
        ("due", "it", {"2": 1}),
        ("३ नावें", "hi", {"3": 1}),
        ("two million, 2 millions", "en", {"2": 2, "millio": 2}),
    ],
)
def test_numbers(text: str, language: str | None, found: dict[str, int]) -> None:
    """As digits or as words, with whatever signs."""
    assert numbers(text, language) == Counter(found)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("“One” and “two”", ["“One”", "“two”"]),
        ("„eins“ „dwa” «три» »vier«", ["„eins“", "„dwa”", "«три»", "»vier«"]),
        ("「五」『六』 ”sju” ‚acht‘", ["「五」", "『六』", "”sju”", "‚acht‘"]),
        ("It's the boats' tide, don't say 'it is' to 'em", ["'it is'"]),
        ("“Not closed, as it goes on", ["“Not closed, as it goes on"]),
        ("5\" of rain", []),
    ],
)  # fmt: skip
def test_quoted(text: str, spans: list[str]) -> None:
    """Marks of every style; an apostrophe is none."""
    assert [text[start:end] for start, end in quoted(text)] == spans


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("CORRECTED-Boats dredge harbour", True),
        ("Clarification (3 May): there are two boats.", True),
        ("[Correction]", True),
        ("Corrections officers dredged the harbour on Monday.", False),
        ("The house of correction was closed.", False),
        ("Korrektur: Es sind zwei.", True),
        ("Korrekturen an der Mole dauern an.", False),
        ("Sprostowanie", True),
        ("Düzeltme: iki gemi.", True),
        ("訂正の必要はないと市長は述べた。", False),
    ],
)
def test_notes(text: str, is_one: bool) -> None:
    """A note begins by saying what it is."""
    assert is_note(text) == is_one
