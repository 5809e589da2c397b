"""Opening the port of a device by its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.devices.ports.ears import Event, MeasureEars, ScanEars
from core.devices.ports.hid_port import HidSource
from core.devices.ports.listening import Listening
from core.devices.ports.port import Source
from core.devices.ports.serial_port import LineSettings, SerialSource
from core.devices.ports.tcp_port import SCHEME, TcpSource
from core.devices.rules.protocols import PROBES, SCALES, Measuring
from core.devices.types.devices import DeviceRow
from core.devices.types.ports import Heard, Measured, OnHeard, OnMeasured, OnState
from core.errors import InvalidInput
from core.i18n import _
from db.enums import DeviceLink


def open_scanner(device: DeviceRow, heard: OnHeard, changed: OnState | None = None, *, hid: Any = None) -> Listening:
    """Listen to a scanner at a serial port, in HID-POS mode or in the network.

    `heard` gets each scan, `changed` each change of state, both on the reader's thread. `hid` takes the place of hidapi
    (a simulator). Raises InvalidInput for a scanner that types as a keyboard: its scans come through the window.
    """
    source = _source(device, LineSettings(), hid)

    def told(event: Event) -> None:
        if isinstance(event, Heard):
            heard(event)

    return Listening(device.name, source, lambda port: ScanEars(device, port), told, changed)


def open_scale(device: DeviceRow, measured: OnMeasured, changed: OnState | None = None) -> Listening:
    """Listen to a scale by its protocol; `measured` gets a reading whenever it changed.

    Raises InvalidInput without a protocol that is known.
    """
    return _open_measuring(device, SCALES, measured, changed)


def open_probe(device: DeviceRow, measured: OnMeasured, changed: OnState | None = None) -> Listening:
    """Listen to a temperature probe by its protocol; `measured` gets a reading whenever it changed.

    Raises InvalidInput without a protocol that is known.
    """
    return _open_measuring(device, PROBES, measured, changed)


def _open_measuring(
    device: DeviceRow, known: Mapping[str, Measuring], measured: OnMeasured, changed: OnState | None
) -> Listening:
    protocol = known.get(device.protocol)
    if protocol is None:
        raise InvalidInput(_("Choose the protocol of {device}.", device=device.name), field="protocol")
    line = LineSettings(protocol.baud, protocol.bits, protocol.parity)

    def told(event: Event) -> None:
        if isinstance(event, Measured):
            measured(event)

    ears: Callable[[object], MeasureEars] = lambda _port: MeasureEars(device, protocol)  # noqa: E731
    return Listening(device.name, _source(device, line), ears, told, changed)


def _source(device: DeviceRow, line: LineSettings, hid: Any = None) -> Source:
    if device.link is DeviceLink.HID:
        return HidSource(device.name, device.address, hid)
    if device.link is DeviceLink.TCP or device.address.startswith(SCHEME):
        return TcpSource(device.name, device.address)
    if device.link is DeviceLink.SERIAL:
        return SerialSource(device.name, device.address, line.with_settings(device.settings))
    raise InvalidInput(_("{device} has no port that could be opened.", device=device.name), field="link")
