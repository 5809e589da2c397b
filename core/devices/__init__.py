"""Devices: scanners, scales, temperature probes and printers of the site, what they say, and what a scan means.

Promises: a device is found by who it is, never by the name of its port, and comes back by itself after it was pulled
out; whatever a device sends or does, closing its port takes less than a second and nothing is raised on the reader's
thread; values are exact decimals with their unit; everybody signed in sees the devices, who may set them up changes
them.

Callbacks of an open port come on the reader's own thread; the last 100 events of each port are kept in memory.
"""

from core.devices.commands import retire_device, save_device
from core.devices.links import Link, Reached, Talk, ask_status, open_link
from core.devices.links.usb import usb_printers
from core.devices.ports.discovery import find_ports
from core.devices.ports.listening import Listening
from core.devices.ports.opening import open_probe, open_scale, open_scanner
from core.devices.queries import get_device, list_devices
from core.devices.rules.addresses import LINKS, UsbIdentity, host_and_port, usb_identity
from core.devices.rules.badges import badge_of
from core.devices.rules.calibration import TEST_CODE, TEST_LINE, calibrate, diagnose
from core.devices.rules.keycodes import PhysicalKey, PhysicalText, is_start, key_of_windows, key_of_x11
from core.devices.rules.prefixed import PrefixedBurst, Taken
from core.devices.rules.protocols import PROBES, SCALES, Measuring
from core.devices.rules.readings import in_celsius, in_kilograms
from core.devices.rules.scans.answers import scan_as_json
from core.devices.rules.scans.described import described_profile, profile_as_data
from core.devices.rules.scans.own import own_code
from core.devices.rules.scans.profiles import PROFILE_NAMES, named_profile
from core.devices.rules.scans.words import own_kind_name, scan_kind_name
from core.devices.rules.wedge import Act, AltDigits, Verdict, WedgeRule
from core.devices.simulators import (
    HidScannerSimulator,
    LabelPrinterSimulator,
    Printed,
    ProbeSimulator,
    ScaleSimulator,
    ScannerSimulator,
    SocketWire,
    print_out,
    pty_wire,
)
from core.devices.steps import parse_scan
from core.devices.types.devices import DeviceEdit, DeviceRow, FoundPort
from core.devices.types.ports import (
    Heard,
    Measured,
    OnHeard,
    OnMeasured,
    OnState,
    PortState,
    PortWord,
    Reading,
    ReadingTrouble,
)
from core.devices.types.printers import LinkFault, PrinterStatus, PrinterWord
from core.devices.types.scans import (
    Measure,
    OwnCode,
    OwnKind,
    Scan,
    ScanKind,
    ScanProfile,
    ScanTrouble,
    ScanWord,
    StoreTemplate,
)
from core.devices.types.wedge import Burst, Calibration, Finding, SampleScan, WedgeProfile

__all__ = [
    "LINKS",
    "PROBES",
    "PROFILE_NAMES",
    "SCALES",
    "TEST_CODE",
    "TEST_LINE",
    "Act",
    "AltDigits",
    "Burst",
    "Calibration",
    "DeviceEdit",
    "DeviceRow",
    "Finding",
    "FoundPort",
    "Heard",
    "HidScannerSimulator",
    "LabelPrinterSimulator",
    "Link",
    "LinkFault",
    "Listening",
    "Measure",
    "Measured",
    "Measuring",
    "OnHeard",
    "OnMeasured",
    "OnState",
    "OwnCode",
    "OwnKind",
    "PhysicalKey",
    "PhysicalText",
    "PortState",
    "PortWord",
    "PrefixedBurst",
    "Printed",
    "PrinterStatus",
    "PrinterWord",
    "ProbeSimulator",
    "Reached",
    "Reading",
    "ReadingTrouble",
    "SampleScan",
    "ScaleSimulator",
    "Scan",
    "ScanKind",
    "ScanProfile",
    "ScanTrouble",
    "ScanWord",
    "ScannerSimulator",
    "SocketWire",
    "StoreTemplate",
    "Taken",
    "Talk",
    "UsbIdentity",
    "Verdict",
    "WedgeProfile",
    "WedgeRule",
    "ask_status",
    "badge_of",
    "calibrate",
    "described_profile",
    "diagnose",
    "find_ports",
    "get_device",
    "host_and_port",
    "in_celsius",
    "in_kilograms",
    "is_start",
    "key_of_windows",
    "key_of_x11",
    "list_devices",
    "named_profile",
    "open_link",
    "open_probe",
    "open_scale",
    "open_scanner",
    "own_code",
    "own_kind_name",
    "parse_scan",
    "print_out",
    "profile_as_data",
    "pty_wire",
    "retire_device",
    "save_device",
    "scan_as_json",
    "scan_kind_name",
    "usb_identity",
    "usb_printers",
]
