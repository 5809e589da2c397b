"""Ways to a label printer: network, serial, USB, the system's queue, a file; bytes out, and answers where there are any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from core.devices.links.base import Link
from core.devices.links.talk import Talk, ask_status
from core.devices.rules.addresses import host_and_port
from core.devices.types.printers import LinkFault
from core.i18n import _
from db.enums import DeviceLink

__all__ = ["Link", "Reached", "Talk", "ask_status", "open_link"]


class Reached(Protocol):
    """What must be known of a printer to reach it."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def link(self) -> DeviceLink:
        """Which way it is reached."""

    @property
    def address(self) -> str:
        """Where on this way."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """How the way is set."""


def open_link(device: Reached) -> Link:
    """Open the way to a printer. One that never answers by its nature is set `answers: false`: it gets labels without
    being asked, and a person is asked at the end. Raises LinkFault with the reason and what to do."""
    link = _opened(device)
    if device.settings.get("answers") is False:
        link.answers = False
    return link


def _opened(device: Reached) -> Link:
    if device.link is DeviceLink.TCP:
        from core.devices.links.tcp import TcpLink

        host, port = host_and_port(device.address) or ("", 0)
        return TcpLink(host, port, device.name)
    if device.link is DeviceLink.SERIAL:
        from core.devices.links.serial_port import SerialLink

        return SerialLink(device.address, device.settings, device.name)
    if device.link is DeviceLink.USB:
        from core.devices.links.usb import UsbLink

        return UsbLink(device.address, device.name)
    if device.link is DeviceLink.QUEUE:
        from core.devices.links.queue import QueueLink

        return QueueLink(device.address, device.name)
    if device.link is DeviceLink.FILE:
        from core.devices.links.file import FileLink

        return FileLink(device.address, device.name)
    raise LinkFault(_("{printer} is no printer that labels can be sent to.", printer=device.name), "absent")
