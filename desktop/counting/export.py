"""The differences of a count as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core import counting
from core.documents import write_csv, write_xlsx
from core.errors import CoreError, Refused
from core.i18n import _
from desktop.context import AppContext
from desktop.widgets import ui_text

KINDS = {"xlsx": "Excel (*.xlsx)", "csv": "CSV (*.csv)"}


def save_differences(context: AppContext, owner: QWidget, count_id: int, ending: str) -> None:
    """Ask where to, then write beside the window: `ending` is xlsx or csv."""
    name = f"{ui_text(_('Count differences'))}.{ending}"
    asked = QFileDialog(owner, ui_text(_("Save as")), name, KINDS[ending])
    asked.setDefaultSuffix(ending)
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.fileSelected.connect(lambda chosen: write_differences(context, owner, count_id, Path(chosen)))
    asked.open()


def write_differences(context: AppContext, owner: QWidget, count_id: int, path: Path) -> None:
    """Write the differences to a file and say so."""

    def work() -> int:
        sheet = context.office.ask(counting.get_difference_sheet, count_id=count_id, language=context.language)
        try:
            if path.suffix.lower() == ".csv":
                with path.open("wb") as target:
                    write_csv(sheet, context.language, target)
            else:
                write_xlsx(sheet, context.language, path)
        except OSError as fault:
            raise Refused(
                _("{file} cannot be written. Close it elsewhere, or choose another place.", file=path.name)
            ) from fault
        return len(list(sheet.rows))

    def told(rows: int) -> None:
        context.shell.say(_("{n} rows saved as {file}.", n=f"{rows:,}", file=path.name))

    def failed(error: CoreError) -> None:
        context.shell.show_error(error.text)

    context.ops.run(owner, work, then=told, failed=failed)
