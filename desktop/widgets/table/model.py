"""The rows behind a table: a list at hand, or pages of 200 that come when they are seen and of which 20 are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from core.errors import CoreError
from desktop.widgets.language import ui_text
from desktop.widgets.table.columns import EMPTY, WAITING, Align, Cell, Column, make_cell

PAGE = 200
KEPT = 20
SETTLE_MS = 15
_ROOT = QModelIndex()

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Then: TypeAlias = Callable[[Sequence[Any], int], None]
Failed: TypeAlias = Callable[[CoreError], None]


@dataclass(frozen=True, slots=True)
class RowsWanted:
    """What a table asks for. `filter` is whatever the page set with `set_filter`."""

    offset: int = 0
    limit: int = PAGE
    sort: str = ""
    descending: bool = False
    filter: Any = None


Fetch: TypeAlias = Callable[[RowsWanted, Then, Failed], object]
FetchByIds: TypeAlias = Callable[[Sequence[int], Callable[[Sequence[Any]], None], Failed], object]


class RowModel(QAbstractTableModel):
    """Rows and their cells. The view asks `cell` while painting; everything else goes through Qt's usual door."""

    loaded = Signal(int)
    failed = Signal(object)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.wanted = RowsWanted()
        self.seen: Callable[[], tuple[int, int]] = lambda: (0, PAGE)
        self._total = 0
        self._turn = 0
        self._fetch: Fetch | None = None
        self._pages: OrderedDict[int, list[tuple[Any, list[Cell]]]] = OrderedDict()
        self._asked: set[int] = set()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask_for_seen)

    # --- filling

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show rows that are at hand."""
        self._start(None, len(rows))
        for at in range(0, len(rows), PAGE):
            self._pages[at // PAGE] = self._with_cells(rows[at : at + PAGE])
        self.endResetModel()
        self.loaded.emit(self._total)

    def set_fetch(self, fetch: Fetch, total: int = 0) -> None:
        """Show pages that `fetch` brings; the first one is asked for now."""
        self._start(fetch, total)
        self.endResetModel()
        self._ask(0)

    def ask_again(self, wanted: RowsWanted) -> None:
        """Ask anew with another sort or filter; what is shown stays until the answer comes."""
        self.wanted = wanted
        self._turn += 1
        self._asked.clear()
        if self._fetch is not None:
            first, last = self.seen()
            page = max(first, 0) // PAGE
            self._ask(page, fresh=True)
            if last // PAGE != page:
                self._settle.start()

    def set_ids(self, ids: Sequence[int], fetch: FetchByIds) -> None:
        """Show the rows of these ids in this order; a row that is gone meanwhile stays blank."""

        def by_offset(wanted: RowsWanted, then: Then, failed: Failed) -> None:
            part = ids[wanted.offset : wanted.offset + wanted.limit]

            def in_order(rows: Sequence[Any]) -> None:
                found = {row.id: row for row in rows}
                then([found.get(key) for key in part], len(ids))

            fetch(part, in_order, failed)

        self.set_fetch(by_offset, len(ids))

    def _start(self, fetch: Fetch | None, total: int) -> None:
        self.beginResetModel()
        self._turn += 1
        self._fetch, self._total = fetch, total
        self._pages.clear()
        self._asked.clear()

    def _with_cells(self, rows: Sequence[Any]) -> list[tuple[Any, list[Cell]]]:
        blank = [EMPTY] * len(self.columns)
        return [(row, blank if row is None else [make_cell(column, row) for column in self.columns]) for row in rows]

    # --- pages

    def _ask(self, page: int, fresh: bool = False) -> None:
        if self._fetch is None or page in self._asked:
            return
        self._asked.add(page)
        turn = self._turn

        def arrived(rows: Sequence[Any], total: int) -> None:
            if turn == self._turn:
                self._arrive(page, rows, total, fresh)

        def failed(error: CoreError) -> None:
            if turn == self._turn:
                self._asked.discard(page)
                self.failed.emit(error)

        self._fetch(replace(self.wanted, offset=page * PAGE, limit=PAGE), arrived, failed)

    def _arrive(self, page: int, rows: Sequence[Any], total: int, fresh: bool) -> None:
        if fresh:
            self._pages.clear()
        self._asked.discard(page)
        self._pages[page] = self._with_cells(rows)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        self._resize(total)
        if self._total:
            top, bottom = (0, self._total - 1) if fresh else (page * PAGE, min((page + 1) * PAGE, self._total) - 1)
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, len(self.columns) - 1))
        self.loaded.emit(self._total)

    def _resize(self, total: int) -> None:
        before = self._total
        if total > before:
            self.beginInsertRows(QModelIndex(), before, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < before:
            self.beginRemoveRows(QModelIndex(), total, before - 1)
            self._total = total
            self.endRemoveRows()

    def _ask_for_seen(self) -> None:
        first, last = self.seen()
        for page in range(max(first, 0) // PAGE, min(max(last, 0), max(self._total - 1, 0)) // PAGE + 1):
            if page not in self._pages:
                self._ask(page)

    def _at(self, number: int) -> tuple[Any, list[Cell]] | None:
        page = self._pages.get(number // PAGE)
        if page is not None:
            if self._fetch is not None:
                self._pages.move_to_end(number // PAGE)
            place = number % PAGE
            return page[place] if place < len(page) else None
        if self._fetch is not None and not self._settle.isActive():
            self._settle.start()
        return None

    # --- reading

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return self._total

    @property
    def is_paged(self) -> bool:
        """Whether rows come as they are seen."""
        return self._fetch is not None

    def row(self, number: int) -> Any | None:
        """A row, or None when it has not come yet."""
        found = self._at(number) if 0 <= number < self._total else None
        return found[0] if found is not None else None

    def rows_at_hand(self) -> list[Any]:
        """The rows that are here now, in order."""
        return [row for page in sorted(self._pages) for row, _cells in self._pages[page]]

    def cells_at_hand(self, column: int) -> list[Cell]:
        """What stands in a column, in the rows that are here now."""
        return [cells[column] for rows in self._pages.values() for _row, cells in rows]

    def number_of(self, is_wanted: Callable[[Any], bool]) -> int | None:
        """Where the first row at hand stands for which `is_wanted` says yes."""
        for page in sorted(self._pages):
            for place, (row, _cells) in enumerate(self._pages[page]):
                if is_wanted(row):
                    return page * PAGE + place
        return None

    def cell(self, number: int, column: int) -> Cell:
        """A cell ready to paint; an ellipsis while its row is on the way."""
        found = self._at(number)
        return found[1][column] if found is not None else (WAITING if column == 0 and self.is_paged else EMPTY)

    def retranslate(self) -> None:
        """Put the cells at hand into words again."""
        for page, rows in self._pages.items():
            self._pages[page] = self._with_cells([row for row, _cells in rows])
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    # --- Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.cell(index.row(), index.column()).full_words()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return ui_text(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = {Align.LEFT: Qt.AlignmentFlag.AlignLeft, Align.RIGHT: Qt.AlignmentFlag.AlignRight}
            return side.get(column.side, Qt.AlignmentFlag.AlignHCenter) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column.hint:
            return ui_text(column.hint)
        return None
