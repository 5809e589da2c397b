"""The sample's devices: none of them is there, so that a page shows how that looks; simulators take their places."""

from __future__ import annotations

from core import devices
from core.devices import DeviceEdit, WedgeProfile
from core.sample.people import Crew
from db.enums import DeviceKind, DeviceLink

SHELF_PRINTER = "价签打印机 Shelf labels"
STORE_PRINTER = "仓库标签机 Store labels"
TILL = "收银台扫码枪 Till scanner"
SHELF_PAPER, STORE_PAPER = "60x40", "50x30"

DEVICES = (
    DeviceEdit(
        DeviceKind.SCANNER,
        TILL,
        DeviceLink.WEDGE,
        settings={"wedge": WedgeProfile(TILL, gap_ms=45, pace_ms=18, end="\r", is_measured=True).facts()},
    ),
    DeviceEdit(DeviceKind.SCALE, "收货台秤 Receiving scale", DeviceLink.TCP, "127.0.0.1:4001", "comma"),
    DeviceEdit(
        DeviceKind.PRINTER,
        SHELF_PRINTER,
        DeviceLink.TCP,
        "127.0.0.1:9100",
        "tspl",
        {"stock": SHELF_PAPER, "dpi": 203, "gap": 2.0},
    ),
    DeviceEdit(
        DeviceKind.PRINTER,
        STORE_PRINTER,
        DeviceLink.TCP,
        "127.0.0.1:9101",
        "zpl",
        {"stock": STORE_PAPER, "dpi": 203, "gap": 2.0},
    ),
    DeviceEdit(DeviceKind.PRINTER, "办公室打印机 Office printer", DeviceLink.QUEUE, "Office", "pdf"),
)


def set_up_devices(crew: Crew) -> dict[str, int]:
    """Save the devices for every PC; answers their ids by name."""
    office = crew["administrator"]
    return {new.name: office.do(devices.save_device, new=new) for new in DEVICES}
