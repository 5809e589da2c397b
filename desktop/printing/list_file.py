"""A list as a file: everything the filters leave, not only what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.documents import Cell, Sheet, write_csv, write_xlsx
from core.errors import CoreError, Refused
from core.i18n import Language, Text, _
from desktop.context import AppContext
from desktop.printing.file_bar import FileBar
from desktop.widgets import ui_text

KINDS = {"xlsx": "Excel (*.xlsx)", "csv": "CSV (*.csv)", "pdf": "PDF (*.pdf)", "json": "JSON (*.json)"}
STEP = 500

MakeSheet = Callable[[], Sheet]
"""Called beside the window; reads everything through the office."""
Report = Callable[[float, Text], object]


class ListFile:
    """Asks where to, then writes beside the window. `prepare()` is called on the window's thread and answers the maker."""

    def __init__(self, context: AppContext, owner: QWidget, title: Text, prepare: Callable[[], MakeSheet]) -> None:
        self._context, self._owner, self._title, self._prepare = context, owner, title, prepare

    def ask(self, ending: str) -> None:
        """Ask for the file's name: `ending` is xlsx or csv."""
        ask_where(self._owner, ui_text(self._title), ending, self.save)

    def save(self, path: Path) -> None:
        """Read the whole list and write it."""
        save_list(self._context, self._owner, self._prepare(), path)


def ask_where(owner: QWidget, title: str, ending: str, chosen: Callable[[Path], object]) -> None:
    """Ask for the name of a file to write: `ending` is one of KINDS; `chosen` gets the path."""
    asked = QFileDialog(owner, ui_text(_("Save as")), f"{title}.{ending}", KINDS[ending])
    asked.setDefaultSuffix(ending)
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.fileSelected.connect(lambda name: chosen(Path(name)))
    asked.open()


def save_list(
    context: AppContext, owner: QWidget, make: MakeSheet, path: Path, told: Callable[[int], object] | None = None
) -> None:
    """Make and write a list beside the window; what takes longer than a second shows how far it is, with Cancel.

    `told(rows)` says what was saved, when the usual sentence is not enough.
    """
    bar, language = FileBar(owner), context.language

    def done(rows: int) -> None:
        bar.finish()
        if told is not None:
            told(rows)
        else:
            context.shell.say(_("{n} rows saved as {file}.", n=f"{rows:,}", file=path.name))

    def failed(error: CoreError) -> None:
        bar.finish()
        context.shell.show_error(error.text)

    job = context.ops.run(
        owner,
        lambda report: write_sheet(make(), path, language, report),
        then=done,
        failed=failed,
        progress=bar.progress,
    )
    bar.start(job, _("Writing {file}…", file=path.name), bar.deleteLater)


def write_sheet(sheet: Sheet, path: Path, language: Language, report: Report | None = None) -> int:
    """Write a list; the kind of file follows from its ending. Answers the rows. Raises Refused when it cannot be written.

    `report(share, words)` is told while rows are read (share -1: nobody knows how many come) and written; it may raise to
    stop the work.
    """
    tell = report or (lambda _share, _words: None)
    rows = list(_reading(sheet.rows, tell))
    whole = Sheet(sheet.title, sheet.columns, _writing(rows, tell), sheet.facts, sheet.totals, sheet.notation)

    def write(part: Path) -> None:
        if path.suffix.lower() == ".csv":
            with part.open("wb") as target:
                write_csv(whole, language, target)
        else:
            write_xlsx(whole, language, part)

    write_file(path, write)
    return len(rows)


def write_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write(part)` fill a file beside `path`, which takes its place when it is complete: work that was stopped or
    failed leaves what was there before. Raises Refused when the place cannot be written."""
    part = path.with_name(f"{path.name}.part")
    try:
        try:
            write(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as fault:
        raise Refused(
            _("{file} cannot be written. Close it elsewhere, or choose another place.", file=path.name)
        ) from fault


def _reading(rows: Iterable[Sequence[Cell]], tell: Report) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows):
        if number % STEP == 0:
            tell(-1, _("{count} rows read", count=f"{number:,}"))
        yield row


def _writing(rows: list[Sequence[Cell]], tell: Report) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows):
        if number % STEP == 0:
            tell(number / len(rows), _("{done} of {total} rows written", done=f"{number:,}", total=f"{len(rows):,}"))
        yield row
