"""The fields of a prepared table, to be dragged into the wells or placed by R, C, V, F; Del takes one out."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from core.i18n import Text, _
from core.reports import PivotAsked, PivotField, PivotTable
from desktop.reports.pivot.dragging import OUT_KEYS, carried, meant_well, mime_of
from desktop.reports.pivot.layout import Well, can_stand, is_measure, well_of
from desktop.theme import icon_pixmap, row_height, text_font, theme, themes
from desktop.widgets import ui_text
from desktop.widgets.language import Spoken

KEY = Qt.ItemDataRole.UserRole
WELL_ICONS = {Well.ROWS: "arrow-down", Well.COLUMNS: "chevron-right", Well.VALUES: "sum", Well.FILTERS: "filter"}
WELL_WORDS = {
    Well.ROWS: _("Rows (R)"), Well.COLUMNS: _("Columns (C)"), Well.VALUES: _("Values (V)"), Well.FILTERS: _("Filters (F)"),
}  # fmt: skip


class FieldList(QListWidget, Spoken):
    """`place_wanted(key, Well)`, `out_wanted(key)`; Enter puts a field where it usually stands."""

    place_wanted = Signal(str, object)
    out_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._table: PivotTable | None = None
        self._asked: PivotAsked | None = None
        self.setProperty("undoes", True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemDoubleClicked.connect(lambda item: self._usual(item))
        themes.changed.connect(self.retranslate)
        self.retranslate()

    def show_fields(self, table: PivotTable, asked: PivotAsked) -> None:
        """The fields of a table; those in use are ticked by the sign of their well."""
        before = self.current_key()
        self._table, self._asked = table, asked
        self.retranslate()
        self.select(before)

    def current_key(self) -> str:
        """The field the person is on."""
        return str(self.currentItem().data(KEY) or "") if self.currentRow() >= 0 else ""

    def select(self, key: str) -> None:
        """Go to a field; to the first one when it is not there."""
        for at in range(self.count()):
            if key and self.item(at).data(KEY) == key:
                self.setCurrentRow(at)
                return
        if self.count() > 1:
            self.setCurrentRow(1)

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(_("Fields")))
        row = self.currentRow()
        self.clear()
        if self._table is not None:
            self._add_head(_("Told apart by"))
            for one in self._table.dimensions:
                self._add(one)
            self._add_head(_("Figures"))
            for one in self._table.measures:
                self._add(one)
            self.setCurrentRow(row)

    def _add_head(self, words: Text) -> None:
        item = QListWidgetItem(ui_text(words))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(theme().muted))
        font = text_font()
        font.setBold(True)
        item.setFont(font)
        self._sized(item)
        self.addItem(item)

    def _add(self, field: PivotField) -> None:
        assert self._table is not None and self._asked is not None
        well = well_of(self._asked, field.key, is_figure=field.kind is not None)
        item = QListWidgetItem(ui_text(field.title))
        item.setData(KEY, field.key)
        item.setToolTip(ui_text(field.about))
        ink = theme().accent if well is not None else theme().faint
        item.setIcon(icon_pixmap("plus" if well is None else WELL_ICONS[well], 16, ink))
        if well is not None:
            item.setForeground(QColor(theme().accent))
            said = _("{field}, in {well}", field=field.title, well=WELL_WORDS[well])
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ui_text(said))
        self._sized(item)
        self.addItem(item)

    def _sized(self, item: QListWidgetItem) -> None:
        hint = item.sizeHint()
        hint.setHeight(max(row_height() - 4, 24))
        item.setSizeHint(hint)

    # --- the mouse

    def mimeData(self, items: object) -> QMimeData:
        return mime_of(self.current_key())

    def mimeTypes(self) -> list[str]:
        return list(mime_of("").formats())

    def dropEvent(self, event: QDropEvent) -> None:
        """A field dragged out of a well is let go here: it is taken out."""
        key = carried(event.mimeData())
        if key and event.source() is not self:
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            self.out_wanted.emit(key)

    def startDrag(self, actions: Qt.DropAction) -> None:
        if self.current_key():
            super().startDrag(Qt.DropAction.CopyAction)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, well = self.current_key(), meant_well(event)
        if key and well is not None and self._table is not None:
            if can_stand(self._table, key, well):
                self.place_wanted.emit(key, well)
        elif key and event.key() in OUT_KEYS:
            self.out_wanted.emit(key)
        elif key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._usual(self.currentItem())
        elif event.text() == "?" or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _usual(self, item: QListWidgetItem | None) -> None:
        """Figures among the values, the rest down; what stands somewhere is taken out."""
        key = "" if item is None else str(item.data(KEY) or "")
        if not key or self._table is None or self._asked is None:
            return
        is_figure = is_measure(self._table, key)
        if well_of(self._asked, key, is_figure=is_figure) is not None:
            self.out_wanted.emit(key)
        else:
            self.place_wanted.emit(key, Well.VALUES if is_figure else Well.ROWS)

    def place_of(self, key: str) -> QPoint:
        """Where a field is drawn."""
        found = next(at for at in range(self.count()) if self.item(at).data(KEY) == key)
        return self.visualItemRect(self.item(found)).center()
