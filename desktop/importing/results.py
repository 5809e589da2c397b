"""Beside the columns of a file: its first rows as they stand in it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from core.i18n import _
from core.importing import CellChange, FieldChoice, FilePreview
from desktop.importing.columns import CHANGES_OF, FAULTS, Wrong, changed_rows, preview_columns
from desktop.widgets import RowTable, Tabs, ui_text

ROWS, WRONG, CHANGES = 0, 1, 2


class Results(Tabs):
    """What is wrong comes to the front when there is something, else what would change."""

    def __init__(self) -> None:
        super().__init__(_("The file"))
        self.first_rows = RowTable([], name=_("First rows"))
        self.faults = RowTable(FAULTS, name=_("What is wrong"), key="importing.faults")
        self.faults.set_empty(_("Nothing wrong was found. Check looks at every row before anything is saved."))
        self.add(_("First rows"), self.first_rows)
        self.add(_("What is wrong"), self.faults)
        self.changes = RowTable(CHANGES_OF, name=_("What changes"), key="importing.changes")
        self.add(_("What changes"), self.changes)
        self.setTabVisible(CHANGES, False)

    def show_preview(self, preview: FilePreview) -> None:
        """The first rows of a file under its own headings."""
        table = RowTable(preview_columns(preview.columns), name=_("First rows"))
        table.set_rows(preview.first_rows)
        before, self.first_rows = self.first_rows, table
        self.removeTab(ROWS)
        self.insertTab(ROWS, table, ui_text(_("First rows")))
        self.setCurrentIndex(ROWS)
        before.deleteLater()

    def show_answer(
        self, faults: Sequence[Wrong], changes: Sequence[CellChange], fields: Sequence[FieldChoice] = ()
    ) -> None:
        """What is wrong, row by row, and what changes in things that are there, cell by cell."""
        self.faults.set_rows(faults)
        self.set_words(WRONG, _("What is wrong ({n})", n=len(faults)) if faults else _("What is wrong"))
        self.changes.set_rows(changed_rows(changes, fields))
        self.set_words(CHANGES, _("What changes ({n})", n=len(changes)))
        self.setTabVisible(CHANGES, bool(changes))
        self.setCurrentIndex(WRONG if faults else CHANGES if changes else ROWS)
