"""A form in the side panel: its verb, Cancel, errors at their fields, and the choice when two people edited one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import Conflict, CoreError, NeedsConfirmation
from core.i18n import Text, _, join, verbatim
from desktop.theme import Meaning
from desktop.widgets.detail import DetailPanel
from desktop.widgets.form import Form
from desktop.widgets.language import Words
from desktop.widgets.notice import Notice
from desktop.widgets.words import Button

Send = Callable[[dict[str, Any]], object]


class FormPanel(DetailPanel):
    """`send(values)` does the command and then calls `done`, or leaves the error to `show_error`. `saved(answer)` follows.

    After a conflict `settled(taken)` is told: the fields by name in which the other person's value shall stand, with it.
    Who listens reads the record anew, lays what was typed over it, and saves.
    """

    saved = Signal(object)
    cancelled = Signal()
    settled = Signal(object)

    def __init__(self, title: Words, form: Form, send: Send, *, subtitle: Words = "", verb: Words = "") -> None:
        super().__init__(title, subtitle)
        self.form, self._send = form, send
        self._conflict: Conflict | None = None
        self._asked = Notice(meaning=Meaning.SOON)
        self._asked.hide()
        self._answers = self._two_answers()
        self.add_widget(self._asked)
        self.add_widget(self._answers)
        self.add_widget(form)
        self.save_button = self.add_action(Button(verb or _("Save"), self.save, kind="primary", key="Ctrl+Return"))
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        form.submitted.connect(self.save)

    def save(self) -> None:
        """Read the form and send it, once."""
        values = self.form.read() if self.save_button.isEnabled() else None
        if values is not None:
            self.save_button.setEnabled(False)
            self._send(values)

    def done(self, answer: object = None) -> None:
        """It went through."""
        self.form.mark_unchanged()
        self.save_button.setEnabled(True)
        self.saved.emit(answer)

    def show_error(self, error: CoreError) -> None:
        """It did not: say why at the field, or ask whose value stays. A question of the core is asked by the shell."""
        self.save_button.setEnabled(True)
        if isinstance(error, Conflict) and error.theirs:
            self._ask_whose(error)
        elif not isinstance(error, NeedsConfirmation):
            self.form.show_error(error)

    def is_changed(self) -> bool:
        """Whether something typed here is not saved."""
        return self.form.is_changed()

    def focus_field(self, key: str = "") -> None:
        """Put the keyboard into a field; the first one when none is named; the button when there is none."""
        keys = self.form.keys()
        wanted = key if key in keys else next(iter(keys), "")
        target = self.form.editor(wanted).field() if wanted else self.save_button
        target.setFocus()

    def answer(self, *, keeps_mine: bool) -> None:
        """Whose values stay where two people edited one field."""
        conflict, self._conflict = self._conflict, None
        self._asked.hide()
        self._answers.hide()
        if conflict is not None:
            self.settled.emit({} if keeps_mine else dict(conflict.theirs))

    def question(self) -> str:
        """What is asked about a conflict, empty while nothing is."""
        return self._asked.text() if self._conflict is not None else ""

    def _ask_whose(self, error: Conflict) -> None:
        self._conflict = error
        self._answers.show()
        self._asked.say(_("{what} Meanwhile: {theirs}", what=error.text, theirs=self._in_words(error.theirs)))

    def _in_words(self, values: Mapping[str, object]) -> Text:
        keys = self.form.keys()
        labels = {key: self.form.editor(key).name() for key in keys}
        return join(
            [
                _("{field} = {value}", field=labels.get(key, key), value=verbatim(str(value)))
                for key, value in values.items()
            ]
        )

    def _two_answers(self) -> QWidget:
        answers = QWidget()
        row = QHBoxLayout(answers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Button(_("Keep mine"), lambda: self.answer(keeps_mine=True)))
        row.addWidget(Button(_("Take theirs"), lambda: self.answer(keeps_mine=False)))
        row.addStretch(1)
        answers.hide()
        return answers
