"""Saved views, schedules and runs read from the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from core.answers import from_json
from core.errors import NotFound
from core.i18n import Text, _
from core.reports.rules.runs import Run
from core.reports.types.schedules import RunRow, ScheduleEdit, When
from core.reports.types.views import ViewRow
from core.uow import UnitOfWork
from db import reports as tables
from db.base import table_of
from db.enums import Period, Rhythm, RunState, ScheduleTarget, ViewKind
from db.identity import Person

VIEW, SCHEDULE, RUN = table_of(tables.ReportView), table_of(tables.ReportSchedule), table_of(tables.ReportRun)
PERSON = table_of(Person)


def views() -> Select[Any]:
    """All saved views with the names of their owners."""
    return select(VIEW, PERSON.c.name.label("owner")).join(PERSON, PERSON.c.id == VIEW.c.person_id)


def view_row(uow: UnitOfWork, row: Any) -> ViewRow:
    """One of them, as the person signed in sees it."""
    return ViewRow(
        id=row.id,
        version=row.version,
        kind=ViewKind(row.kind),
        source=row.source,
        name=row.name,
        asked=asked_of(row.asked),
        is_shared=bool(row.is_shared),
        is_mine=row.person_id == uow.actor.person_id,
        owner=row.owner,
        changed_at=row.changed_at,
    )


def asked_of(stored: Any) -> Any:
    """What a view asks; None when a newer program kept it in a form this one does not know."""
    try:
        return from_json(stored)
    except (AttributeError, ImportError, KeyError, TypeError, ValueError):
        return None


def find_view(uow: UnitOfWork, view_id: int) -> ViewRow:
    """A view that is the person's own or shared. Raises NotFound."""
    row = uow.sql.execute(views().where(VIEW.c.id == view_id)).first()
    if row is None or not (row.is_shared or row.person_id == uow.actor.person_id):
        raise NotFound(_("There is no such saved view any more. Choose another one."), field="view")
    return view_row(uow, row)


def edit_of(row: Any) -> ScheduleEdit:
    """A schedule's row as it was set up."""
    return ScheduleEdit(
        name=row.name,
        report=row.report,
        view_id=row.view_id,
        when=When(Rhythm(row.rhythm), row.at_time, row.weekdays, row.month_day),
        period=Period(row.period),
        form=row.form,
        language=row.language,
        target=ScheduleTarget(row.target),
        folder=row.folder,
        station=row.station,
        recipients=row.recipients,
        is_on=bool(row.is_on),
    )


def stored_edit(edit: ScheduleEdit) -> dict[str, Any]:
    """The opposite."""
    return {
        "name": edit.name,
        "report": edit.report,
        "view_id": edit.view_id,
        "period": str(edit.period),
        "form": edit.form,
        "language": edit.language,
        "rhythm": str(edit.when.rhythm),
        "weekdays": edit.when.weekdays,
        "month_day": edit.when.month_day,
        "at_time": edit.when.at_time,
        "target": str(edit.target),
        "folder": edit.folder,
        "station": edit.station,
        "recipients": edit.recipients,
        "is_on": edit.is_on,
    }


def schedule_for_change(uow: UnitOfWork, schedule_id: int) -> Any:
    """A schedule's row, locked. Raises NotFound."""
    row = uow.sql.execute(
        select(SCHEDULE).where(SCHEDULE.c.id == schedule_id, ~SCHEDULE.c.is_removed).with_for_update()
    ).first()
    if row is None:
        raise NotFound(_("There is no such schedule any more."), field="schedule")
    return row


def runs() -> Select[Any]:
    """All runs with the names of their schedules."""
    return select(RUN, SCHEDULE.c.name).join(SCHEDULE, SCHEDULE.c.id == RUN.c.schedule_id)


def run_row(row: Any) -> RunRow:
    """One of them."""
    facts = {name: getattr(row, name) for name in RunRow.__dataclass_fields__}
    why = None if row.why is None else from_json(row.why)
    return RunRow(**{**facts, "state": RunState(row.state), "why": why if isinstance(why, Text) else None})


def run_for_change(uow: UnitOfWork, run_id: int) -> Any:
    """A run's row, locked. Raises NotFound."""
    row = uow.sql.execute(select(RUN).where(RUN.c.id == run_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("There is no such run of a schedule."), field="run")
    return row


def run_of(row: Any) -> Run:
    """Where a run stands, for the rules."""
    return Run(RunState(row.state), row.queued_at, row.next_at, row.attempts, row.taken_at)


def stored_run(run: Run) -> dict[str, Any]:
    """The opposite."""
    return {
        "state": str(run.state),
        "queued_at": run.queued_at,
        "next_at": run.next_at,
        "attempts": run.attempts,
        "taken_at": run.taken_at,
    }
