"""A hop that asks again: where a redirect leads, and once more what can pass. Knows no network."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import tenacity

from collector.errors import FetchError
from collector.fetch_place import joined, place
from storage.records import Capture, Request

Hop = Callable[[Request], Awaitable[Capture]]

MOST_REDIRECTS = 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})
REPEATING = frozenset({307, 308})  # a POST as it was; the others make it a GET (RFC 9110 15.4, and every browser)
ATTEMPTS = 3
# What another try within seconds can mend; a name without an address is not: the resolver has tried again itself.
CAN_PASS = frozenset({"timeout", "reset", "connect", "truncated", "protocol", "status"})


def following(hop: Hop, *, budget: float, most: int = MOST_REDIRECTS) -> Hop:
    """A hop that follows at most `most` redirects, within `budget` seconds on the network for the whole chain.

    The capture has the asked address as `url`, the last as `final_url`, those that redirected as `redirects`.
    Headers stay within the host that they were made for, those of a body with the body. Raises FetchError "redirects"
    for loops and long chains.
    """

    async def get(request: Request) -> Capture:
        passed: list[tuple[str, bytes | None]] = []
        cookies: dict[str, dict[str, str]] = {}  # by host: a page may set one and lead to itself
        url, body = request.url, request.body
        left = budget if request.budget is None else request.budget
        while True:
            headers = _headers(request, url, body)
            if jar := cookies.get(place(url).host):
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
            capture = await hop(replace(request, url=url, body=body, headers=headers, budget=left))
            left -= capture.elapsed
            passed.append((url, body))
            location = capture.header("location") if capture.status in REDIRECTS else None
            if location is None:
                elapsed = (budget if request.budget is None else request.budget) - left
                redirects = tuple(url for url, _ in passed[:-1])
                return replace(capture, url=request.url, redirects=redirects, elapsed=elapsed)
            new = _cookies(capture).items() - cookies.get(place(url).host, {}).items()
            cookies.setdefault(place(url).host, {}).update(new)
            url, body = joined(url, location), body if capture.status in REPEATING else None
            if (url, body) in passed and not new:
                raise FetchError(request.url, "redirects", f"redirects in a circle, back to {url}", passing=False)
            if len(passed) > most:
                raise FetchError(request.url, "redirects", f"more than {most} redirects", passing=False)

    return get


def retrying(get: Hop, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> Hop:
    """A get that tries what can pass up to three times, after 0.5 to 4 seconds each.

    The last 5xx or 429 is raised as FetchError "status-503" and the like; any other answer is a capture.
    """
    again = tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(ATTEMPTS),
        wait=tenacity.wait_exponential_jitter(multiplier=0.5, jitter=1, max=4),
        retry=tenacity.retry_if_exception(_can_pass),
        sleep=sleep,
        reraise=True,
    )

    async def once(request: Request) -> Capture:
        capture = await get(request)
        status = capture.status
        if status == 429 or 500 <= status < 600:
            raise FetchError(request.url, f"status-{status}", f"answered {status}", passing=True, status=status)
        return capture

    return again.wraps(once)


def _headers(request: Request, url: str, body: bytes | None) -> dict[str, str]:
    """What goes along to `url`, where a request was redirected to."""
    at_home = place(url).host == place(request.url).host
    along = {True: body is not None, False: at_home}
    return {name: value for name, value in request.headers.items() if along[name.lower() == "content-type"]}


def _cookies(capture: Capture) -> dict[str, str]:
    """Names and values of the cookies that an answer sets (RFC 6265 5.2); they live as long as the redirects."""
    pairs = (value.partition(";")[0].partition("=") for name, value in capture.headers if name == "set-cookie")
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _can_pass(error: BaseException) -> bool:
    return isinstance(error, FetchError) and error.passing and error.reason.partition("-")[0] in CAN_PASS
