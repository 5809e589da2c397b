"""The list of needs: suppliers with their lines, quantities typed in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import Text, _
from core.purchasing import NeedLine
from core.values import parse_quantity
from desktop.purchasing.need.basket import Basket, Row
from desktop.purchasing.need.looks import days_words, named, slots
from desktop.purchasing.need.paint import ROLE, NeedPainter, qty_box, reason_words
from desktop.theme import row_height, text_font, theme, themes
from desktop.theme.tokens import SMALL_PX
from desktop.widgets import Spoken, number_words, ui_text
from desktop.widgets.editors.base import LineField
from desktop.widgets.words import restyle

_ROOT = QModelIndex()
HALF_MINUTE_MS = 30_000
HEADS: tuple[tuple[str, Text, bool], ...] = (
    ("item", _("Item, and why"), False),
    ("usage", _("Used a day"), False),
    ("cover", _("Lasts"), False),
    ("qty", _("To order"), False),
    ("price", _("Price"), True),
    ("value", _("Value"), True),
)


class NeedModel(QAbstractListModel):
    """The rows in order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        """Show these. Where the rows are the same as before, only what they say changes."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
                self.layoutChanged.emit()
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and row.line is not None:
            return reason_words(row.line)
        return None


def spoken(row: Row) -> str:
    """A row for a screen reader."""
    if row.line is None:
        return ui_text(named(row.shelf.group.name))
    line = row.line
    unit = ui_text(named(line.choice.supply.unit))
    cover = ui_text(_("lasts {days} days", days=days_words(line.cover)))
    return f"{ui_text(named(line.name))}, {number_words(line.qty)} {unit}, {cover}. {reason_words(line)}"


class NeedList(QListView, Spoken):
    """Digits type a quantity, + and - step by a pack, space leaves out, Enter opens."""

    opened = Signal(object)
    qty_set = Signal(object, object)
    left_out = Signal(object)

    def __init__(self, basket: Basket, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._basket = basket
        self._model = NeedModel(self)
        self._painter = NeedPainter(basket, now, self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self._line = LineField(self.viewport())
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setAccessibleName(ui_text(_("Quantity")))
        self._line.hide()
        self._line.left.connect(self._on_left)
        self._line.installEventFilter(self)
        self._edited: tuple[int, int] | None = None
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROLE)))
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(_("Need to order")))
        self.viewport().update()

    # --- filling and reading

    def show_rows(self, rows: list[Row]) -> None:
        """Show these rows; the one the person is on stays."""
        current = self.current()
        key = None if current is None else current.key
        number = self.currentIndex().row()
        is_same = [row.key for row in rows] == [row.key for row in self._model.rows]
        self._model.show(rows)
        if not is_same and rows:
            found = next((at for at, row in enumerate(rows) if row.key == key), min(max(number, 1), len(rows) - 1))
            self.setCurrentIndex(self._model.index(found))
        self.viewport().update()

    def rows(self) -> list[Row]:
        """What is shown."""
        return self._model.rows

    def current(self) -> Row | None:
        """The row the person is on."""
        row = self.currentIndex().data(ROLE) if self.currentIndex().isValid() else None
        return row if isinstance(row, Row) else None

    def go_to(self, item_id: int) -> bool:
        """Go to the line of an item; False when it is not shown."""
        for at, row in enumerate(self._model.rows):
            if row.line is not None and row.line.item_id == item_id:
                self.setCurrentIndex(self._model.index(at))
                self.scrollTo(self._model.index(at))
                return True
        return False

    def is_editing(self) -> bool:
        """Whether a quantity is being typed."""
        return self._edited is not None

    # --- typing a quantity

    def edit_qty(self, typed: str = "") -> None:
        """Begin to type the quantity of the line the person is on."""
        row = self.current()
        if row is None or row.line is None:
            return
        self.scrollTo(self.currentIndex())
        self._edited = row.key
        self._line.setText(typed or f"{row.line.qty:f}")
        self._line.setGeometry(self._qty_rect(self.currentIndex()))
        self._set_wrong("")
        self._line.show()
        self._line.setFocus()
        if typed:
            self._line.setCursorPosition(len(typed))
        else:
            self._line.selectAll()

    def finish(self) -> bool:
        """Take what was typed; False when it is no quantity: it stays to be put right."""
        if self._edited is None:
            return True
        row = next((one for one in self._model.rows if one.key == self._edited), None)
        try:
            qty = parse_quantity(self._line.text()) if self._line.text().strip() else Decimal(0)
        except CoreError as error:
            self._set_wrong(ui_text(error.text))
            return False
        if row is not None and row.line is not None and qty < 0:
            self._set_wrong(ui_text(_("A quantity here cannot be below zero.")))
            return False
        self._close()
        if row is not None and row.line is not None and qty != row.line.qty:
            self.qty_set.emit(row.line, qty)
        return True

    def _close(self) -> None:
        self._edited = None
        self._line.hide()
        self.setFocus()

    def _set_wrong(self, words: str) -> None:
        self._line.setProperty("wrong", bool(words))
        self._line.setToolTip(words)
        self._line.setAccessibleDescription(words)
        restyle(self._line)

    def _on_left(self) -> None:
        if self._edited is not None and not self.finish():
            self._close()

    def _qty_rect(self, index: QModelIndex) -> QRect:
        rect = self.visualRect(index)
        sheet = self._basket.sheet
        places = slots(rect.width(), sees_prices=sheet is not None and sheet.sees_prices)
        slot = places["qty"]
        return qty_box(QRect(rect.left() + slot.left, rect.top(), slot.wide, rect.height() - 1))

    def eventFilter(self, watched: QObject, event: Any) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            return self._typed_key(event)
        return super().eventFilter(watched, event)

    def _typed_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._close()
            return True
        steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.finish():
                self._step(steps[Qt.Key(key)])
            return True
        if key == Qt.Key.Key_F9:
            return not self.finish()
        return False

    def _step(self, by: int) -> None:
        """On to the next line, past the heads of suppliers."""
        at = self.currentIndex().row() + by
        while 0 <= at < len(self._model.rows) and self._model.rows[at].line is None:
            at += by
        if 0 <= at < len(self._model.rows):
            self.setCurrentIndex(self._model.index(at))

    # --- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key, text = self.current(), event.key(), event.text()
        if row is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
            self.left_out.emit(row)
        elif row.line is not None and text in ("+", "-", "="):
            self._add_packs(row.line, -1 if text == "-" else 1)
        elif row.line is not None and text.isdigit():
            self.edit_qty(text)
        elif text.isprintable() and text:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _add_packs(self, line: NeedLine, by: int) -> None:
        step = line.choice.supply.multiple_qty or Decimal(1)
        self.qty_set.emit(line, max(line.qty + step * by, Decimal(0)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = index.data(ROLE) if index.isValid() else None
        is_line = isinstance(row, Row) and row.line is not None
        if is_line and event.button() is Qt.MouseButton.LeftButton and self._qty_rect(index).contains(place):
            self.setCurrentIndex(index)
            self.edit_qty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._edited is not None:
            self._line.setGeometry(self._qty_rect(self.currentIndex()))


class ColumnHeads(QWidget, Spoken):
    """The names of the columns over the list."""

    def __init__(self, basket: Basket, listed: NeedList) -> None:
        super().__init__()
        self._basket, self._list = basket, listed
        themes.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self.setFixedHeight(row_height() - 8)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(theme().muted))
        sees = self._basket.sheet is not None and self._basket.sheet.sees_prices
        places = slots(self._list.viewport().width(), sees_prices=sees)
        for key, words, is_right in HEADS:
            if key in places:
                side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
                box = QRect(places[key].left, 0, places[key].wide, self.height())
                painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, ui_text(words))
        painter.end()


class NeedSheetView(QWidget):
    """The list under the names of its columns. Its countdowns go on; `cut_off` once one of them is over."""

    cut_off = Signal()

    def __init__(self, basket: Basket, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._basket, self._now = basket, now
        self._clock = QTimer(self)
        self._clock.setInterval(HALF_MINUTE_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        self.list = NeedList(basket, now)
        self.heads = ColumnHeads(basket, self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heads)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def look(self) -> None:
        """Say the countdowns anew."""
        slots = [shelf.group.slot for shelf in self._basket.shelves]
        if any(slot is not None and slot.order_by < self._now() for slot in slots):
            self.cut_off.emit()
        self.list.viewport().update()
