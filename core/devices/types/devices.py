"""A device as it is kept, and what a form changes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.enums import DeviceKind, DeviceLink


@dataclass(frozen=True, slots=True)
class DeviceEdit:
    """What a person sets of a device.

    `address` says which one it is: `usb:VID:PID:SERIAL` (hexadecimal; the serial number may be missing), a path, a
    port such as COM3, `host:port` or the name of a queue. `protocol` is the language of a printer or the words of a
    scale or probe. `station` is the PC it hangs on; empty for every PC. `settings` are small facts kept as JSON; what
    is missing or cannot be right is taken as usual. Of a serial line: baud, bits, parity (N E O M S), stop, flow (none
    xonxoff rtscts). Of a scanner: ending (auto cr lf crlf etx silence), silence_ms, encoding (auto utf-8 gb18030
    latin-1 ...). Of a scale or probe: unit where the protocol has none, poll_ms; of Modbus unit_id, function, register,
    decimals.
    """

    kind: DeviceKind
    name: str
    link: DeviceLink
    address: str = ""
    protocol: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    station: str = ""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device as it is kept; `device_id` 0 for one that is only tried out (found just now, or a simulator)."""

    device_id: int
    version: int
    kind: DeviceKind
    name: str
    link: DeviceLink
    address: str = ""
    protocol: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    station: str = ""
    is_active: bool = True

    def edit(self) -> DeviceEdit:
        """What a form starts from."""
        return DeviceEdit(
            self.kind, self.name, self.link, self.address, self.protocol, dict(self.settings), self.station
        )


@dataclass(frozen=True, slots=True)
class FoundPort:
    """A port or device that is plugged in now.

    `address` is what a device record keeps: the identity where there is one, else the path. `words` are maker and
    product as the device says them; `is_likely` tells a USB device from a bare port that may lead nowhere.
    """

    link: DeviceLink
    address: str
    path: str
    words: str
    vendor: int = 0
    product: int = 0
    serial_number: str = ""
    is_likely: bool = True
