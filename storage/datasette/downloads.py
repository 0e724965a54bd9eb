"""An article to be taken away: the text file, the JSON record and the WARC file, as exports write them."""

from typing import Any

from storage.archive.base import Row
from storage.datasette.answers import JSON, TEXT, Document, Missing
from storage.datasette.asked import Shown, shown
from storage.datasette.reading import Reading
from storage.export.record import record
from storage.export.text import render
from storage.export.warc_records import one_file
from storage.records import to_json


def download(reading: Reading, request: Any) -> Document:
    """`form` of the path: txt, json, warc. Raises Missing, Unclear."""
    what = shown(reading, request)
    name = f"newskeep-{what.standing['id']}-version-{what.version['number']}"
    return _FORMS[request.url_vars["form"]](reading, what, name)


def _text(reading: Reading, what: Shown, name: str) -> Document:
    return Document(body=render(what.told.row).encode(), content_type=TEXT, filename=f"{name}.txt")


def _json(reading: Reading, what: Shown, name: str) -> Document:
    body = to_json(record(what.told, reading.hide)).encode() + b"\n"
    return Document(body=body, content_type=JSON, filename=f"{name}.json")


def _warc(reading: Reading, what: Shown, name: str) -> Document:
    file = f"{name}.warc.gz"
    taken = reading.archive.taken_bodies()

    def body(capture: Row) -> bytes | None:
        return None if capture["sha256"] in taken else reading.body(capture)

    found = one_file(what.told.pages, body, file)
    if found is None:
        why = what.version["body_gone"]
        raise Missing(f"The bytes of capture {what.version['capture_id']} are not kept{f': {why}' if why else ''}.")
    return Document(body=found, content_type="application/warc", filename=file)


_FORMS = {"txt": _text, "json": _json, "warc": _warc}
