"""Words and codes."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from core.errors import InvalidInput
from core.i18n import _
from desktop.widgets.editors.base import CodeField, Editor, LineEditor
from desktop.widgets.language import Words, ui_text

if TYPE_CHECKING:
    from core.devices import Scan

PLAIN_SCANS = frozenset({"text", "url", "sscc"})


class TextEdit(LineEditor):
    """One line of words. The value has no blanks around it and is None when empty."""

    def __init__(self, name: Words = "", *, placeholder: Words = "", most: int = 200, is_secret: bool = False) -> None:
        super().__init__(name, placeholder=placeholder)
        self._most = most
        if is_secret:
            self._line.setEchoMode(self._line.EchoMode.Password)

    def value(self) -> str | None:
        text = self._line.text().strip()
        if len(text) > self._most:
            raise InvalidInput(_("At most {most} characters; these are {n}.", most=self._most, n=len(text)))
        return text or None

    def set_value(self, value: str | None) -> None:
        self._line.setText(value or "")


class CodeEdit(TextEdit):
    """A code, as typed or scanned: the input method stays out, full-width letters become plain ones, blanks vanish."""

    line_class = CodeField

    def __init__(self, name: Words = "", *, placeholder: Words = "", most: int = 64, upper: bool = False) -> None:
        super().__init__(name, placeholder=placeholder, most=most)
        self._upper = upper
        self.takes_all = False
        self._line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        hints = Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText
        self._line.setInputMethodHints(hints)

    def take_scan(self, scan: Scan) -> bool:
        """A scan while the keyboard is here: plain codes are for this field; goods only where it takes all."""
        if self._line.isReadOnly() or not (self.takes_all or scan.kind in PLAIN_SCANS):
            return False
        self.type_text(self.scanned_text(scan))
        self.committed.emit()
        return True

    def scanned_text(self, scan: Scan) -> str:
        """What of a scan stands in this field."""
        return scan.text or scan.raw.removeprefix(scan.symbology)

    def value(self) -> str | None:
        code = "".join(unicodedata.normalize("NFKC", super().value() or "").split())
        return (code.upper() if self._upper else code) or None


class _Paragraphs(QPlainTextEdit):
    """Tab leaves the field, as everywhere else."""

    def __init__(self, owner: NoteEdit) -> None:
        super().__init__()
        self._owner = owner
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._owner.committed.emit()


class NoteEdit(Editor):
    """Several lines of words."""

    def __init__(self, name: Words = "", *, placeholder: Words = "", lines: int = 3, most: int = 5000) -> None:
        super().__init__(name)
        self._placeholder, self._most = placeholder, most
        self._text = _Paragraphs(self)
        self._text.setFixedHeight(lines * self._text.fontMetrics().lineSpacing() + 18)
        self._row.addWidget(self._text, 1)
        self.setFocusProxy(self._text)
        self._text.textChanged.connect(self._edited)
        self.retranslate()

    def field(self) -> QWidget:
        return self._text

    def value(self) -> str | None:
        text = self._text.toPlainText().strip()
        if len(text) > self._most:
            raise InvalidInput(_("At most {most} characters; these are {n}.", most=self._most, n=len(text)))
        return text or None

    def set_value(self, value: str | None) -> None:
        self._text.blockSignals(True)
        self._text.setPlainText(value or "")
        self._text.blockSignals(False)

    def set_read_only(self, is_read_only: bool) -> None:
        self._text.setReadOnly(is_read_only)

    def retranslate(self) -> None:
        super().retranslate()
        self._text.setPlaceholderText(ui_text(self._placeholder))
