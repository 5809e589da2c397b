"""The review as a file: a workbook of four lists, or one of them as CSV."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from core import costing
from core.costing import Days
from core.documents import write_xlsx
from core.errors import CoreError
from core.i18n import _
from desktop.context import AppContext
from desktop.printing.list_file import ask_where, write_file, write_sheet
from desktop.widgets import ui_text


def ask_and_save(context: AppContext, owner: QWidget, days: Days, sheet: int | None) -> None:
    """Ask where to, then write: all lists as a workbook, or the list numbered `sheet` as CSV."""
    title = f"{ui_text(_('Monthly cost'))} {days.first.isoformat()} {days.last.isoformat()}"
    ending = "xlsx" if sheet is None else "csv"
    ask_where(owner, title, ending, lambda path: save_review(context, owner, days, path, sheet))


def save_review(context: AppContext, owner: QWidget, days: Days, path: Path, sheet: int | None) -> None:
    """Write the file beside the window and say so."""

    def work() -> None:
        sheets = context.office.ask(costing.list_review_sheets, days=days, language=context.language)
        if sheet is None:
            write_file(path, lambda part: write_xlsx(sheets, context.language, part))
        else:
            write_sheet(sheets[sheet], path, context.language)

    def told(_nothing: object) -> None:
        context.shell.say(_("Saved as {file}.", file=path.name))

    def failed(error: CoreError) -> None:
        context.shell.show_error(error.text)

    context.shell.say(_("Writing {file}…", file=path.name))
    context.ops.run(owner, work, then=told, failed=failed)
