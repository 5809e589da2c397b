"""How a device is named so that it is found again: by who it is, never by which socket it was put into."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import InvalidInput
from core.i18n import Text, _
from db.enums import DeviceKind, DeviceLink

RAW_PRINT_PORT = 9100
MOST_SETTINGS = 20_000
MOST_ADDRESS = 400
_USB = re.compile(r"usb:([0-9a-f]{4}):([0-9a-f]{4})(?::([^@]*))?(?:@(.+))?", re.IGNORECASE)
_HOST = re.compile(r"(\[[0-9a-f:]+\]|[^\s:/]+)(?::(\d{1,5}))?", re.IGNORECASE)

LINKS: dict[DeviceKind, tuple[DeviceLink, ...]] = {
    DeviceKind.SCANNER: (DeviceLink.WEDGE, DeviceLink.SERIAL, DeviceLink.HID, DeviceLink.TCP),
    DeviceKind.SCALE: (DeviceLink.SERIAL, DeviceLink.TCP),
    DeviceKind.PROBE: (DeviceLink.SERIAL, DeviceLink.TCP),
    DeviceKind.PRINTER: (DeviceLink.TCP, DeviceLink.SERIAL, DeviceLink.USB, DeviceLink.QUEUE, DeviceLink.FILE),
}

_EXAMPLES: dict[DeviceLink, Text] = {
    DeviceLink.SERIAL: _("A serial device needs its identity (usb:0c2e:0901:S123) or its port, such as COM3."),
    DeviceLink.HID: _("A USB device needs its identity, such as usb:0c2e:0901:S123. Choose it from the list."),
    DeviceLink.TCP: _("A network device needs its address, such as 192.168.1.50:9100."),
    DeviceLink.USB: _("A USB printer needs its identity (usb:0a5f:0081:S123) or its path."),
    DeviceLink.QUEUE: _("Choose the system's print queue."),
    DeviceLink.FILE: _("Choose the file that the labels are written to."),
}


@dataclass(frozen=True, slots=True)
class UsbIdentity:
    """Who a USB device is: maker, product and serial number; where it is plugged in only to tell twins apart."""

    vendor: int
    product: int
    serial_number: str = ""
    place: str = ""

    def __str__(self) -> str:
        serial = self.serial_number if _is_plain(self.serial_number) else ""
        words = f"usb:{self.vendor:04x}:{self.product:04x}:{serial}"
        return f"{words}@{self.place}" if self.place else words

    def fits(self, other: UsbIdentity) -> bool:
        """Whether a device that is plugged in is the one meant; what is not known of the one meant fits all."""
        return (
            (self.vendor, self.product) == (other.vendor, other.product)
            and self.serial_number in ("", other.serial_number)
            and self.place in ("", other.place)
        )


def _is_plain(serial_number: str) -> bool:
    return serial_number.isprintable() and "@" not in serial_number and len(serial_number) <= 100


def usb_identity(address: str) -> UsbIdentity | None:
    """The identity in an address such as usb:0c2e:0901:S123; None for a path or host."""
    match = _USB.fullmatch(address.strip())
    if match is None:
        return None
    vendor, product, serial, place = match.groups()
    return UsbIdentity(int(vendor, 16), int(product, 16), serial or "", place or "")


def host_and_port(address: str, default: int = RAW_PRINT_PORT) -> tuple[str, int] | None:
    """Host and port of a network address; None when it is none. The port is `default` when not said."""
    match = _HOST.fullmatch(address.strip())
    if match is None:
        return None
    port = int(match[2]) if match[2] else default
    return (match[1].strip("[]"), port) if 0 < port < 65536 else None


def clean_address(link: DeviceLink, address: str) -> str:
    """An address as it is kept. Raises InvalidInput with an example of a right one."""
    cleaned = address.strip()
    identity = usb_identity(cleaned)
    if link is DeviceLink.WEDGE and not cleaned:
        return ""
    if len(cleaned) > MOST_ADDRESS or not cleaned.isprintable() or not _fits(link, cleaned, identity):
        raise InvalidInput(_EXAMPLES.get(link, _("This address is too long or not readable.")), field="address")
    return str(identity) if identity is not None and link is not DeviceLink.FILE else cleaned


def _fits(link: DeviceLink, address: str, identity: UsbIdentity | None) -> bool:
    if link in (DeviceLink.HID, DeviceLink.WEDGE):
        return identity is not None
    if link is DeviceLink.TCP:
        return host_and_port(address) is not None
    is_identity = address.lower().startswith("usb:")
    return bool(address) and (identity is not None or not is_identity or link in (DeviceLink.QUEUE, DeviceLink.FILE))


def check_link(kind: DeviceKind, link: DeviceLink) -> None:
    """A kind of device is reached in some ways only. Raises InvalidInput."""
    if link not in LINKS[kind]:
        raise InvalidInput(_("A device of this kind cannot be reached in this way. Choose another link."), field="link")


def check_settings(settings: Mapping[str, Any]) -> None:
    """Settings are small facts that JSON can hold. Raises InvalidInput."""
    try:
        size = len(json.dumps(dict(settings), ensure_ascii=False))
    except (TypeError, ValueError) as fault:
        raise InvalidInput(_("These settings cannot be kept."), field="settings") from fault
    if size > MOST_SETTINGS:
        raise InvalidInput(_("These settings are too long to be kept."), field="settings")


def is_shared_port(link: DeviceLink) -> bool:
    """Whether several devices may have one address: a queue or file takes all, a port only one program's device."""
    return link in (DeviceLink.WEDGE, DeviceLink.QUEUE, DeviceLink.FILE, DeviceLink.TCP)
