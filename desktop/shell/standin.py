"""A manager allows one action by PIN, at the PC of whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from core.i18n import Text, _, verbatim
from desktop.shell.fields import StartField, choice, line_edit
from desktop.shell.parts import row
from desktop.shell.question import window_of
from desktop.widgets import Button, Label, ui_text

WIDTH = 460
Answered = Callable[[tuple[str, str] | None], object]


class StandInDialog(QDialog):
    """Says what is not allowed, and takes the name and PIN of who may allow it; `answered` gets both, or None."""

    def __init__(self, owner: QObject, why: Text, people: Iterable[str], answered: Answered) -> None:
        super().__init__(window_of(owner))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui_text(_("Allow this once")))
        self.setMinimumWidth(WIDTH)
        self._answered = answered
        self.who = StartField(_("Who allows it"), choice((name, verbatim(name)) for name in people))
        self._secret = line_edit(is_secret=True)
        self.pin = StartField(_("PIN"), self._secret)
        self._allow = Button(_("Allow"), self.allow, kind="primary")
        self._allow.setEnabled(False)
        self._secret.textChanged.connect(lambda typed: self._allow.setEnabled(bool(typed)))
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(Label(_("Allow this once"), "heading"))
        layout.addWidget(Label(why, wrap=True))
        layout.addWidget(self.who)
        layout.addWidget(self.pin)
        layout.addLayout(row(1, Button(_("Cancel"), self.reject), self._allow))
        self.finished.connect(self._on_finished)
        self._secret.setFocus()

    def allow(self) -> None:
        """Go on with the name and PIN."""
        if self.pin.text:
            self.accept()

    def _on_finished(self, result: int) -> None:
        is_given = result == QDialog.DialogCode.Accepted
        self._answered((self.who.text, self.pin.text) if is_given else None)
