"""A web server of our own on this PC that receives messages, or misbehaves as it was told to."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.helpers.servers import CLOSE, HANG, PcServer, running

__all__ = ["CLOSE", "DRIP", "HANG", "Heard", "WebServer", "running"]
DRIP = "drip"


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
class WebServer(PcServer):
    """`answer` is (status, body), or what it does instead; `answers` are taken first, one a request. With `certificate` it
    speaks TLS."""

    answer: tuple[int, str] | str = (200, "ok")
    answers: list[tuple[int, str] | str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://127.0.0.1:{self.port}/send?access_token=k3y"

    def talk(self, connection: socket.socket) -> None:
        """One request and its answer."""
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
            self.hang()
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
