"""What all editors have in common: a value, an error line of their own, a name for the screen reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from desktop.theme import Meaning
from desktop.widgets.language import Spoken, Words, ui_text
from desktop.widgets.words import IconLabel, Label, restyle


class Editor(QWidget, Spoken):
    """A field for one value.

    `value()` gives the value, None when the field is empty, and raises InvalidInput when what stands there cannot be
    read; what was typed is never thrown away. `set_value` fills it without telling `changed`. `changed` is emitted
    while the person edits, `committed` when the field is left or Enter pressed. `set_error` shows a sentence under it.
    """

    changed = Signal()
    committed = Signal()

    def __init__(self, name: Words = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name: Words = name
        self._error: Words = ""
        self._is_required = False
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._error_row = QWidget()
        self._error_words = Label("", "error", wrap=True)
        marked = QHBoxLayout(self._error_row)
        marked.setContentsMargins(0, 0, 0, 0)
        marked.setSpacing(4)
        marked.addWidget(IconLabel("error", Meaning.DANGER, 16), 0, Qt.AlignmentFlag.AlignTop)
        marked.addWidget(self._error_words, 1)
        self._error_row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self._error_row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    # --- to be said by each editor

    def field(self) -> QWidget:
        """The control that takes the focus."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value, None when empty. Raises InvalidInput."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Fill the field."""
        raise NotImplementedError

    def clear(self) -> None:
        """Make it empty."""
        self.set_value(None)
        self.set_error(None)

    def set_read_only(self, is_read_only: bool) -> None:
        """Show the value without letting it be changed."""
        self.field().setEnabled(not is_read_only)

    def kept(self) -> Callable[[], None] | None:
        """How to put the field back as it stands now, when the first key of a scan got into it."""
        return None

    # --- the same for all

    def set_name(self, name: Words) -> None:
        """What a screen reader calls it, and its error names; a form sets it to the label."""
        self._name = name
        self.retranslate()

    def name(self) -> Words:
        """What this field is called."""
        return self._name

    def set_required(self, is_required: bool) -> None:
        """Whether leaving it empty is an error when `check` is asked."""
        self._is_required = is_required

    def is_required(self) -> bool:
        """Whether it must not be empty."""
        return self._is_required

    def set_error(self, words: Words | None) -> None:
        """Show a sentence under the field, or take it away."""
        self._error = words or ""
        self._error_words.set_words(self._error)
        self._error_row.setVisible(bool(self._error))
        field = self.field()
        if bool(field.property("wrong")) != bool(self._error):
            field.setProperty("wrong", bool(self._error))
            restyle(field)
        field.setAccessibleDescription(ui_text(self._error))

    def error(self) -> str:
        """The sentence shown, empty when there is none."""
        return ui_text(self._error)

    def check(self) -> bool:
        """Read the value, show what is wrong with it if anything is, and say whether it is right."""
        try:
            is_empty = self.value() in (None, "")
        except CoreError as error:
            self.set_error(error.text)
            return False
        self.set_error(_("Please fill this in.") if is_empty and self._is_required else None)
        return not self._error

    def check_left(self) -> bool:
        """The same when the field is left; a sentence already shown (the database's, say) stays until somebody types."""
        return not self._error and self.check()

    def retranslate(self) -> None:
        self.field().setAccessibleName(ui_text(self._name))
        self.field().setAccessibleDescription(ui_text(self._error))

    def _edited(self) -> None:
        if self._error:
            self.set_error(None)
        self.changed.emit()


# Coming back from a popup or another window, or by the mouse, nothing is selected: what was typed goes on.
_KEEPING = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


class LineField(QLineEdit):
    """A line that selects everything when the keyboard enters it, so that typing replaces."""

    left = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _KEEPING:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class CodeField(LineField):
    """A line for codes, which refuses the input method: hints do not keep it away, only this answer does."""

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        if query == Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query)


class LineEditor(Editor):
    """An editor of one line of text."""

    line_class: type[LineField] = LineField

    def __init__(self, name: Words = "", *, placeholder: Words = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._placeholder = placeholder
        self._line = self.line_class()
        self._row.addWidget(self._line, 1)
        self.setFocusProxy(self._line)
        self._line.textEdited.connect(lambda _text: self._edited())
        self._line.left.connect(self._on_left)
        self._line.returnPressed.connect(self._on_left)
        self._line.installEventFilter(self)
        self.retranslate()

    def field(self) -> QLineEdit:
        return self._line

    def text(self) -> str:
        """What stands in the field."""
        return self._line.text()

    def type_text(self, text: str) -> None:
        """Put text in as if the person had typed it (a keypad, a scan)."""
        self._line.setText(text)
        self._edited()

    def kept(self) -> Callable[[], None]:
        line = self._line
        text, at, start, chosen = line.text(), line.cursorPosition(), line.selectionStart(), len(line.selectedText())

        def put_back() -> None:
            line.setText(text)
            line.setCursorPosition(at)
            if start >= 0:
                line.setSelection(start, chosen)
            self._edited()

        return put_back

    def set_read_only(self, is_read_only: bool) -> None:
        self._line.setReadOnly(is_read_only)

    def retranslate(self) -> None:
        super().retranslate()
        self._line.setPlaceholderText(ui_text(self._placeholder))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False

    def _on_left(self) -> None:
        if self._line.text().strip():
            self.check_left()
        self.committed.emit()
