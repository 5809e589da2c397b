"""The differences of a count as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from core import counting
from core.documents import Sheet
from core.i18n import _
from desktop.context import AppContext
from desktop.printing.list_file import ask_where, save_list
from desktop.widgets import ui_text


def save_differences(context: AppContext, owner: QWidget, count_id: int, ending: str) -> None:
    """Ask where to, then write beside the window: `ending` is xlsx or csv."""
    title = ui_text(_("Count differences"))
    ask_where(owner, title, ending, lambda path: write_differences(context, owner, count_id, path))


def write_differences(context: AppContext, owner: QWidget, count_id: int, path: Path) -> None:
    """Write the differences to a file and say so."""

    def make() -> Sheet:
        return context.office.ask(counting.get_difference_sheet, count_id=count_id, language=context.language)

    save_list(context, owner, make, path)
