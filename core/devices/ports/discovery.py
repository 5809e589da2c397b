"""What is plugged into this PC now."""

from __future__ import annotations

from collections import Counter
from typing import Any

from core.devices.ports.hid_port import hid_library, hid_scanners, identity_of
from core.devices.ports.serial_port import serial_ports
from core.devices.rules.addresses import UsbIdentity
from core.devices.types.devices import FoundPort
from db.enums import DeviceLink

# Makers by USB vendor id, for devices that do not say themselves who made them (usb.org's list of vendors).
MAKERS = {
    0x0C2E: "Honeywell",
    0x23D0: "Honeywell",
    0x05E0: "Zebra",
    0x05F9: "Datalogic",
    0x1EAB: "Newland",
    0x0403: "FTDI",
    0x067B: "Prolific",
    0x10C4: "Silicon Labs",
    0x1A86: "QinHeng",
}


def find_ports() -> tuple[FoundPort, ...]:
    """Serial ports and HID-POS scanners that are plugged in, likely ones first, with maker and product.

    Never raises: what a PC cannot tell is left out. Keyboards cannot be told from scanners that act as one.
    """
    found = [*found_serial(serial_ports()), *found_hid(hid_scanners(hid_library()))]
    return tuple(sorted(found, key=lambda port: (not port.is_likely, port.link, port.words, port.path)))


def found_serial(ports: list[Any]) -> list[FoundPort]:
    """pyserial's list as found ports; twins without a serial number are told apart by where they are plugged in."""
    seen = Counter(str(_identity(port)) for port in ports)
    found = []
    for port in ports:
        identity = _identity(port)
        if identity is None:
            words = port.description if port.description not in (None, "n/a") else port.device
            found.append(FoundPort(DeviceLink.SERIAL, port.device, port.device, str(words), is_likely=False))
            continue
        named = identity
        if seen[str(identity)] > 1:
            named = UsbIdentity(identity.vendor, identity.product, identity.serial_number, port.location or "")
        found.append(
            FoundPort(
                link=DeviceLink.SERIAL,
                address=str(named),
                path=str(port.device),
                words=_words(identity.vendor, port.manufacturer, port.product or port.description),
                vendor=identity.vendor,
                product=identity.product,
                serial_number=identity.serial_number,
            )
        )
    return found


def _identity(port: Any) -> UsbIdentity | None:
    if port.vid is None or port.pid is None:
        return None
    return UsbIdentity(port.vid, port.pid, port.serial_number or "")


def found_hid(told: list[dict[str, Any]]) -> list[FoundPort]:
    """hidapi's list of scanners as found ports, each once."""
    by_path = {one["path"]: one for one in told}
    return [
        FoundPort(
            link=DeviceLink.HID,
            address=str(identity_of(one)),
            path=path.decode("utf-8", "replace") if isinstance(path, bytes) else str(path),
            words=_words(one["vendor_id"], one.get("manufacturer_string"), one.get("product_string")),
            vendor=one["vendor_id"],
            product=one["product_id"],
            serial_number=one.get("serial_number") or "",
        )
        for path, one in by_path.items()
    ]


def _words(vendor: int, maker: str | None, product: str | None) -> str:
    maker = (maker or MAKERS.get(vendor, "")).strip()
    product = (product or "").strip()
    both = product if product.lower().startswith(maker.lower()) else f"{maker} {product}"
    return both.strip() or f"USB {vendor:04x}"
