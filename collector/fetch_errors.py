"""The network's errors -> ours, once, with their cause. Knows nothing of how a request is made."""

import ssl
from collections.abc import Iterator

import httpx
from h2.exceptions import H2Error

from collector.errors import FetchError, Refused
from collector.fetch_address import Forbidden, Unknown
from collector.fetch_body import BodyError

NETWORK_ERRORS = (TimeoutError, OSError, httpx.HTTPError, H2Error, Forbidden, Unknown, BodyError)

LASTING = frozenset({"tls", "too-large"})  # another try gets the same answer

# What h11 and httpcore say of an answer that stops before its own end.
CUT_SHORT = ("without sending complete message body", "incomplete chunked read")
# The other side went away: nothing is wrong with what it sent.
HUNG_UP = ("Server disconnected", "ConnectionTerminated", "StreamReset")


def fetch_error(url: str, error: Exception, seconds: float) -> FetchError:
    """`error`, one of NETWORK_ERRORS, as ours. `seconds`: the deadline, for the message."""
    if isinstance(error, Forbidden):
        return Refused(url, "address", str(error))
    reason, message = _told(error, seconds)
    return FetchError(url, reason, message, passing=reason not in LASTING)


def _told(error: Exception, seconds: float) -> tuple[str, str]:
    match error:
        case Unknown():
            told = "dns", str(error)
        case BodyError():
            told = error.reason, str(error)
        case httpx.ConnectTimeout():
            told = "timeout", "no connection in time"
        case TimeoutError() | httpx.TimeoutException():
            told = "timeout", f"no whole answer within {seconds:.3g} s"
        case _ if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
            told = "tls", f"no trusted connection: {_words(error)}"
        case httpx.ConnectError() | httpx.ProxyError():
            told = "connect", f"no connection: {_words(error)}"
        case httpx.ProtocolError() | H2Error():
            told = _protocol_told(str(error))
        case _:
            told = "reset", f"the connection broke: {_words(error)}"
    return told


def _protocol_told(said: str) -> tuple[str, str]:
    if any(words in said for words in CUT_SHORT):
        return "truncated", f"the answer stops early: {said}"
    if any(words in said for words in HUNG_UP):
        return "reset", f"the server hung up: {said}"
    return "protocol", f"not proper HTTP: {said}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The chain behind an error; httpcore cuts `__cause__` off and keeps the original as the argument."""
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen:
        seen.append(following)
        yield following
        inner = next((value for value in following.args if isinstance(value, BaseException)), None)
        following = following.__cause__ or following.__context__ or inner


def _words(error: Exception) -> str:
    """What the deepest cause says: "All connection attempts failed" helps nobody."""
    *_, last = _causes(error)
    return str(last) or type(last).__name__
