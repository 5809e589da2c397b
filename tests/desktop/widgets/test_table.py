"""The table of rows: what cells say, pages that come and go, keys, sorting, widths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.errors import Unavailable
from core.i18n import _
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, RowsWanted, RowTable, set_language
from desktop.widgets.table.columns import make_cell
from desktop.widgets.table.model import KEPT, PAGE


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    qty: Decimal | None = Decimal(0)
    unit: str = "kg"
    value: Decimal | None = None
    share: Decimal | None = None
    day: date | None = None
    at: datetime | None = None
    state: str = ""


COLUMNS = (
    Column("name", "Name", 150, stretch=True),
    Column("qty", "On hand", 110, kind=Kind.QTY, unit="unit", why=True),
    Column("value", "Value", 100, kind=Kind.MONEY),
    Column("day", "Expires", 100, kind=Kind.DATE, wide_only=True),
)


def rows(count: int) -> list[Row]:
    return [Row(n, f"Item {n:05d}", Decimal(n) / 4, value=Decimal(n)) for n in range(count)]


def make_table(qtbot: QtBot, key: str = "") -> RowTable:
    table = RowTable(COLUMNS, name="Stock", key=key)
    qtbot.addWidget(table)
    table.resize(800, 400)
    table.show()
    qtbot.waitExposed(table)
    return table


class Store:
    """Answers for pages of many rows, at once or when told."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[RowsWanted] = []
        self.held: list[Callable[[], object]] | None = None
        self.error: Unavailable | None = None

    def __call__(
        self, wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], failed: Callable[[Any], None]
    ) -> None:
        self.asked.append(wanted)

        def answer() -> None:
            if self.error is not None:
                failed(self.error)
                return
            order = range(self.total - 1, -1, -1) if wanted.descending else range(self.total)
            part = order[wanted.offset : wanted.offset + wanted.limit]
            then([Row(n, f"{wanted.filter or 'Item'} {n}") for n in part], self.total)

        if self.held is None:
            answer()
        else:
            self.held.append(answer)


# --- cells


@pytest.mark.parametrize(
    ("column", "row", "said"),
    [
        (Column("qty", "", kind=Kind.QTY, unit="unit"), Row(1, "", Decimal("12.500")), "12.5 kg"),
        (Column("qty", "", kind=Kind.QTY, unit="unit"), Row(1, "", Decimal("-1234.5")), "−1,234.5 kg"),
        (Column("qty", "", kind=Kind.QTY), Row(1, "", Decimal(0)), "–"),
        (Column("qty", "", kind=Kind.QTY, zero_is_dash=False), Row(1, "", Decimal(0)), "0"),
        (Column("qty", "", kind=Kind.QTY), Row(1, "", None), ""),
        (Column("value", "", kind=Kind.MONEY), Row(1, "", value=Decimal("1234.5")), "1,234.50"),
        (Column("value", "", kind=Kind.MONEY), Row(1, "", value=Decimal("0.123456")), "0.123456"),
        (Column("share", "", kind=Kind.PERCENT), Row(1, "", share=Decimal("-0.1255")), "−12.6 %"),
        (Column("day", "", kind=Kind.DATE), Row(1, "", day=date(2026, 11, 21)), "2026-11-21"),
        (
            Column("at", "", kind=Kind.INSTANT),
            Row(1, "", at=datetime(2026, 11, 20, 18, 5, tzinfo=UTC)),
            "2026-11-21 02:05",
        ),
        (Column("name", ""), Row(1, "two\nlines"), "two lines"),
    ],
)
def test_a_cell_says_its_value(qtbot: QtBot, column: Column, row: Row, said: str) -> None:
    assert make_cell(column, row).full_words() == said


def test_a_negative_is_in_the_warning_colour_and_a_badge_has_its_look() -> None:
    assert make_cell(COLUMNS[1], Row(1, "", Decimal(-1))).meaning is Meaning.DANGER
    look = BadgeLook("Late", Meaning.DANGER)
    badge = Column("state", "", kind=Kind.BADGE, badge=lambda state: look if state == "late" else None)
    assert make_cell(badge, Row(1, "", state="late")).look is look
    assert make_cell(badge, Row(1, "", state="fine")).words == ""


# --- rows at hand


def test_the_current_row_stays_current_when_rows_are_renewed(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.set_rows(rows(50))
    assert table.select_where(lambda row: row.id == 7)
    table.set_rows([Row(100, "new"), *rows(50)])
    current = table.current_row()
    assert current is not None
    assert current.id == 7
    assert table.currentIndex().row() == 8


def test_a_click_on_a_header_sorts_what_is_at_hand_and_empties_stay_last(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.set_rows([Row(1, "b", Decimal(2)), Row(2, "a", None), Row(3, "c", Decimal(10))])
    with qtbot.waitSignal(table.sort_requested) as told:
        header = table.horizontalHeader()
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(header.sectionPosition(1) + 20, 10))
    assert told.args == ["qty", False]
    assert [table.row_at(n).id for n in range(3)] == [1, 3, 2]  # type: ignore[union-attr]
    table.sort_by("qty", descending=True)
    assert [table.row_at(n).id for n in range(3)] == [3, 1, 2]  # type: ignore[union-attr]


def test_chinese_is_sorted_by_pinyin(qtbot: QtBot) -> None:
    set_language("zh")
    table = make_table(qtbot)
    table.set_rows([Row(1, "制动盘"), Row(2, "番茄"), Row(3, "白菜")])
    table.sort_by("name")
    assert [table.words_at(n, "name") for n in range(3)] == ["白菜", "番茄", "制动盘"]


def test_chosen_rows_are_copied_as_a_spreadsheet_takes_them(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.set_rows([Row(1, "=cmd", Decimal("-1234.5"), value=Decimal("2.50")), Row(2, "b")])
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["Name", "On hand", "Value", "Expires"]
    assert lines[1].split("\t") == ["'=cmd", "-1234.5", "2.50", ""]
    assert len(lines) == 3


def test_enter_opens_a_row_and_alt_enter_asks_why(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.set_rows(rows(3))
    table.select_row(1)
    with qtbot.waitSignal(table.row_activated) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args[0].id == 1
    with qtbot.waitSignal(table.why_requested) as why:
        qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert (why.args[0].id, why.args[1]) == (1, "qty")


def test_a_click_on_a_computed_figure_asks_why_and_beside_it_does_not(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.set_rows(rows(30))
    cell = table.visualRect(table.model().index(21, 1))
    table.scrollTo(table.model().index(21, 1))
    cell = table.visualRect(table.model().index(21, 1))
    asked: list[Any] = []
    table.why_requested.connect(lambda row, key: asked.append((row.id, key)))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.left() + 4, cell.center().y()))
    assert asked == []
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.right() - 62, cell.center().y()))
    assert asked == [(21, "qty")]


def test_cells_and_headers_follow_the_language(qtbot: QtBot) -> None:
    table = RowTable([Column("name", _("Entry"))], name=_("Entries behind this figure"))
    qtbot.addWidget(table)
    table.set_rows([Row(1, "x")])
    set_language("zh")
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "记录"
    assert table.accessibleName() == "构成该数字的记录"


# --- pages


def test_pages_come_as_they_are_seen_and_only_some_are_kept(qtbot: QtBot) -> None:
    table, store = make_table(qtbot), Store(100_000)
    table.set_fetch(store)
    assert table.total() == 100_000
    assert [wanted.offset for wanted in store.asked] == [0]
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 90_000)
    for page in range(1, KEPT + 10):
        table.verticalScrollBar().setValue(page * PAGE + 5)
        qtbot.waitUntil(lambda page=page: table.row_at(page * PAGE + 5) is not None)  # type: ignore[misc]
    assert table.row_at((KEPT + 9) * PAGE + 5) is not None
    assert len(table._model._pages) <= KEPT
    assert all(wanted.limit == PAGE for wanted in store.asked)


def test_dragging_over_many_pages_asks_only_for_where_it_stops(qtbot: QtBot) -> None:
    table, store = make_table(qtbot), Store(100_000)
    table.set_fetch(store)
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 90_000)
    for place in range(1000, 90_000, 1000):
        table.verticalScrollBar().setValue(place)
    qtbot.waitUntil(lambda: table.row_at(89_000) is not None)
    assert len(store.asked) <= 4


def test_sort_and_filter_are_asked_for_and_old_answers_dropped(qtbot: QtBot) -> None:
    table, store = make_table(qtbot), Store(1000)
    table.set_fetch(store)
    store.held = []
    table.set_filter("Old")
    table.set_filter("New")
    table.sort_by("name", descending=True)
    for answer in reversed(store.held):
        answer()
    assert table.words_at(0, "name") == "New 999"
    assert table.wanted() == RowsWanted(0, PAGE, "name", True, "New")


def test_what_is_shown_stays_until_the_new_answer_comes(qtbot: QtBot) -> None:
    table, store = make_table(qtbot), Store(1000)
    table.set_fetch(store)
    table.select_row(3)
    store.held = []
    table.reload()
    assert table.words_at(3, "name") == "Item 3"
    store.total = 2
    store.held.pop()()
    assert table.total() == 2
    assert table.words_at(1, "name") == "Item 1"


def test_a_failure_is_told_and_the_next_try_works(qtbot: QtBot) -> None:
    table, store = make_table(qtbot), Store(10)
    store.error = Unavailable(_("Try again"))
    with qtbot.waitSignal(table.failed):
        table.set_fetch(store)
    store.error = None
    with qtbot.waitSignal(table.loaded):
        table.reload()
    assert table.total() == 10


def test_rows_by_ids_stand_in_the_order_of_the_ids_and_missing_ones_are_blank(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    asked: list[list[int]] = []

    def fetch(ids: Sequence[int], then: Callable[[Sequence[Any]], None], failed: Callable[[Any], None]) -> None:
        asked.append(list(ids))
        then([Row(one, f"Row {one}") for one in sorted(ids) if one != 5])

    table.set_ids([9, 5, 7], fetch)
    assert asked == [[9, 5, 7]]
    assert [table.words_at(n, "name") for n in range(3)] == ["Row 9", "", "Row 7"]
    assert table.row_at(1) is None


# --- widths


def test_widths_are_remembered_by_the_tables_key(qtbot: QtBot) -> None:
    one = make_table(qtbot, "widths")
    one.setColumnWidth(1, 177)
    other = make_table(qtbot, "widths")
    assert other.columnWidth(1) == 177
    assert make_table(qtbot, "others").columnWidth(1) == 110


def test_what_is_for_wide_tables_only_goes_and_comes_back(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.set_rows(rows(3))
    assert not table.isColumnHidden(3)
    table.resize(400, 300)
    qtbot.waitUntil(lambda: table.isColumnHidden(3))
    table.resize(800, 300)
    qtbot.waitUntil(lambda: not table.isColumnHidden(3))
    assert table.columnWidth(3) == 100


def test_a_row_that_changes_keeps_its_frozen_neighbours(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.set_rows(rows(5))
    changed = [replace(row, name="new") if row.id == 2 else row for row in rows(5)]
    table.set_rows(changed)
    assert [table.words_at(n, "name") for n in (1, 2)] == ["Item 00001", "new"]


def test_figures_yield_their_empty_room_before_a_table_scrolls(qtbot: QtBot) -> None:
    columns = (
        Column("name", "Name", 150, stretch=True),
        Column("qty", "Qty", 150, kind=Kind.QTY, unit="unit"),
        Column("value", "Value", 150, kind=Kind.MONEY),
    )
    table = RowTable(columns, name="Stock")
    qtbot.addWidget(table)
    table.resize(380, 300)
    table.show()
    qtbot.waitExposed(table)
    table.set_rows(rows(20))
    assert table.horizontalScrollBar().maximum() == 0
    table.set_rows([Row(1, "Gold", value=Decimal("123456789012.25"))])
    shown = table.fontMetrics().horizontalAdvance(table.words_at(0, "value"))
    assert table.columnWidth(2) >= min(shown, 150)


def test_an_empty_table_says_what_belongs_there(qtbot: QtBot) -> None:
    table = make_table(qtbot)
    table.set_empty(_("Nothing fits"))
    table.set_rows([])
    empty = table.grab().toImage()
    assert table.accessibleDescription() == "Nothing fits"
    table.set_empty("")
    assert table.grab().toImage() != empty
