"""The plain fields of the start forms: a label above, the sentence of a mistake below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from core.i18n import Text
from desktop.widgets import Label, Words, restyle, ui_text


class StartField(QWidget):
    """One labelled editor. `text` reads it, `show_error` says what would be right."""

    def __init__(self, label: Text, editor: QLineEdit | QComboBox, hint: Words = "") -> None:
        super().__init__()
        self.editor = editor
        self._label = Label(label, "label")
        self._label.setBuddy(editor)
        editor.setAccessibleName(ui_text(label))
        self._hint = hint
        self._below = Label(hint, "small", wrap=True)
        self._below.setVisible(bool(hint))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._label)
        layout.addWidget(editor)
        layout.addWidget(self._below)
        layout.addStretch(1)

    @property
    def text(self) -> str:
        """What stands in the editor; of a choice its stored word."""
        if isinstance(self.editor, QComboBox):
            chosen = self.editor.currentData()
            return self.editor.currentText().strip() if self.editor.isEditable() or chosen is None else str(chosen)
        return (
            self.editor.text() if self.editor.echoMode() == QLineEdit.EchoMode.Password else self.editor.text().strip()
        )

    @property
    def error_words(self) -> str:
        """The sentence under the field; empty when it is right."""
        return self._below.text() if self._below.property("role") == "error" else ""

    def show_error(self, text: Text | None) -> None:
        """Say what is wrong, or nothing any more."""
        self._below.set_words(text if text is not None else self._hint)
        self._below.setProperty("role", "small" if text is None else "error")
        self._below.setVisible(text is not None or bool(self._hint))
        self.editor.setProperty("wrong", text is not None)
        restyle(self._below)
        restyle(self.editor)
        if text is not None:
            self.editor.setFocus()
            self._come_into_sight()

    def _come_into_sight(self) -> None:
        place = self.parentWidget()
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if place is not None:
            place.ensureWidgetVisible(self)


def line_edit(text: str = "", *, placeholder: Words = "", is_secret: bool = False) -> QLineEdit:
    """A line to type in."""
    editor = QLineEdit(text)
    editor.setPlaceholderText(ui_text(placeholder))
    editor.setMaxLength(300)
    if is_secret:
        editor.setEchoMode(QLineEdit.EchoMode.Password)
    return editor


def choice(options: Iterable[tuple[str, Words]], chosen: str = "") -> QComboBox:
    """A closed choice: stored word and what is shown."""
    box = QComboBox()
    for value, words in options:
        box.addItem(ui_text(words), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def open_choice(options: Iterable[str], chosen: str) -> QComboBox:
    """A choice that can also be typed, found by any part of it."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(options))
    box.setCurrentText(chosen)
    completer = QCompleter(box.model(), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCompleter(completer)
    return box
