"""Serial ports and USB-COM, found by who the device is."""

from __future__ import annotations

import contextlib
import errno
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.devices.ports import port as ports
from core.devices.ports.port import LOOK_SECONDS, PortFault
from core.devices.rules.addresses import UsbIdentity, usb_identity
from core.devices.rules.readings import whole, word_of

WRITE_SECONDS = 0.3
MOST_AT_ONCE = 4096
_BUSY = (errno.EBUSY, errno.EAGAIN)
_NO_RIGHT = (errno.EACCES, errno.EPERM)
_ABSENT = (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO)


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How a serial line is set: 9600 8N1 unless a protocol or the device's settings say otherwise."""

    baud: int = 9600
    bits: int = 8
    parity: str = "N"
    stop: int = 1
    flow: str = "none"

    def with_settings(self, settings: Mapping[str, Any]) -> LineSettings:
        """What the device's settings say in place of these: baud, bits, parity, stop, flow (none, xonxoff, rtscts)."""
        return LineSettings(
            baud=whole(settings, "baud", self.baud, range(50, 4_000_001)),
            bits=whole(settings, "bits", self.bits, range(5, 9)),
            parity=word_of(settings, "parity", self.parity, ("N", "E", "O", "M", "S")),
            stop=whole(settings, "stop", self.stop, range(1, 3)),
            flow=word_of(settings, "flow", self.flow, ("none", "xonxoff", "rtscts")),
        )


def port_faults() -> tuple[type[Exception], ...]:
    """All that a vanished port may raise: a bare OSError, SerialException (an OSError) and, on POSIX, termios.error,
    which is none; TypeError and ValueError come from a port whose handle is gone already."""
    if sys.platform == "win32":
        return (OSError, TypeError, ValueError)
    import termios

    return (OSError, termios.error, TypeError, ValueError)


def serial_ports() -> list[Any]:
    """The serial ports of this PC as pyserial tells them; empty where it cannot say."""
    from serial.tools import list_ports

    with contextlib.suppress(*port_faults(), ImportError):
        return list(list_ports.comports())
    return []


class SerialSource:
    """One device at a serial port: by identity wherever it is plugged in, or at a path that was typed in."""

    def __init__(
        self, name: str, address: str, line: LineSettings, ports_of_pc: Callable[[], Iterable[Any]] = serial_ports
    ) -> None:
        self._name, self._address, self._line = name, address, line
        self._ports_of_pc = ports_of_pc

    def path(self) -> str:
        """Where the device is now. Raises PortFault when it is not there or cannot be told from another."""
        wanted = usb_identity(self._address)
        if wanted is None:
            return self._address
        there = [port.device for port in self._ports_of_pc() if _fits(wanted, port)]
        if not there:
            raise ports.absent(self._name)
        if len(there) > 1:
            raise ports.unclear(self._name)
        return str(there[0])

    def open(self) -> SerialPort:
        """Find the device and open its port for this program alone. Raises PortFault."""
        import serial

        line, path = self._line, self.path()
        try:
            opened = serial.Serial(
                port=path,
                baudrate=line.baud,
                bytesize=line.bits,
                parity=line.parity,
                stopbits=line.stop,
                xonxoff=line.flow == "xonxoff",
                rtscts=line.flow == "rtscts",
                timeout=LOOK_SECONDS,
                write_timeout=WRITE_SECONDS,
                exclusive=None if sys.platform == "win32" else True,
            )
        except port_faults() as fault:
            raise why_closed(self._name, fault) from fault
        return SerialPort(self._name, opened)


def _fits(wanted: UsbIdentity, port: Any) -> bool:
    if port.vid is None or port.pid is None:
        return False
    return wanted.fits(UsbIdentity(port.vid, port.pid, port.serial_number or "", port.location or ""))


def why_closed(name: str, fault: Exception) -> PortFault:
    """What the system says when a port does not open, as a state. Windows says it in words only."""
    number = getattr(fault, "errno", None)
    if number is None and fault.args and isinstance(fault.args[0], int):
        number = fault.args[0]
    words = str(fault)
    if number in _BUSY or "PermissionError" in words:
        return ports.busy(name)
    if number in _NO_RIGHT:
        return ports.refused(name)
    if number in _ABSENT or "FileNotFoundError" in words:
        return ports.absent(name)
    return ports.faulty(name, words)


class SerialPort:
    """An open serial port."""

    def __init__(self, name: str, opened: Any) -> None:
        self._name, self._opened = name, opened
        self._closing = threading.Lock()
        self._faults = port_faults()

    def read(self) -> bytes:
        """What came; the first byte is waited for, the rest is taken as it stands."""
        try:
            first = self._opened.read(1)
            more = min(self._opened.in_waiting, MOST_AT_ONCE) if first else 0
            return bytes(first + self._opened.read(more)) if more else bytes(first)
        except self._faults as fault:
            raise ports.lost(self._name) from fault

    def write(self, data: bytes) -> None:
        """Send a question; one that nobody takes is dropped."""
        import serial

        try:
            self._opened.write(data)
        except serial.SerialTimeoutException:
            with contextlib.suppress(*self._faults):
                self._opened.reset_output_buffer()
        except self._faults as fault:
            raise ports.lost(self._name) from fault

    def wake(self) -> None:
        """End a read or write that waits."""
        with self._closing, contextlib.suppress(AttributeError, *self._faults):
            self._opened.cancel_read()
            self._opened.cancel_write()

    def close(self) -> None:
        """Let go of the port."""
        with self._closing, contextlib.suppress(*self._faults):
            self._opened.close()
