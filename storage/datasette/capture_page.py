"""A capture as a page: our page with a frame, and what stands in the frame, which can do nothing.

Three layers: the frame's sandbox; the policy of the framed answer, which holds in a tab of its own, too; and its bytes,
which are written anew without all that runs, loads, sends or leads elsewhere (`collector.extract.harmless`).
"""

from typing import Any

from collector.extract.harmless import harmless
from storage.datasette.answers import HTML, Document, Missing, Page
from storage.datasette.capture_read import body_of, capture_of, is_page, needed_body, seen_as, text_of
from storage.datasette.reading import Reading

MOST = 2_000_000  # characters that are parsed
_DENIED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation"),
    *("gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get"),
    *("screen-wake-lock", "usb", "xr-spatial-tracking"),
)
# No Cross-Origin-Opener-Policy: with `sandbox` a browser refuses to open such an answer in a tab of its own
# (https://html.spec.whatwg.org/multipage/browsing-the-web.html#create-navigation-params-by-fetching), and the sandbox
# severs it from its opener anyhow, being of no origin.
HARMLESS = {
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " form-action 'none'; frame-ancestors 'self'; base-uri 'none'",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in _DENIED),
    "x-robots-tag": "noindex, nofollow",
    "x-dns-prefetch-control": "off",
    "cache-control": "private, no-store",
}


def capture_view(reading: Reading, request: Any) -> Page:
    row = capture_of(reading, request)
    context = {
        "capture": row,
        "told": reading.hide(row["final_url"]),
        **seen_as(row, body_of(reading, row)),
    }
    return Page(template="capture_view.html", context=context)


def capture_page(reading: Reading, request: Any) -> Document:
    """Raises Missing for what is no HTML: drawings and XML can run scripts, too, and are never served as themselves."""
    row = capture_of(reading, request)
    found = needed_body(reading, row)
    if not is_page(row, found):
        raise Missing(f"Capture {row['id']} is no page: it can be read as text, or saved.")
    made = harmless(text_of(row, found)[:MOST], row["content_type"])
    return Document(body=made.encode("utf-8", "replace"), content_type=HTML, headers=HARMLESS)
