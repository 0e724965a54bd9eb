"""Telling a program of ours or the operator's something: a POST with JSON. No politeness, no archive, no redirects."""

import ssl
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

import httpx

from collector.errors import Undelivered

PATIENCE = 10.0  # seconds for each step of a request


async def post_json(url: str, value: Mapping[str, str]) -> None:
    """Returns when the answer says that it was taken. Raises Undelivered, which names the host alone."""
    where = f"the webhook at {urlsplit(url).hostname}"
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, verify=_trust()) as client:
            answer = await client.post(url, json=dict(value))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        # without the cause, whose words may hold the address
        raise Undelivered(f"{where} cannot be reached ({type(error).__name__})") from None
    if not answer.is_success:
        raise Undelivered(f"{where} answered {answer.status_code}")


@cache
def _trust() -> ssl.SSLContext:
    """Reading all authorities takes longer than most requests."""
    return httpx.create_ssl_context(trust_env=False)
