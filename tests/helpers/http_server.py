"""A web server of our own on this PC that receives messages, or misbehaves as it was told to. Closed, it leaves no thread."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HANG, CLOSE, DRIP = "hang", "close", "drip"


@dataclass
class Heard:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class WebServer:
    """`answer` is (status, body), or what it does instead; `answers` are taken first, one a request. With `certificate` it
    speaks TLS."""

    answer: tuple[int, str] | str = (200, "ok")
    answers: list[tuple[int, str] | str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    certificate: Path | None = None
    heard: list[Heard] = field(default_factory=list)
    port: int = 0
    arrived: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://127.0.0.1:{self.port}/send?access_token=k3y"

    def _serve(self, listener: socket.socket) -> None:
        while not self._ended.is_set():
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection, suppress(OSError, ssl.SSLError, ValueError):
                connection.settimeout(5)
                self._talk(self._wrapped(connection) if self.certificate else connection)

    def _wrapped(self, connection: socket.socket) -> ssl.SSLSocket:
        assert self.certificate is not None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        return context.wrap_socket(connection, server_side=True)

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            head = []
            while (line := lines.readline().decode("latin-1").strip()) != "":
                head.append(line)
            if not head or head[0].count(" ") != 2:
                return
            method, path, _version = head[0].split()
            headers = {name.lower(): value for name, _sep, value in (line.partition(": ") for line in head[1:])}
            body = lines.read(int(headers.get("content-length", 0)))
            self.heard.append(Heard(method, path, headers, body))
            self.arrived.set()
            self._answer(connection, self.answers.pop(0) if self.answers else self.answer)

    def _answer(self, connection: socket.socket, answer: tuple[int, str] | str) -> None:
        if answer == HANG:
            self._ended.wait(20)
        elif answer == DRIP:
            for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 4000:
                if self._ended.wait(0.05):
                    return
                connection.sendall(bytes([letter]))
        elif isinstance(answer, tuple):
            status, words = answer
            content = words.encode()
            more = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
            length = self.headers.get("Content-Length") or str(len(content))
            more = "".join(line for line in more.splitlines(keepends=True) if not line.startswith("Content-Length"))
            connection.sendall(f"HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n{more}\r\n".encode() + content)


@contextmanager
def running(server: WebServer) -> Iterator[WebServer]:
    """The server at work on a port of its own; ended at the end, whatever hangs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=server._serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server._ended.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 0.2):
                pass
    thread.join(10)
    assert not thread.is_alive()
