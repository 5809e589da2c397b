"""A form of lines beside a list: typed in a bar, kept as a draft or submitted, decided on by somebody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.errors import Conflict, CoreError, NeedsConfirmation
from core.i18n import Text, _
from desktop.theme import Meaning
from desktop.widgets import Button, Column, DetailPanel, Form, NoteEdit, Notice, RowTable, Words, reveal


class TypedLines(Protocol):
    """The lines typed so far; each has an `id` of its own."""

    changed: SignalInstance

    def all(self) -> Sequence[Any]: ...
    def remove(self, line_id: int) -> None: ...


class LineBar(Protocol):
    """The bar a line is typed in; `show_error` says an error at its field, False where there is none for it."""

    entered: SignalInstance

    def has_typing(self) -> bool: ...
    def enter(self) -> None: ...
    def load(self, line: Any) -> None: ...
    def begin(self) -> None: ...
    def show_error(self, error: CoreError) -> bool: ...


class _Head(Form):
    """The fields over the lines; lines that are not saved count as typing."""

    def __init__(self, has_more: Callable[[], bool]) -> None:
        super().__init__()
        self._has_more = has_more

    def has_typing(self) -> bool:
        return super().has_typing() or self._has_more()

    def typed(self) -> dict[str, Any]:
        """What stands in the fields; None where nothing does or it cannot be read."""
        found: dict[str, Any] = {}
        for key in self.keys():
            try:
                found[key] = self.editor(key).value()
            except CoreError:
                found[key] = None
        return found


class LinesForm(DetailPanel):
    """`saved(answer)`, `cancelled`. Who derives from it gives `_count_words` and `_send`, and calls `arrange` once its
    bar and lines are made."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, title: Words, about: Words) -> None:
        super().__init__(title, about)
        self._is_sending = False
        self._first: tuple[Any, ...] = ()
        self.notice = Notice()
        self.notice.hide()
        self.form = _Head(self._has_lines_typed)

    def arrange(
        self, bar: QWidget, lines: TypedLines, table: RowTable, *, submit: Words, above: Sequence[QWidget] = ()
    ) -> None:
        """Put the parts under one another, with the verb of F9."""
        self._bar: LineBar = bar  # type: ignore[assignment]  # a widget that has what the protocol says
        self._lines, self.table = lines, table
        table.row_activated.connect(self._bar.load)
        for widget in (*above, self.notice, self.form, bar, table):
            self.add_widget(widget)
        self.add_action(Button(submit, self.submit, kind="primary", icon_name="check", key="F9"))
        self.add_action(Button(_("Save as draft"), self.save_draft, icon_name="save"))
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        lines.changed.connect(self._show_lines)

    # --- typing

    def begin(self) -> None:
        """The keyboard goes where typing begins, once the form has its place on screen."""
        self._bar.begin()
        bar: QWidget = self._bar  # type: ignore[assignment]
        QTimer.singleShot(0, bar, lambda: reveal(bar))

    def take_as_saved(self) -> None:
        """What stands here now is what is saved."""
        self._first = tuple(self._lines.all())
        self.form.mark_unchanged()

    def has_unsaved(self) -> bool:
        """Whether something typed here is not saved."""
        return self.form.has_typing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and row is not None:
            self._lines.remove(row.id)
        else:
            super().keyPressEvent(event)

    def _show_lines(self) -> None:
        lines = self._lines.all()
        self.table.set_rows(lines)
        self.set_title(self._title.words(), self._count_words(lines) if lines else self._subtitle.words())

    def _count_words(self, lines: Sequence[Any]) -> Text:
        """How much stands here, under the title."""
        raise NotImplementedError

    def _has_lines_typed(self) -> bool:
        return tuple(self._lines.all()) != self._first or self._bar.has_typing()

    # --- saving

    def submit(self) -> None:
        """Save it and let it wait for approval (F9)."""
        self._save(is_submitted=True)

    def save_draft(self) -> None:
        """Save it, to go on later."""
        self._save(is_submitted=False)

    def _save(self, *, is_submitted: bool) -> None:
        if self._is_sending:
            return
        if self._bar.has_typing():
            self._bar.enter()
            if self._bar.has_typing():
                return
        values = self.form.read()
        if values is not None:
            self._is_sending = True
            self.setEnabled(False)
            self._send(values, is_submitted=is_submitted)

    def _send(self, values: dict[str, Any], *, is_submitted: bool) -> None:
        """Do the command, then `done` or `show_error`."""
        raise NotImplementedError

    def done(self, answer: object) -> None:
        """It is saved."""
        self._is_sending = False
        self.setEnabled(True)
        self.take_as_saved()
        self.saved.emit(answer)

    def show_error(self, error: CoreError) -> None:
        """It was not saved: say why at its field or line; what is typed stays."""
        self._is_sending = False
        self.setEnabled(True)
        lines = self._lines.all()
        if isinstance(error, NeedsConfirmation):
            return
        if isinstance(error, Conflict):
            self.notice.say(
                _("Somebody else changed this meanwhile. Close the form and look at it again."), Meaning.SOON
            )
        elif error.row and error.row <= len(lines):
            self._bar.load(lines[error.row - 1])
            if not self._bar.show_error(error):
                self.notice.say(error.text, Meaning.DANGER)
        elif error.field and error.field in set(self.form.keys()):
            self.form.show_error(error)
        else:
            self.notice.say(error.text, Meaning.DANGER)


def lines_table(columns: Sequence[Column], empty: Text, height: int) -> RowTable:
    """The lines under the bar, as high as there is room."""
    table = RowTable(list(columns), name=_("Lines"))
    table.set_empty(empty)
    table.set_rows([])
    table.setMinimumHeight(height)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return table


class TurnDownPanel(DetailPanel):
    """Why something submitted is turned down. `decided(note)`."""

    decided = Signal(str)

    def __init__(self, number: str, of: Words, hint: Words) -> None:
        super().__init__(_("Turn down {number}", number=number), of)
        self.form = Form()
        self.note = NoteEdit()
        self.form.add("note", _("Why"), self.note, required=True, hint=hint, span=True)
        self.add_widget(self.form)
        self.add_action(Button(_("Turn down"), self.send, kind="danger", key="Ctrl+Return"))
        self.add_action(Button(_("Back"), self.close_requested.emit))
        self.form.submitted.connect(self.send)

    def begin(self) -> None:
        """The keyboard goes into the note."""
        self.note.field().setFocus()

    def send(self) -> None:
        """Say it."""
        values = self.form.read()
        if values is not None:
            self.form.mark_unchanged()
            self.decided.emit(values["note"])


def state_ways(
    panel: DetailPanel, ways: Sequence[tuple[str, Text, str, str]], possible: frozenset[str] | set[str],
    do: Callable[[str], object],
) -> None:  # fmt: skip
    """A button for each of these ways (word, title, icon, kind) that is possible now, and Print."""
    for way, words, icon_name, kind in ways:
        if way in possible:
            panel.add_action(Button(words, lambda way=way: do(way), icon_name=icon_name, kind=kind))  # type: ignore[misc]
    panel.add_action(Button(_("Print"), lambda: do("print"), icon_name="print", key="F8"))
