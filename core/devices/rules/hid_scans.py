"""Reports of a HID-POS scanner joined to whole scans."""

from __future__ import annotations

from core.devices.rules.hid_report import Field, ReportLayout
from core.devices.rules.pieces import MOST_BYTES, Piece

_EDGES = b"\r\n\t\x00"
HONEYWELL = (0x0C2E, 0x23D0)
HONEYWELL_REPORT = bytes((254, 1))


def opening_report(vendor: int) -> bytes:
    """The feature report some makes want before they send scans: 254 with 1 for Honeywell and copies; else nothing."""
    return HONEYWELL_REPORT if vendor in HONEYWELL else b""


class ReportJoiner:
    """Reports in, scans out, the AIM id put in front when the scanner tells it and has not done so itself."""

    def __init__(self, layout: ReportLayout, most: int = MOST_BYTES) -> None:
        self._layout = layout
        self._most = most
        self._held = bytearray()
        self._aim = b""
        self._is_cut = False

    def feed(self, report: bytes) -> list[Piece]:
        """Take one report as it came from the device, its id first if the device has ids."""
        body = self._body(report)
        if body is None:
            return []
        layout = self._layout
        if not self._held:
            self._aim = _aim_id(bytes(_value(body, one) for one in layout.aim))
        self._keep(self._data(body))
        if layout.more is not None and _value(body, layout.more):
            return []
        return self.silence()

    def silence(self) -> list[Piece]:
        """The scanner has been quiet although more was to follow: what is held is a scan."""
        data, is_cut, aim = bytes(self._held).strip(_EDGES), self._is_cut, self._aim
        self._held.clear()
        self._aim, self._is_cut = b"", False
        if not data:
            return []
        return [Piece(data if data.startswith(aim) else aim + data, is_cut)]

    @property
    def is_waiting(self) -> bool:
        """Whether the beginning of a scan is held."""
        return bool(self._held)

    def _body(self, report: bytes) -> bytes | None:
        layout = self._layout
        if layout.report_id:
            if report[:1] != bytes((layout.report_id,)):
                return None
            report = report[1:]
        return report if len(report) > layout.data.first_byte else None

    def _data(self, body: bytes) -> bytes:
        field = self._layout.data
        data = body[field.first_byte : field.first_byte + field.count]
        if self._layout.length is None:
            return data.rstrip(b"\x00")
        said = _value(body, self._layout.length)
        return data[: min(said, field.count)]

    def _keep(self, data: bytes) -> None:
        room = self._most - len(self._held)
        self._held += data[:room]
        self._is_cut = self._is_cut or len(data) > room


def _value(body: bytes, field: Field) -> int:
    whole = int.from_bytes(body[field.first_byte : field.first_byte + 5], "little")
    return (whole >> (field.bit % 8)) & ((1 << min(field.size, 32)) - 1)


def _aim_id(said: bytes) -> bytes:
    """]C1 and the like; makers that leave the bytes empty or fill them otherwise say nothing."""
    is_one = len(said) == 3 and said[:1] == b"]" and chr(said[1]).isalpha() and chr(said[2]).isalnum()
    return said if is_one and said.isascii() else b""
