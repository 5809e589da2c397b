"""Budgets on screen: typed, pasted, carried on, copied, undone; a month against its budgets."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal as D

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core import costing
from core.clock import FixedClock
from core.costing import BudgetCell, BudgetLevel
from core.documents import to_csv
from core.office import Office
from desktop.context import AppContext
from desktop.costing.budgets.copying import CopyPanel
from desktop.costing.budgets.month import MonthPanel
from desktop.costing.budgets.page import BudgetsPage
from tests.core.costing.house import Room
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

Key = Qt.Key


@pytest.fixture
def page(context: AppContext, room: Room, shown: Shown, settled: Settled) -> BudgetsPage:
    made: BudgetsPage = shown(BudgetsPage(context))
    settled()
    return made


def at(page: BudgetsPage, name: str, month: int) -> QModelIndex:
    """The cell of a category (by its name, empty for the whole) in a month."""
    assert page.grid is not None
    names = [page.grid.rows[row].place.name for row in page.table.cells.shown]
    return page.table.cells.index(names.index(name), month - 1)


def budget_of(office: Office, name: str, month: str) -> D | None:
    rows = office.ask(costing.list_budget_state, month=month).rows
    return next((row.budget for row in rows if row.place.name == name), None)


def test_digits_typed_into_a_cell_set_its_budget_and_undo_takes_it_back(
    page: BudgetsPage, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    table = page.table
    table.setCurrentIndex(at(page, "乳品", 4))
    QTest.keyClick(table, Key.Key_1)
    line = table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "250,5")
    QTest.keyClick(line, Key.Key_Return)
    settled()
    assert budget_of(office_here, "乳品", "2026-04") == D("1250.50")
    assert page.table.currentIndex().row() == at(page, "乳品", 4).row() + 1
    table.setCurrentIndex(at(page, "乳品", 4))
    assert "2026-04" in page.told.text() and "1,250.50" in page.told.text()
    posted = shell.postings[-1]
    assert posted.take_back is costing.set_budgets and posted.undo is not None
    office_here.do(costing.set_budgets, cells=posted.undo["cells"])
    assert budget_of(office_here, "乳品", "2026-04") is None
    assert nameless_controls(page) == []


def test_what_is_no_amount_is_said_and_nothing_is_set(page: BudgetsPage, settled: Settled, office_here: Office) -> None:
    page.table.cells.setData(at(page, "乳品", 4), "many")
    assert "not a number" in page.notice.text()
    page.table.cells.setData(at(page, "乳品", 4), "-5")
    settled()
    assert "not below zero" in page.notice.text()
    assert budget_of(office_here, "乳品", "2026-04") is None


def test_cells_of_a_spreadsheet_are_pasted_and_an_amount_is_carried_on(
    page: BudgetsPage, settled: Settled, office_here: Office
) -> None:
    page.table.setCurrentIndex(at(page, "乳品", 11))
    page.table.paste("100\t200\t300\n1,000\t")
    settled()
    assert [budget_of(office_here, "乳品", month) for month in ("2026-11", "2026-12")] == [D(100), D(200)]
    page.table.setCurrentIndex(at(page, "乳品", 11))
    QTest.keyClick(page.table, Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert budget_of(office_here, "乳品", "2026-12") == D(100)
    QTest.keyClick(page.table, Key.Key_Delete)
    settled()
    assert budget_of(office_here, "乳品", "2026-11") is None


def test_a_sum_of_what_is_below_is_shown_but_not_edited_as_one(
    page: BudgetsPage, settled: Settled, office_here: Office
) -> None:
    page.table.cells.setData(at(page, "乳品", 3), "80")
    settled()
    cell = page.table.cells.cell(at(page, "食品", 3).row(), 2)
    assert (cell.budget, cell.is_sum) == (D(80), True)
    assert at(page, "食品", 3).data(Qt.ItemDataRole.EditRole) == ""
    assert "Set below in all: ¥80.00" in str(at(page, "食品", 3).data(Qt.ItemDataRole.ToolTipRole))


def test_budgets_are_copied_from_what_last_month_cost(
    page: BudgetsPage, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    cost = office_here.ask(costing.list_budget_state, month="2026-02").whole.actual
    page.table.setCurrentIndex(at(page, "", 3))
    page.copy_budgets()
    panel = page.panel()
    assert isinstance(panel, CopyPanel) and nameless_controls(page) == []
    panel.form.set_values({"source": costing.BudgetSource.ACTUAL, "percent": D(10)})
    panel.save()
    settled()
    copied = office_here.ask(costing.list_budget_state, month="2026-03").whole.budget
    assert copied is not None and abs(copied - cost * D("1.1")) <= D("0.02")
    assert page.panel() is None and shell.postings


def test_a_month_shows_how_it_stands_and_why(
    context: AppContext, room: Room, shown: Shown, settled: Settled, office_here: Office
) -> None:
    key = room.categories["食品/蔬菜/叶菜"]
    office_here.do(costing.set_budgets, cells=(BudgetCell("2026-03", key, D(30)), BudgetCell("2026-03", 0, D(20))))
    page: BudgetsPage = shown(BudgetsPage(context, month="2026-03"))
    settled()
    assert page.state is not None and page.state.whole.level is BudgetLevel.OVER
    page.months.select_first()
    page._open_row(page.state.whole)
    panel = page.panel()
    assert isinstance(panel, MonthPanel) and nameless_controls(page) == []
    assert any("adds up to ¥30.00" in str(words) for words in panel._warnings())
    page.edit_cell()
    settled()
    assert page.month() == ""


def test_closed_months_and_people_without_the_right_type_nothing(
    context: AppContext, room: Room, shown: Shown, settled: Settled, shell: NotingShell, clock: FixedClock
) -> None:
    from tests.core.expenses.helping import close_books_for_test

    room.office.do(close_books_for_test, last=datetime(2026, 1, 31, tzinfo=UTC).date())
    page: BudgetsPage = shown(BudgetsPage(context))
    settled()
    assert not at(page, "乳品", 1).flags() & Qt.ItemFlag.ItemIsEditable
    assert at(page, "乳品", 2).flags() & Qt.ItemFlag.ItemIsEditable
    assert not page.table.cells.setData(at(page, "乳品", 1), "5") and "2026-01 is closed" in page.notice.text()
    page.table.cells.may_edit = False
    assert not at(page, "乳品", 2).flags() & Qt.ItemFlag.ItemIsEditable


def test_two_people_at_one_cell_are_told(page: BudgetsPage, settled: Settled, office_here: Office) -> None:
    dairy = at(page, "乳品", 4)
    assert page.grid is not None
    key = page.grid.rows[page.table.cells.shown[dairy.row()]].place.category_id
    office_here.do(costing.set_budgets, cells=(BudgetCell("2026-04", key, D(7)),))
    page.enter((BudgetCell("2026-04", key, D(8), None),))
    settled()
    assert "Somebody else changed" in page.notice.text() and budget_of(office_here, "乳品", "2026-04") == D(7)


def test_the_year_goes_into_a_file_that_can_be_brought_in_again(page: BudgetsPage, settled: Settled) -> None:
    page.table.cells.setData(at(page, "乳品", 4), "80")
    settled()
    text = to_csv(page.prepare_sheet()(), "zh").decode("utf-8-sig")
    assert "2026-04,食品/乳品,80.00" in text
