"""A USB printer on Linux: the kernel's printer class device, /dev/usb/lp0 and so on. Windows prints through its queue."""

from __future__ import annotations

import contextlib
import os
import select
from pathlib import Path

from core.devices.links.base import Link
from core.devices.rules.addresses import UsbIdentity, usb_identity
from core.devices.types.printers import LinkFault, PrinterStatus, PrinterWord
from core.i18n import _

LPGETSTATUS = 0x060B
NO_ERROR, SELECTED, PAPER_OUT = 0x08, 0x10, 0x20
DEVICES = Path("/dev/usb")
FACTS = Path("/sys/class/usbmisc")


def port_status(bits: int) -> PrinterStatus:
    """What the three wires of the printer class say: out of paper, selected, no error."""
    return PrinterStatus(
        paper=not bits & PAPER_OUT,
        pause=not bits & SELECTED,
        fault=None if bits & (NO_ERROR | PAPER_OUT) else PrinterWord.FAULT,
    )


def usb_printers(devices: Path = DEVICES, facts: Path = FACTS) -> dict[str, UsbIdentity]:
    """Paths of USB printers that are plugged in, and who each is."""
    found: dict[str, UsbIdentity] = {}
    for path in sorted(devices.glob("lp*")):
        device = (facts / path.name / "device").resolve().parent
        with contextlib.suppress(OSError, ValueError):
            vendor, product = (int((device / name).read_text().strip(), 16) for name in ("idVendor", "idProduct"))
            serial = device / "serial"
            number = serial.read_text(errors="replace").strip() if serial.exists() else ""
            found[str(path)] = UsbIdentity(vendor, product, number)
    return found


class UsbLink(Link):
    """Bytes to and from a USB printer of the printer class."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(name)
        path = self._path(address)
        try:
            self._file = os.open(path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
        except OSError as fault:
            is_taken = isinstance(fault, (PermissionError, BlockingIOError)) or fault.errno == 16
            raise LinkFault(
                _("{printer} at {path} is used by another program, or this account may not print on it (group lp).",
                  printer=name, path=path)
                if is_taken
                else _("{printer} is not plugged in at {path}.", printer=name, path=path),
                "busy" if is_taken else "absent",
            ) from fault  # fmt: skip

    def _path(self, address: str) -> str:
        wanted = usb_identity(address)
        if wanted is None:
            return address
        for path, identity in usb_printers().items():
            if wanted.fits(identity):
                return path
        raise LinkFault(_("{printer} is not plugged in, or switched off.", printer=self.name), "absent")

    def port_status(self) -> PrinterStatus | None:
        """The printer class's own three wires; None where the system does not give them."""
        try:
            import fcntl

            answer = fcntl.ioctl(self._file, LPGETSTATUS, b"\0\0\0\0")
        except (ImportError, OSError):
            return None
        return port_status(answer[0])

    def read(self, most: int, seconds: float) -> bytes:
        try:
            if not select.select([self._file], [], [], seconds)[0]:
                return b""
            return os.read(self._file, most)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as fault:
            raise self.closed() from fault

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._file)

    def _send(self, data: memoryview, seconds: float) -> int:
        try:
            if not select.select([], [self._file], [], seconds)[1]:
                return 0
            return os.write(self._file, data)
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as fault:
            raise self.closed() from fault
