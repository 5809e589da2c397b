"""The grid's cells for Qt: words, units, and how strongly each is shaded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.i18n import _
from core.reports import Pivot, PivotFigure
from desktop.reports.pivot.lines import (
    TOTAL,
    GridColumn,
    GridLine,
    Keys,
    cell_words,
    columns_of,
    figure_at,
    lines_of,
    words_of,
)
from desktop.widgets import ui_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class PivotModel(QAbstractTableModel):
    """Lines and columns of a pivot; `shut` are the groups whose rows are not seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pivot: Pivot | None = None
        self.lines: list[GridLine] = []
        self.columns: list[GridColumn] = []
        self.shut: set[Keys] = set()
        self._largest: dict[int, Decimal] = {}

    def show_pivot(self, pivot: Pivot) -> None:
        """Show another pivot; groups that were shut stay shut while they are there."""
        self.beginResetModel()
        before = self.pivot
        if before is not None and before.asked.rows != pivot.asked.rows:
            self.shut.clear()
        self.pivot, self.columns = pivot, columns_of(pivot)
        self.lines = lines_of(pivot, self.shut)
        self._measure_largest()
        self.endResetModel()

    def set_shut(self, shut: set[Keys]) -> None:
        """Shut exactly these groups."""
        if self.pivot is not None:
            self.beginResetModel()
            self.shut = shut
            self.lines = lines_of(self.pivot, shut)
            self.endResetModel()

    def figure(self, row: int, column: int) -> PivotFigure | None:
        """What stands in a cell."""
        return figure_at(self.lines[row], self.columns[column])

    def words(self, row: int, column: int) -> str:
        """What a cell says, without its unit."""
        assert self.pivot is not None
        return cell_words(self.pivot.measures[self.columns[column].measure].kind, self.figure(row, column))

    def unit(self, row: int, column: int) -> str:
        """The unit of a cell."""
        figure = self.figure(row, column)
        return "" if figure is None or not figure.value else figure.unit

    def shade(self, row: int, column: int) -> float:
        """How strong a cell is among those of its figure: -1 to 1; totals and groups are not shaded."""
        line, place = self.lines[row], self.columns[column]
        assert self.pivot is not None
        if line.is_group or line.is_total or line.is_rest or (place.is_total and self.pivot.column_fields):
            return 0.0
        figure, largest = self.figure(row, column), self._largest.get(place.measure)
        if figure is None or not figure.value or not largest:
            return 0.0
        return float(figure.value / largest)

    def _measure_largest(self) -> None:
        self._largest = {}
        pivot = self.pivot
        if pivot is None:
            return
        wanted = pivot.cells if pivot.column_fields else [(total,) for total in pivot.row_totals]
        for row in wanted:
            for figures in row:
                for at, figure in enumerate(figures or ()):
                    if figure.value is not None and abs(figure.value) > self._largest.get(at, Decimal(0)):
                        self._largest[at] = abs(figure.value)

    # --- Qt

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or not self.lines else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = f"{self.row_words(index.row())}, {self.column_words(index.column())}"
            return f"{head}: {self.words(index.row(), index.column())} {self.unit(index.row(), index.column())}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            figure = self.figure(index.row(), index.column())
            if figure is not None and figure.value is None:
                return ui_text(
                    _("Several units or currencies meet here: there is no sum. Put the unit down or across.")
                )
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_across = orientation is Qt.Orientation.Horizontal
        if section >= len(self.columns if is_across else self.lines):
            return None  # while the model changes, the other header still counts as before
        if role == Qt.ItemDataRole.DisplayRole:
            return self.levels(section)[-1] if is_across else self.row_words(section)
        if role == Qt.ItemDataRole.AccessibleTextRole and is_across:
            return self.column_words(section)
        return None

    def row_words(self, row: int) -> str:
        """The head of a line, in words."""
        return self.lines[row].words()

    def column_words(self, at: int) -> str:
        """The head of a column with the name of its figure, in words."""
        assert self.pivot is not None
        levels = self.levels(at)
        return " / ".join(word for word in levels if word)

    def levels(self, at: int) -> list[str]:
        """The head of a column from top to bottom: a word for each field across, then the figure."""
        assert self.pivot is not None
        pivot, column = self.pivot, self.columns[at]
        across = len(pivot.column_fields)
        names = [words_of(title) for title in pivot.columns[column.head].titles] if not column.is_total else []
        if column.is_total and across:
            names = [*[""] * (0 if self.names_figures() else across - 1), ui_text(TOTAL)]
            names += [""] * (across - len(names))
        return [*names, ui_text(pivot.measures[column.measure].title)] if self.names_figures() else names

    def names_figures(self) -> bool:
        """Whether the lowest heads name the figures; one figure under fields across is named by its well."""
        return self.pivot is not None and (len(self.pivot.measures) > 1 or not self.pivot.column_fields)

    def retranslate(self) -> None:
        """Say everything anew."""
        self.beginResetModel()
        self.endResetModel()
