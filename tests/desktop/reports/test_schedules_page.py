"""Schedules on screen: what comes when, why a run failed, setting one up, running it now, pausing it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core import reports
from core.clock import FixedClock
from core.office import Office
from core.reports import Asked, ViewEdit, run_due
from core.words import Period, Rhythm, RunState, ScheduleTarget, ViewKind
from desktop.context import AppContext
from desktop.reports.schedules.form import ScheduleForm
from desktop.reports.schedules.page import SchedulesPage
from desktop.reports.schedules.panel import SchedulePanel
from desktop.widgets import FormPanel
from tests.core.reports.schedules import edit, rows, runs, save
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls


def form_of(page: SchedulesPage) -> tuple[FormPanel, ScheduleForm]:
    panel = page.panel()
    assert isinstance(panel, FormPanel) and isinstance(panel.form, ScheduleForm)
    return panel, panel.form


def test_without_any_it_says_how_to_begin(context: AppContext, shown: Shown) -> None:
    page: SchedulesPage = shown(SchedulesPage(context))
    assert page.table.total() == 0 and nameless_controls(page) == []


def test_a_schedule_is_set_up(
    context: AppContext, office_here: Office, shown: Shown, settled: Settled, shell: NotingShell, tmp_path: Path
) -> None:
    page: SchedulesPage = shown(SchedulesPage(context, report="fill-rate"))
    settled()
    panel, form = form_of(page)
    assert form.editor("name").value() == "Fill rate of suppliers"
    assert form.editor("period").value() is Period.LAST_MONTH
    for name, period in (("stock-value", Period.MOMENT), ("fill-rate", Period.LAST_MONTH)):
        form.editor("what").set_value(("report", name))
        form.editor("what").changed.emit()
        assert form.editor("period").value() is period
    assert form.editor("name").value() == "Fill rate of suppliers"
    form.editor("rhythm").set_value(Rhythm.WEEKLY)
    form.fit()
    assert not form.editor("month_day").isVisible() and form.editor("weekdays").isVisible()
    assert not form.editor("recipients").isVisible()
    form.editor("weekdays").set_value(0b0010001)
    form.editor("folder").set_value(str(tmp_path))
    assert nameless_controls(page) == []
    panel.save()
    settled()
    (row,) = rows(office_here)
    assert row.edit.when.weekdays == 0b0010001 and row.edit.folder == str(tmp_path)
    assert page.table.words_at(0, "when") == "Mon, Fri at 06:00"


def test_what_is_wrong_is_said_at_its_field(context: AppContext, shown: Shown, settled: Settled) -> None:
    page: SchedulesPage = shown(SchedulesPage(context, report="stock-value"))
    settled()
    panel, form = form_of(page)
    form.editor("folder").set_value("reports")
    panel.save()
    settled()
    assert "full path" in str(form.editor("folder").error())
    form.editor("folder").set_value("/srv/reports")
    form.editor("at_time").set_value("25:00")
    panel.save()
    settled()
    assert "06:30" in str(form.editor("at_time").error())


def test_a_view_is_scheduled_as_it_asks(
    context: AppContext, office_here: Office, shown: Shown, settled: Settled, tmp_path: Path
) -> None:
    view = ViewEdit(ViewKind.REPORT, "usage-by-item", "Last month", Asked(period=Period.LAST_MONTH))
    view_id = office_here.do(reports.save_view, new=view)
    page: SchedulesPage = shown(SchedulesPage(context, report="usage-by-item", view_id=view_id))
    settled()
    panel, form = form_of(page)
    assert form.editor("period").value() is Period.VIEW
    folder = tmp_path / "files"
    folder.mkdir()
    form.editor("folder").set_value(str(folder))
    panel.save()
    settled()
    schedule = rows(office_here)[0]
    office_here.do(reports.run_schedule, schedule_id=schedule.id)
    assert run_due(office_here).made == 1
    assert [path.suffix for path in folder.iterdir()] == [".xlsx"]


def test_why_a_run_failed_stands_in_the_list_and_it_is_tried_again(
    context: AppContext, office_here: Office, shown: Shown, settled: Settled, clock: FixedClock, tmp_path: Path
) -> None:  # fmt: skip
    schedule_id = save(office_here, edit(tmp_path / "gone"))
    office_here.do(reports.run_schedule, schedule_id=schedule_id)
    run_due(office_here)
    page: SchedulesPage = shown(SchedulesPage(context))
    assert "gone" in page.table.words_at(0, "why")
    page.open_schedule(schedule_id)
    settled()
    panel = page.panel()
    assert isinstance(panel, SchedulePanel) and page.detail_title() == "Stock"
    (tmp_path / "gone").mkdir()
    clock.advance(seconds=5)
    page.run_now(panel.row)
    settled()
    run_due(office_here)
    page.reload()
    settled()
    assert page.table.words_at(0, "state") == "Made and delivered"
    assert RunState.DONE in [run.state for run in runs(office_here)]


def test_it_is_paused_goes_on_and_is_removed(
    context: AppContext, office_here: Office, shown: Shown, settled: Settled, shell: NotingShell, tmp_path: Path
) -> None:
    save(office_here, edit(tmp_path))
    page: SchedulesPage = shown(SchedulesPage(context))
    page.switch(rows(office_here)[0])
    settled()
    assert page.table.words_at(0, "state") == "Paused" and not rows(office_here)[0].edit.is_on
    page.switch(rows(office_here)[0])
    settled()
    assert rows(office_here)[0].edit.is_on
    page.remove(rows(office_here)[0])
    settled()
    assert rows(office_here) == () and page.table.total() == 0
    assert shell.errors == []


def test_a_change_by_somebody_else_is_asked_about(
    context: AppContext, office_here: Office, shown: Shown, settled: Settled, tmp_path: Path
) -> None:
    schedule_id = save(office_here, edit(tmp_path))
    page: SchedulesPage = shown(SchedulesPage(context))
    row = rows(office_here)[0]
    page._show_form(row.edit, row)
    settled()
    panel, form = form_of(page)
    seen: Any = row.edit
    save(office_here, edit(tmp_path, name="Theirs"), schedule_id=schedule_id, version=row.version, seen=seen)
    form.editor("name").set_value("Mine")
    panel.save()
    settled()
    assert panel.question() != ""


def test_e_mail_asks_for_addresses(context: AppContext, shown: Shown, settled: Settled) -> None:
    page: SchedulesPage = shown(SchedulesPage(context, is_adding=True))
    settled()
    _panel, form = form_of(page)
    form.editor("target").set_value(ScheduleTarget.MAIL)
    form.fit()
    assert form.editor("recipients").isVisible() and not form.editor("folder").isVisible()
