"""One request to a receiver that hangs, breaks off, refuses, or cannot be proved: how far the message came is always said."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from pathlib import Path

import pytest

from core.alerts.rules.answers import taken
from core.alerts.sending.http import Request, send
from core.alerts.types.channels import Delivery
from tests.helpers.http_server import CLOSE, DRIP, HANG, WebServer, running

CERTIFICATE = Path(__file__).parents[2] / "helpers" / "smtp_certificate.pem"
QUICK = 0.6


def post(url: str, seconds: float = QUICK, **over: object) -> Delivery:
    request = Request("POST", url, {"Content-Type": "text/plain"}, "你好".encode())
    return send(request, lambda _answer: taken(), seconds=seconds, **over)  # type: ignore[arg-type]


def test_a_message_arrives_whole() -> None:
    with running(WebServer()) as server:
        assert post(server.url).outcome == "sent"
    heard = server.heard[0]
    assert (heard.method, heard.path, heard.body.decode()) == ("POST", "/send?access_token=k3y", "你好")
    assert heard.headers["host"] == f"127.0.0.1:{server.port}" and heard.headers["connection"] == "close"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(HANG, "unsure"), (DRIP, "unsure"), (CLOSE, "unsure"), ((500, "oops"), "later"), ((502, ""), "unsure"),
     ((404, "gone"), "refused"), ((429, ""), "later"), ((302, ""), "refused")],
)  # fmt: skip
def test_what_a_receiver_may_do(answer: tuple[int, str] | str, outcome: str) -> None:
    started = time.monotonic()
    with running(WebServer(answer)) as server:
        found = post(server.url)
    assert found.outcome == outcome and len(server.heard) == 1
    assert time.monotonic() - started < 5, "whatever it does, it takes no longer than it is given"
    assert "k3y" not in found.why.render("en") and found.why.render("zh") != found.why.render("en")


def test_an_answer_that_is_cut_off_is_no_answer() -> None:
    with running(WebServer((200, '{"errcode"'), headers={"Content-Length": "500"})) as server:
        assert post(server.url).outcome == "unsure"


def test_a_huge_answer_is_not_read_to_its_end() -> None:
    with running(WebServer((200, "x" * 300_000))) as server:
        assert post(server.url, seconds=5).outcome == "sent"


def test_whoever_waits_may_end_it() -> None:
    stopped = threading.Event()
    with running(WebServer(HANG)) as server:

        def end_it() -> None:
            server.arrived.wait(5)
            stopped.set()

        timer = threading.Thread(target=end_it)
        timer.start()
        started = time.monotonic()
        found = post(server.url, seconds=30, stop=stopped.is_set)
        timer.join()
    assert found.outcome == "unsure" and time.monotonic() - started < 5


def test_nothing_is_sent_when_it_was_ended_before() -> None:
    with running(WebServer()) as server:
        found = post(server.url, stop=lambda: True)
    assert found.outcome == "later" and not server.heard


def test_nobody_at_home() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    found = post(f"http://127.0.0.1:{port}/")
    assert (found.outcome, found.is_of_channel) == ("later", True) and "cannot be reached" in str(found.why)
    assert post("http://no-such-host.invalid.internal/", seconds=5).outcome == "later"


def test_somebody_at_home_who_does_not_speak() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        found = post(f"https://127.0.0.1:{mute.getsockname()[1]}/")
    assert found.outcome == "later", "encryption was never agreed on, so nothing was said"


def test_a_certificate_nobody_vouches_for_is_refused_in_words() -> None:
    with running(WebServer(certificate=CERTIFICATE)) as server:
        found = post(server.url, seconds=5)
    assert (found.outcome, found.is_of_channel) == ("refused", True)
    assert "is not trusted" in found.why.render("en") and "证书" in found.why.render("zh")
    assert not server.heard


def test_a_server_without_encryption_behind_https_is_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        plain = threading.Thread(target=_answer_plainly, args=(door,))
        plain.start()
        found = post(f"https://127.0.0.1:{door.getsockname()[1]}/", seconds=5)
        plain.join()
    assert found.outcome == "refused" and "No safe connection" in str(found.why)


def _answer_plainly(door: socket.socket) -> None:
    """Whatever was said, answer without encryption, and wait until the other side hangs up."""
    wire, _address = door.accept()
    with wire, contextlib.suppress(OSError):
        wire.recv(65536)
        wire.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        wire.recv(1)


def test_a_line_break_never_leaves_in_a_header() -> None:
    with running(WebServer()) as server:
        request = Request("POST", server.url, {"X-Key": "a\r\nX-Evil: 1"}, b"")
        found = send(request, lambda _answer: taken(), seconds=QUICK)
    assert found.outcome == "refused" and not server.heard
