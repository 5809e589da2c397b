"""The scanners, scales and probes of this PC, open while somebody works here; every scan comes out of one signal."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from core import devices
from core.clock import Clock
from core.devices import (
    Burst,
    DeviceRow,
    Heard,
    HidScannerSimulator,
    Listening,
    Measured,
    PortState,
    ProbeSimulator,
    ScaleSimulator,
    Scan,
    ScannerSimulator,
    WedgeProfile,
)
from core.errors import CoreError
from core.i18n import Text, _
from core.words import DeviceKind, DeviceLink
from desktop.devices.keeping import is_secret_field
from desktop.devices.native import NativeWedge
from desktop.devices.simulated_printer import SimulatedPrinter
from desktop.devices.wedge import WedgeFilter

if TYPE_CHECKING:
    from core.changes import Changes
    from desktop.hub import Hub
    from desktop.ops import Ops

MOST_LOGGED = 100
KEYBOARD = "keyboard"
PROFILE = "wedge"
PORTS = frozenset({DeviceLink.SERIAL, DeviceLink.HID, DeviceLink.TCP})
Simulator = ScannerSimulator | HidScannerSimulator | ScaleSimulator | ProbeSimulator


@dataclass(frozen=True, slots=True)
class Logged:
    """One scan of the log: when and from where, what came, what became of it, and how fast its keys came."""

    at: datetime
    source: str
    raw: str
    scan: Scan | None = None
    words: Text | None = None
    mean_ms: float | None = None
    longest_ms: int | None = None
    end: str = ""


class DeviceHub(QObject):
    """Lives as long as a site is open. `heard(Heard)` for every scan, `measured(Measured)`, `changed()` for any news;
    all on the window's thread."""

    heard = Signal(object)
    measured = Signal(object)
    changed = Signal()
    logged = Signal(object)
    _scan_came = Signal(object)
    _reading_came = Signal(object)
    _state_came = Signal()

    def __init__(self, parent: QObject | None = None, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._clock = clock or Clock()
        self._ops: Ops | None = None
        self._open: dict[int, tuple[DeviceRow, Listening]] = {}
        self._simulated: dict[str, tuple[Simulator, Listening]] = {}
        self.rows: tuple[DeviceRow, ...] = ()
        self.log: deque[Logged] = deque(maxlen=MOST_LOGGED)
        self.readings: dict[str, Measured] = {}
        self.takes_badges: Callable[[], bool] = lambda: False
        self.wedge = WedgeFilter(parent=self)
        self.native = NativeWedge(self)
        self.printer = SimulatedPrinter(self)
        self.wedge.takes_secrets = lambda: self.takes_badges()
        self.native.is_off = self._is_left_alone
        for source in (self.wedge.scanned, self.native.scanned):
            source.connect(self.take_burst)
        queued = Qt.ConnectionType.QueuedConnection
        self._scan_came.connect(self._on_heard, queued)
        self._reading_came.connect(self._on_measured, queued)
        self._state_came.connect(self.changed, queued)

    # --- beginning and end

    def start(self) -> None:
        """Listen to scanners that type; ports come with `follow`."""
        self.wedge.install()

    def follow(self, ops: Ops, news: Hub) -> None:
        """Open the ports of this PC's devices, and go on doing so as their list changes."""
        self._ops = ops
        news.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Ask for the list of devices."""
        if self._ops is not None:
            self._ops.ask(self, devices.list_devices, then=self._take, failed=lambda _error: None)

    def stop(self) -> None:
        """Let go of every port and of the keyboard."""
        self.wedge.remove()
        self.native.remove()
        for name in list(self._simulated):
            self.stop_simulator(name)
        self.printer.stop()
        for device_id in list(self._open):
            self._close(device_id)
        self._ops = None

    def _is_left_alone(self) -> bool:
        """Keys that nobody may take early: those of a password, and those of the test code."""
        is_secret = is_secret_field(QApplication.focusWidget()) and not self.takes_badges()
        return is_secret or self.wedge.tap is not None

    # --- what is there

    def state_of(self, device_id: int) -> PortState | None:
        """How the port of a device stands; None for one that has no port of its own."""
        known = self._open.get(device_id)
        return known[1].state if known is not None else None

    def scanners(self) -> list[tuple[DeviceRow, PortState | None]]:
        """The scanners of this PC, simulated ones too, with how they stand."""
        kept = [(row, self.state_of(row.device_id)) for row in self.rows if row.kind is DeviceKind.SCANNER]
        return kept + [
            (one.device, port.state) for one, port in self._simulated.values() if one.device.kind is DeviceKind.SCANNER
        ]

    def simulators(self) -> dict[str, tuple[Simulator, PortState]]:
        """The simulated devices by name, with how they stand."""
        return {name: (one, port.state) for name, (one, port) in self._simulated.items()}

    def scales(self) -> list[Measured]:
        """What the scales of this PC show, the one that was touched last first."""
        kept = [*self.rows, *(one.device for one, _port in self._simulated.values())]
        names = {row.name for row in kept if row.kind is DeviceKind.SCALE}
        shown = [one for name, one in self.readings.items() if name in names]
        return sorted(shown, key=lambda one: one.at, reverse=True)

    def simulate(self, simulator: Simulator) -> None:
        """Plug a simulated device in, for training."""
        name = simulator.device.name
        self.stop_simulator(name)
        simulator.plug()
        hid = simulator.library if isinstance(simulator, HidScannerSimulator) else None
        self._simulated[name] = (simulator, self._listen(simulator.device, hid))
        self.changed.emit()

    def stop_simulator(self, name: str) -> None:
        """Take a simulated device away."""
        known = self._simulated.pop(name, None)
        if known is not None:
            known[1].close()
            known[0].unplug()
            if not isinstance(known[0], HidScannerSimulator):
                known[0].close()
            self.readings.pop(name, None)
            self.changed.emit()

    def note(self, scan: Scan, words: Text) -> None:
        """What became of the last scan."""
        for at in reversed(range(len(self.log))):
            if self.log[at].raw == scan.raw and self.log[at].words is None:
                self.log[at] = replace(self.log[at], scan=scan, words=words)
                self.logged.emit(self.log[at])
                return

    # --- inside

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("device"):
            self.reload()

    def _take(self, rows: tuple[DeviceRow, ...]) -> None:
        self.rows = rows
        wanted = {row.device_id: row for row in rows if row.link in PORTS and row.kind is not DeviceKind.PRINTER}
        for device_id, (row, _port) in list(self._open.items()):
            if wanted.get(device_id) != row:
                self._close(device_id)
        for device_id, row in wanted.items():
            if device_id not in self._open:
                self._open_port(row)
        profiles = [profile_of(row) for row in rows if row.link is DeviceLink.WEDGE]
        self.wedge.set_profiles(profiles)
        self.native.set_profiles(profiles)
        self.changed.emit()

    def _open_port(self, row: DeviceRow) -> None:
        try:
            self._open[row.device_id] = (row, self._listen(row))
        except CoreError as error:
            if self._ops is not None:
                self._ops.unheard.emit(error)

    def _listen(self, row: DeviceRow, hid: Any = None) -> Listening:
        news = lambda _state: self._state_came.emit()  # noqa: E731
        if row.kind is DeviceKind.SCALE:
            return devices.open_scale(row, self._reading_came.emit, news)
        if row.kind is DeviceKind.PROBE:
            return devices.open_probe(row, self._reading_came.emit, news)
        return devices.open_scanner(row, self._scan_came.emit, news, hid=hid)

    def _close(self, device_id: int) -> None:
        row, port = self._open.pop(device_id)
        port.close()
        self.readings.pop(row.name, None)

    def take_burst(self, burst: Burst) -> None:
        """A scan that was typed."""
        cut = _("This scan is longer than any code; nothing was done.") if burst.is_cut else None
        heard = Heard(burst.code, self._clock.now(), KEYBOARD, trouble=cut)
        self._log(Logged(heard.at, KEYBOARD, burst.code, None, cut, burst.mean_ms, burst.longest_ms, burst.end))
        self.heard.emit(heard)

    def _on_heard(self, heard: Heard) -> None:
        self._log(Logged(heard.at, heard.source, heard.raw, None, heard.trouble))
        self.heard.emit(heard)

    def _on_measured(self, measured: Measured) -> None:
        self.readings[measured.source] = measured
        self.measured.emit(measured)

    def _log(self, entry: Logged) -> None:
        if not self.takes_badges():
            self.log.append(entry)
            self.logged.emit(entry)


def profile_of(row: DeviceRow) -> WedgeProfile:
    """How a scanner that types was measured."""
    kept = row.settings.get(PROFILE)
    return replace(WedgeProfile.of(kept if isinstance(kept, dict) else {}), name=row.name)
