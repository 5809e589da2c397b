"""A printer in the network: raw bytes, usually on port 9100."""

from __future__ import annotations

import contextlib
import select
import socket

from core.devices.links.base import Link
from core.devices.types.printers import LinkFault
from core.i18n import _

CONNECT_SECONDS = 3.0


class TcpLink(Link):
    """Raw bytes over TCP. Many printers take one such connection at a time."""

    def __init__(self, host: str, port: int, name: str, seconds: float = CONNECT_SECONDS) -> None:
        super().__init__(name)
        try:
            self._socket = socket.create_connection((host, port), timeout=seconds)
        except TimeoutError as fault:
            raise LinkFault(
                _("{printer} does not answer at {address}. Is it switched on?", printer=name, address=f"{host}:{port}"),
                "timeout",
            ) from fault
        except OSError as fault:
            raise LinkFault(
                _(
                    "{printer} cannot be reached at {address}. It is off, has another address, or serves another PC.",
                    printer=name,
                    address=f"{host}:{port}",
                ),
                "refused",
            ) from fault
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)

    def read(self, most: int, seconds: float) -> bytes:
        try:
            if not select.select([self._socket], [], [], seconds)[0]:
                return b""
            data = self._socket.recv(most)
        except (OSError, ValueError) as fault:
            raise self.closed() from fault
        if not data:
            raise self.closed()
        return data

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()

    def _send(self, data: memoryview, seconds: float) -> int:
        try:
            if not select.select([], [self._socket], [], seconds)[1]:
                return 0
            return self._socket.send(data)
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as fault:
            raise self.closed() from fault
