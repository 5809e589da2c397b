"""Finding one record among very many: type a part, pick from what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.errors import InvalidInput
from core.i18n import _
from desktop.theme import text_font, text_px, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets.editors.base import LineEditor
from desktop.widgets.language import Words, ui_text

PAUSE_MS = 120
ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
HIGH = 46


@dataclass(frozen=True, slots=True)
class Found:
    """A record that can be picked. `extra` says what helps to choose it; `data` is the page's own."""

    id: Any
    code: str
    name: Words
    extra: Words = ""
    data: Any = None

    def words(self) -> str:
        """How it stands in the field once picked."""
        return f"{self.code}  {ui_text(self.name)}".strip()


Complete: TypeAlias = Callable[[str, Callable[[Sequence[Found]], None]], object]
"""Asked with what was typed; calls back with what fits, best first. Late answers are dropped by the picker."""


class _FoundModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: list[Found] = []

    def show(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self.found = list(found)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.found):
            return None
        one = self.found[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole):
            return one.words()
        return one if role == ROLE else None


class _FoundLine(QStyledItemDelegate):
    """Name over code, what helps to choose at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(320, text_px(HIGH))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t, one = theme(), index.data(ROLE)
        rect: QRect = option.rect
        if not isinstance(one, Found):
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(t.selection if is_chosen else t.raised))
        room = rect.adjusted(8, 3, -8, -3)
        half = room.height() // 2
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(t.muted))
        extra = ui_text(one.extra)
        wide = min(painter.fontMetrics().horizontalAdvance(extra) + 8, room.width() // 2) if extra else 0
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, extra)
        below = room.adjusted(0, half, -wide, 0)
        code = painter.fontMetrics().elidedText(one.code, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, code)
        painter.setFont(text_font())
        painter.setPen(QColor(t.text))
        above = room.adjusted(0, 0, -wide, -half) if one.code else room.adjusted(0, 0, -wide, 0)
        name = painter.fontMetrics().elidedText(ui_text(one.name), Qt.TextElideMode.ElideRight, above.width())
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


class RecordPicker(LineEditor):
    """A search field for one record; `value()` is the record's id, `record()` the whole of it.

    Enter takes the first that fits. Words that no record was picked for are an error, not a silent nothing. `picked`
    is emitted with the record.
    """

    picked = Signal(object)

    def __init__(self, name: Words, complete: Complete, *, placeholder: Words = "") -> None:
        super().__init__(name, placeholder=placeholder or _("Code, name or scan"))
        self._complete, self._record = complete, None
        self._turn, self._wants_first = 0, False
        self._model = _FoundModel(self)
        self._completer = QCompleter(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setModel(self._model)
        self._completer.setMaxVisibleItems(8)
        self._completer.setWidget(self._line)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._popup.setItemDelegate(_FoundLine(self._popup))
        self._popup.setAccessibleName(ui_text(name))
        self._completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._line.textEdited.connect(self._on_typed)

    _record: Found | None

    def record(self) -> Found | None:
        """The record picked."""
        return self._record

    def value(self) -> Any:
        if self._record is not None:
            return self._record.id
        typed = self._line.text().strip()
        if typed:
            raise InvalidInput(_("Nothing is chosen for “{text}”. Pick one from the list.", text=typed[:40]))
        return None

    def set_record(self, record: Found | None) -> None:
        """Show a record as picked."""
        self._pause.stop()
        self._turn += 1
        self._record = record
        self._line.setText(record.words() if record is not None else "")
        self._line.setCursorPosition(0)

    def set_value(self, value: Found | None) -> None:
        """The same as `set_record`: an id alone has no words to show."""
        self.set_record(value)

    def kept(self) -> Callable[[], None]:
        put_back, record = super().kept(), self._record

        def put_back_record() -> None:
            put_back()
            self._pause.stop()
            self._turn += 1
            self._record = record

        return put_back_record

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._record is None and self._line.text().strip():
                self._take_first()
                return True
            if key == Qt.Key.Key_Down and not self._popup.isVisible():
                self._ask()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, _text: str) -> None:
        self._record, self._wants_first = None, False
        self._pause.start()

    def _ask(self) -> None:
        self._pause.stop()
        self._turn += 1
        turn = self._turn

        def answered(found: Sequence[Found]) -> None:
            if turn == self._turn:
                self._on_found(found)

        self._complete("" if self._record is not None else self._line.text().strip(), answered)

    def _on_found(self, found: Sequence[Found]) -> None:
        self._model.show(found)
        if self._wants_first:
            self._wants_first = False
            if found:
                self._take(found[0])
            else:
                self.check()
        elif found and self._line.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    def _take_first(self) -> None:
        """Enter: what is shown answers at once, otherwise the answer on its way does."""
        self._wants_first = True
        self._ask()

    def _on_activated(self, index: QModelIndex) -> None:
        one = index.data(ROLE)
        if isinstance(one, Found):
            self._take(one)

    def _take(self, record: Found) -> None:
        self._popup.hide()
        self.set_record(record)
        self._edited()
        self.picked.emit(record)
        self.committed.emit()

    def _on_left(self) -> None:
        if self._popup.isVisible():
            return
        super()._on_left()
