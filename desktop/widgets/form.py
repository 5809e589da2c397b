"""A form: labels over fields, in two columns when there is room. Knows which field an error belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from desktop.widgets.editors import Editor
from desktop.widgets.language import Spoken, Words, ui_text
from desktop.widgets.notice import Notice
from desktop.widgets.words import Label

TWO_COLUMNS_FROM = 640


class _FieldLabel(Label):
    """The label of a field; the star of a required one is said in words to a reader."""

    def __init__(self, words: Words, buddy: QWidget, required: bool) -> None:
        self._is_required = required
        super().__init__(words, "label")
        self.setBuddy(buddy)

    def retranslate(self) -> None:
        super().retranslate()
        if self._is_required:
            self.setText(self.text() + " *")
            self.setToolTip(ui_text(_("Required")))


class _Cell(QWidget):
    """Label, field, hint."""

    def __init__(self, label: _FieldLabel | None, content: QWidget, hint: Words, span: bool) -> None:
        super().__init__()
        self.span = span
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if label is not None:
            column.addWidget(label)
        column.addWidget(content)
        if hint:
            column.addWidget(Label(hint, "small", wrap=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


class Form(QWidget, Spoken):
    """Fields by key. `read()` gives all values, or None after showing what is wrong and going to the first wrong field.

    `show_error(CoreError)` puts the sentence at the error's field, or on top when it has none here. `submitted` is
    emitted by Ctrl+Enter, and by Enter in the last field.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: dict[str, Editor] = {}
        self._cells: list[_Cell] = []
        self._columns = 0
        self._at_start: dict[str, object] = {}
        self._is_touched = False
        self.changed.connect(self._on_touched)
        self._notice = Notice()
        self._notice.hide()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._notice)
        column.addLayout(self._grid)
        column.addStretch(1)

    def add(
        self, key: str, label: Words, editor: Editor, *, hint: Words = "", required: bool = False, span: bool = False
    ) -> Editor:
        """Add a field. `span` gives it the whole width. Returns the editor."""
        editor.set_name(label)
        editor.set_required(required)
        self._editors[key] = editor
        self._at_start[key] = _standing(editor)
        self._add_cell(_Cell(_FieldLabel(label, editor.field(), required), editor, hint, span))
        editor.changed.connect(self.changed)
        return editor

    def add_heading(self, words: Words) -> None:
        """Start a part of the form."""
        self._add_cell(_Cell(None, Label(words, "heading"), "", True))

    def add_widget(self, widget: QWidget) -> None:
        """Add something else over the whole width."""
        self._add_cell(_Cell(None, widget, "", True))

    def editor(self, key: str) -> Editor:
        """The editor of a field."""
        return self._editors[key]

    def keys(self) -> tuple[str, ...]:
        """The keys of the fields, in order."""
        return tuple(self._editors)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields named; they count as unchanged from now on."""
        for key, value in values.items():
            if key in self._editors:
                self._editors[key].set_value(value)
                self._editors[key].set_error(None)
        self._notice.hide()
        self.mark_unchanged()

    def clear(self) -> None:
        """Empty every field."""
        for editor in self._editors.values():
            editor.clear()
        self._notice.hide()
        self.mark_unchanged()

    def read(self) -> dict[str, Any] | None:
        """All values by key; None when some field is wrong (it then says so and has the focus)."""
        self._notice.hide()
        wrong = [editor for editor in self._editors.values() if editor.isEnabled() and not editor.check()]
        if wrong:
            wrong[0].field().setFocus()
            return None
        return {key: editor.value() for key, editor in self._editors.items()}

    def show_error(self, error: CoreError) -> None:
        """Say an error where it belongs."""
        editor = self._editors.get(error.field or "")
        if editor is None:
            self._notice.say(error.text)
        else:
            editor.set_error(error.text)
            editor.field().setFocus()

    def clear_errors(self) -> None:
        """Take every error away."""
        self._notice.hide()
        for editor in self._editors.values():
            editor.set_error(None)

    def is_changed(self) -> bool:
        """Whether anything differs from what it was filled with."""
        return self._now() != self._at_start

    def has_typing(self) -> bool:
        """Whether a person changed something here that is not saved; what a page filled in by itself does not count."""
        return self._is_touched and self.is_changed()

    def mark_unchanged(self) -> None:
        """What stands here now is the new starting point."""
        self._at_start = self._now()
        self._is_touched = False

    def _on_touched(self) -> None:
        self._is_touched = True

    def retranslate(self) -> None:
        """Labels and fields say themselves anew."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(2 if event.size().width() >= TWO_COLUMNS_FROM else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        is_last = bool(self._editors) and focus is list(self._editors.values())[-1].field()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or is_last:
            self.submitted.emit()
        else:
            self.focusNextChild()

    def _now(self) -> dict[str, object]:
        return {key: _standing(editor) for key, editor in self._editors.items()}

    def _add_cell(self, cell: _Cell) -> None:
        self._cells.append(cell)
        self._columns = 0
        self._lay_out(2 if self.width() >= TWO_COLUMNS_FROM else 1)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for cell in self._cells:
            self._grid.removeWidget(cell)
        row = at = 0
        for cell in self._cells:
            if cell.span and at:
                row, at = row + 1, 0
            self._grid.addWidget(cell, row, at, 1, columns if cell.span else 1, Qt.AlignmentFlag.AlignTop)
            at += columns if cell.span else 1
            if at >= columns:
                row, at = row + 1, 0
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


def _standing(editor: Editor) -> object:
    """The value, or the bad text itself: unreadable typing is a change too."""
    try:
        return editor.value()
    except CoreError as error:
        return str(error)
