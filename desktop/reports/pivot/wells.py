"""The four wells: filters, columns, rows, values. Fields stand in them as chips that are dragged, moved by keys, taken out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from core.i18n import Text, _
from core.reports import PivotAsked, PivotField, PivotTable
from desktop.reports.pivot.dragging import OUT_KEYS, carried, carry, meant_well
from desktop.reports.pivot.fields import WELL_ICONS, WELL_WORDS
from desktop.reports.pivot.layout import Well, can_stand, fields_in, filter_of
from desktop.theme import text_px, theme, themes
from desktop.widgets import Button, FlowLayout, IconLabel, Label, Words, ui_text

HINTS = {
    Well.ROWS: _("Drag here for rows, or press R"),
    Well.COLUMNS: _("Drag here for columns, or press C"),
    Well.VALUES: _("Drag here a figure, or press V"),
    Well.FILTERS: _("Drag here what limits, or press F"),
}
LABEL_WIDTH = 106
NARROW = 330


class FieldChip(Button):
    """A field in a well. Enter or a click opens its values; R, C, V, F move it, Del takes it out, Ctrl and arrows change
    its place."""

    place_wanted = Signal(str, object, int)
    out_wanted = Signal(str)
    opened = Signal(str)

    def __init__(self, field: PivotField, well: Well, at: int, words: Words, *, is_limited: bool) -> None:
        super().__init__(words, icon_name="filter" if is_limited else "", kind="chip")
        self.field, self.well, self.at = field, well, at
        self._pressed_at = QPoint()
        self.setCheckable(True)
        self.setChecked(is_limited)
        self.setProperty("undoes", True)
        self.setToolTip(ui_text(field.about))
        self.clicked.connect(lambda _on=False: self.opened.emit(field.key))

    def nextCheckState(self) -> None:
        """Whether it looks pressed follows its filter, not the click."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and far >= QApplication.startDragDistance():
            self.setDown(False)
            carry(self, self.field.key)
            return
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        well = meant_well(event)
        is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 2}.get(Qt.Key(event.key()), 0)
        if well is not None:
            self.place_wanted.emit(self.field.key, well, -1)
        elif event.key() in OUT_KEYS:
            self.out_wanted.emit(self.field.key)
        elif is_control and step:
            self.place_wanted.emit(self.field.key, self.well, max(self.at + step, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.field.key)
        elif step:
            self.focusNextPrevChild(step > 0)
        else:
            super().keyPressEvent(event)


class WellBox(QFrame):
    """One well: its name, its chips, and room to drop."""

    placed = Signal(str, object, int)
    out_wanted = Signal(str)
    opened = Signal(str)

    def __init__(self, well: Well) -> None:
        super().__init__()
        self.well = well
        self._table: PivotTable | None = None
        self._is_over = False
        self.chips: list[FieldChip] = []
        self._hint = Label(HINTS[well], "small", elide=True)
        self._label = label = Label(WELL_WORDS[well], "muted")
        label.setFixedWidth(text_px(LABEL_WIDTH) - 22)
        self._room = QWidget()
        self._flow = FlowLayout(self._room, spacing=4)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._room.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(6)
        row.addWidget(IconLabel(WELL_ICONS[well], size=16))
        row.addWidget(label)
        row.addWidget(self._hint, 1)
        row.addWidget(self._room, 1)
        self.setAcceptDrops(True)
        self.setMinimumHeight(text_px(36))
        self.setAccessibleName(ui_text(WELL_WORDS[well]))
        self.setToolTip(ui_text(WELL_WORDS[well]))
        themes.changed.connect(self.update)

    def show_fields(self, table: PivotTable, asked: PivotAsked) -> None:
        """The fields that stand here."""
        self._table = table
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        known = {one.key: one for one in (*table.dimensions, *table.measures)}
        wanted = [key for key in fields_in(asked, self.well) if key in known]
        while self._flow.takeAt(0) is not None:
            pass
        self.chips = [self._chip(known[key], at, asked) for at, key in enumerate(wanted)]
        for chip in self.chips:
            self._flow.addWidget(chip)
            chip.show()
        self._hint.setVisible(not wanted)
        self._room.setVisible(bool(wanted))
        self._room.updateGeometry()

    def _chip(self, field: PivotField, at: int, asked: PivotAsked) -> FieldChip:
        limit = filter_of(asked, field.key) if field.kind is None else None
        words: Text = field.title
        if limit is not None:
            words = _("{field}: {n} chosen", field=field.title, n=len(limit.keys))
            if limit.is_without:
                words = _("{field}: without {n}", field=field.title, n=len(limit.keys))
        chip = FieldChip(field, self.well, at, words, is_limited=limit is not None)
        chip.place_wanted.connect(self._on_place)
        chip.out_wanted.connect(self.out_wanted)
        chip.opened.connect(self.opened)
        return chip

    def _on_place(self, key: str, well: Well, at: int) -> None:
        if self._table is not None and can_stand(self._table, key, well):
            self.placed.emit(key, well, at)

    # --- dropping

    def place_at(self, point: QPoint) -> int:
        """Before which chip something dropped at a point comes."""
        inside = self._room.mapFrom(self, point)
        for at, chip in enumerate(self.chips):
            box = chip.geometry()
            if inside.y() < box.top() or (inside.y() <= box.bottom() and inside.x() < box.center().x()):
                return at
        return len(self.chips)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._take_or_not(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._take_or_not(event)

    def _take_or_not(self, event: QDragMoveEvent) -> None:
        key = carried(event.mimeData())
        self._is_over = bool(key) and self._table is not None and can_stand(self._table, key, self.well)
        if self._is_over:
            event.acceptProposedAction()
        else:
            event.ignore()
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._is_over = False
        key = carried(event.mimeData())
        if key and self._table is not None and can_stand(self._table, key, self.well):
            event.acceptProposedAction()
            self.placed.emit(key, self.well, self.place_at(event.position().toPoint()))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow well is told by its sign alone, so that its chips have room."""
        super().resizeEvent(event)
        self._label.setVisible(event.size().width() >= text_px(NARROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.SolidLine if self.chips or self._is_over else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(t.accent if self._is_over else t.line), 2 if self._is_over else 1, style))
        painter.setBrush(QColor(t.accent_soft if self._is_over else t.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


class Wells(QWidget):
    """`placed(key, Well, at)`, `out_wanted(key)`, `opened(key)`."""

    placed = Signal(str, object, int)
    out_wanted = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {well: WellBox(well) for well in (Well.FILTERS, Well.COLUMNS, Well.ROWS, Well.VALUES)}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setSpacing(6)
        for number, box in enumerate(self.boxes.values()):
            grid.addWidget(box, number // 2, number % 2)
            box.placed.connect(self.placed)
            box.out_wanted.connect(self.out_wanted)
            box.opened.connect(self.opened)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def show_fields(self, table: PivotTable, asked: PivotAsked) -> None:
        """What stands where; the chip that had the keyboard keeps it, wherever it stands now."""
        held = QApplication.focusWidget()
        key = held.field.key if isinstance(held, FieldChip) and self.isAncestorOf(held) else ""
        for box in self.boxes.values():
            box.show_fields(table, asked)
        if key:
            self.focus_field(key)

    def chips(self) -> list[FieldChip]:
        """Every chip, well by well."""
        return [chip for box in self.boxes.values() for chip in box.chips]

    def focus_field(self, key: str) -> None:
        """Put the keyboard on a field; on the first one left when it is gone."""
        chips = self.chips()
        found = next((chip for chip in chips if chip.field.key == key), chips[0] if chips else None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
