"""What becomes of the bytes of an open port: scans, or readings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from core.clock import Clock
from core.devices.ports.hid_port import HidPort
from core.devices.ports.port import Port
from core.devices.rules.hid_scans import ReportJoiner
from core.devices.rules.pieces import MOST_BYTES, SILENCE_MS, Joiner, Piece, decoded
from core.devices.rules.protocols import Measuring
from core.devices.rules.readings import whole, word_of
from core.devices.types.devices import DeviceRow
from core.devices.types.ports import Heard, Measured, PortState, PortWord, Reading
from core.i18n import _

Event: TypeAlias = Heard | Measured
SILENT_SECONDS = 5.0


class Ears(Protocol):
    """Bytes and quiet in, events out; times are seconds of a steady clock."""

    def hear(self, data: bytes, now: float) -> list[Event]:
        """Take what came, which may be nothing; the events that are whole now."""

    def question(self, now: float) -> bytes:
        """What the device is to be asked now; empty for nothing."""

    def state(self, now: float) -> PortState | None:
        """How the device stands beyond being there; None for nothing to say."""


class ScanEars:
    """Pieces joined to scans."""

    def __init__(self, device: DeviceRow, port: Port) -> None:
        settings = device.settings
        self._device = device
        self._encoding = settings.get("encoding", "auto")
        self._silence = whole(settings, "silence_ms", SILENCE_MS, range(20, 2001)) / 1000
        ending = word_of(settings, "ending", "auto", ("auto", "cr", "lf", "crlf", "etx", "silence"))
        self._joiner = ReportJoiner(port.layout) if isinstance(port, HidPort) else Joiner(ending)
        self._last = 0.0

    def hear(self, data: bytes, now: float) -> list[Event]:
        """Take what came."""
        if data:
            self._last = now
            return [self._heard(piece) for piece in self._joiner.feed(data)]
        if self._joiner.is_waiting and now - self._last >= self._silence:
            return [self._heard(piece) for piece in self._joiner.silence()]
        return []

    def question(self, now: float) -> bytes:
        """Scanners are asked nothing."""
        return b""

    def state(self, now: float) -> PortState | None:
        """A scanner is ready when it is there."""
        return None

    def _heard(self, piece: Piece) -> Heard:
        cut = _("More than {most} bytes came at once. This is no code; the rest was thrown away.", most=MOST_BYTES)
        return Heard(
            raw=decoded(piece.data, str(self._encoding)),
            at=Clock().now(),
            source=self._device.name,
            device_id=self._device.device_id,
            trouble=cut if piece.is_cut else None,
        )


class MeasureEars:
    """Answers and frames read as values; only what changed is told."""

    def __init__(self, device: DeviceRow, protocol: Measuring, silent_seconds: float = SILENT_SECONDS) -> None:
        settings: Mapping[str, Any] = device.settings
        self._device, self._protocol = device, protocol
        self._reader = protocol.reader(settings)
        self._asked = protocol.question(settings)
        self._every = whole(settings, "poll_ms", protocol.poll_ms, range(50, 600_001)) / 1000
        self._silent_seconds = max(silent_seconds, 3 * self._every if self._asked else 0)
        self._next = 0.0
        self._since: float | None = None
        self._strange = 0
        self._told: Reading | None = None

    def hear(self, data: bytes, now: float) -> list[Event]:
        """Take what came."""
        if self._since is None:
            self._since = now
        readings = self._reader.feed(data) if data else []
        self._strange += len(data)
        found: list[Event] = []
        for reading in readings:
            self._since, self._strange = now, 0
            if reading != self._told:
                self._told = reading
                found.append(Measured(reading, Clock().now(), self._device.name, self._device.device_id))
        return found

    def question(self, now: float) -> bytes:
        """The protocol's question, as often as set."""
        if not self._asked or now < self._next:
            return b""
        self._next = now + self._every
        return self._asked

    def state(self, now: float) -> PortState | None:
        """Silent, or speaking another protocol; a value from before the silence is told again after it."""
        if self._since is None or now - self._since < self._silent_seconds:
            return None
        self._told = None
        if self._strange:
            words = _("{device} sends, but not as set. Choose another protocol or speed.", device=self._device.name)
        else:
            words = _("{device} does not answer. Switch it on, and look at cable and speed.", device=self._device.name)
        return PortState(PortWord.SILENT, words)
