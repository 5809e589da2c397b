"""Import: one file at a time, and the files brought in earlier with their undo."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import importing
from core.i18n import _, _n
from core.importing import ImportRunRow
from core.words import ImportKind
from desktop.context import AppContext
from desktop.importing.columns import RUNS
from desktop.importing.file_part import FilePart
from desktop.importing.run_panel import RunPanel
from desktop.widgets import PageBase, RowTable, Tabs

PARTS = ("file", "earlier")


class ImportPage(PageBase):
    """F2 chooses a file, F9 brings it in; an earlier file opens beside the list."""

    def __init__(self, context: AppContext, *, kind: str = ImportKind.ITEMS, part: str = "file") -> None:
        super().__init__(
            _("Import files"), _("Bring in lists from other programs: all rows, or none and what is wrong.")
        )
        self._context = context
        self.file = FilePart(context, ImportKind(kind))
        self.runs = RowTable(RUNS, name=_("Earlier files"), key="importing.runs")
        self.parts = Tabs(_("Import files"))
        self.parts.add(_("Bring in"), self.file)
        self.runs.set_empty(
            _("No file was brought in yet. Each stands here with what it made, and can be undone from here.")
        )
        self.parts.add(_("Earlier files"), self.runs)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(16, 0, 16, 16)
        whole.addWidget(self.parts)
        self.set_content(content)
        self.parts.setCurrentIndex(PARTS.index(part))
        self.set_primary(_("Choose a file…"), self.choose_file, "folder")
        self.add_more(_("Save an empty table to fill in…"), self.file.choose_template, "export")
        self.runs.row_activated.connect(self.open_run)
        context.hub.watch(self, ["import"], self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask again for the files brought in earlier (F5)."""
        self.start_loading()
        self._context.ops.ask(self, importing.list_imports, then=self._show_runs, failed=self.show_error)

    def choose_file(self) -> None:
        """Ask for the file (F2)."""
        self.parts.setCurrentIndex(PARTS.index("file"))
        self.file.choose_file()

    def post(self) -> None:
        """Bring the file in (F9)."""
        self.file.post()

    def _show_runs(self, runs: list[ImportRunRow]) -> None:
        self.runs.set_rows(runs)
        self.parts.set_words(1, _("Earlier files ({n})", n=len(runs)))
        self.show_content()

    def open_run(self, run: ImportRunRow) -> None:
        """Show an earlier file beside the list."""
        self.open_panel(RunPanel(run, self.undo), 400)

    def undo(self, run_id: int) -> None:
        """Take back what a file brought in."""
        panel = self.panel()
        failed = panel.show_error if isinstance(panel, RunPanel) else self.show_error
        self._context.ops.do(self, importing.undo_import, then=self._undone, failed=failed, run_id=run_id)

    def _undone(self, count: int) -> None:
        self.close_panel()
        self._context.shell.say(_n("Undone: {n} record or posting.", "Undone: {n} records and postings.", count))
        self.reload()
