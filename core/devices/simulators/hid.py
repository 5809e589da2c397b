"""A scanner in HID-POS mode: stands in place of hidapi and hands out report bytes."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.devices.rules.hid_report import AIM_1, AIM_2, AIM_3, BYTE_COUNT, DATA, MORE, SCANNER, SCANNER_PAGE
from core.devices.types.devices import DeviceRow
from db.enums import DeviceKind, DeviceLink

VENDOR_FIELD = (0xFF66, 0x01)
TRIGGER_REPORT = 254
_GONE = b"gone"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a make builds its reports: fields (usage, bits, count) in order, the report's id, what must be told first."""

    fields: tuple[tuple[tuple[int, int], int, int], ...]
    vendor: int
    report_id: int = 2
    is_told_first: bool = False

    def descriptor(self) -> bytes:
        """The report descriptor a device of this shape shows (HID 1.11, 6.2.2)."""
        page = 0
        found = bytearray((0x05, SCANNER_PAGE, 0x09, SCANNER, 0xA1, 0x01))
        if self.report_id:
            found += bytes((0x85, self.report_id))
        found += bytes((0x15, 0x00, 0x26, 0xFF, 0x00))
        for (its_page, usage), bits, count in self.fields:
            if its_page != page:
                page = its_page
                found += bytes((0x05, page)) if page < 256 else bytes((0x06, page & 0xFF, page >> 8))
            found += bytes((0x75, bits, 0x95, count, 0x09, usage))
            found += bytes((0x82, 0x02, 0x01)) if count > 8 else bytes((0x81, 0x02))
        used = sum(bits * count for _usage, bits, count in self.fields)
        if used % 8:
            found += bytes((0x75, 8 - used % 8, 0x95, 0x01, 0x81, 0x03))
        return bytes(found + b"\xc0")

    def reports(self, data: bytes, aim: bytes = b"") -> Iterator[bytes]:
        """A scan as reports, the "more follows" bit set in all but the last."""
        room = next(count for usage, _bits, count in self.fields if usage == DATA)
        parts = [data[at : at + room] for at in range(0, len(data), room)] or [b""]
        for place, part in enumerate(parts):
            yield self._report(part, aim.ljust(3, b"\0"), is_last=place == len(parts) - 1)

    def _report(self, part: bytes, aim: bytes, *, is_last: bool) -> bytes:
        values = {BYTE_COUNT: len(part), AIM_1: aim[0], AIM_2: aim[1], AIM_3: aim[2], MORE: int(not is_last)}
        bits, at = 0, 0
        for usage, size, count in self.fields:
            value = int.from_bytes(part, "little") if usage == DATA else values.get(usage, 0)
            bits |= value << at
            at += size * count
        head = bytes((self.report_id,)) if self.report_id else b""
        return head + bits.to_bytes(-(-at // 8), "little")


_AIM = ((AIM_1, 8, 1), (AIM_2, 8, 1), (AIM_3, 8, 1))
SHAPES = {
    # Honeywell and copies: length, AIM id, data, two bytes of the maker; must be told to send.
    "honeywell": Shape(
        ((BYTE_COUNT, 8, 1), *_AIM, (DATA, 8, 56), (VENDOR_FIELD, 8, 2), (MORE, 1, 1)), 0x0C2E, is_told_first=True
    ),
    # No length and nothing of the maker: data is filled up with zeros.
    "zebra": Shape((*_AIM, (DATA, 8, 56), (MORE, 1, 1)), 0x05E0),
    # No report id, "more follows" and length before the data, no AIM id.
    "plain": Shape(((MORE, 1, 1), ((SCANNER_PAGE, 0x00), 7, 1), (BYTE_COUNT, 8, 1), (DATA, 8, 62)), 0x1EAB, 0),
}


class HidScannerSimulator:
    """Its `library` stands in place of hidapi: `open_scanner(simulator.device, heard, hid=simulator.library)`."""

    def __init__(self, shape: str = "honeywell", name: str = "Simulated HID scanner", serial: str = "SIM1") -> None:
        self.shape = SHAPES[shape]
        self._is_plugged = True
        self._serial = serial
        self._handles: list[_Handle] = []
        self.library = _Library(self)
        self.device = DeviceRow(
            device_id=0,
            version=0,
            kind=DeviceKind.SCANNER,
            name=name,
            link=DeviceLink.HID,
            address=f"usb:{self.shape.vendor:04x}:0b61:{serial}",
        )

    def told(self) -> list[dict[str, Any]]:
        """What hidapi would list: the scanner, while it is plugged in."""
        told = {
            "path": b"simulated",
            "vendor_id": self.shape.vendor,
            "product_id": 0x0B61,
            "serial_number": self._serial,
            "usage_page": SCANNER_PAGE,
            "usage": SCANNER,
            "manufacturer_string": "",
            "product_string": self.device.name,
        }
        return [told] if self._is_plugged else []

    def scan(self, text: str, *, aim: str = "", encoding: str = "utf-8") -> bool:
        """Scan a code. False when nobody heard it, or nobody told the scanner to send."""
        handles = [one for one in self._handles if one.is_told or not self.shape.is_told_first]
        for report in self.shape.reports(text.encode(encoding), aim.encode("ascii")):
            for handle in handles:
                handle.reports.put(report)
        return bool(handles)

    def send_garbage(self, report: bytes) -> None:
        """Hand out a report of any bytes."""
        for handle in self._handles:
            handle.reports.put(report)

    def unplug(self) -> None:
        """Pull it out: reading raises, and it is not listed any more."""
        self._is_plugged = False
        for handle in self._handles:
            handle.reports.put(_GONE)
        self._handles.clear()

    def plug(self) -> None:
        """Plug it in again."""
        self._is_plugged = True

    @property
    def is_open(self) -> bool:
        """Whether the program listens."""
        return bool(self._handles)

    def attach(self, handle: _Handle) -> None:
        """A handle was opened. Raises OSError when the scanner is not there."""
        if not self._is_plugged:
            raise OSError("open failed")
        self._handles.append(handle)

    def detach(self, handle: _Handle) -> None:
        """A handle was closed."""
        if handle in self._handles:
            self._handles.remove(handle)


class _Library:
    """The part of hidapi's module that is used."""

    def __init__(self, simulator: HidScannerSimulator) -> None:
        self._simulator = simulator

    def enumerate(self) -> list[dict[str, Any]]:
        return self._simulator.told()

    def device(self) -> _Handle:
        return _Handle(self._simulator)


class _Handle:
    """An open scanner, as hidapi's device object."""

    def __init__(self, simulator: HidScannerSimulator) -> None:
        self._simulator = simulator
        self.reports: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.is_told = False

    def open_path(self, _path: bytes) -> None:
        self._simulator.attach(self)

    def get_report_descriptor(self) -> list[int]:
        return list(self._simulator.shape.descriptor())

    def send_feature_report(self, report: bytes) -> int:
        self.is_told = self.is_told or bytes(report) == bytes((TRIGGER_REPORT, 1))
        return len(report)

    def read(self, most: int, timeout_ms: int = 0) -> list[int]:
        try:
            report = self.reports.get(timeout=timeout_ms / 1000)
        except queue.Empty:
            return []
        if report is _GONE:
            raise OSError("read error")
        return list(report[:most])

    def close(self) -> None:
        self._simulator.detach(self)
