"""Shelf walk, jobs and history, layouts, designer, printers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import devices, labels
from core.devices import LabelPrinterSimulator, parse_scan
from core.labels import BarcodeElement, Difference, NewWish, TextElement, load_layout
from core.office import Office
from core.words import DeviceKind, LabelState, LabelSubject
from desktop.context import AppContext
from desktop.labels.canvas import EDGE
from desktop.labels.designer_page import DesignerPage
from desktop.labels.draft import box_of
from desktop.labels.element_form import ElementForm
from desktop.labels.job_panel import JobPanel
from desktop.labels.jobs_page import JobsPage
from desktop.labels.layouts_page import LayoutPanel, LayoutsPage
from desktop.labels.looks import difference_words
from desktop.labels.picture import LabelPicture, image_of
from desktop.labels.printer_form import PrinterForm
from desktop.labels.printers_page import PrinterPanel, PrintersPage
from desktop.labels.trial import trial_layout
from desktop.labels.walk_page import WalkPage
from desktop.widgets import PageBase
from tests.desktop.labels.conftest import Desk
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]
LAYOUT = "shelf-60x40"


def printed_job(office: Office, goods: tuple[int, ...], device_id: int) -> int:
    job = office.do(
        labels.start_job, subject=LabelSubject.SHELF, ids=goods[:4], layout=LAYOUT, device_id=device_id
    )[0]  # fmt: skip
    labels.run_job(office, job.job_id)
    return int(job.job_id)


def test_a_walk_says_right_and_wrong_and_fills_the_queue(
    desk: Desk, printer: int, simulator: LabelPrinterSimulator
) -> None:
    context, goods, office_here, shown, settled = desk.context, desk.goods, desk.office, desk.shown, desk.settled
    printed_job(office_here, goods, printer)
    page: WalkPage = shown(WalkPage(context))
    settled()
    assert page.scan(parse_scan("S-0001"))
    settled()
    assert page.verdict.text().startswith("Correct")
    page.layout_choice.set_value(LAYOUT)
    page.check("S-0005")
    settled()
    page._toggle_damaged()
    page.check("S-0002")
    settled()
    page.check("nothing-like-it")
    settled()
    assert [row.word for row in page._rows] == ["nothing", "damaged", "unknown", "true"]
    queued = {row.code for row in office_here.ask(labels.list_queue)}
    assert queued == {"S-0005", "S-0002"}
    assert "1 correct" in page.head._answer.text()
    assert nameless_controls(page) == []


def test_only_these_are_printed_again_and_all_from_one_on(
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
    job_id = printed_job(office_here, goods, printer)
    page: JobsPage = shown(JobsPage(context, runs, job_id=job_id))
    settled()
    panel = page.panel()
    assert isinstance(panel, JobPanel)
    assert panel.table.total() == 4
    panel.table.select_row(2)
    panel.print_these()
    qtbot.waitUntil(lambda: len(simulator.printed) == 5 and not runs._jobs)
    settled()
    panel.table.select_row(1)
    panel.resume_here()
    qtbot.waitUntil(lambda: len(simulator.printed) == 8 and not runs._jobs)
    card = office_here.ask(labels.get_job, job_id=job_id)
    assert all(one.state is LabelState.CONFIRMED for one in card.labels)
    assert nameless_controls(page) == []


def test_history_is_found_by_its_words_and_printed_exactly_again(
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
    printed_job(office_here, goods, printer)
    page: JobsPage = shown(JobsPage(context, runs, part="printed"))
    settled()
    assert page.printed.total() == 4
    first = simulator.printed[0].sha256
    assert page.printed.select_where(lambda row: row.code == "S-0001")
    current = page.printed.current_row()
    assert current is not None
    page.open_printed(current)
    settled()
    page.primary()
    qtbot.waitUntil(lambda: len(simulator.printed) == 5 and not runs._jobs)
    jobs = office_here.ask(labels.list_jobs)
    assert len(jobs) == 2 and jobs[0].labels == 1
    assert first  # the running number differs, the words do not
    assert office_here.ask(labels.get_job, job_id=jobs[0].job_id).labels[0].content["fields"]["price"] == "1.50"


def test_a_printer_is_added_and_tested(desk: Desk, simulator: LabelPrinterSimulator) -> None:
    qtbot, context, runs, office_here, shown, settled = (
        desk.qtbot,
        desk.context,
        desk.runs,
        desk.office,
        desk.shown,
        desk.settled,
    )
    page: PrintersPage = shown(PrintersPage(context, runs, is_adding=True))
    settled()
    form = page.panel()
    assert isinstance(form, PrinterForm)
    form.form.set_values({"name": "Counter", "address": simulator.address, "protocol": "tspl", "stock": "50x30"})
    form.form.editor("offset_x").type_text("-1.5")  # type: ignore[attr-defined]
    form.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), PrinterPanel))
    row = office_here.ask(devices.list_devices, kind=DeviceKind.PRINTER)[0]
    assert (row.settings["stock"], row.settings["offset_x"], row.settings["dpi"]) == ("50x30", -1.5, 203)
    qtbot.waitUntil(lambda: page.table.words_at(0, "badge") == "Ready")
    page.print_page()
    qtbot.waitUntil(lambda: len(simulator.printed) == 1)
    settled()
    panel = page.panel()
    assert isinstance(panel, PrinterPanel)
    assert "2 mm from every edge" in panel.said.text()
    simulator.switch_off()
    page.reload()
    qtbot.waitUntil(lambda: page.table.words_at(0, "badge") == "Does not answer", timeout=8000)
    assert nameless_controls(page) == []


@pytest.mark.parametrize("stock", ["60x40", "40x30", "100x150", "30x20", "nonsense", ""])
def test_a_test_label_fits_every_roll(stock: str) -> None:
    layout = trial_layout(stock)
    page = labels.draw(layout, labels.LabelContent("item", 0, "T", {"name": "P1", "facts": "TSPL"}, "en"), 203)
    assert page.is_printable, page.troubles
    assert labels.read_back(page) == []


def test_a_ready_layout_is_copied_changed_and_saved(
    qtbot: QtBot, context: AppContext, office_here: Office, shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    page: DesignerPage = shown(DesignerPage(context, code=LAYOUT))
    settled()
    assert page.draft.layout.code == "shelf-60x40-own"
    page.draft.choose(0)
    page._show_form()
    form = page._form
    assert isinstance(form, ElementForm)
    form.form.editor("size").type_text("3.5")  # type: ignore[attr-defined]
    page.draw_now()
    page.save()
    settled()
    saved = office_here.ask(labels.get_layout, code="shelf-60x40-own")
    title = saved.elements[0]
    assert isinstance(title, TextElement) and title.size == 3.5
    assert not page.has_unsaved() and page._version == 1
    office_here.do(labels.save_layout, layout=saved, version=1)
    page.canvas.draft.nudge(1, 0)
    page.save()
    settled()
    assert "Somebody else changed" in page.notice.text()
    assert nameless_controls(page) == []


def test_dragging_snaps_and_keys_move_by_dots(
    qtbot: QtBot, context: AppContext, shown: Shown, settled: Settled
) -> None:
    page: DesignerPage = shown(DesignerPage(context, code=LAYOUT))
    settled()
    canvas = page.canvas
    scale = canvas._scale
    price = next(at for at, one in enumerate(page.draft.layout.elements) if getattr(one, "text", "") == "{price_text}")
    x, y, width, height = box_of(page.draft.layout.elements[price])
    middle = QPoint(int(EDGE + (x + width / 2) * scale), int(EDGE + (y + height / 2) * scale))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert page.draft.chosen == (price,)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert box_of(page.draft.layout.elements[price])[0] == pytest.approx(x - 0.125)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert box_of(page.draft.layout.elements[price])[1] == pytest.approx(y + 1)
    page.undo()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(int(1.2 * scale), 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(int(1.2 * scale), 0))
    moved = box_of(page.draft.layout.elements[price])[0]
    assert (moved - x) % 0.5 == pytest.approx(0, abs=0.01) or moved != x


def test_what_does_not_fit_says_so_beside_the_element(context: AppContext, shown: Shown, settled: Settled) -> None:
    page: DesignerPage = shown(DesignerPage(context, code=LAYOUT))
    settled()
    elements = page.draft.layout.elements
    number, code = next((at, one) for at, one in enumerate(elements) if isinstance(one, BarcodeElement))
    page.draft.put(number, replace(code, width=12.0))
    page.draw_now()
    assert number in page.canvas.troubles
    assert "mm" in str(page.canvas.troubles[number])
    assert "1 element" in page.verdict.text()
    page.undo()
    assert page.canvas.troubles == {} and "read back" in page.verdict.text()
    page.trial.kind.set_value("long_zh")
    page.draw_now()
    assert page.canvas.troubles == {}


def test_a_layout_goes_out_and_comes_in(desk: Desk, tmp_path: Path) -> None:
    qtbot, context, shown, settled, office_here, shell = (
        desk.qtbot,
        desk.context,
        desk.shown,
        desk.settled,
        desk.office,
        desk.shell,
    )
    page: LayoutsPage = shown(LayoutsPage(context, code=LAYOUT))
    settled()
    panel = page.panel()
    assert isinstance(panel, LayoutPanel)
    file = tmp_path / "mine.json"
    panel.export_to(file)
    qtbot.waitUntil(file.exists)
    file.write_text(file.read_text("utf-8").replace('"shelf-60x40"', '"mine-1"'), "utf-8")
    page.import_file(file)
    settled()
    assert office_here.ask(labels.get_layout, code="mine-1").name == load_layout(LAYOUT).name
    file.write_text("{}", "utf-8")
    page.import_file(file)
    settled()
    assert any("no layout" in words for words in shell.errors)
    assert nameless_controls(page) == []


def test_a_dot_is_a_pixel(qtbot: QtBot) -> None:
    page = labels.draw(load_layout(LAYOUT), labels.sample_content(load_layout(LAYOUT), "zh"), 203)
    image = image_of(page)
    assert (image.width(), image.height()) == (page.width, page.height)
    black = sum(image.pixelIndex(x, y) for x in range(0, page.width, 3) for y in range(0, page.height, 3))
    bits = sum(
        page.bits[y * page.row_bytes + x // 8] >> (7 - x % 8) & 1
        for x in range(0, page.width, 3)
        for y in range(0, page.height, 3)
    )
    assert black == bits > 0
    picture = LabelPicture()
    qtbot.addWidget(picture)
    picture.show_page(page)
    assert picture.height() < 230


def test_what_was_put_on_the_queue_can_be_counted_again(office_here: Office, goods: tuple[int, ...]) -> None:
    office_here.do(labels.add_to_queue, wishes=[NewWish(LabelSubject.SHELF, goods[0], 0, LAYOUT)])
    row = office_here.ask(labels.list_queue)[0]
    assert office_here.do(labels.set_queue_copies, wish_ids=[row.wish_id], copies=3) == 1
    assert office_here.ask(labels.list_queue)[0].copies == 3


def test_a_changed_price_is_said_once() -> None:
    changed = tuple(
        Difference(name, before, now)
        for name, before, now in (
            ("price", "8.00", "8.50"), ("price_cents", "00", "50"), ("price_text", "¥8.00", "¥8.50"),
            ("unit_price", "¥16.00/kg", "¥17.00/kg"), ("name", "醋", "陈醋"),
        )
    )  # fmt: skip
    assert difference_words(changed).render("en") == "Price ¥8.00 → ¥8.50; Name 醋 → 陈醋"
