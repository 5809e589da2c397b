"""Days as a grid of weeks: each with its deliveries, as many names as fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from core.i18n import Text, _, _n
from core.purchasing import CalendarDay, DueRow
from desktop.purchasing.need.looks import WEEKDAYS
from desktop.theme import text_font, text_px, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets import Spoken, date_words, language, ui_text

WEEK = 7
DAY_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
LEAST_HIGH = 64
MONTHS: tuple[Text, ...] = (
    _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"), _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"),
    _("Dec"),
)  # fmt: skip


class _Days(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.days: Sequence[CalendarDay] = ()

    def show(self, days: Sequence[CalendarDay]) -> None:
        self.beginResetModel()
        self.days = days
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.days) // WEEK

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        day = self.days[index.row() * WEEK + index.column()]
        if role == DAY_ROLE:
            return day
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return day_told(day)
        return None

    def headerData(self, at: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ui_text(WEEKDAYS[at])
        return None


def day_told(day: CalendarDay) -> str:
    """A day for a reader, and where the mouse rests: its date and who delivers."""
    count = ui_text(_n("{n} delivery", "{n} deliveries", len(day.deliveries)))
    names = [f"{row.supplier.render(language())} {row.number}" for row in day.deliveries]
    return "\n".join([f"{date_words(day.day)}: {count}", *names])


class DayGrid(QTableView, Spoken):
    """`opened(CalendarDay)` by Enter or double click, `turned(by)` by Page Up and Page Down."""

    opened = Signal(object)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.today, self.month = date.min, 0
        self._days = _Days()
        self.setModel(self._days)
        self.setItemDelegate(_DayCell(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(text_px(LEAST_HIGH))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._open)
        self.retranslate()

    def show_days(self, days: Sequence[CalendarDay], today: date, month: int) -> None:
        """Show whole weeks; `month` (0: none) greys the days of others."""
        before = self.current_day()
        self.today, self.month = today, month
        self._days.show(days)
        wanted = before.day if before is not None else today
        at = next((at for at, one in enumerate(days) if one.day == wanted), None)
        at = next((at for at, one in enumerate(days) if one.day == today), 0) if at is None else at
        self.setCurrentIndex(self._days.index(at // WEEK, at % WEEK))

    def current_day(self) -> CalendarDay | None:
        """The day the keyboard is at."""
        found = self.currentIndex().data(DAY_ROLE)
        return found if isinstance(found, CalendarDay) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if turn is not None:
            self.turned.emit(turn)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(_("Calendar of deliveries")))
        self._days.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, WEEK - 1)

    def _open(self, index: QModelIndex) -> None:
        day = index.data(DAY_ROLE)
        if isinstance(day, CalendarDay):
            self.opened.emit(day)


class _DayCell(QStyledItemDelegate):
    """The day's number, then who delivers; late ones in the colour of danger with their word."""

    def __init__(self, grid: DayGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day, t = index.data(DAY_ROLE), theme()
        if not isinstance(day, CalendarDay):
            return
        rect: QRect = option.rect.adjusted(2, 2, -2, -2)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_other = bool(self._grid.month) and day.day.month != self._grid.month
        painter.save()
        painter.fillRect(rect, QColor(t.selection if is_chosen else t.window if is_other else t.raised))
        painter.setPen(QColor(t.accent if day.day == self._grid.today else t.line))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        self._paint_words(painter, rect.adjusted(8, 4, -8, -4), day, is_other=is_other)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, day: CalendarDay, *, is_other: bool) -> None:
        t = theme()
        is_today = day.day == self._grid.today
        painter.setFont(text_font(bold=True) if is_today else text_font())
        high = painter.fontMetrics().height()
        painter.setPen(QColor(t.accent if is_today else t.muted if is_other or not day.deliveries else t.text))
        number = f"{day.day.day}"
        if day.day.day == 1:
            number = ui_text(_("{month} {day}", month=MONTHS[day.day.month - 1], day=number))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, number)
        painter.setFont(text_font(SMALL_PX))
        if day.deliveries and room.height() < high * 2.4:
            painter.setPen(QColor(t.text))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(len(day.deliveries)))
            return
        self._paint_names(painter, room.adjusted(0, high + 2, 0, 0), day.deliveries)

    def _paint_names(self, painter: QPainter, room: QRect, rows: Sequence[DueRow]) -> None:
        t, metrics = theme(), painter.fontMetrics()
        fitting = max(1, room.height() // metrics.height())
        shown = rows if len(rows) <= fitting else rows[: fitting - 1]
        for at, row in enumerate(shown):
            painter.setPen(QColor(t.danger if row.days_late else t.text))
            words = row.supplier.render(language())
            if row.days_late:
                words = f"{ui_text(_('Overdue'))}: {words}"
            self._write(painter, room, at, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width()))
        if len(shown) < len(rows):
            painter.setPen(QColor(t.muted))
            rest = len(rows) - len(shown)
            self._write(painter, room, len(shown), ui_text(_n("{n} more", "{n} more", rest)))

    @staticmethod
    def _write(painter: QPainter, room: QRect, at: int, words: str) -> None:
        high = painter.fontMetrics().height()
        line = QRect(room.left(), room.top() + at * high, room.width(), high)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
