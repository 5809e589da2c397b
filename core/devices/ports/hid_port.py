"""USB scanners in their own mode (HID-POS), by hidapi."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterable
from typing import Any

from core.devices.ports import port as ports
from core.devices.ports.port import LOOK_SECONDS
from core.devices.rules.addresses import UsbIdentity, usb_identity
from core.devices.rules.hid_report import SCANNER_PAGE, USUAL_LAYOUT, ReportLayout, scanner_layout
from core.devices.rules.hid_scans import opening_report

# hidapi sets itself up on its first call, which two threads may not make at once.
_SETTING_UP = threading.Lock()


def hid_library() -> Any:
    """hidapi, on Linux the one that leaves the kernel's drivers in place; None where it is not installed."""
    try:
        if sys.platform == "linux":
            import hidraw as library
        else:
            import hid as library
    except (ImportError, OSError):
        return None
    return library


def hid_scanners(library: Any) -> list[dict[str, Any]]:
    """The HID-POS scanners of this PC as hidapi tells them; empty where it cannot say."""
    if library is None:
        return []
    with _SETTING_UP, contextlib.suppress(OSError, ValueError):
        return [one for one in library.enumerate() if one.get("usage_page") == SCANNER_PAGE]
    return []


def identity_of(told: dict[str, Any]) -> UsbIdentity:
    """Who a HID device is."""
    return UsbIdentity(told["vendor_id"], told["product_id"], told.get("serial_number") or "")


class HidSource:
    """One HID-POS scanner; `library` is hidapi or a simulator in its place."""

    def __init__(self, name: str, address: str, library: Any = None) -> None:
        self._name, self._address = name, address
        self._library = library

    def open(self) -> HidPort:
        """Find the scanner, read its layout, and tell it to send if it must be told. Raises PortFault."""
        library = self._library or hid_library()
        if library is None:
            raise ports.hid_missing(self._name)
        told = self._find(hid_scanners(library))
        opened = library.device()
        try:
            with _SETTING_UP:
                opened.open_path(told["path"])
        except (OSError, ValueError) as fault:
            raise ports.hid_refused(self._name) from fault
        layout = _layout(opened)
        _tell(opened, told["vendor_id"])
        return HidPort(self._name, opened, layout)

    def _find(self, there: Iterable[dict[str, Any]]) -> dict[str, Any]:
        wanted = usb_identity(self._address)
        fitting = {} if wanted is None else {one["path"]: one for one in there if wanted.fits(identity_of(one))}
        if not fitting:
            raise ports.absent(self._name)
        if len(fitting) > 1:
            raise ports.unclear(self._name)
        return next(iter(fitting.values()))


def _layout(opened: Any) -> ReportLayout:
    """The scanner's own layout, or what most makes send where it cannot be read."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return scanner_layout(bytes(opened.get_report_descriptor())) or USUAL_LAYOUT
    return USUAL_LAYOUT


def _tell(opened: Any, vendor: int) -> None:
    report = opening_report(vendor)
    if report:
        with contextlib.suppress(OSError, ValueError):
            opened.send_feature_report(report)


class HidPort:
    """An open HID-POS scanner; each read is one report."""

    def __init__(self, name: str, opened: Any, layout: ReportLayout) -> None:
        self._name, self._opened = name, opened
        self.layout = layout
        self._most = max(layout.size, USUAL_LAYOUT.size) + 2

    def read(self) -> bytes:
        """The next report."""
        try:
            return bytes(self._opened.read(self._most, int(LOOK_SECONDS * 1000)))
        except (OSError, ValueError) as fault:
            raise ports.lost(self._name) from fault

    def write(self, data: bytes) -> None:
        """Scanners are asked nothing."""

    def wake(self) -> None:
        """Nothing to do: a read lasts a tenth of a second at most."""

    def close(self) -> None:
        """Let go of the scanner."""
        with contextlib.suppress(OSError, ValueError):
            self._opened.close()
