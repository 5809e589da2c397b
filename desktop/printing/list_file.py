"""A list as a file: everything the filters leave, not only what is on screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.documents import Sheet, write_csv, write_xlsx
from core.errors import CoreError, Refused
from core.i18n import Language, Text, _
from desktop.context import AppContext
from desktop.widgets import ui_text

KINDS = {"xlsx": "Excel (*.xlsx)", "csv": "CSV (*.csv)"}

MakeSheet = Callable[[], Sheet]
"""Called beside the window; reads everything through the office."""


class ListFile:
    """Asks where to, then writes beside the window. `prepare()` is called on the window's thread and answers the maker."""

    def __init__(self, context: AppContext, owner: QWidget, title: Text, prepare: Callable[[], MakeSheet]) -> None:
        self._context, self._owner, self._title, self._prepare = context, owner, title, prepare

    def ask(self, ending: str) -> None:
        """Ask for the file's name: `ending` is xlsx or csv."""
        name = f"{ui_text(self._title)}.{ending}"
        asked = QFileDialog(self._owner, ui_text(_("Save as")), name, KINDS[ending])
        asked.setDefaultSuffix(ending)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        asked.open()

    def save(self, path: Path) -> None:
        """Read the whole list and write it."""
        make, language = self._prepare(), self._context.language
        self._context.ops.run(
            self._owner, lambda: write_sheet(make(), path, language), then=lambda rows: self._told(rows, path),
            failed=self._failed,
        )  # fmt: skip

    def _told(self, rows: int, path: Path) -> None:
        self._context.shell.say(_("{n} rows saved as {file}.", n=f"{rows:,}", file=path.name))

    def _failed(self, error: CoreError) -> None:
        self._context.shell.show_error(error.text)


def write_sheet(sheet: Sheet, path: Path, language: Language) -> int:
    """Write a list; the kind of file follows from its ending. Answers the rows. Raises Refused when it cannot be written."""
    rows = list(sheet.rows)
    whole = Sheet(sheet.title, sheet.columns, rows, sheet.facts, sheet.totals, sheet.notation)
    try:
        if path.suffix.lower() == ".csv":
            with path.open("wb") as target:
                write_csv(whole, language, target)
        else:
            write_xlsx(whole, language, path)
    except OSError as fault:
        raise Refused(
            _("{file} cannot be written. Close it elsewhere, or choose another place.", file=path.name)
        ) from fault
    return len(rows)
