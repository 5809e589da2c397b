"""Scanners, scales and probes behind a serial-to-network converter, and simulators on this PC."""

from __future__ import annotations

import contextlib
import select
import socket

from core.devices.ports import port as ports
from core.devices.ports.port import LOOK_SECONDS
from core.devices.rules.addresses import host_and_port

SCHEME = "socket://"
CONNECT_SECONDS = 2.0
MOST_AT_ONCE = 4096


class TcpSource:
    """One device at host:port."""

    def __init__(self, name: str, address: str) -> None:
        self._name, self._address = name, address.removeprefix(SCHEME)

    def open(self) -> TcpPort:
        """Connect. Raises PortFault."""
        place = host_and_port(self._address, default=0)
        if place is None:
            raise ports.absent(self._name)
        try:
            connected = socket.create_connection(place, timeout=CONNECT_SECONDS)
        except OSError as fault:
            raise ports.absent(self._name) from fault
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # A converter that lost its power says nothing: the system asks after it, or nobody would notice.
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, seconds in (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3)):
            if hasattr(socket, option):
                connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), seconds)
        return TcpPort(self._name, connected)


class TcpPort:
    """An open connection."""

    def __init__(self, name: str, connected: socket.socket) -> None:
        self._name, self._connected = name, connected

    def read(self) -> bytes:
        """What came."""
        try:
            ready, _write, _error = select.select([self._connected], [], [], LOOK_SECONDS)
            data = self._connected.recv(MOST_AT_ONCE) if ready else None
        except (OSError, ValueError) as fault:
            raise ports.lost(self._name) from fault
        if data == b"":
            raise ports.lost(self._name)
        return data or b""

    def write(self, data: bytes) -> None:
        """Send a question; one that nobody takes is dropped."""
        try:
            _read, ready, _error = select.select([], [self._connected], [], LOOK_SECONDS)
            if ready:
                self._connected.send(data)
        except (OSError, ValueError) as fault:
            raise ports.lost(self._name) from fault

    def wake(self) -> None:
        """End a read that waits."""
        with contextlib.suppress(OSError):
            self._connected.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the connection."""
        with contextlib.suppress(OSError):
            self._connected.close()
