"""A printer on a serial port. Flow control is on unless its settings say otherwise, or labels lose their middle when the
printer is slower than the line."""

from __future__ import annotations

import contextlib
import select
import time
from collections.abc import Mapping
from typing import Any

from core.devices.links.base import Link
from core.devices.ports.port import PortFault
from core.devices.ports.serial_port import LineSettings, SerialSource, port_faults, why_closed
from core.devices.types.ports import PortWord
from core.devices.types.printers import LinkFault

USUAL = LineSettings(baud=115_200, flow="rtscts")
LOOK_SECONDS = 0.02
_WORDS = {PortWord.BUSY: "busy", PortWord.REFUSED: "busy"}


class SerialLink(Link):
    """Bytes over a serial port, found by the device's identity or at a path that was typed in."""

    def __init__(self, address: str, settings: Mapping[str, Any], name: str) -> None:
        super().__init__(name)
        import serial

        line = USUAL.with_settings(settings)
        self._faults = port_faults()
        try:
            self._port: Any = serial.Serial(
                SerialSource(name, address, line).path(),
                line.baud,
                bytesize=line.bits,
                parity=line.parity,
                stopbits=line.stop,
                timeout=0,
                write_timeout=0,
                rtscts=line.flow == "rtscts",
                xonxoff=line.flow == "xonxoff",
                exclusive=True if hasattr(select, "poll") else None,
            )
        except PortFault as fault:
            raise _told(fault) from fault
        except self._faults as fault:
            raise _told(why_closed(name, fault)) from fault

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


def _told(fault: PortFault) -> LinkFault:
    """Why a port does not open, as a printer's fault."""
    return LinkFault(fault.state.text, _WORDS.get(fault.state.word, "absent"))
