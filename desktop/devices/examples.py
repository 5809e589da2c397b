"""States of the device page worth a picture, for the tour."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from core.devices import TEST_CODE, Burst, SampleScan, ScaleSimulator, ScannerSimulator, parse_scan
from core.i18n import _
from desktop.devices.calibration import CalibrationPanel
from desktop.devices.page import DevicesPage
from desktop.widgets import ui_text

SCANS = (
    "6901234567892", "]C1010690123456789210AB12\x1d17261231", "](wrong)", "2312345012345", "KIT-W",
)  # fmt: skip


def fill(page: QWidget) -> None:
    """A scanner and a scale that are there."""
    devices = cast(DevicesPage, page).devices
    devices.simulate(ScannerSimulator(ui_text(_("Simulated scanner (serial)"))))
    devices.simulate(ScaleSimulator(name=ui_text(_("Simulated scale"))))


def pull_out(page: QWidget) -> None:
    """A scanner that was pulled out, its panel open."""
    shown = cast(DevicesPage, page)
    scanner = ScannerSimulator(ui_text(_("Simulated scanner (serial)")))
    shown.devices.simulate(scanner)
    scanner.unplug()
    shown.open_row(shown.rows[-1])


def scan_some(page: QWidget) -> None:
    """A few scans in the log."""
    devices = cast(DevicesPage, page).devices
    for raw in SCANS:
        devices.take_burst(Burst(raw, raw, "\r", 0, 7.5, 12))
        scan = parse_scan(raw)
        devices.note(scan, scan.troubles[0].text if scan.troubles else _("Shown in the live test."))


def diagnose_one(page: QWidget) -> None:
    """What the doctor says of a scanner that lacks Enter and loses GS."""
    panel = cast(DevicesPage, page).panel()
    if isinstance(panel, CalibrationPanel):
        keys = tuple((one, 500 + 9 * at) for at, one in enumerate("~" + TEST_CODE.replace("\x1d", "")))
        for _number in range(3):
            panel.take(SampleScan(keys))
