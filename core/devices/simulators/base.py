"""What all simulators at a cable have in common."""

from __future__ import annotations

import os
import threading
from typing import TypeVar

from core.devices.simulators.wires import PtyWire, SocketWire, Wire
from core.devices.types.devices import DeviceRow
from db.enums import DeviceKind, DeviceLink

S = TypeVar("S", bound="Simulator")
BEAT_SECONDS = 0.1


class Simulator:
    """A device at a cable. Use it in a `with`, or close it."""

    kind = DeviceKind.SCANNER

    def __init__(self, name: str, protocol: str = "", wire: Wire | None = None) -> None:
        self.wire = wire or SocketWire()
        self.device = DeviceRow(
            device_id=0,
            version=0,
            kind=self.kind,
            name=name,
            link=DeviceLink.SERIAL,
            address=self.wire.address,
            protocol=protocol,
        )

    def plug(self) -> None:
        """Plug it in again."""
        self.wire.plug()

    def unplug(self) -> None:
        """Pull it out."""
        self.wire.unplug()

    def send_garbage(self, size: int = 64) -> None:
        """Send bytes that mean nothing, as a line with the wrong speed does."""
        self.wire.send(os.urandom(size))

    def close(self) -> None:
        """Take it away."""
        self.wire.close()

    def __enter__(self: S) -> S:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()


class Beat:
    """Does something ten times a second until it is ended, as a scale does that sends by itself."""

    def __init__(self, step: object, seconds: float = BEAT_SECONDS) -> None:
        self._step, self._seconds = step, seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulator's beat", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            if callable(self._step):
                self._step()


def pty_wire() -> Wire:
    """A pty where this system has them, else a loopback connection."""
    return PtyWire() if hasattr(os, "openpty") else SocketWire()
