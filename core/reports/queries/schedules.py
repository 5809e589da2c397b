"""The schedules of the site, their runs, and what a pass finds to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, func, select

from core import identity
from core.errors import CoreError, NotAllowed, Refused
from core.i18n import Text, _
from core.registry import query
from core.reports.rules.due import next_due
from core.reports.rules.files import run_file_name
from core.reports.steps.planning import find_due, makeable, stranded_runs
from core.reports.steps.saved import PERSON, RUN, SCHEDULE, edit_of, run_row, runs
from core.reports.steps.scheduled import check_made, title_of, write_scheduled
from core.reports.types.schedules import JobsDue, RunCounts, RunRow, ScheduleRow, TakenRun
from core.uow import UnitOfWork
from db.enums import Permission, Rhythm, RunState

MOST_ROWS = 1_000


@query(Permission.REPORT_SCHEDULE)
def list_schedules(uow: UnitOfWork) -> tuple[ScheduleRow, ...]:
    """All schedules by name: what is made, when next, how the newest run went, and what stands in the way."""
    rows = uow.sql.execute(
        select(SCHEDULE, PERSON.c.name.label("owner"))
        .join(PERSON, PERSON.c.id == SCHEDULE.c.person_id)
        .where(~SCHEDULE.c.is_removed)
        .order_by(SCHEDULE.c.name)
    ).all()
    last = {run.schedule_id: run for run in _newest(uow)}
    return tuple(_row(uow, row, last.get(row.id)) for row in rows)


@query(Permission.REPORT_SCHEDULE)
def list_runs(
    uow: UnitOfWork, *, schedule_id: int = 0, states: tuple[RunState, ...] = (), limit: int = 200
) -> tuple[RunRow, ...]:
    """Runs, newest first; of one schedule or all, in some states or any."""
    where: list[ColumnElement[bool]] = []
    if schedule_id:
        where.append(RUN.c.schedule_id == schedule_id)
    if states:
        where.append(RUN.c.state.in_(states))
    most = max(1, min(limit, MOST_ROWS))
    found = runs().where(*where).order_by(RUN.c.due_at.desc(), RUN.c.id.desc()).limit(most)
    return tuple(run_row(row) for row in uow.sql.execute(found))


@query(None)
def count_runs(uow: UnitOfWork) -> RunCounts:
    """How many runs wait or are being made, and how many schedules' newest run failed. Everybody may know that much."""
    rows = uow.sql.execute(
        select(RUN.c.state, func.count())
        .where(RUN.c.state.in_((RunState.WAITING, RunState.RUNNING)))
        .group_by(RUN.c.state)
    ).all()
    counts = {RunState(row[0]): int(row[1]) for row in rows}
    failed = sum(1 for run in _newest(uow) if run.state is RunState.FAILED)
    return RunCounts(counts.get(RunState.WAITING, 0), counts.get(RunState.RUNNING, 0), failed)


@query(None)
def get_jobs_due(uow: UnitOfWork) -> JobsDue:
    """What a pass finds to do now on this PC."""
    to_make = uow.sql.execute(
        select(func.count()).select_from(RUN).join(SCHEDULE, SCHEDULE.c.id == RUN.c.schedule_id).where(makeable(uow))
    ).scalar_one()
    return JobsDue(len(find_due(uow)), int(to_make), len(stranded_runs(uow)))


@query(None)
def get_taken_run(uow: UnitOfWork, *, run_id: int, holder: str) -> TakenRun:
    """Where a run goes, for the pass that holds it. Raises Refused when it is held by nobody or another."""
    row, schedule = _taken(uow, run_id, holder)
    edit = edit_of(schedule)
    ending = "txt" if edit.form == "table" else edit.form
    return TakenRun(run_id, edit.folder, run_file_name(edit.name, row.due_at, uow.site.zone, ending, row.month))


@query(None)
def write_run(uow: UnitOfWork, *, run_id: int, holder: str, target: BinaryIO) -> None:
    """A scheduled report written to an open file, for the pass that holds the run, with the rights of who set it up.

    Raises Refused when the run is held by nobody or another, NotAllowed when that person is no longer active or has lost
    the right, NotFound for a report or view there is not any more, OSError.
    """
    row, schedule = _taken(uow, run_id, holder)
    try:
        write_scheduled(_as_owner(uow, schedule.person_id), edit_of(schedule), row, target)
    except NotAllowed as fault:
        owner = uow.sql.execute(select(PERSON.c.name).where(PERSON.c.id == schedule.person_id)).scalar_one()
        raise NotAllowed(_lost(owner)) from fault


def _taken(uow: UnitOfWork, run_id: int, holder: str) -> tuple[Any, Any]:
    row = uow.sql.execute(select(RUN).where(RUN.c.id == run_id, RUN.c.holder == holder)).first()
    if row is None or row.state != RunState.RUNNING:
        raise Refused(_("This run is no longer made by this program."))
    return row, uow.sql.execute(select(SCHEDULE).where(SCHEDULE.c.id == row.schedule_id)).one()


def _as_owner(uow: UnitOfWork, person_id: int) -> UnitOfWork:
    return replace(uow, actor=identity.load_actor(uow.sql, person_id), approver=None)


def _row(uow: UnitOfWork, row: Any, last: RunRow | None) -> ScheduleRow:
    edit = edit_of(row)
    next_at = None
    if edit.is_on and edit.when.rhythm is not Rhythm.MONTH_CLOSED:
        next_at = next_due(edit.when, uow.site.zone, after=max(row.counted_from, uow.now))
    return ScheduleRow(
        id=row.id,
        version=row.version,
        edit=edit,
        title=title_of(uow, edit),
        owner=row.owner,
        saved_at=row.saved_at,
        next_at=next_at,
        warning=_warning(uow, row),
        last=last,
    )


def _warning(uow: UnitOfWork, row: Any) -> Text | None:
    """Why nothing will come of a schedule as things are."""
    if row.is_on and row.counted_from > uow.now:
        return _(
            "It ran already for {at}, which lies ahead of this PC's clock. Check the date of the PC; save the schedule "
            "to begin anew from now.",
            at=f"{row.counted_from:%Y-%m-%d}",
        )
    try:
        check_made(_as_owner(uow, row.person_id), edit_of(row))
    except NotAllowed:
        return _lost(row.owner)
    except CoreError as fault:
        return fault.text
    return None


def _lost(owner: str) -> Text:
    return _(
        "{person}, who saved this schedule, is no longer active or has lost the right to see what it makes. Save it again "
        "as somebody who has it.",
        person=owner,
    )


def _newest(uow: UnitOfWork) -> list[RunRow]:
    """The newest run of each schedule that there still is."""
    newest = select(func.max(RUN.c.id)).group_by(RUN.c.schedule_id)
    found = runs().where(RUN.c.id.in_(newest), ~SCHEDULE.c.is_removed)
    return [run_row(row) for row in uow.sql.execute(found)]
