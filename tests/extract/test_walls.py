"""Pages that are no articles: what each is, and why; and the articles that look a little like them."""

import gzip
import json
from pathlib import Path

import pytest

from collector.extract import extract
from collector.extract.walls import is_error

URL = "https://ford-courier.example/2026/flood"
ONE = "The river rose overnight and the old bridge was closed, the mayor of Ford said on Tuesday morning."
TWO = "Two schools will stay shut until Friday, and the ferry takes children over free of charge until then."
THREE = "Engineers from the county are expected on Thursday with a second pump and a boat, according to the council."
STORY = (ONE, TWO, THREE, *(f"On day {n} the engineers of the county of Ford said: {ONE}" for n in range(2, 9)))
PAGES = Path(__file__).parent.parent.parent.parent / "shared" / "pages"


def page(title: str, *paragraphs: str, head: str = "", more: str = "") -> str:
    said = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{said}{more}</main></body></html>"
    )


def seen(html: str, url: str = URL) -> tuple[str, str | None]:
    result = extract(html, url, sites={})
    assert (result.kind == "article") is bool(result.articles)
    return result.kind, result.reason


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        *((title, "not found") for title in (
            "404", "Seite nicht gefunden", "Page introuvable", "Página no encontrada", "Pagina non trovata",
            "Página não encontrada", "Pagina niet gevonden", "Nie znaleziono strony", "Страница не найдена",
            "Сторінку не знайдено", "Sayfa bulunamadı", "Sidan hittades inte", "الصفحة غير موجودة", "页面不存在",
            "ページが見つかりません", "페이지를 찾을 수 없습니다",
        )),
        *((title, "a check for robots") for title in (
            "Just a moment...", "Attention Required!", "Access denied", "Are you a robot?",
            "Vercel Security Checkpoint",
            "Zugriff verweigert", "Un instant...", "Acceso denegado", "Accesso negato", "Acesso negado",
            "Toegang geweigerd", "Odmowa dostępu", "Доступ ограничен", "Доступ заборонено", "Erişim engellendi",
            "Åtkomst nekad", "تم رفض الوصول", "请稍候…", "アクセスが拒否されました", "접근이 차단되었습니다",
        )),
        *((title, "a consent page") for title in (
            "Before you continue", "We value your privacy", "Datenschutzeinstellungen", "Gestion des cookies",
            "Configuración de cookies", "Definições de privacidade", "Impostazioni dei cookie", "Privacy-instellingen",
            "Szanujemy Twoją prywatność", "Настройки cookie", "Налаштування cookie", "Çerez ayarları",
            "Cookie-inställningar", "إعدادات الخصوصية", "隐私设置", "プライバシー設定", "개인정보 설정",
        )),
        *((title, "a log-in page") for title in (
            "Sign in", "Anmelden", "Connexion", "Iniciar sesión", "Iniciar sessão", "Accedi", "Inloggen", "Zaloguj się",
            "Войти", "Увійти", "Giriş yap", "Logga in", "تسجيل الدخول", "登录", "ログイン", "로그인",
        )),
        *((title, "a paywall") for title in (
            "Subscribe to read", "Nur für Abonnenten", "Réservé aux abonnés", "Solo para suscriptores",
            "Riservato agli abbonati", "Alleen voor abonnees", "Только для подписчиков", "会員限定記事",
        )),
        *((title, "an error page") for title in (
            "503 Service Unavailable", "Internal Server Error", "Wartungsarbeiten", "Erreur interne du serveur",
            "En mantenimiento", "Errore interno del server", "Ошибка сервера", "Sunucu hatası", "メンテナンス中",
        )),
    ],
)  # fmt: skip
def test_a_wall_by_its_title(title: str, reason: str) -> None:
    """What is called so, tells no date and says little is a wall, in any of the languages; dated, it is a story."""
    assert seen(page(title, ONE)) == ("wall", reason)
    assert seen(page(f"{title} - Courier", ONE, head='<meta property="og:site_name" content="Courier">'))[1] == reason
    assert seen(page(title, ONE, head="<meta name=date content=2026-03-04>"))[0] == "article"
    assert seen(page(title, *STORY))[0] == "article", "a wall says little"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We and our 842 partners store and access information on a device, such as cookies.", "a consent page"),
        ("Wir und unsere 214 Partner verarbeiten Daten und setzen Cookies mit Ihrer Zustimmung.", "a consent page"),
        ("Nous et nos 180 partenaires déposons des cookies sur votre appareil.", "a consent page"),
        ("Nosotros y nuestros 150 socios almacenamos cookies en su dispositivo.", "a consent page"),
        ("Noi e i nostri 90 partner archiviamo informazioni, ad esempio nei cookie.", "a consent page"),
        ("Wij en onze 60 partners gebruiken cookies om de site te laten werken.", "a consent page"),
        ("Мы используем файлы cookie, чтобы сайт работал лучше для вас.", "a consent page"),
        ("当サイトはCookieを使用しています。続ける前に同意してください。どうぞよろしく。", "a consent page"),
        ("Please enable JS and disable any ad blocker to go on to the page.", "a check for robots"),
        ("Bitte bestätigen Sie, dass Sie kein Roboter sind, dass sie ein Mensch sind.", "a check for robots"),
        ("Подтвердите, пожалуйста, что вы не робот, и мы откроем страницу.", "a check for robots"),
        ("The story that you are looking for is no longer here.", "not found"),
        ("Leider wurde die Seite, die Sie suchen, nicht gefunden.", "not found"),
        ("お探しのページは削除されたか、移動した可能性があります。トップへお戻りください。", "not found"),
        ("Dieser Inhalt ist nur für Abonnenten. Jetzt abonnieren und weiterlesen.", "a paywall"),
        ("Pour lire la suite de cet article, choisissez une offre de la maison.", "a paywall"),
        ("Error establishing a database connection, please come back later.", "an error page"),
        ("Включите JavaScript, чтобы увидеть эту страницу целиком.", "drawn by JavaScript"),
    ],
)
def test_a_wall_by_its_words(text: str, reason: str) -> None:
    """A few lines that ask for something are no story; a dated or declared story may say the same."""
    assert seen(page("Courier", text)) == ("wall", reason)
    for head in ("<meta name=date content=2026-03-04>", '<meta property="og:type" content="article">'):
        assert seen(page("Courier", text, ONE, head=head))[0] == "article"


@pytest.mark.parametrize(
    "title",
    [
        "500 homes flooded in Ford", "404 days in prison", "410 jobs go at the yard", "503 runners in the valley race",
        "Bail denied", "The Peugeot 404 turns sixty", "Résultats de la loterie", "Resultados de las elecciones",
        "Results for the third quarter", "Risultati per la squadra", "Signs of an early spring", "Errors of the past",
        "Cookies for the mayor", "The privacy of bees", "Searching for the lost boat", "A login of one's own",
    ],
)  # fmt: skip
def test_a_headline_that_begins_like_a_wall(title: str) -> None:
    """Numbers, results and denials are news."""
    assert seen(page(title, ONE)) == ("article", None)
    assert not is_error(title)


@pytest.mark.parametrize(
    "text",
    [
        "The statue of the founder has been removed, and the law that protected it no longer exists.",
        "Unusual activity was measured at the volcano, and a technical error stopped the trains.",
        "A party for family members of the crew is held on Sunday; the ferry runs as usual.",
        "Wegen Wartungsarbeiten ist die Brücke bis Freitag gesperrt, teilte die Stadt am Morgen mit.",
        "Die Polizei hat den gestohlenen Wagen nicht gefunden und sucht weiter nach dem Fahrer.",
        "Конкурс для подписчиков городской библиотеки начнётся в субботу утром на площади.",
        "The council wants every baker in Ford to sign a paper on bread, and to register it in town.",
    ],
)
def test_a_short_notice_that_sounds_like_a_wall(text: str) -> None:
    """Few words, no date and no declaration make no wall of a notice."""
    assert seen(page("News of the day in Ford", text)) == ("article", None)


def test_a_consent_page_may_be_long() -> None:
    """A consent page explains itself at length; a story that names cookies later on does not begin so."""
    text = "We and our 842 partners store cookies on your device to show advertisements and measure them."
    assert seen(page("Courier", text, TWO, THREE, ONE)) == ("wall", "a consent page")
    assert seen(page("Flood closes bridge", ONE, TWO, THREE, f"{TWO} {text}"))[0] == "article"


@pytest.mark.parametrize(
    ("url", "kind", "reason"),
    [
        ("https://consent.ford-courier.example/?to=%2Fflood", "wall", "a consent page"),
        ("https://login.ford-courier.example/flood", "wall", "a log-in page"),
        ("https://ford-courier.example/login?next=/flood", "wall", "a log-in page"),
        ("https://ford-courier.example/cookie-wall", "wall", "a consent page"),
        ("https://ford-courier.example/404.html", "wall", "not found"),
        ("https://ford-courier.example/search?q=flood", "listing", "a search"),
        ("https://ford-courier.example/flood-at-the-login-office", "article", None),
        ("https://ford-courier.example/private/flood", "article", None),
        ("https://[broken/login", "article", None),
    ],
)
def test_a_wall_by_where_redirects_end(url: str, kind: str, reason: str | None) -> None:
    """The address of a page that says little and declares nothing tells what it is, in any language."""
    assert seen(page("Flood closes bridge", ONE, TWO), url) == (kind, reason)


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        ("<form><input name=user><input type=password></form>", "wall", "a log-in page"),
        ("<div id=px-captcha></div>", "wall", "a check for robots"),
        ("<script src='https://geo.captcha-delivery.com/c.js'></script>", "wall", "a check for robots"),
        ("<div id=root> </div><script src=/app.js></script>", "wall", "drawn by JavaScript"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript>", "wall", "drawn by JavaScript"),
        ("".join(f"<li><a href=/{n}>What the council said on day {n}</a>" for n in range(20)), "listing",
         "an index of other pages"),
        ("<nav><a href=/>Home</a></nav>", "empty", "no text that could be an article's"),
        ("", "empty", "no text that could be an article's"),
    ],
)  # fmt: skip
def test_a_page_without_text_tells_why(body: str, kind: str, reason: str) -> None:
    """By what it is made of, where it has no words."""
    assert seen(f"<html><head><title>Courier</title></head><body>{body}</body></html>") == (kind, reason)


def paid(*paragraphs: str, free: str = "false", more: str = "", **said: object) -> str:
    item = {"@type": "NewsArticle", "headline": "Flood closes bridge", "datePublished": "2026-03-04"} | said
    told = json.dumps(item | {"isAccessibleForFree": free})
    return page("Flood closes bridge", *paragraphs, head=f"<script type=application/ld+json>{told}</script>", more=more)


WALL = "This article is for subscribers only."


@pytest.mark.parametrize(
    "html",
    [
        paid(ONE, wordCount=640),
        paid(ONE, TWO, wordCount="1,204"),
        paid(ONE, description=f"{ONE} {TWO} {THREE}"),
        paid(ONE, description=ONE, more="<div>Subscribe now to continue reading.</div>"),
        paid(ONE, WALL, description=ONE, free="true"),
        paid(WALL, free="true"),
    ],
)
def test_a_paywalls_stub(html: str) -> None:
    """Far less than the page promised, or no more than the lead and a demand."""
    assert seen(html) == ("wall", "a paywall's stub")


@pytest.mark.parametrize(
    "html",
    [
        paid(ONE, TWO, THREE, wordCount=140),
        paid(*STORY, wordCount=640, free="true"),  # the count is wrong as often as the flag
        paid(*STORY, wordCount=len("\n\n".join(STORY))),  # characters that are called words
        paid(ONE, TWO),  # a flag alone
        paid(ONE, description=ONE),  # a short notice under a flag that is wrong
        paid(ONE, TWO, WALL),
        paid(*STORY, "Subscribe now to continue reading.", description=ONE),
        paid(ONE, wordCount=True),
        paid(ONE, wordCount="many"),
        paid(ONE, wordCount={"value": 900}),
    ],
)
def test_a_flag_alone_is_no_wall(html: str) -> None:
    """Publishers set isAccessibleForFree wrongly: what the page gives is read unless it promised far more."""
    assert seen(html) == ("article", None)


@pytest.mark.slow
@pytest.mark.skipif(not PAGES.exists(), reason="no page collections at ../shared/pages")
def test_no_real_article_is_a_wall() -> None:
    """Of the pages that have the text of an article by their gold, every one is read."""
    refused = []
    for gold in PAGES.glob("*/gold.jsonl"):
        for told in map(json.loads, gold.read_text().splitlines()):
            if told.get("paragraphs"):
                html = gzip.decompress((gold.parent / told["html"]).read_bytes())
                result = extract(html, told["url"], "text/html; charset=utf-8", sites={})
                refused += [] if result.articles else [(told["id"], result.reason)]
    assert refused == []
