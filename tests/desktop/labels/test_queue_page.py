"""The queue: what is due is printed with one key, what lacks a field stays and says so, jobs are followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core import labels
from core.devices import LabelPrinterSimulator
from core.labels import NewWish
from core.office import Office
from core.words import LabelJobState, LabelSubject
from desktop.context import AppContext
from desktop.labels.add_panels import AddPanel
from desktop.labels.job_strip import JobStrip
from desktop.labels.printer_choice import PrinterChoice
from desktop.labels.queue_page import QueuePage
from desktop.labels.queue_panel import QueuePanel
from desktop.labels.runs import LabelRuns
from desktop.labels.sheets import SheetPanel
from desktop.widgets import Found, PageBase
from tests.desktop.labels.conftest import Desk
from tests.helpers.accessibility import nameless_controls

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]
LAYOUT = "shelf-60x40"


def put(office: Office, ids: tuple[int, ...], layout: str = LAYOUT, copies: int = 1) -> None:
    office.do(labels.add_to_queue, wishes=[NewWish(LabelSubject.SHELF, one, 0, layout, copies) for one in ids])


def jobs(office: Office) -> list[labels.JobRow]:
    found: list[labels.JobRow] = office.ask(labels.list_jobs)
    return found


@pytest.fixture
def page(context: AppContext, runs: LabelRuns, goods: tuple[int, ...], office_here: Office, shown: Shown) -> QueuePage:
    put(office_here, goods)
    return shown(QueuePage(context, runs))  # type: ignore[no-any-return]


def test_an_empty_queue_says_that_every_shelf_is_right(context: AppContext, runs: LabelRuns, shown: Shown) -> None:
    page = shown(QueuePage(context, runs))
    assert page.table.total() == 0
    assert page._stack.currentWidget() is page._nothing
    assert nameless_controls(page) == []


def test_enter_prints_everything_due_on_the_only_printer(
    desk: Desk, printer: int, simulator: LabelPrinterSimulator
) -> None:
    qtbot, context, runs, goods, office_here, shown, shell = (
        desk.qtbot,
        desk.context,
        desk.runs,
        desk.goods,
        desk.office,
        desk.shown,
        desk.shell,
    )
    put(office_here, goods[:5], copies=2)
    page = shown(QueuePage(context, runs))
    assert page.print_button.text().startswith("Print 10 labels")
    QTest.keyClick(page.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(simulator.printed) == 10)
    qtbot.waitUntil(lambda: not runs._jobs and page.table.total() == 0)
    assert jobs(office_here)[0].state is LabelJobState.DONE
    assert any("10 labels printed" in words for words in shell.said)
    qtbot.waitUntil(lambda: page.strips.strips == [])


def test_what_lacks_a_price_stays_and_says_so(qtbot: QtBot, page: QueuePage, printer: int, settled: Settled) -> None:
    settled()
    assert len(page.missing.required) == 1
    assert "stays" in page.said.text()
    assert page.table.select_where(lambda row: row.code == "S-0006")
    qtbot.waitUntil(lambda: isinstance(page.panel(), QueuePanel) and page.panel().row.code == "S-0006")  # type: ignore[union-attr]
    settled()
    panel = page.panel()
    assert isinstance(panel, QueuePanel)
    panel.show_missing(page.missing)
    assert "Price" in panel._lack.text()
    page.print_due()
    qtbot.waitUntil(lambda: [row.code for row in page.rows] == ["S-0006"])


def test_the_label_beside_the_list_is_drawn_and_its_code_read(qtbot: QtBot, page: QueuePage, settled: Settled) -> None:
    page.table.select_row(1)
    qtbot.waitUntil(lambda: isinstance(page.panel(), QueuePanel))
    settled()
    panel = page.panel()
    assert isinstance(panel, QueuePanel)
    qtbot.waitUntil(lambda: panel.preview.page is not None)
    assert not panel.preview.picture.is_empty
    assert "read back" in panel.preview.verdict.text()
    assert (panel.preview.page.width, panel.preview.page.height) == (480, 320)  # type: ignore[union-attr]


def test_copies_are_changed_by_keys_and_in_the_panel(qtbot: QtBot, page: QueuePage, settled: Settled) -> None:
    page.table.select_row(0)
    settled()
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    code = page.table.current_row().code  # type: ignore[union-attr]
    QTest.keyClicks(page.table, "+")
    qtbot.waitUntil(lambda: next(row for row in page.rows if row.code == code).copies == 2)
    qtbot.waitUntil(lambda: isinstance(page.panel(), QueuePanel) and page.panel().row.copies == 2)  # type: ignore[union-attr]
    settled()
    panel = page.panel()
    assert isinstance(panel, QueuePanel)
    panel._copies.type_text("5")
    panel.save()
    qtbot.waitUntil(lambda: next(row for row in page.rows if row.code == code).copies == 5)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.rows) == 5)


def test_a_paper_without_a_printer_is_asked_about_and_remembered(
    desk: Desk, printer: int, simulator: LabelPrinterSimulator
) -> None:
    qtbot, context, runs, goods, office_here, shown, settled = (
        desk.qtbot,
        desk.context,
        desk.runs,
        desk.goods,
        desk.office,
        desk.shown,
        desk.settled,
    )
    put(office_here, goods[:2], "shelf-50x30")
    page = shown(QueuePage(context, runs))
    assert page.groups.groups[0].device_id is None
    page.post()
    panel = page.panel()
    assert isinstance(panel, PrinterChoice)
    qtbot.waitUntil(lambda: bool(panel.buttons))
    panel.buttons[0].click()
    qtbot.waitUntil(lambda: len(simulator.printed) == 2 and not runs._jobs)
    put(office_here, goods[2:3], "shelf-50x30")
    page.reload()
    settled()
    assert page.groups.groups[0].printer == "P1"


def test_labels_go_on_sheets_from_the_label_one_says(desk: Desk) -> None:
    qtbot, context, runs, goods, office_here, shown, settled, shell = (
        desk.qtbot,
        desk.context,
        desk.runs,
        desk.goods,
        desk.office,
        desk.shown,
        desk.settled,
        desk.shell,
    )
    put(office_here, goods[:3], "shelf-63x38")
    page = shown(QueuePage(context, runs))
    page.acts.open_sheets(page.groups.groups[0])
    panel = page.panel()
    assert isinstance(panel, SheetPanel)
    assert panel._sheet.value() == "L7160"
    panel._start.type_text("40")
    panel.print_now()
    assert "1 to 21" in panel._start.error()
    panel._start.type_text("20")
    page.post()
    qtbot.waitUntil(lambda: len(shell.makers) == 1)
    settled()
    from desktop.printing import page_count

    assert page_count(shell.papers[0].pdf) == 2
    qtbot.waitUntil(lambda: len(page.strips.strips) == 1)
    strip = page.strips.strips[0]
    assert strip.all_good.isVisibleTo(page)
    strip.all_good.click()
    qtbot.waitUntil(lambda: jobs(office_here)[0].state is LabelJobState.DONE)
    assert context.settings.get("labels/start/L7160") == "2"


def test_out_of_labels_the_job_waits_and_goes_on_by_itself(
    desk: Desk, printer: int, simulator: LabelPrinterSimulator
) -> None:
    qtbot, context, runs, goods, office_here, shown = (
        desk.qtbot,
        desk.context,
        desk.runs,
        desk.goods,
        desk.office,
        desk.shown,
    )
    put(office_here, goods[:5])
    simulator.load(3)
    page = shown(QueuePage(context, runs))
    page.print_due()
    qtbot.waitUntil(lambda: any("No labels left" in one.words.text() for one in page.strips.strips), timeout=8000)
    simulator.load()
    qtbot.waitUntil(lambda: len(simulator.printed) == 5 and not runs._jobs, timeout=8000)
    assert jobs(office_here)[0].state is LabelJobState.DONE


def test_a_job_that_was_cut_off_is_offered_and_asks_for_the_last_good_label(
    desk: Desk, printer: int, simulator: LabelPrinterSimulator
) -> None:
    qtbot, context, runs, goods, office_here, shown, settled = (
        desk.qtbot,
        desk.context,
        desk.runs,
        desk.goods,
        desk.office,
        desk.shown,
        desk.settled,
    )
    put(office_here, goods[:5])
    started = office_here.do(labels.start_due_labels)[0]
    office_here.do(labels.take_job, job_id=started.job_id, holder="dead")
    office_here.do(labels.next_window, job_id=started.job_id, holder="dead", size=3)
    office_here.do(labels.mark_asked, job_id=started.job_id, holder="dead", good=1, trouble="restart")
    office_here.do(labels.release_job, job_id=started.job_id, holder="dead")
    page = shown(QueuePage(context, runs))
    strip: JobStrip = page.strips.strips[0]
    settled()
    assert strip.answer.isVisibleTo(page)
    assert strip.number.value() == 1
    assert "last good label" in strip.words.text()
    strip.number.setValue(2)
    strip.answer.click()
    qtbot.waitUntil(lambda: len(simulator.printed) == 3 and not runs._jobs, timeout=8000)
    assert jobs(office_here)[0].state is LabelJobState.DONE


def test_items_of_another_list_come_with_the_form_filled(desk: Desk) -> None:
    qtbot, context, runs, goods, shown, settled = (
        desk.qtbot,
        desk.context,
        desk.runs,
        desk.goods,
        desk.shown,
        desk.settled,
    )
    page = shown(QueuePage(context, runs, subject="shelf", ids=goods[:3]))
    panel = page.panel()
    assert isinstance(panel, AddPanel)
    settled()
    assert "3 things" in panel._named.text()
    panel._on_picked(Found(goods[3], "S-0004", "Goods 4"))
    panel._picker.set_error(None)
    panel.layout_choice.set_value(LAYOUT)
    panel.save()
    qtbot.waitUntil(lambda: len(page.rows) == 4)
    assert [button for button in page.findChildren(QPushButton) if not button.accessibleName()] == []
