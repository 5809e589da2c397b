"""A scanner in serial or USB-COM mode."""

from __future__ import annotations

from core.devices.simulators.base import Simulator
from core.devices.simulators.wires import Wire
from db.enums import DeviceKind


class ScannerSimulator(Simulator):
    """Sends what is scanned, in pieces as a USB-COM scanner does."""

    kind = DeviceKind.SCANNER

    def __init__(self, name: str = "Simulated scanner", wire: Wire | None = None) -> None:
        super().__init__(name, wire=wire)

    def scan(self, text: str, *, ending: str = "\r", encoding: str = "utf-8", piece: int = 16) -> bool:
        """Scan a code: its text with an ending, cut in pieces of so many bytes. False when nobody heard it."""
        data = (text + ending).encode(encoding)
        return all(self.wire.send(data[at : at + piece]) for at in range(0, len(data), piece))
