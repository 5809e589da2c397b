"""One HTTP request to a receiver (RFC 9112), and saying for certain how far it came.

Nothing before the request is on its way can have been heard: whatever breaks there may be tried again. Once it has begun to
leave and no whole answer comes, nobody knows. The whole takes at most as long as it is given, whatever the receiver does, and
it ends at once when somebody asks it to.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, quote

from core.alerts.rules.addresses import check_url
from core.alerts.rules.answers import by_status, refused
from core.alerts.types.channels import Delivery
from core.errors import InvalidInput
from core.i18n import Text, _

SLICE_SECONDS = 0.2
MOST_ANSWER = 64_000
_AGENT = "Steward"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent where. The address may hold a key and is never written down."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)


class _Stopped(OSError):
    """Somebody asked to end it, or its time is over."""


class _NotWhole(Exception):
    """Not all of the request left: no receiver can make anything of it."""


@dataclass(slots=True)
class _Limit:
    """Until when it may take, and who may end it earlier."""

    end: float
    stop: Callable[[], bool]

    def left(self) -> float:
        """Seconds for the next step. Raises _Stopped when there are none."""
        rest = self.end - time.monotonic()
        if rest <= 0 or self.stop():
            raise _Stopped
        return min(rest, SLICE_SECONDS)

    def rest(self) -> float:
        """Seconds until the end. Raises _Stopped when there are none."""
        self.left()
        return self.end - time.monotonic()


class _Reader(io.RawIOBase):
    """What comes from the receiver, in short waits, so that neither silence nor single letters hold us."""

    def __init__(self, wire: socket.socket, limit: _Limit) -> None:
        self._wire, self._limit = wire, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            self._wire.settimeout(self._limit.left())
            try:
                return self._wire.recv_into(buffer)
            except TimeoutError:
                continue


class _Wire:
    """A connection as `http.client` uses one to read an answer."""

    def __init__(self, wire: socket.socket, limit: _Limit) -> None:
        self._wire, self._limit = wire, limit

    def makefile(self, _mode: str) -> io.BufferedReader:
        """To read the answer from."""
        return io.BufferedReader(_Reader(self._wire, self._limit))


def send(
    request: Request,
    judge: Callable[[bytes], Delivery],
    *,
    seconds: float,
    stop: Callable[[], bool] = lambda: False,
) -> Delivery:
    """Send a request and say what became of it; `judge` reads an answer of success. Never raises for what a receiver or a
    network does."""
    try:
        parts = check_url(request.url)
    except InvalidInput as fault:
        return refused(fault.text, is_of_channel=True)
    limit = _Limit(time.monotonic() + seconds, stop)
    host = parts.hostname or ""
    wire: socket.socket | None = None
    try:
        head = _head(request, parts)
        wire = _connected(parts, host, limit)
    except _Stopped:
        return _later(_("{host} did not answer in time. Nothing was sent.", host=host))
    except ssl.SSLError as fault:
        return refused(_not_safe(host, fault), is_of_channel=True)
    except UnicodeError:
        return refused(_("“{host}” is no name of a server.", host=host[:60]), is_of_channel=True)
    except OSError:
        return _later(_("{host} cannot be reached. Nothing was sent.", host=host))
    try:
        return _exchange(wire, head + (request.body or b""), limit, judge)
    except _NotWhole:
        return _later(_("{host} did not take the whole message. It is tried again.", host=host))
    except (OSError, http.client.HTTPException, ValueError):
        return Delivery("unsure", _("{host} broke off or fell silent before it answered.", host=host))
    finally:
        with suppress(OSError):
            wire.close()


def _connected(parts: SplitResult, host: str, limit: _Limit) -> socket.socket:
    """Connected and, with https, encrypted with a proved certificate."""
    is_safe = parts.scheme == "https"
    port = parts.port or (443 if is_safe else 80)
    plain = host if host.isascii() else host.encode("idna").decode("ascii")
    wire = socket.create_connection((plain, port), timeout=limit.rest())
    try:
        wire.settimeout(limit.rest())
        if is_safe:
            return ssl.create_default_context().wrap_socket(wire, server_hostname=plain)
    except BaseException:
        wire.close()
        raise
    return wire


def _head(request: Request, parts: SplitResult) -> bytes:
    """Request line and headers; nothing in them can break a line."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc if parts.netloc.isascii() else (parts.hostname or "").encode("idna").decode("ascii")
    headers = {
        "Host": host,
        "User-Agent": _AGENT,
        "Accept": "*/*",
        "Connection": "close",
        "Content-Length": str(len(request.body or b"")),
        **request.headers,
    }
    lines = [f"{request.method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise UnicodeError("a line break in a header")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _exchange(wire: socket.socket, content: bytes, limit: _Limit, judge: Callable[[bytes], Delivery]) -> Delivery:
    try:
        wire.settimeout(limit.rest())
        wire.sendall(content)
    except OSError as fault:
        raise _NotWhole from fault
    response = http.client.HTTPResponse(_Wire(wire, limit))  # type: ignore[arg-type]
    response.begin()
    answer = response.read(MOST_ANSWER)
    if response.length and len(answer) < MOST_ANSWER:
        raise http.client.IncompleteRead(answer)
    words = " ".join(answer[:200].decode("utf-8", "replace").split())[:80]
    said = by_status(response.status, words, response.getheader("Retry-After") or "")
    return judge(answer) if said is None else said


def _later(why: Text) -> Delivery:
    return Delivery("later", why, is_of_channel=True)


def _not_safe(host: str, fault: ssl.SSLError) -> Text:
    """Nothing is ever sent over a connection whose other end is not proved."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return _(
            "The certificate of {host} is not trusted ({why}). Nothing was sent.",
            host=host,
            why=str(fault.verify_message),
        )
    return _("No safe connection to {host} could be made. Nothing was sent. Check address and port.", host=host)
