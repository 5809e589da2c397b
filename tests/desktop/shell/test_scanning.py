"""One place routes a scan: what the person is doing takes it, otherwise it is found and its actions offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from core import catalog
from core.devices import Burst, OwnKind, Scan, own_code
from core.office import Office
from desktop.catalog.scanned import AttachPanel
from desktop.devices.hub import DeviceHub
from desktop.domains import full_registry
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.shell.frame import Desk, Frame
from desktop.widgets import CodeEdit, PageBase, set_place
from tests.desktop.devices.typing import Keyboard
from tests.desktop.shell.conftest import PlainPage
from tests.desktop.stock.entry.larder import CASE_CODE, EACH_CODE, Larder, fill_larder
from tests.helpers.scans import scan_of

GS = "\x1d"
UNKNOWN = "4006381333931"


@pytest.fixture
def larder(office_here: Office) -> Larder:
    return fill_larder(office_here)


@pytest.fixture
def devices(qapp: QApplication) -> Iterator[DeviceHub]:
    made = DeviceHub()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def whole(qtbot: QtBot, office_here: Office, ops: Ops, larder: Larder, devices: DeviceHub) -> Frame:
    """The frame with every domain, its devices, and a scanner that types."""
    set_place("Asia/Shanghai", "CNY")
    hub = Hub()
    actor = office_here.actor
    assert actor is not None
    settings = Settings()
    made = Frame(Desk(office_here, ops, hub, settings, full_registry(), actor, "CNY", devices), "en")
    hub.setParent(made)
    devices.heard.connect(made.scanning.heard)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.start()
    qtbot.waitExposed(made)
    return made


def keys(typed: str) -> None:
    """Keys for whatever has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    if typed == "\r":
        QTest.keyClick(focus, Qt.Key.Key_Return)
    else:
        QTest.keyClicks(focus, typed)


def plain(frame: Frame) -> PlainPage:
    page = frame.host.page()
    assert isinstance(page, PlainPage)
    return page


def shown(frame: Frame) -> PageBase:
    page = frame.host.page()
    assert isinstance(page, PageBase)
    return page


def test_the_page_takes_a_scan_and_a_line_says_so(frame: Frame) -> None:
    plain(frame).takes_scans = True
    frame.scanned(EACH_CODE)
    assert plain(frame).scans == [EACH_CODE]
    assert frame.footer.scan_words == f"Scanned {EACH_CODE} · Today"


def test_a_panel_comes_before_its_page_and_a_field_before_both(qtbot: QtBot, frame: Frame) -> None:
    class Panel(QWidget):
        scans: list[str]

        def scan(self, scan: Scan) -> bool:
            self.scans = [scan.code]
            return True

    panel, field = Panel(), CodeEdit("Code")
    plain(frame).open_panel(panel)
    frame.scanned("ABC-1")
    assert panel.scans == ["ABC-1"]
    assert plain(frame).scans == []
    field.setParent(panel)
    field.show()
    frame.activateWindow()
    field.field().setFocus()
    frame.scanned("ABC-2")
    assert field.value() == "ABC-2"
    frame.scanned(EACH_CODE)
    assert panel.scans == [EACH_CODE], "goods are not for a field of plain codes"


def test_a_question_that_is_open_keeps_scans_from_what_is_behind_it(qtbot: QtBot, frame: Frame) -> None:
    plain(frame).takes_scans = True
    dialog = QDialog(frame)
    dialog.open()
    frame.scanned(EACH_CODE)
    assert plain(frame).scans == []
    assert "A question is open" in frame.footer.scan_words
    dialog.close()


def test_a_scan_of_five_thousand_characters_gets_a_sentence(frame: Frame) -> None:
    frame.scanned("1" * 5000)
    assert len(frame.footer.scan_words) in range(10, 200)
    assert plain(frame).scans == []


def test_what_nobody_wants_is_found_and_its_actions_are_offered(qtbot: QtBot, whole: Frame, ops: Ops) -> None:
    whole.go("settings.account")
    qtbot.waitUntil(lambda: ops.is_idle)
    whole.scanned(CASE_CODE)
    panel = whole.scanning.panel
    qtbot.waitUntil(panel.isVisible)
    assert panel.title == "Fresh milk"
    assert panel.titles()[:6] == ["Open the item", "Receive", "Waste", "Transfer", "Count", "Issue"]
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: whole.host.step is not None and whole.host.step.route == "catalog.item")


def test_an_action_hands_the_scan_to_its_page(qtbot: QtBot, whole: Frame, ops: Ops) -> None:
    whole.go("settings.account")
    whole.scanned(f"]C101{CASE_CODE}10M-0309{GS}17260401")
    qtbot.waitUntil(whole.scanning.panel.isVisible)
    keys("2")
    qtbot.waitUntil(lambda: whole.host.step is not None and whole.host.step.route == "purchasing.receive")
    page = shown(whole)
    qtbot.waitUntil(lambda: len(page.dock.lines()) == 1 and ops.is_idle)  # type: ignore[attr-defined]
    line = page.dock.lines()[0]  # type: ignore[attr-defined]
    assert (line.known.code, line.qty, line.unit, line.lot) == ("MLK-001", 1, "case", "M-0309")
    assert f"{line.expires_on:%Y-%m-%d}" == "2026-04-01"


def test_places_lots_slips_counts_and_badges_are_found(
    qtbot: QtBot, whole: Frame, ops: Ops, office_here: Office
) -> None:
    wanted = {
        own_code(OwnKind.LOCATION, "COLD"): "stock.places",
        "DN-7001": "stock.posting",
        own_code(OwnKind.DOCUMENT, "DN-7001"): "stock.posting",
    }
    for raw, route in wanted.items():
        whole.go("settings.account")
        whole.scanned(raw)
        qtbot.waitUntil(lambda: ops.is_idle)
        if whole.scanning.panel.isVisible():
            keys("1")
        qtbot.waitUntil(lambda route=route: whole.host.step is not None and whole.host.step.route == route)  # type: ignore[misc]
        qtbot.waitUntil(lambda: ops.is_idle)
    whole.go("settings.account")
    whole.scanned("M-0301")
    qtbot.waitUntil(lambda: whole.scanning.panel.titles()[:2] == ["Open the lot", "Trace the lot"])


def test_an_unknown_code_is_attached_in_two_keys_and_known_from_then_on(
    qtbot: QtBot, whole: Frame, ops: Ops, office_here: Office, larder: Larder
) -> None:
    whole.go("catalog.item", item_id=larder.items["TOM-001"])
    page = shown(whole)
    qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle and page.subject_item() is not None)
    whole.scanned(UNKNOWN)
    qtbot.waitUntil(whole.scanning.panel.isVisible)
    assert whole.scanning.panel.titles()[-1] == "Ignore this code from now on"
    keys("a")
    qtbot.waitUntil(lambda: isinstance(page.panel(), AttachPanel) and ops.is_idle)
    whole.activateWindow()  # the screen that is none forgets which window is active
    qtbot.waitUntil(whole.isActiveWindow)
    keys("\r")
    qtbot.waitUntil(lambda: office_here.ask(catalog.find_by_barcode, code=UNKNOWN) is not None)
    hit = office_here.ask(catalog.find_by_barcode, code=UNKNOWN)
    assert hit is not None
    assert hit.item.code == "TOM-001"


def test_an_unknown_code_becomes_a_new_item_or_is_ignored_for_good(qtbot: QtBot, whole: Frame, ops: Ops) -> None:
    whole.go("settings.account")
    whole.scanned(UNKNOWN)
    qtbot.waitUntil(whole.scanning.panel.isVisible)
    keys("n")
    qtbot.waitUntil(lambda: whole.host.step is not None and whole.host.step.route == "catalog.items")
    page = shown(whole)
    qtbot.waitUntil(lambda: page.panel() is not None)
    values = page.panel().form.editor("barcodes").value()  # type: ignore[union-attr]
    assert values[0]["code"] == UNKNOWN
    whole.go("settings.account")
    whole.scanned(UNKNOWN)
    qtbot.waitUntil(whole.scanning.panel.isVisible)
    keys("i")
    qtbot.waitUntil(lambda: "ignored" in whole.footer.scan_words)
    whole.scanned(UNKNOWN)
    qtbot.waitUntil(lambda: ops.is_idle and "ignored" in whole.footer.scan_words)
    assert not whole.scanning.panel.isVisible()


Focus = Callable[[PageBase], QWidget]


@pytest.mark.parametrize("where", ["item field", "another field", "table", "button"])
def test_from_the_keys_to_the_line_wherever_the_keyboard_is(
    qtbot: QtBot, whole: Frame, ops: Ops, devices: DeviceHub, where: str
) -> None:
    whole.go("stock.issue")
    page = shown(whole)
    qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
    spots = {
        "item field": page.sheet.bar.picker.field(),  # type: ignore[attr-defined]
        "another field": page.strip.editor("note").field(),  # type: ignore[attr-defined]
        "table": page.sheet.table,  # type: ignore[attr-defined]
        "button": page.post_button,  # type: ignore[attr-defined]
    }
    keyboard = Keyboard(whole)
    spots[where].setFocus()
    keyboard.scan(CASE_CODE)
    keyboard.scan(EACH_CODE)
    keyboard.scan(EACH_CODE)
    qtbot.waitUntil(lambda: sum(line.qty for line in page.lines()) == 3 and ops.is_idle)  # type: ignore[attr-defined]
    assert sorted((line.qty, line.unit) for line in page.lines()) == [(1, "case"), (2, "L")]  # type: ignore[attr-defined]
    assert page.strip.editor("note").value() is None  # type: ignore[attr-defined]
    assert [entry.raw for entry in devices.log] == [CASE_CODE, EACH_CODE, EACH_CODE]
    assert all(entry.scan is not None and entry.words is not None for entry in devices.log)


def test_on_a_list_a_scan_opens_the_item(qtbot: QtBot, whole: Frame, ops: Ops) -> None:
    whole.go("catalog.items")
    page = shown(whole)
    qtbot.waitUntil(lambda: page.is_loaded() and ops.is_idle)
    page.head.focus_search()
    Keyboard(whole).scan(EACH_CODE)
    qtbot.waitUntil(lambda: page.subject_item() is not None)
    assert page.head.search_text() == ""
    subject = page.subject_item()
    assert subject is not None
    assert subject[1] == "Fresh milk"


def test_a_cut_scan_is_refused(frame: Frame, devices: DeviceHub) -> None:
    devices.heard.connect(frame.scanning.heard)
    devices.take_burst(Burst("1" * 8192, "1" * 8192, is_cut=True))
    assert "longer than any code" in frame.footer.scan_words
    assert scan_of(EACH_CODE).code == EACH_CODE
