"""The device page: what is set up and found, live test, log, calibration, simulators."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import devices
from core.devices import TEST_CODE, Burst, DeviceEdit, WedgeProfile, parse_scan
from core.i18n import verbatim
from core.office import Office
from core.words import DeviceKind, DeviceLink, Permission
from desktop.context import AppContext
from desktop.devices.calibration import CalibrationPanel
from desktop.devices.code_view import line_code, paper_of_codes, square_code
from desktop.devices.forms import DeviceForm, DevicePanel
from desktop.devices.hub import PROFILE, DeviceHub
from desktop.devices.page import DevicesPage
from desktop.devices.simulating import SimulatorsPanel
from desktop.ops import Ops
from tests.desktop.devices.typing import Keyboard
from tests.desktop.noting import NotingShell


@pytest.fixture
def page(qtbot: QtBot, context: AppContext, ops: Ops) -> DevicesPage:
    return show(qtbot, ops, DevicesPage(context))


def show(qtbot: QtBot, ops: Ops, page: DevicesPage) -> DevicesPage:
    qtbot.addWidget(page)
    page.resize(1270, 640)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
    return page


def saved(office: Office) -> list[devices.DeviceRow]:
    return list(office.ask(devices.list_devices))


def test_an_empty_page_says_how_to_begin(page: DevicesPage) -> None:
    assert page.rows == []
    assert page._list.currentWidget() is page._nothing_yet
    page.open_simulators()
    assert isinstance(page.panel(), SimulatorsPanel)


def test_a_scale_is_added_by_its_address_and_stands_in_the_list(
    qtbot: QtBot, page: DevicesPage, office_here: Office, ops: Ops
) -> None:
    page.primary()
    form = page.panel()
    assert isinstance(form, DeviceForm)
    form._kind.set_value(DeviceKind.SCALE)
    form._on_kind()
    form.form.set_values({"name": "Kitchen scale", "address": "COM7", "baud": "4800"})
    form._link.set_value(DeviceLink.SERIAL)
    form.save()
    qtbot.waitUntil(lambda: page.panel() is None and len(page.rows) == 1)
    row = saved(office_here)[0]
    assert (row.kind, row.link, row.address, row.protocol) == (DeviceKind.SCALE, DeviceLink.SERIAL, "COM7", "mt-sics")
    assert row.settings == {"baud": 4800}
    assert row.station == office_here.station
    page.open_row(page.rows[0])
    panel = page.panel()
    assert isinstance(panel, DevicePanel)
    panel._retire()
    qtbot.waitUntil(lambda: page.panel() is None and page.rows == [])


def test_a_wrong_address_is_said_at_its_field(qtbot: QtBot, page: DevicesPage, ops: Ops) -> None:
    page.primary()
    form = page.panel()
    assert isinstance(form, DeviceForm)
    form._link.set_value(DeviceLink.TCP)
    form.form.set_values({"name": "Far scanner", "address": "door:999999"})
    form.save()
    qtbot.waitUntil(lambda: bool(form.form.editor("address").error()))
    assert page.has_unsaved() or form.save_button.isEnabled()


def test_the_wizard_learns_a_scanner_from_three_scans_of_real_keys(
    qtbot: QtBot, page: DevicesPage, office_here: Office, hub: DeviceHub
) -> None:
    page.calibrate()
    panel = page.panel()
    assert isinstance(panel, CalibrationPanel)
    keyboard = Keyboard(page)
    for left in (2, 1, 0):
        keyboard.scan("~" + TEST_CODE, gap=9)
        qtbot.waitUntil(lambda left=left: len(panel._scans) == 3 - left)  # type: ignore[misc]
    assert panel.finding_words() == ["prefix"]
    assert panel.result is not None
    panel._name.set_value("Door")
    panel.save()
    qtbot.waitUntil(lambda: page.panel() is None and len(page.rows) == 1)
    profile = WedgeProfile.of(saved(office_here)[0].settings[PROFILE])
    assert (profile.prefix, profile.gap_ms, profile.end, profile.is_measured) == ("~", 35, "\r", True)
    assert str(page.rows[0].badge.words if page.rows[0].badge else "") == "Calibrated"
    qtbot.waitUntil(lambda: hub.wedge._rule.profiles[0].prefix == "~")


def test_keys_are_keys_again_when_the_wizard_closes(qtbot: QtBot, page: DevicesPage, hub: DeviceHub) -> None:
    page.calibrate()
    assert hub.wedge.tap is not None
    page.close_panel()
    qtbot.waitUntil(lambda: hub.wedge.tap is None)


def test_the_doctor_says_what_is_wrong(page: DevicesPage) -> None:
    page.calibrate()
    panel = page.panel()
    assert isinstance(panel, CalibrationPanel)
    for text in ("hello\r", "hello\r", "hello\r"):
        panel.take(devices.SampleScan(tuple((one, at * 8) for at, one in enumerate(text))))
    assert panel.finding_words() == ["other_code"]
    assert not panel.save_button.isEnabled()
    panel.start()
    assert panel.finding_words() == []


def test_a_scan_is_shown_sign_by_sign_and_not_looked_up(page: DevicesPage, hub: DeviceHub) -> None:
    raw = "]C1010690123456789210AB12\x1d17261231"
    hub.take_burst(Burst(raw, raw, "\r", 0, 7.5, 12))
    assert page.scan(parse_scan(raw))
    hub.note(parse_scan(raw), verbatim("taken"))
    assert page.tabs.currentIndex() == 1
    assert page.live.raw_words == "]C1010690123456789210AB12<GS>17261231"
    line = page.log.row_at(0)
    assert line is not None
    assert (line.source, line.what, line.pace) == ("Keyboard", "taken", "7.5 ms, at most 12")
    assert "Lot AB12" in line.facts


def test_the_log_becomes_a_file(qtbot: QtBot, page: DevicesPage, hub: DeviceHub, ops: Ops, tmp_path: Path) -> None:
    hub.take_burst(Burst("4711-A", "4711-A", "\t", 0, 5.0, 8))
    file = tmp_path / "log.csv"
    page._file().save(file)
    qtbot.waitUntil(lambda: ops.is_idle and file.exists())
    assert "4711-A" in file.read_text(encoding="utf-8-sig")


def test_a_simulated_scanner_is_started_used_pulled_out_and_stopped(
    qtbot: QtBot, page: DevicesPage, hub: DeviceHub
) -> None:
    page.open_simulators()
    panel = page.panel()
    assert isinstance(panel, SimulatorsPanel)
    part = panel.part("scanner")
    part.switch()
    qtbot.waitUntil(lambda: [one.is_simulated for one in page.rows] == [True])
    qtbot.waitUntil(lambda: hub.simulators()[part.name][1].is_ready)
    simulator = hub.simulators()[part.name][0]
    assert isinstance(simulator, devices.ScannerSimulator)
    assert simulator.wire.wait_open()
    part.send()
    qtbot.waitUntil(lambda: [one.raw for one in hub.log] == ["]C1010690123456789210AB12\x1d17261231"])
    part.pull()
    qtbot.waitUntil(lambda: not hub.simulators()[part.name][1].is_ready)
    part.pull()
    qtbot.waitUntil(lambda: hub.simulators()[part.name][1].is_ready)
    part.switch()
    assert page.rows == []


def test_who_may_not_set_devices_up_may_look_and_test(
    qtbot: QtBot, context: AppContext, ops: Ops, shell: NotingShell, office_here: Office
) -> None:
    office_here.do(devices.save_device, new=DeviceEdit(DeviceKind.SCANNER, "Door", DeviceLink.WEDGE))
    shell.forbidden.add(Permission.DEVICE_EDIT)
    page = show(qtbot, ops, DevicesPage(context))
    assert page.head.primary_words() == ""
    page.open_row(page.rows[0])
    panel = page.panel()
    assert isinstance(panel, DevicePanel)
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Escape)


def test_the_test_code_is_readable_on_screen_and_paper() -> None:
    import zxingcpp
    from PIL import Image

    for bars, text in ((square_code(), TEST_CODE), (line_code() * 40, devices.TEST_LINE)):
        picture = Image.new("L", (len(bars[0]) + 24, len(bars) + 24), 255)
        for y, row in enumerate(bars):
            for x, is_dark in enumerate(row):
                picture.putpixel((x + 12, y + 12), 0 if is_dark else 255)
        read = zxingcpp.read_barcode(picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST))
        assert read is not None
        assert read.bytes.decode() == text
    paper = paper_of_codes("zh")
    assert paper.pdf.startswith(b"%PDF")
