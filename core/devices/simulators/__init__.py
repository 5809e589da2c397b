"""Devices that are none: they answer as real ones do, over a loopback connection, a pty or report bytes.

For training at the device page and for tests. Each has `device`, a record to open with `open_scanner` and the like;
it can be unplugged, plugged in again, and send garbage.
"""

from core.devices.simulators.base import pty_wire
from core.devices.simulators.hid import SHAPES, HidScannerSimulator
from core.devices.simulators.label_engine import Printed, print_out
from core.devices.simulators.label_printer import LabelPrinterSimulator
from core.devices.simulators.probe import ProbeSimulator
from core.devices.simulators.scale import ScaleSimulator
from core.devices.simulators.scanner import ScannerSimulator
from core.devices.simulators.wires import SocketWire, Wire

__all__ = [
    "SHAPES",
    "HidScannerSimulator",
    "LabelPrinterSimulator",
    "Printed",
    "ProbeSimulator",
    "ScaleSimulator",
    "ScannerSimulator",
    "SocketWire",
    "Wire",
    "print_out",
    "pty_wire",
]
