"""Label jobs and everything ever printed: how far a job is, what it asks, and printing again exactly as it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import labels
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _
from core.labels import JobRow, JobRun, PrintedRow, StartedJob
from desktop.context import AppContext
from desktop.labels.job_panel import JobPanel, field_line
from desktop.labels.looks import TROUBLES, job_look, paper_words
from desktop.labels.printed_panel import PrintedPanel
from desktop.labels.runs import LabelRuns
from desktop.widgets import BadgeLook, Button, Column, KeyHint, Kind, PageBase, RowTable, Tabs

PARTS = ("jobs", "printed")
PANEL = 460


class JobsPage(PageBase):
    """`job_id` opens a job, `part` says which tab."""

    def __init__(self, context: AppContext, runs: LabelRuns, *, job_id: int = 0, part: str = "jobs") -> None:
        super().__init__(_("Label jobs"), _("What is being printed, and what was printed when and by whom"))
        self.context, self.runs = context, runs
        self._wanted = job_id
        self.table = RowTable(self._job_columns(), name=_("Label jobs"), key="labels.jobs")
        self.printed = RowTable(self._printed_columns(), name=_("Printed labels"), key="labels.printed")
        self.tabs = Tabs(_("Label jobs"))
        self.tabs.add(_("Jobs"), self.table)
        self.tabs.add(_("Printed"), self.printed)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 0, 16, 16)
        column.addWidget(self.tabs)
        self.set_content(content)
        self.tabs.setCurrentIndex(PARTS.index(part))
        self.set_primary(_("Print exactly again"), self.print_again, "print")
        self.add_search(lambda _text: self._ask_printed(), _("Words on a label, or a job's number"))
        self.head.add_button(Button(_("Labels to print"), lambda: context.shell.go("labels"), icon_name="barcode"))
        words = _("What is printed stays here and can be printed again exactly as it was.")
        self.set_empty(
            _("Nothing printed yet"), words, [(_("Labels to print"), lambda: context.shell.go("labels"))], "print"
        )
        self.tabs.currentChanged.connect(lambda _at: self._on_tab())
        self.table.row_activated.connect(self.open_job)
        self.table.clicked.connect(lambda index: self._open_at(index.row()))
        self.printed.row_activated.connect(self.open_printed)
        self.printed.clicked.connect(lambda index: self._open_at(index.row()))
        runs.changed.connect(self._on_progress)
        runs.ended.connect(self._on_ended)
        context.hub.watch(self, ("label_job",), self.reload)
        self._on_tab()
        self.start_loading()
        self.reload()

    # --- asking

    def reload(self) -> None:
        """Ask for jobs and history."""
        self.context.ops.ask(self, labels.list_jobs, then=self._on_jobs, failed=self.show_error)
        self._ask_printed()

    def _ask_printed(self) -> None:
        text = self.head.search_text()
        self.context.ops.ask(self, labels.list_printed, text=text, then=self._on_printed, failed=self.show_error)

    def _on_jobs(self, rows: list[JobRow]) -> None:
        self.table.set_rows(rows)
        if rows:
            self.show_content()
        else:
            self.show_empty()
        if self._wanted:
            wanted, self._wanted = self._wanted, 0
            self.table.select_where(lambda row: row.job_id == wanted)
        panel = self.panel()
        job_id = panel.job_id if isinstance(panel, JobPanel) else 0
        row = next((one for one in rows if one.job_id == job_id), None)
        if row is not None and isinstance(panel, JobPanel):
            panel.reload()
        elif panel is None and self.tabs.currentIndex() == 0:
            current = self.table.current_row()
            if current is not None:
                self.open_job(current)
        self._count()

    def _on_printed(self, rows: list[PrintedRow]) -> None:
        self.printed.set_rows(rows)
        self._count()

    def _count(self) -> None:
        self.set_count(self._shown().total())

    def _on_progress(self) -> None:
        self.table.viewport().update()

    def _on_ended(self, _run: JobRun) -> None:
        self.reload()

    # --- showing

    def _shown(self) -> RowTable:
        return self.table if self.tabs.currentIndex() == 0 else self.printed

    def _on_tab(self) -> None:
        is_printed = self.tabs.currentIndex() == 1
        self.head.enable_primary(is_printed)
        self.close_panel()
        self.setFocusProxy(self._shown())
        self._count()

    def _open_at(self, number: int) -> None:
        row = self._shown().row_at(number)
        if isinstance(row, JobRow):
            self.open_job(row)
        elif isinstance(row, PrintedRow) and len(self.printed.selected_rows()) <= 1:
            self.open_printed(row)

    def open_job(self, row: JobRow) -> None:
        """Show a job beside the list."""
        panel = self.panel()
        if isinstance(panel, JobPanel) and panel.job_id == row.job_id:
            return
        fresh = JobPanel(self.context, self.runs, row.job_id)
        fresh.changed.connect(self.reload)
        self.open_panel(fresh, PANEL)

    def open_printed(self, row: PrintedRow) -> None:
        """Show a label as it was printed."""
        panel = PrintedPanel(self.context, row)
        panel.again_wanted.connect(lambda one: self._reprint([one.label_id]))
        self.open_panel(panel, PANEL)

    # --- doing

    def print_again(self) -> None:
        """F2: the chosen labels of the history once more, exactly as they were."""
        rows = self.printed.selected_rows() if self.tabs.currentIndex() == 1 else []
        if rows:
            self._reprint([row.label_id for row in rows])

    def _reprint(self, label_ids: Sequence[int]) -> None:
        self.context.ops.do(self, labels.reprint, label_ids=tuple(label_ids), then=self._started, failed=self._refused)

    def _started(self, job: StartedJob) -> None:
        self.tabs.setCurrentIndex(0)
        self._wanted = job.job_id
        self.runs.start_all(self.context, [job])
        self.reload()

    def _refused(self, error: CoreError) -> None:
        if not isinstance(error, NeedsConfirmation):
            self.context.shell.show_error(error.text)

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("F2", _("Print the chosen labels again")),)

    # --- columns

    def _job_columns(self) -> list[Column]:
        return [
            Column("number", _("Job"), 142),
            Column("state", _("State"), 150, kind=Kind.BADGE, value=self._look, sortable=False),
            Column("done", _("Printed"), 96, value=lambda row: f"{row.confirmed} / {row.labels}", sortable=False),
            Column("printer", _("Printer"), 150, value=lambda row: row.printer or _("the office printer")),
            Column("stock", _("Label roll"), 122, wide_only=True, value=lambda row: paper_words(row.stock)),
            Column("trouble", _("What happened"), 150, stretch=True, sortable=False, value=lambda row: TROUBLES.get(row.trouble, "")),
            Column("created_at", _("Begun"), 130, kind=Kind.INSTANT),
            Column("created_by", _("By"), 100, muted=True, wide_only=True),
        ]  # fmt: skip

    def _look(self, row: JobRow) -> BadgeLook:
        return job_look(row, is_running=self.runs.is_running(row.job_id))

    def _printed_columns(self) -> list[Column]:
        return [
            Column("printed_at", _("When"), 130, kind=Kind.INSTANT),
            Column("code", _("Code"), 120),
            Column("words", _("What stands on it"), 280, stretch=True, value=field_line, sortable=False),
            Column("layout", _("Layout"), 130, muted=True),
            Column("printer", _("Printer"), 120, muted=True, value=lambda row: row.printer or _("the office printer")),
            Column("by", _("By"), 100, muted=True),
            Column("job_number", _("Job"), 142, muted=True, wide_only=True),
        ]
