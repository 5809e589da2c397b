"""What a backup says of itself, and restoring it as a further site of this PC."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from core.errors import CoreError
from core.i18n import _, verbatim
from core.maintenance import BackupFacts
from desktop.maintenance.columns import size_words
from desktop.widgets import Button, DetailPanel, Form, Label, TextEdit, Words, instant_words


class RestorePanel(DetailPanel):
    """`restore(file, name)` is called by the button; errors come back to `show_error`."""

    def __init__(self, file: Path, facts: BackupFacts, restore: Callable[[Path, str], object]) -> None:
        super().__init__(_("Backup"), verbatim(file.name))
        self._file, self._restore = file, restore
        self.add_facts(self._facts(facts))
        self.add_widget(
            Label(
                _(
                    "It becomes a further site of this PC and is verified first. The sites that are there stay as they are."
                ),
                "muted",
                wrap=True,
            )
        )
        self.form = Form()
        self.form.add("name", _("Name of the restored site"), TextEdit(_("Name of the restored site"), most=60))
        self.form.editor("name").set_value(f"{facts.site} {facts.made_at:%Y-%m-%d}")
        self.add_widget(self.form)
        self.button = self.add_action(Button(_("Restore as a new site"), self.restore, kind="primary"))
        self.form.submitted.connect(self.restore)

    def restore(self) -> None:
        """Begin, when the name was given."""
        values = self.form.read() if self.button.isEnabled() else None
        if values is not None:
            self.button.setEnabled(False)
            self._restore(self._file, values["name"] or "")

    def show_error(self, error: CoreError) -> None:
        """Say at the field or in the panel why not."""
        self.button.setEnabled(True)
        self.form.show_error(error)

    def _facts(self, facts: BackupFacts) -> Sequence[tuple[Words, Words]]:
        return [
            (_("Site"), facts.site),
            (_("Made"), instant_words(facts.made_at)),
            (_("Rows"), f"{facts.rows:,}"),
            (_("Last posting"), str(facts.head_id)),
            (_("Database"), "SQLite" if facts.database == "sqlite" else "PostgreSQL"),
            (_("Version of the data"), facts.schema),
            (_("Size"), size_words(self._file.stat().st_size)),
        ]
