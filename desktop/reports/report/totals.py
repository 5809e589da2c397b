"""The totals below a table, each under its column, wherever the table is scrolled to."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.i18n import _
from core.reports import ReportPage
from desktop.reports.report.lines import figure_words, is_figure
from desktop.theme import fit_font, row_height, text_font, theme
from desktop.theme.tokens import TEXT_PX
from desktop.widgets import RowTable, ui_text
from desktop.widgets.language import Spoken
from desktop.widgets.table.delegate import PAD


class TotalsRow(QWidget, Spoken):
    """One line. `asked(key)` when a total is clicked."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._table: RowTable | None = None
        self._cells: dict[int, str] = {}
        self._keys: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def follow(self, table: RowTable) -> None:
        """Stand under the columns of this table."""
        self._table = table
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.update())
        table.horizontalHeader().geometriesChanged.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())

    def show_totals(self, page: ReportPage) -> None:
        """The totals of a page; nothing is drawn where no column adds up."""
        self._keys = [column.key for column in page.columns]
        self._cells = {
            at: figure_words(page.columns[at].kind, Decimal(cell))
            for at, cell in enumerate(page.totals)
            if is_figure(page.columns[at]) and isinstance(cell, Decimal | int)
        }
        self.setVisible(bool(self._cells))
        self.setFixedHeight(row_height())
        self.retranslate()

    def words(self) -> dict[str, str]:
        """What stands under each column."""
        return {self._keys[at]: words for at, words in self._cells.items()}

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(_("Total")))
        self.setAccessibleDescription("; ".join(f"{key} {words}" for key, words in self.words().items()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), QColor(t.sunken))
        painter.setPen(QPen(QColor(t.edge), 1))
        painter.drawLine(0, 0, self.width(), 0)
        if self._table is not None:
            font = text_font()
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(t.text))
            self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        left = min((self._box(at).left() for at in self._cells if not self._is_hidden(at)), default=self.width())
        if left > 60:
            room = QRect(PAD, 0, left - PAD, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, ui_text(_("Total")))
        for at, words in self._cells.items():
            if not self._is_hidden(at):
                box = self._box(at).adjusted(2, 0, -PAD, 0)
                painter.setFont(fit_font(words, box.width(), TEXT_PX, bold=True, least_px=9))
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _is_hidden(self, at: int) -> bool:
        return self._table is None or self._table.isColumnHidden(at)

    def _box(self, at: int) -> QRect:
        if self._table is None:
            return QRect()
        return QRect(self._table.columnViewportPosition(at), 0, self._table.columnWidth(at), self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place: QPoint = event.position().toPoint()
        for at in self._cells:
            if self._box(at).contains(place):
                self.asked.emit(self._keys[at])
