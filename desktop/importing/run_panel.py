"""A file brought in earlier: what it made, and undoing that."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import CoreError
from core.i18n import _, verbatim
from core.importing import ImportRunRow
from core.words import word
from desktop.theme import Meaning
from desktop.widgets import Button, DetailPanel, Label, Notice, Words, instant_words


class RunPanel(DetailPanel):
    """`undo(run_id)` is called by the button; why it cannot be undone comes back to `show_error`."""

    def __init__(self, run: ImportRunRow, undo: Callable[[int], object]) -> None:
        super().__init__(verbatim(run.file_name), word(run.kind))
        self._run, self._undo = run, undo
        facts: list[tuple[Words, Words]] = [
            (_("Date and time"), instant_words(run.at)),
            (_("Handled by"), run.by),
            (_("Rows"), f"{run.rows:,}"),
            (_("Records made"), f"{run.made:,}"),
        ]
        if run.changed:
            facts.append((_("Records changed"), f"{run.changed:,}"))
        if run.undone_at is not None:
            facts.append((_("Undone"), instant_words(run.undone_at)))
        self.add_facts(facts)
        self.error = Notice("", Meaning.DANGER)
        self.error.hide()
        self.add_widget(self.error)
        if run.undone_at is None:
            words = _(
                "Undoing reverses the postings of this file, removes the records it made and brings back what it changed, all or nothing."
            )
            self.add_widget(Label(words, "muted", wrap=True))
            self.button = self.add_action(Button(_("Undo this import"), self.undo, icon_name="undo", kind="danger"))

    def undo(self) -> None:
        """Take it back."""
        self.button.setEnabled(False)
        self._undo(self._run.run_id)

    def show_error(self, error: CoreError) -> None:
        """Say why it cannot be undone."""
        self.button.setEnabled(True)
        self.error.say(error.text)
