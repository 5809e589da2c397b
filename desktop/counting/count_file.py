"""The sheet of a count as a file: out to be filled in a spreadsheet, and back with what is wrong row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from core import counting, importing
from core.errors import CoreError, NeedsConfirmation, Rejected
from core.i18n import Text, _, _n
from core.importing import CountFileResult, ImportFile
from desktop.context import AppContext
from desktop.printing.list_file import KINDS, write_sheet
from desktop.printing.read_file import ENDINGS, read_file
from desktop.theme import Meaning
from desktop.widgets import Button, Column, DetailPanel, Kind, Label, RowTable, ui_text

if TYPE_CHECKING:
    from desktop.counting.count_page import CountPage

PANEL_WIDTH = 460


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a row of the file."""

    row: int
    field: str
    text: Text


FAULTS = (
    Column("row", _("Row"), 60, kind=Kind.QTY, zero_is_dash=True),
    Column("field", _("Column"), 90),
    Column("text", _("What is wrong, and what would be right"), 260, stretch=True, sortable=False),
)


class FaultsPanel(DetailPanel):
    """The wrong rows of a filled sheet; nothing of it was kept."""

    def __init__(self, file: str, faults: Sequence[Wrong]) -> None:
        super().__init__(_("What is wrong"), file)
        words = _("Nothing was kept. Correct the rows in the file, save it, and bring it in again.")
        self.add_widget(Label(words, "muted", wrap=True))
        self.table = RowTable(FAULTS, name=_("What is wrong"), key="counting.file_faults")
        self.table.set_rows(faults)
        self.add_widget(self.table)
        self.add_action(Button(_("Close"), self.close_requested.emit))


class CountFile:
    """Saves the sheet and brings it back; figures are of the moment beside the chips."""

    def __init__(self, context: AppContext, page: CountPage, count_id: int) -> None:
        self._context, self._page, self._count_id = context, page, count_id

    def choose_target(self) -> None:
        """Ask where to save the sheet."""
        name = f"{ui_text(_('Count sheet'))} {self._page.detail_title()}.xlsx"
        asked = QFileDialog(self._page, ui_text(_("Save as")), name, ";;".join(KINDS.values()))
        asked.setDefaultSuffix("xlsx")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        asked.open()

    def save(self, path: Path) -> None:
        """Write the sheet beside the window and say so."""
        context, count_id = self._context, self._count_id

        def work() -> int:
            sheet = context.office.ask(counting.get_count_form, count_id=count_id, language=context.language)
            return write_sheet(sheet, path, context.language)

        context.ops.run(
            self._page,
            work,
            then=lambda rows: context.shell.say(_("{n} rows saved as {file}.", n=f"{rows:,}", file=path.name)),
            failed=lambda error: context.shell.show_error(error.text),
        )

    def choose_file(self) -> None:
        """Ask for the filled sheet."""
        asked = QFileDialog(self._page, ui_text(_("Choose a file…")), "", f"{ui_text(_('Tables'))} ({ENDINGS})")
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.fileSelected.connect(lambda chosen: self.bring_in(Path(chosen)))
        asked.open()

    def bring_in(self, path: Path) -> None:
        """Read the filled sheet beside the window and bring it into the count."""
        self._context.ops.run(self._page, lambda: read_file(path), then=self._send, failed=self._refused)

    def _send(self, file: ImportFile) -> None:
        at = self._page.at.moment()
        if isinstance(at, CoreError):
            return
        self._context.ops.do(
            self._page,
            importing.import_count,
            then=self._done,
            failed=lambda error: self._failed(file.name, error),
            count_id=self._count_id,
            content=file,
            at=at,
        )

    def _done(self, result: CountFileResult) -> None:
        words = _n("{n} line counted from the file.", "{n} lines counted from the file.", result.entered)
        if result.unchanged:
            words = _("{words} {n} had that figure already.", words=words, n=result.unchanged)
        if result.blank:
            words = _("{words} {n} rows have no figure.", words=words, n=result.blank)
        self._page.close_panel()
        self._page.say(words, Meaning.GOOD)
        self._page.ask_soon()

    def _failed(self, name: str, error: CoreError) -> None:
        if isinstance(error, Rejected):
            faults = [Wrong(one.row or 0, one.field or "", one.text) for one in error.errors]
            self._page.open_panel(FaultsPanel(name, faults), PANEL_WIDTH)
        if not isinstance(error, NeedsConfirmation):
            self._refused(error)

    def _refused(self, error: CoreError) -> None:
        self._page.say(error.text, Meaning.DANGER)
