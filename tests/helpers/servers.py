"""A server of our own on this PC that speaks a protocol, or misbehaves as it was told to. Closed, it leaves no thread."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

HANG, CLOSE = "hang", "close"


@dataclass
class PcServer:
    """One connection after the other, on a port of its own. With `certificate` it can speak TLS."""

    certificate: Path | None = field(default=None, kw_only=True)
    port: int = field(default=0, init=False)
    _ended: threading.Event = field(default_factory=threading.Event, init=False)

    def speaks_tls(self) -> bool:
        """Whether a connection begins with TLS."""
        return self.certificate is not None

    def talk(self, connection: socket.socket) -> None:
        """Say and hear what the protocol has."""
        raise NotImplementedError

    def wrapped(self, connection: socket.socket) -> ssl.SSLSocket:
        """The same connection under TLS."""
        assert self.certificate is not None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        return context.wrap_socket(connection, server_side=True)

    def hang(self) -> None:
        """Say nothing until the client or the test gives up."""
        self._ended.wait(20)

    def serve(self, listener: socket.socket) -> None:
        """Take connections until it ends."""
        while not self._ended.is_set():
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection, suppress(OSError, ssl.SSLError, ValueError):
                connection.settimeout(5)
                self.talk(self.wrapped(connection) if self.speaks_tls() else connection)

    def end(self, listener: socket.socket) -> None:
        """Let go of whoever waits."""
        self._ended.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.2):
            pass


S = TypeVar("S", bound=PcServer)


@contextmanager
def running(server: S) -> Iterator[S]:
    """The server at work; ended at the end, whatever hangs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=server.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.end(listener)
    thread.join(10)
    assert not thread.is_alive()
