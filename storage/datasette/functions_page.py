"""The page of our SQL functions: what each does, and an example to be run."""

from typing import Any

from storage.datasette.answers import Page
from storage.datasette.functions import DESCRIBED
from storage.datasette.reading import Reading


def functions(reading: Reading, request: Any) -> Page:
    return Page(template="functions.html", context={"functions": DESCRIBED})
