"""On hand: rows, filters, the time machine, why, the panel, files, live news."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import catalog, stock
from core.clock import FixedClock
from core.office import Office
from core.words import Permission
from desktop.context import AppContext
from desktop.stock.entry.handover import Handover
from desktop.stock.lists.on_hand_page import OnHandPage
from desktop.stock.lists.on_hand_panel import StockPanel
from desktop.widgets import Button, WhyPanel, ui_text
from tests.desktop.noting import NotingShell
from tests.desktop.stock.entry.larder import Larder, waste_some
from tests.helpers.scans import scan_of

D = Decimal
Show = Callable[[Any], Any]


@pytest.fixture
def page(context: AppContext, larder: Larder, handover: Handover, shown: Show) -> OnHandPage:
    found: OnHandPage = shown(OnHandPage(context, handover))
    return found


def codes(page: OnHandPage) -> list[str]:
    return [page.table.words_at(at, "code") for at in range(page.table.total())]


def row_of(page: OnHandPage, code: str) -> stock.StockRow:
    row = page.table.row_at(codes(page).index(code))
    assert isinstance(row, stock.StockRow)
    return row


def on_hand(page: OnHandPage, code: str) -> Decimal | None:
    """What the list says now; None while the rows are on their way."""
    return row_of(page, code).on_hand if code in codes(page) else None


def test_every_item_stands_in_the_list(page: OnHandPage) -> None:
    assert codes(page) == sorted(codes(page)) and len(codes(page)) == 10
    at = codes(page).index("TOM-001")
    words = [page.table.words_at(at, key) for key in ("name", "on_hand", "reserved", "available", "value")]
    assert words == ["Tomatoes", "100 kg", "–", "100", "780.00"]


def test_without_the_right_the_costs_are_gone(
    context: AppContext, larder: Larder, handover: Handover, shell: NotingShell, shown: Show
) -> None:
    shell.forbidden.add(Permission.COST_VIEW)
    page = shown(OnHandPage(context, handover))
    assert {"value", "unit_cost"}.isdisjoint(column.key for column in page.table.columns)


def test_search_and_chips_narrow(page: OnHandPage, settled: Callable[[], None], qtbot: QtBot) -> None:
    assert page.search is not None
    page.search.setText("fq")
    qtbot.waitUntil(lambda: codes(page) == ["TOM-001"])
    page.search.setText("nothing is called this")
    qtbot.waitUntil(lambda: page.table.total() == 0)
    page.clear_filters()
    qtbot.waitUntil(lambda: page.table.total() == 10)
    place = next(row.location_id for row in page.known.places if row.code == "DRY")
    page.chips.set_value("place", place)
    qtbot.waitUntil(lambda: codes(page) == ["NOO-001", "OIL-001", "RIC-001", "SOY-001"])
    reserved = [column.key for column in page.table.columns].index("reserved")
    assert page.table.isColumnHidden(reserved)


def test_below_minimum_is_said_and_found(
    context: AppContext, office_here: Office, larder: Larder, handover: Handover, shown: Show
) -> None:
    policy = catalog.NewPolicy(minimum=D(120))
    office_here.do(catalog.save_policy, item_id=larder.items["TOM-001"], policy=policy)
    page = shown(OnHandPage(context, handover, level="below"))
    assert codes(page) == ["TOM-001"] and page.table.words_at(0, "level") == "Below minimum"


def test_the_time_machine_shows_how_it_was(
    page: OnHandPage, office_here: Office, larder: Larder, clock: FixedClock, qtbot: QtBot
) -> None:
    before = clock.now()
    clock.advance(days=2)
    waste_some(office_here, larder)
    qtbot.waitUntil(lambda: on_hand(page, "TOM-001") == D("96.8"))
    page.as_at.set_moment(before + timedelta(minutes=1))
    qtbot.waitUntil(lambda: on_hand(page, "TOM-001") == D(100))
    assert "how it was at" in page._past.text() and not page._past.isHidden()
    page.as_at.clear()
    qtbot.waitUntil(lambda: on_hand(page, "TOM-001") == D("96.8"))
    assert page._past.isHidden()


def test_a_day_alone_means_its_end(page: OnHandPage, clock: FixedClock, settled: Callable[[], None]) -> None:
    page.as_at.chip.setChecked(True)
    page.as_at.day.set_value(clock.now().date() - timedelta(days=3))
    page.as_at.day.committed.emit()
    moment = page.as_at.value()
    assert moment == page.known.end_of(clock.now().date() - timedelta(days=3))
    page.as_at.time.type_text("1830")
    page.as_at.time.committed.emit()
    later = page.as_at.value()
    assert later is not None and later.strftime("%H:%M") == "18:30"
    settled()


@pytest.mark.parametrize("key", ["on_hand", "reserved", "available", "in_transit", "value", "unit_cost"])
def test_every_figure_explains_itself(
    page: OnHandPage, office_here: Office, larder: Larder, key: str, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    eggs = larder.items["EGG-001"]
    waste_some(office_here, larder)
    office_here.do(stock.reserve_stock, item_id=eggs, qty=D(12), purpose="party")
    line = stock.NewLine(eggs, D(20), location_id=larder.places["COLD"])
    office_here.do(stock.send_transfer, lines=(line,), to_location_id=larder.places["KITCHEN"])
    qtbot.waitUntil(lambda: row_of(page, "EGG-001").in_transit == D(20) and row_of(page, "EGG-001").reserved == D(12))
    page.table.why_requested.emit(row_of(page, "EGG-001"), key)
    qtbot.waitUntil(lambda: isinstance(page.panel(), WhyPanel))
    panel = page.panel()
    assert isinstance(panel, WhyPanel) and panel.agrees()


def test_a_share_of_value_at_a_place_explains_itself(page: OnHandPage, larder: Larder, qtbot: QtBot) -> None:
    page.chips.set_value("place", larder.places["DRY"])
    qtbot.waitUntil(lambda: page.table.total() == 4 and page.table.row_at(0) is not None)
    page.table.why_requested.emit(page.table.row_at(0), "value")
    panel = page.panel()
    assert isinstance(panel, WhyPanel) and panel.agrees()


def test_enter_opens_the_item_and_escape_leaves_it(page: OnHandPage, qtbot: QtBot, settled: Callable[[], None]) -> None:
    page.table.select_row(codes(page).index("MLK-001"))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    panel = page.panel()
    assert isinstance(panel, StockPanel) and panel.row is not None and panel.row.code == "MLK-001"
    assert page.escape() and page.panel() is None


def test_the_panel_hands_the_item_to_a_form(
    page: OnHandPage, larder: Larder, handover: Handover, shell: NotingShell, settled: Callable[[], None]
) -> None:
    page.open_item(larder.items["RIC-001"])
    settled()
    panel = page.panel()
    assert isinstance(panel, StockPanel)
    button = next(one for one in panel.findChildren(Button) if ui_text(one.text()).startswith("Receive"))
    button.click()
    assert ("purchasing.receive", {"item_code": "RIC-001"}) in shell.went
    button = next(one for one in panel.findChildren(Button) if ui_text(one.text()).startswith("Transfer"))
    button.click()
    prefill = handover.take("stock.transfer")
    assert shell.went[-1][0] == "stock.transfer" and prefill is not None and prefill.item_code == "RIC-001"
    assert handover.take("stock.transfer") is None


def test_what_is_posted_elsewhere_shows_at_once(
    page: OnHandPage, office_here: Office, larder: Larder, qtbot: QtBot
) -> None:
    line = stock.NewLine(larder.items["RIC-001"], D(5), location_id=larder.places["DRY"])
    office_here.do(stock.issue_goods, lines=(line,))
    qtbot.waitUntil(lambda: on_hand(page, "RIC-001") == D(95))


def test_the_file_holds_everything_under_the_filters(
    page: OnHandPage, shell: NotingShell, tmp_path: Path, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    page.chips.set_value("with_stock", True)
    settled()
    for ending in ("csv", "xlsx"):
        page.file.save(tmp_path / f"list.{ending}")
        qtbot.waitUntil(lambda ending=ending: any(f"list.{ending}" in words for words in shell.said))  # type: ignore[misc]
    rows = list(csv.DictReader((tmp_path / "list.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 10 and rows[0]["Code"] == "BEF-001"
    assert shell.said[0] == "10 rows saved as list.csv."


def test_a_place_that_cannot_be_written_is_said(
    page: OnHandPage, shell: NotingShell, tmp_path: Path, qtbot: QtBot
) -> None:
    page.file.save(tmp_path / "no such folder" / "list.csv")
    qtbot.waitUntil(lambda: bool(shell.errors))
    assert "cannot be written" in shell.errors[0]


def test_sorting_asks_for_another_order(page: OnHandPage, qtbot: QtBot) -> None:
    page.table.sort_by("value", descending=True)
    qtbot.waitUntil(lambda: codes(page)[0] == "BEF-001")


def test_a_scan_opens_the_item(page: OnHandPage, larder: Larder, qtbot: QtBot) -> None:
    assert page.scan(scan_of("6901234567892"))
    qtbot.waitUntil(lambda: isinstance(page.panel(), StockPanel))
    panel = page.panel()
    assert isinstance(panel, StockPanel) and panel.item_id == larder.items["MLK-001"]


def test_the_list_is_printed(page: OnHandPage, shell: NotingShell) -> None:
    page.print_page()
    assert shell.makers[0]().pdf.startswith(b"%PDF")


def test_an_empty_site_says_how_to_begin(context: AppContext, handover: Handover, shown: Show) -> None:
    page = shown(OnHandPage(context, handover))
    assert page._stack.currentWidget() is page._nothing


def test_chinese_names_units_and_states(
    context: AppContext, office_here: Office, larder: Larder, handover: Handover, shown: Show
) -> None:
    page = shown(OnHandPage(replace(context, language="zh"), handover))
    at = codes(page).index("EGG-001")
    assert page.table.words_at(at, "name") == "鸡蛋" and page.table.words_at(at, "on_hand") == "100 个"
