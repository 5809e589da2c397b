"""Schedules: what is made by itself, when next, how the last run went and why it failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core import reports
from core.i18n import _
from core.reports import ReportEntry, RunRow, ScheduleEdit, ScheduleRow, ViewRow, When
from core.words import Rhythm
from desktop.context import AppContext, Posted
from desktop.reports.schedules.form import ScheduleForm
from desktop.reports.schedules.looks import COLUMNS
from desktop.reports.schedules.panel import SchedulePanel
from desktop.widgets import FormPanel, PageBase, RowTable

WIDTH, FORM_WIDTH = 480, 460
MOST_RUNS = 30


class SchedulesPage(PageBase):
    """F2 makes a new one; Enter opens one beside the list. `report` or `view_id` begins a new schedule of it."""

    def __init__(self, context: AppContext, *, report: str = "", view_id: int = 0, is_adding: bool = False) -> None:
        super().__init__(_("Scheduled reports"), _("What is made by itself, when it comes next, and what became of it"))
        self._context = context
        self._begin = ScheduleEdit("", report, view_id, When(Rhythm.DAILY)) if report or view_id or is_adding else None
        self._entries: Sequence[ReportEntry] = ()
        self._views: Sequence[ViewRow] = ()
        self._rows: Sequence[ScheduleRow] = ()
        self._open_id = 0
        self.table = RowTable(COLUMNS, name=_("Scheduled reports"), key="reports.schedules")
        self.set_table(self.table)
        self.set_empty(
            _("No report is made by itself yet"),
            _(
                "Choose a report and when it shall be made: it goes into a folder or by e-mail, also while nobody looks."
            ),
            [(_("New schedule"), self.add_schedule)],
            "clock",
        )
        self.set_primary(_("New schedule"), self.add_schedule)
        self.table.row_activated.connect(lambda row: self.open_schedule(row.id))
        context.hub.watch(self, ("schedule", "report_view", "month"), self.reload)
        self.reload()

    # --- asking

    def reload(self) -> None:
        """Ask for the schedules, and for what can be made."""
        self.start_loading()
        ops = self._context.ops
        ops.ask(self, reports.list_schedules, then=self._take, failed=self.show_error)
        if self._open_id:
            self.open_schedule(self._open_id)

    def _take(self, rows: Sequence[ScheduleRow]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        begin, self._begin = self._begin, None
        if begin is not None:
            self._show_form(begin, None)

    # --- one schedule

    def open_schedule(self, schedule_id: int) -> None:
        """Show one beside the list, with its runs."""
        self._open_id = schedule_id

        def take(runs: Sequence[RunRow]) -> None:
            row = next((one for one in self._rows if one.id == schedule_id), None)
            if row is not None and not isinstance(self.panel(), FormPanel):
                self._show_panel(row, runs)

        self._context.ops.ask(self, reports.list_runs, then=take, key="runs", schedule_id=schedule_id, limit=MOST_RUNS)

    def _show_panel(self, row: ScheduleRow, runs: Sequence[RunRow]) -> None:
        panel = SchedulePanel(row, runs, self.try_again)
        panel.add_way(_("Run now"), lambda: self.run_now(row), "refresh")
        panel.add_way(_("Edit"), lambda: self._show_form(row.edit, row), "edit")
        panel.add_way(_("Pause") if row.edit.is_on else _("Switch on"), lambda: self.switch(row), "clock")
        panel.add_way(_("Remove"), lambda: self.remove(row), "trash")
        self.open_panel(panel, WIDTH)

    def run_now(self, row: ScheduleRow) -> None:
        """Make it once besides its times; whichever program looks next makes it."""
        self._do(reports.run_schedule, _("“{name}” is made now.", name=row.edit.name), schedule_id=row.id)

    def switch(self, row: ScheduleRow) -> None:
        """Pause it, or let it go on."""
        said = (
            _("“{name}” is paused.", name=row.edit.name)
            if row.edit.is_on
            else _("“{name}” goes on.", name=row.edit.name)
        )
        edit = replace(row.edit, is_on=not row.edit.is_on)
        self._do(reports.save_schedule, said, new=edit, schedule_id=row.id, version=row.version, seen=row.edit)

    def remove(self, row: ScheduleRow) -> None:
        """Take it away; its runs stay in the journal."""
        self._open_id = 0
        self.close_panel()

        def done(_nothing: object) -> None:
            said, again = _("“{name}” was removed.", name=row.edit.name), {"new": row.edit}
            self._context.shell.posted(Posted(said, again, undone=self.reload, take_back=reports.save_schedule))
            self.reload()

        self._context.ops.do(self, reports.remove_schedule, then=done, schedule_id=row.id)

    def try_again(self, run: RunRow) -> None:
        """Make a run again that was given up."""
        self._do(reports.try_run_again, _("It is made again."), run_id=run.id)

    def _do(self, command: Any, said: Any, **args: Any) -> None:
        def done(_answer: object) -> None:
            self._context.shell.say(said)
            self.reload()

        self._context.ops.do(
            self, command, then=done, failed=lambda error: self._context.shell.show_error(error.text), **args
        )

    # --- the form

    def add_schedule(self) -> None:
        """A new schedule (F2)."""
        self._show_form(ScheduleEdit("", when=When(Rhythm.DAILY)), None)

    def _show_form(self, edit: ScheduleEdit, row: ScheduleRow | None) -> None:
        """Ask what can be made, then show the form."""

        def views(found: Sequence[ViewRow]) -> None:
            self._views = found
            self._context.ops.ask(self, reports.list_reports, then=entries)

        def entries(found: Sequence[ReportEntry]) -> None:
            self._entries = found
            self._open_form(edit, row)

        self._context.ops.ask(self, reports.list_views, then=views)

    def _open_form(self, edit: ScheduleEdit, row: ScheduleRow | None) -> None:
        form = ScheduleForm(self._entries, self._views, self._context.office.station)
        form.fill(edit)
        if row is None:
            form.suggest()
            form.mark_unchanged()
            form.editor("what").changed.connect(form.suggest)
        title = _("New schedule") if row is None else _("Change schedule")
        panel = FormPanel(title, form, lambda values: self._send(panel, form.edit(values), row))
        panel.cancelled.connect(self.close_panel)
        panel.settled.connect(lambda _taken: self.reload())
        self.open_panel(panel, FORM_WIDTH)
        panel.focus_field("what" if row is None else "name")

    def _send(self, panel: FormPanel, edit: ScheduleEdit, row: ScheduleRow | None) -> None:
        def done(schedule_id: int) -> None:
            panel.done(schedule_id)
            self.close_panel()
            self._context.shell.say(_("Schedule “{name}” saved.", name=edit.name))
            self._open_id = schedule_id
            self.reload()

        self._context.ops.do(
            panel, reports.save_schedule, then=done, failed=panel.show_error, new=edit,
            schedule_id=0 if row is None else row.id, version=0 if row is None else row.version,
            seen=None if row is None else row.edit,
        )  # fmt: skip

    def _on_panel_closed(self) -> None:
        self._open_id = 0
        super()._on_panel_closed()

    def detail_title(self) -> str:
        panel = self.panel()
        return panel.row.edit.name if isinstance(panel, SchedulePanel) else ""
