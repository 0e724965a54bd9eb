"""The front page."""

from typing import Any

from storage.datasette.answers import Page
from storage.datasette.reading import Reading


def front(reading: Reading, request: Any) -> Page:
    return Page(template="front.html", context={"newest": reading.archive.newest(20)})
