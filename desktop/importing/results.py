"""Beside the columns of a file: its first rows as they stand in it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from core.i18n import _
from core.importing import FilePreview
from desktop.importing.columns import FAULTS, Wrong, preview_columns
from desktop.widgets import RowTable, Tabs, ui_text

ROWS, WRONG = 0, 1


class Results(Tabs):
    """Two tabs; what is wrong comes to the front when there is something."""

    def __init__(self) -> None:
        super().__init__(_("The file"))
        self.first_rows = RowTable([], name=_("First rows"))
        self.faults = RowTable(FAULTS, name=_("What is wrong"), key="importing.faults")
        self.add(_("First rows"), self.first_rows)
        self.add(_("What is wrong"), self.faults)

    def show_preview(self, preview: FilePreview) -> None:
        """The first rows of a file under its own headings."""
        table = RowTable(preview_columns(preview.columns), name=_("First rows"))
        table.set_rows(preview.first_rows)
        before, self.first_rows = self.first_rows, table
        self.removeTab(ROWS)
        self.insertTab(ROWS, table, ui_text(_("First rows")))
        self.setCurrentIndex(ROWS)
        before.deleteLater()

    def show_faults(self, faults: Sequence[Wrong]) -> None:
        """What is wrong, row by row."""
        self.faults.set_rows(faults)
        self.set_words(WRONG, _("What is wrong ({n})", n=len(faults)) if faults else _("What is wrong"))
        self.setCurrentIndex(WRONG if faults else ROWS)
