"""What a field held before the first key of a scan was typed into it, so that it can be put back."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.widgets import Editor

Restore = Callable[[], None]


def is_text_field(widget: QWidget | None) -> bool:
    """Whether keys typed here become text that can be taken back."""
    return isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and not widget.isReadOnly()


def is_secret_field(widget: QWidget | None) -> bool:
    """Whether a password or PIN is typed here: what comes there is nobody else's."""
    return isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal


def remember(widget: QWidget | None) -> Restore | None:
    """How to put the field back as it stands now; None when nothing is typed there."""
    parent = widget
    while parent is not None and not isinstance(parent, Editor):
        parent = parent.parentWidget()
    kept = parent.kept() if isinstance(parent, Editor) else None
    if kept is None and isinstance(widget, QLineEdit):
        kept = _line(widget)
    elif kept is None and isinstance(widget, QPlainTextEdit | QTextEdit):
        kept = _paragraphs(widget)
    if kept is None or widget is None:
        return None
    restore, field = kept, widget
    return lambda: restore() if shiboken6.isValid(field) else None


def _line(line: QLineEdit) -> Restore:
    text, at, start, chosen = line.text(), line.cursorPosition(), line.selectionStart(), len(line.selectedText())

    def restore() -> None:
        line.setText(text)
        line.setCursorPosition(at)
        if start >= 0:
            line.setSelection(start, chosen)
        line.textEdited.emit(text)

    return restore


def _paragraphs(edit: QPlainTextEdit | QTextEdit) -> Restore:
    cursor = edit.textCursor()
    start, chosen, length = cursor.selectionStart(), cursor.selectedText(), edit.document().characterCount()

    def restore() -> None:
        more = edit.document().characterCount() - length + len(chosen)
        now = edit.textCursor()
        now.setPosition(start)
        now.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, max(0, more))
        now.insertText(chosen)
        edit.setTextCursor(now)

    return restore
