"""A label printer that is not there: it listens on this PC as a network printer would, and keeps what it prints.

For trying out without paper, and for tests: faults come at a label chosen beforehand or by a call.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections.abc import Callable

from core.devices.simulators.label_engine import ALWAYS, Engine, Printed
from core.devices.types.devices import DeviceRow
from db.enums import DeviceKind, DeviceLink

STEP = 0.002
PART = 65_536


class LabelPrinterSimulator:
    """A simulated printer on a loopback port, speaking `tspl`, `zpl` or `escpos`; use it in a `with`.

    One client at a time, as with many real ones. `seconds` is the time one label takes, `lag` the time before the printer
    begins to read what it was sent.
    """

    def __init__(self, language: str, *, seconds: float = 0.0, lag: float = 0.0, port: int = 0) -> None:
        self.engine = Engine(language, seconds=seconds, lag=lag)
        self._lock = threading.RLock()
        self._came_out = threading.Condition(self._lock)
        self._faults: dict[int, Callable[[], None]] = {}
        self._stop = threading.Event()
        self._client: socket.socket | None = None
        self._hangs_up = False
        self._is_on = True
        self._server = socket.create_server(("127.0.0.1", port))
        self._server.setblocking(False)
        self._thread = threading.Thread(target=self._serve, name="label printer simulator", daemon=True)
        self._thread.start()

    def __enter__(self) -> LabelPrinterSimulator:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Take it away."""
        self._stop.set()
        self._thread.join(2)
        self._drop()
        self._server.close()

    @property
    def address(self) -> str:
        """Where it listens, as a device record has it."""
        host, port = self._server.getsockname()
        return f"{host}:{port}"

    @property
    def device(self) -> DeviceRow:
        """A record to open it with."""
        name, language = "Label printer", self.engine.language
        return DeviceRow(0, 0, DeviceKind.PRINTER, name, DeviceLink.TCP, self.address, protocol=language)

    @property
    def printed(self) -> list[Printed]:
        """What came out so far, in order."""
        with self._lock:
            return list(self.engine.printed)

    def wait_for(self, labels: int, seconds: float = 5.0) -> bool:
        """Wait until so many labels came out; False when they did not in time."""
        with self._came_out:
            return self._came_out.wait_for(lambda: len(self.engine.printed) >= labels, seconds)

    # faults

    def after(self, labels: int, fault: Callable[[], None]) -> None:
        """Let something happen as soon as so many labels came out."""
        with self._lock:
            self._faults[labels] = fault

    def run_out(self) -> None:
        """No labels left."""
        self.engine.left = 0

    def load(self, labels: float = ALWAYS) -> None:
        """A new roll."""
        with self._lock:
            self.engine.left = labels

    def set(self, **states: object) -> None:
        """Change what it is like: has_ribbon, has_counter, is_open, is_paused, is_silent, garbage (bytes it
        answers)."""
        with self._lock:
            for name, value in states.items():
                if not hasattr(self.engine, name):
                    raise AttributeError(name)
                setattr(self.engine, name, value)

    def cut_power(self) -> None:
        """Off and on again: the connection breaks and its memory is empty."""
        with self._lock:
            self.engine.cut_power()
            self._hangs_up = True

    def hang_up(self) -> None:
        """Break the connection; the memory stays."""
        self._hangs_up = True

    def switch_off(self) -> None:
        """Off, until it is switched on: nobody can connect."""
        self.cut_power()
        self._is_on = False

    def switch_on(self) -> None:
        """On again."""
        self._is_on = True

    # its own thread

    def _serve(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                self._one_step()
            self._stop.wait(0 if self._client is None else STEP / 4)

    def _one_step(self) -> None:
        if self._hangs_up:
            self._hangs_up = False
            self._drop()
        self._take_calls()
        data = self._hear()
        now = time.monotonic()
        said = self.engine.receive(data, now) if data else b""
        before = len(self.engine.printed)
        said += self.engine.work(now)
        if len(self.engine.printed) > before:
            self._came_out.notify_all()
            if fault := self._faults.pop(len(self.engine.printed), None):
                fault()
        self._say(said)

    def _take_calls(self) -> None:
        if not self._is_on:
            self._stop.wait(STEP)
            return
        if self._client is None and select.select([self._server], [], [], STEP)[0]:
            with contextlib.suppress(OSError):
                self._client, _who = self._server.accept()
                self._client.setblocking(False)

    def _hear(self) -> bytes:
        if self._client is None or not self.engine.room or self._hangs_up:
            return b""
        try:
            if not select.select([self._client], [], [], 0)[0]:
                return b""
            data = self._client.recv(PART)
        except OSError:
            data = b""
        if not data:
            self._drop()
        return data

    def _say(self, words: bytes) -> None:
        if words and self._client is not None:
            with contextlib.suppress(OSError):
                self._client.sendall(words)

    def _drop(self) -> None:
        if self._client is not None:
            with contextlib.suppress(OSError):
                # A reset, as of a printer that lost its power, not a polite end.
                self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self._client.close()
            self._client = None
