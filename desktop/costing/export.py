"""The review as a file: a workbook of four lists, or one of them as CSV."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core import costing
from core.costing import Days
from core.documents import write_csv, write_xlsx
from core.errors import CoreError, Refused
from core.i18n import _
from desktop.context import AppContext
from desktop.widgets import ui_text

KINDS = {"xlsx": "Excel (*.xlsx)", "csv": "CSV (*.csv)"}


def ask_and_save(context: AppContext, owner: QWidget, days: Days, sheet: int | None) -> None:
    """Ask where to, then write: all lists as a workbook, or the list numbered `sheet` as CSV."""
    ending = "xlsx" if sheet is None else "csv"
    name = f"{ui_text(_('Monthly cost'))} {days.first.isoformat()} {days.last.isoformat()}.{ending}"
    asked = QFileDialog(owner, ui_text(_("Save as")), name, KINDS[ending])
    asked.setDefaultSuffix(ending)
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.fileSelected.connect(lambda chosen: save_review(context, owner, days, Path(chosen), sheet))
    asked.open()


def save_review(context: AppContext, owner: QWidget, days: Days, path: Path, sheet: int | None) -> None:
    """Write the file beside the window and say so."""

    def work() -> None:
        sheets = context.office.ask(costing.list_review_sheets, days=days, language=context.language)
        try:
            if sheet is None:
                write_xlsx(sheets, context.language, path)
            else:
                with path.open("wb") as target:
                    write_csv(sheets[sheet], context.language, target)
        except OSError as fault:
            raise Refused(
                _("{file} cannot be written. Close it elsewhere, or choose another place.", file=path.name)
            ) from fault

    def told(_nothing: object) -> None:
        context.shell.say(_("Saved as {file}.", file=path.name))

    def failed(error: CoreError) -> None:
        context.shell.show_error(error.text)

    context.shell.say(_("Writing {file}…", file=path.name))
    context.ops.run(owner, work, then=told, failed=failed)
