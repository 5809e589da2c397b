"""A printer on a serial port. Flow control is on by default, or labels lose their middle when the printer is slower."""

from __future__ import annotations

import contextlib
import select
import time
from collections.abc import Mapping
from typing import Any

from core.devices.links.base import Link
from core.devices.rules.addresses import usb_identity
from core.devices.types.printers import LinkFault
from core.i18n import _

BAUD = 115_200
LOOK_SECONDS = 0.02


class SerialLink(Link):
    """Bytes over a serial port. Settings: `baud`, `flow` ("rtscts", "xonxoff" or "none")."""

    def __init__(self, address: str, settings: Mapping[str, Any], name: str) -> None:
        super().__init__(name)
        import serial

        path = self._path(address)
        flow = str(settings.get("flow", "rtscts"))
        self._faults: tuple[type[Exception], ...] = (OSError, ValueError, *_port_faults())
        try:
            self._port: Any = serial.Serial(
                path,
                int(settings.get("baud", BAUD)),
                timeout=0,
                write_timeout=0,
                rtscts=flow == "rtscts",
                xonxoff=flow == "xonxoff",
                exclusive=True if hasattr(select, "poll") else None,
            )
        except self._faults as fault:
            is_taken = "lock" in str(fault) or "PermissionError" in str(fault) or getattr(fault, "errno", 0) in (11, 16)
            raise LinkFault(
                _("{path} is used by another program. Close it, then try again.", path=path)
                if is_taken
                else _("{printer} is not plugged in at {path}.", printer=name, path=path),
                "busy" if is_taken else "absent",
            ) from fault

    def _path(self, address: str) -> str:
        wanted = usb_identity(address)
        if wanted is None:
            return address
        from serial.tools import list_ports

        from core.devices.rules.addresses import UsbIdentity

        for port in list_ports.comports():
            if port.vid is not None and wanted.fits(
                UsbIdentity(port.vid, port.pid, port.serial_number or "", port.location or "")
            ):
                return str(port.device)
        raise LinkFault(_("{printer} is not plugged in, or switched off.", printer=self.name), "absent")

    def read(self, most: int, seconds: float) -> bytes:
        last = time.monotonic() + seconds
        try:
            while True:
                data = bytes(self._port.read(most))
                if data or time.monotonic() >= last:
                    return data
                time.sleep(LOOK_SECONDS)
        except self._faults as fault:
            raise self.closed() from fault

    def close(self) -> None:
        with contextlib.suppress(*self._faults):
            self._port.close()

    def _send(self, data: memoryview, seconds: float) -> int:
        last = time.monotonic() + seconds
        try:
            while True:
                taken = int(self._port.write(bytes(data)) or 0)
                if taken or time.monotonic() >= last:
                    return taken
                time.sleep(LOOK_SECONDS)
        except self._faults as fault:
            raise self.closed() from fault


def _port_faults() -> tuple[type[Exception], ...]:
    """`termios.error` is what a vanished port raises on Linux, and it is no OSError."""
    try:
        import termios
    except ImportError:
        return ()
    fault: type[Exception] = termios.error
    return (fault,)
