"""The pivot in the window: fields placed by mouse and keys, subtotals, what is behind a figure, views, files."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from core import reports
from core.office import Office
from core.reports import PivotAsked, PivotFilter, PivotSort
from core.words import Period, ViewKind
from desktop.context import AppContext
from desktop.reports.pivot.behind import BehindPanel
from desktop.reports.pivot.dragging import mime_of
from desktop.reports.pivot.files import write_to
from desktop.reports.pivot.filter_panel import FilterPanel
from desktop.reports.pivot.layout import Well
from desktop.reports.pivot.page import PivotPage
from desktop.reports.report.panels import ViewPanel
from desktop.widgets import set_language
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

ASKED = PivotAsked("movements", ("kind", "item"), ("unit",), ("value", "lines"))


@pytest.fixture
def page(context: AppContext, goods: list[int], shown: Shown) -> PivotPage:
    return shown(PivotPage(context, asked=ASKED))  # type: ignore[no-any-return]


def rows(page: PivotPage) -> list[str]:
    grid = page.body.grid.cells
    return [grid.row_words(at) for at in range(grid.rowCount())]


def figures(page: PivotPage, column: int) -> list[str]:
    grid = page.body.grid.cells
    return [grid.words(at, column) for at in range(grid.rowCount())]


def key(qtbot: QtBot, page: PivotPage, field: str, pressed: Qt.Key) -> None:
    page.body.fields.select(field)
    assert page.body.fields.current_key() == field
    qtbot.keyClick(page.body.fields, pressed)


def test_it_opens_with_a_question_of_the_last_twelve_months(
    context: AppContext, goods: list[int], shown: Shown
) -> None:
    page = shown(PivotPage(context))
    asked = page.editing.asked
    assert (asked.table, asked.rows, asked.columns) == ("movements", ("branch",), ("kind",))
    assert asked.period == Period.LAST_12_MONTHS
    assert rows(page)[0] == "Total"
    assert not nameless_controls(page)


def test_groups_have_subtotals_and_the_total_is_that_of_the_office(page: PivotPage, office_here: Office) -> None:
    assert rows(page)[:2] == ["Total", "Goods receipt"]
    assert [page.body.grid.cells.column_words(at) for at in range(4)] == [
        "kilogram / Value", "kilogram / Number of lines", "Total / Value", "Total / Number of lines",
    ]  # fmt: skip
    assert figures(page, 1)[:2] == ["8", "5"]
    value = sum(cost.value for cost in office_here.ask(reports.get_pivot, asked=_values()).total if cost.value)
    assert figures(page, 2)[0] == f"{value:,.2f}"


def _values() -> PivotAsked:
    return PivotAsked("stock-value", measures=("value",))


def test_a_group_is_shut_and_opened_by_space_and_all_of_them_by_the_chip(page: PivotPage, qtbot: QtBot) -> None:
    whole = len(rows(page))
    grid = page.body.grid
    grid.setCurrentIndex(grid.cells.index(1, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert len(rows(page)) == whole - 5
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert len(rows(page)) == whole
    page._shaping.shut.click()
    assert rows(page) == ["Total", "Goods receipt", "Internal issue"]


def test_keys_place_fields_and_take_them_out_and_ctrl_z_brings_them_back(
    page: PivotPage, qtbot: QtBot, settled: Settled
) -> None:
    key(qtbot, page, "weekday", Qt.Key.Key_C)
    settled()
    assert page.editing.asked.columns == ("unit", "weekday")
    key(qtbot, page, "kind", Qt.Key.Key_F)
    key(qtbot, page, "unit", Qt.Key.Key_Delete)
    settled()
    assert [*page.editing.asked.rows, "/", *page.editing.asked.columns] == ["item", "/", "weekday"]
    assert [chip.field.key for chip in page.body.wells.boxes[Well.FILTERS].chips] == ["kind"]
    key(qtbot, page, "qty_in", Qt.Key.Key_V)
    key(qtbot, page, "qty_in", Qt.Key.Key_R)
    settled()
    assert page.editing.asked.measures == ("value", "lines", "qty_in"), "a figure does not stand down"
    for _step in range(4):
        qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert (page.editing.asked.rows, page.editing.asked.columns) == (ASKED.rows, ASKED.columns)
    qtbot.keyClick(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert page.editing.asked.columns == ("unit", "weekday")


def test_a_field_is_dropped_where_it_is_let_go(page: PivotPage, settled: Settled) -> None:
    box = page.body.wells.boxes[Well.ROWS]
    first = box.chips[0]
    place = first.mapTo(box, QPoint(2, first.height() // 2))
    data = mime_of("month")
    event = QDropEvent(
        QPointF(place), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    box.dropEvent(event)
    settled()
    assert page.editing.asked.rows == ("month", "kind", "item")
    figure = mime_of("lines")
    box.dropEvent(QDropEvent(
        QPointF(place), Qt.DropAction.MoveAction, figure, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    ))  # fmt: skip
    assert page.editing.asked.rows == ("month", "kind", "item"), "a figure does not stand down"


def test_a_chip_is_moved_by_keys_and_keeps_the_keyboard(page: PivotPage, qtbot: QtBot, settled: Settled) -> None:
    chip = page.body.wells.boxes[Well.ROWS].chips[0]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert page.editing.asked.rows == ("item", "kind")
    again = page.body.wells.boxes[Well.ROWS].chips[1]
    assert again.field.key == "kind"
    qtbot.keyClick(again, Qt.Key.Key_C)
    settled()
    assert page.editing.asked.columns == ("unit", "kind")
    qtbot.keyClick(page.body.wells.boxes[Well.COLUMNS].chips[1], Qt.Key.Key_Delete)
    settled()
    assert list(page.editing.asked.columns) == ["unit"]


def test_a_head_sorts_by_its_column_then_the_other_way_then_by_name(page: PivotPage, settled: Settled) -> None:
    for expected in (PivotSort("lines", True, ()), PivotSort("lines", False, ()), None):
        page.body.grid.sort_at(3)
        settled()
        assert page.editing.asked.sort == expected
    page.body.grid.sort_at(0)
    settled()
    assert page.editing.asked.sort == PivotSort("value", True, ("kg",))
    assert page.body.grid.heads.sorted_at == 0


def test_the_largest_stand_alone(page: PivotPage, settled: Settled) -> None:
    page.editing.change(replace(page.editing.asked, rows=("item",)))
    settled()
    page._shaping.top.choose(5)
    settled()
    assert page.editing.asked.sort == PivotSort("value")
    page.editing.show_first(2)
    settled()
    assert rows(page)[-1] == "3 others"
    page.body.grid.opened.emit(page.body.grid.cells.lines[-1], page.body.grid.cells.columns[0])
    settled()
    panel = page.panel()
    assert isinstance(panel, BehindPanel)
    assert panel.table.total() >= 3


def test_values_are_ticked_and_the_filter_can_be_turned_about(page: PivotPage, settled: Settled) -> None:
    page.open_filter("kind")
    settled()
    panel = page.panel()
    assert isinstance(panel, FilterPanel)
    said = [panel.values.item(at).text() for at in range(panel.values.count())]
    assert said == ["Goods receipt", "Internal issue"]
    panel.values.item(0).setCheckState(Qt.CheckState.Checked)
    settled()
    assert page.editing.asked.filters == (PivotFilter("kind", ("receipt",)),)
    assert rows(page)[1] == "Goods receipt"
    panel._without.click()
    settled()
    assert rows(page)[1] == "Internal issue"
    panel.clear()
    settled()
    assert len(rows(page)) == 11
    page.open_filter("lines")
    assert page.panel() is panel, "a figure has no values to tick"


def test_the_entries_behind_a_figure_add_up_to_it_and_open_their_posting(
    page: PivotPage, qtbot: QtBot, settled: Settled, shell: NotingShell
) -> None:
    grid = page.body.grid
    grid.setCurrentIndex(grid.cells.index(1, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    settled()
    panel = page.panel()
    assert isinstance(panel, BehindPanel)
    entries = [panel.table.words_at(at, "figure").replace(",", "") for at in range(panel.table.total())]
    assert sum(Decimal(one) for one in entries) == Decimal(figures(page, 0)[1].replace(",", ""))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert shell.went[-1][0] == "stock.posting"


def test_without_a_figure_it_says_what_to_do(page: PivotPage, qtbot: QtBot, settled: Settled) -> None:
    for field in ("value", "lines"):
        key(qtbot, page, field, Qt.Key.Key_Delete)
    settled()
    assert not page.body.is_answered()
    assert page.is_loaded() and not page.error_text()
    key(qtbot, page, "lines", Qt.Key.Key_Return)
    settled()
    assert page.body.is_answered()


def test_too_large_a_pivot_is_a_sentence_with_the_way_out(
    page: PivotPage, settled: Settled, monkeypatch: pytest.MonkeyPatch, shell: NotingShell
) -> None:
    monkeypatch.setattr("core.reports.steps.pivot.groups.MOST_GROUPS", 2)
    page.reload()
    settled()
    assert "too large" in page.error_text()
    monkeypatch.undo()
    page.reload()
    settled()
    assert not page.error_text()
    page.editing.change(replace(page.editing.asked, rows=("kind", "item", "day", "hour", "abc"), columns=("unit",)))
    page.editing.place("week", Well.ROWS)
    assert "At most 6" in shell.said[-1]


def test_nothing_found_is_said_with_a_way_out(page: PivotPage, settled: Settled) -> None:
    page.editing.limit(PivotFilter("item", (-1,)))
    settled()
    assert not page.body.is_answered() and not page.error_text()
    page.editing.without_filters()
    settled()
    assert page.body.is_answered()


def test_another_table_is_opened_with_its_own_question(page: PivotPage, settled: Settled) -> None:
    page._on_table("stock-value")
    settled()
    assert page.editing.asked.table == "stock-value"
    assert page.editing.asked.span == reports.Span()
    assert page._shaping.period.first.isHidden() or not page._shaping.period.first.isVisible()
    page.editing.undo()
    settled()
    assert page.editing.asked.rows == ASKED.rows


def test_a_view_is_saved_and_opened_again(
    page: PivotPage, context: AppContext, office_here: Office, shown: Shown, settled: Settled
) -> None:
    page.editing.limit(PivotFilter("kind", ("receipt",)))
    page.keeping.save()
    panel = page.panel()
    assert isinstance(panel, ViewPanel)
    panel.form.set_values({"name": "Mine", "is_shared": True})
    panel.save()
    settled()
    kept = office_here.ask(reports.list_views, kind=ViewKind.PIVOT)
    assert [(view.name, view.is_shared, view.source) for view in kept] == [("Mine", True, "movements")]
    again = shown(PivotPage(context, view_id=kept[0].id))
    assert again.editing.asked.filters == (PivotFilter("kind", ("receipt",)),)
    assert again.editing.asked.period == Period.LAST_12_MONTHS
    assert again.keeping.view_id == kept[0].id


def test_files_and_paper_hold_what_is_shown(
    page: PivotPage, context: AppContext, settled: Settled, shell: NotingShell, tmp_path: Path
) -> None:
    target = tmp_path / "pivot.csv"
    write_to(context, page, page.editing.asked, target)
    settled()
    assert "Goods receipt" in target.read_text("utf-8-sig")
    assert shell.said[-1] == "Saved as pivot.csv."
    page.print_page()
    assert shell.papers[0].pdf.startswith(b"%PDF")


def test_chosen_cells_are_copied_with_their_heads(page: PivotPage) -> None:
    page.body.grid.setCurrentIndex(page.body.grid.cells.index(0, 1))
    assert page.body.grid.copied() == "\tkilogram / Number of lines\nTotal\t8"


def test_it_speaks_chinese_without_asking_again(page: PivotPage) -> None:
    set_language("zh")
    assert rows(page)[0] == "合计"
    assert not nameless_controls(page)


def test_a_click_on_a_figure_opens_its_entries_and_one_beside_it_does_not(
    page: PivotPage, qtbot: QtBot, settled: Settled
) -> None:
    grid = page.body.grid
    box = grid.visualRect(grid.cells.index(0, 0))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=box.center() - QPoint(box.width() // 2 - 3, 0))
    assert page.panel() is None
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 12, box.center().y()))
    settled()
    assert isinstance(page.panel(), BehindPanel)


def test_a_chart_without_room_stands_in_the_place_of_the_grid(page: PivotPage) -> None:
    body, chip = page.body, page._shaping.chart
    body.setFixedHeight(600)
    assert chip.isChecked() and body.chart.isVisible() and body.grid.isVisible()
    body.setFixedHeight(260)
    assert not chip.isChecked() and not body.chart.isVisible() and body.grid.isVisible()
    chip.click()
    assert body.chart.isVisible() and not body.grid.isVisible()
