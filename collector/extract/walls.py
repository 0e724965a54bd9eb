"""Pages that say why there is no article: not found, a consent or log-in page, a check for robots, a search.

Words are only believed on a page that declares no article and tells no date, and, but for a search, says little.
"""

import re

_LONGEST = 1_200  # characters of text
_TITLES = {
    "not found": (
        r"(?:error |http )?(?:40[0-9]|410|50[0-9])\b.{0,60}|not found|access denied|forbidden|oops.{0,40}",
        r".{0,40}\b(?:page|article|story|file|content).{0,20} (?:not|no longer|cannot|can't|couldn't) (?:be )?"
        r"(?:found|available|exist).{0,20}",
        r"(?:service|site) (?:temporarily )?unavailable|under maintenance|(?:die )?seite (?:wurde )?nicht gefunden",
        r"page (?:non trouvée|introuvable)|página no encontrada|página não encontrada|pagina non trovata",
        r"pagina niet gevonden|nie znaleziono.{0,20}|страница не найдена|сторінку не знайдено",
    ),
    "a check for robots": (
        r"just a moment.{0,5}|attention required.{0,20}|.{0,20}are you (?:a )?(?:human|robot).{0,20}",
        r"security (?:check|verification)|verify(?:ing)? (?:that )?you are (?:a )?human.{0,20}|(?:re)?captcha",
        r"checking your browser.{0,40}|pardon our interruption.{0,5}|human verification|one moment, please.{0,5}",
    ),
    "a consent page": (
        r"before you continue.{0,40}|(?:we value )?your privacy(?: (?:choices|matters).{0,20})?",
        r"(?:cookie|privacy|consent)s?(?: (?:consent|settings|preferences|choices|wall|notice))?",
        r"datenschutz(?:einstellungen|hinweise)?|zustimmung",
    ),
    "a log-in page": (
        r"(?:please )?(?:log|sign)[ -]?(?:in|on)(?: (?:to|or|-|with) .{0,60})?|anmelden|connexion|iniciar sesión|вход",
    ),
    "a search": (
        r"search|search results?\b.{0,100}|results for .{0,100}|suche|suchergebnisse?\b.{0,80}",
        r"recherche|búsqueda|поиск",
        r"(?:résultats (?:de|pour)|resultados (?:de|para)|wyniki wyszukiwania|результаты поиска)\b.{0,80}",
    ),
}
_REASONS = {reason: re.compile(rf"\W*(?:{'|'.join(titles)})\W*", re.IGNORECASE) for reason, titles in _TITLES.items()}
_SAID = {
    "drawn by JavaScript": re.compile(
        r"(?:enable|activate|turn on|requires?|needs?) javascript|javascript is (?:disabled|required)|"
        r"javascript (?:aktivieren|активируйте)|activer javascript|habilitar? javascript",
        re.IGNORECASE,
    ),
    "it leads elsewhere": re.compile(r"(?:you are|you will be|if you are not) (?:being )?redirected", re.IGNORECASE),
}
_HEAD = 300  # characters in which a page says such a thing


def reason(title: str | None, text: str) -> str | None:
    """Why the page is no article, by its title and all its text; None where nothing speaks against one."""
    for why, pattern in _REASONS.items():
        if pattern.fullmatch((title or "")[:200]) and (why == "a search" or len(text) < _LONGEST):
            return why
    if len(text) < _HEAD:
        return next((why for why, pattern in _SAID.items() if pattern.search(text)), None)
    return None
