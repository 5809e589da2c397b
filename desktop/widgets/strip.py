"""Fields in a row, their labels over them: the head of a form, and the bar its lines are entered in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core.errors import CoreError
from desktop.widgets.editors import Editor
from desktop.widgets.language import Words
from desktop.widgets.words import Label

NARROW = 1040


def reveal(widget: QWidget) -> None:
    """Bring a widget into sight where its page is taller than the screen."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(widget, 0, 8)


class Strip(QWidget):
    """Editors by key. Enter goes on to the next field that is wanted; `finished` is emitted after the last.

    Below `narrow` pixels of width the fields stand in two rows.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: dict[str, Editor] = {}
        self._cells: dict[str, QWidget] = {}
        self._all: list[tuple[QWidget, int]] = []
        self._rows = [QHBoxLayout(), QHBoxLayout()]
        self._is_narrow = False
        self.narrow = NARROW
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        for row in self._rows:
            row.setSpacing(12)
            self._column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def add(self, key: str, label: Words, editor: Editor, *, share: int = 10) -> Editor:
        """Add a field; `share` is its part of the width."""
        editor.set_name(label)
        words = Label(label, "label")
        words.setBuddy(editor.field())
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(words)
        column.addWidget(editor)
        column.addStretch(1)
        self._put(cell, share)
        self._editors[key], self._cells[key] = editor, cell
        editor.changed.connect(self.changed)
        return editor

    def add_widget(self, widget: QWidget) -> None:
        """Something else behind the fields, in line with them."""
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(" ", "label"))
        column.addWidget(widget)
        column.addStretch(1)
        self._put(cell, 0)

    def _put(self, cell: QWidget, share: int) -> None:
        self._all.append((cell, share))
        self._rows[0].addWidget(cell, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_rows(event.size().width() < self.narrow)

    def _lay_out_rows(self, is_narrow: bool) -> None:
        """In a narrow window the fields stand in two rows, so that none becomes too small to read."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        whole, so_far = sum(share for _cell, share in self._all), 0
        for cell, share in self._all:
            for row in self._rows:
                row.removeWidget(cell)
            self._rows[1 if is_narrow and so_far * 2 >= whole else 0].addWidget(cell, share)
            so_far += share

    def editor(self, key: str) -> Editor:
        """A field by its key."""
        return self._editors[key]

    def names(self) -> tuple[str, ...]:
        """The fields, in order."""
        return tuple(self._editors)

    def has(self, key: str) -> bool:
        """Whether there is such a field, and it is shown."""
        return key in self._editors and not self._cells[key].isHidden()

    def show_field(self, key: str, is_shown: bool) -> None:
        """Show a field, or not."""
        self._cells[key].setVisible(is_shown)

    def value(self, key: str) -> Any:
        """What a field holds; None when it is not there or cannot be read."""
        if key not in self._editors:
            return None
        try:
            return self._editors[key].value()
        except CoreError:
            return None

    def read(self) -> dict[str, Any] | None:
        """All values; None when one is wrong (it says so and has the focus)."""
        shown = {key: editor for key, editor in self._editors.items() if self.has(key)}
        wrong = [editor for editor in shown.values() if not editor.check()]
        if wrong:
            wrong[0].field().setFocus()
            return None
        return {key: editor.value() for key, editor in shown.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields named."""
        for key, value in values.items():
            if key in self._editors:
                self._editors[key].set_value(value)

    def clear_errors(self) -> None:
        """Take every error away."""
        for editor in self._editors.values():
            editor.set_error(None)

    def show_field_error(self, key: str, error: CoreError) -> bool:
        """Say an error at its field; False when there is no such field."""
        if not self.has(key):
            return False
        self._editors[key].set_error(error.text)
        self._editors[key].field().setFocus()
        reveal(self)
        return True

    def focus(self, key: str) -> None:
        """Put the keyboard into a field."""
        self._editors[key].field().setFocus(Qt.FocusReason.TabFocusReason)
        reveal(self)

    def wanted_after(self, key: str) -> str | None:
        """The field Enter goes to from another; None when that was the last. Fields may be passed over."""
        keys = [one for one in self._editors if self.has(one)]
        at = keys.index(key) + 1
        return next((one for one in keys[at:] if self.is_wanted(one)), None)

    def is_wanted(self, _key: str) -> bool:
        """Whether Enter stops at a field."""
        return True

    def key_of_focus(self) -> str | None:
        """The field the keyboard is in."""
        focus: QWidget | None = self.focusWidget()
        if focus is None:
            return None
        return next(
            (key for key, editor in self._editors.items() if editor is focus or editor.isAncestorOf(focus)), None
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        key = self.key_of_focus()
        after = self.wanted_after(key) if key is not None else None
        if after is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        else:
            self.focus(after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False
