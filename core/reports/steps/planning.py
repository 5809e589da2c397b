"""Which schedules came due: each due moment becomes one run, and what was missed while no program ran becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from core.answers import to_json
from core.i18n import Text, _
from core.reports.rules.due import newest_due
from core.reports.rules.runs import LONGEST_WAIT, RunEvent, after, is_stranded, queued
from core.reports.steps.closings import Closing, closings_after
from core.reports.steps.saved import RUN, SCHEDULE, edit_of, run_of, stored_run
from core.uow import UnitOfWork
from db.enums import Rhythm, RunState, ScheduleTarget

_RESTORED = _("The site was restored from a backup; this report may have been sent since.")
_NEXT_CAME = _("The next run came due before this one could be made.")
OPEN = (RunState.WAITING, RunState.RUNNING)


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule that came due: at which moment, about which closed month (empty: none), standing in for how many."""

    schedule_id: int
    at: datetime
    month: str = ""
    missed: int = 0


def find_due(uow: UnitOfWork, *, is_to_write: bool = False) -> list[Due]:
    """The schedules that came due since they were last looked at; `is_to_write` locks them."""
    on = select(SCHEDULE).where(SCHEDULE.c.is_on, ~SCHEDULE.c.is_removed).order_by(SCHEDULE.c.id)
    rows = uow.sql.execute(on.with_for_update() if is_to_write else on).all()
    return [due for row in rows for due in _dues_of(uow, row)]


def _dues_of(uow: UnitOfWork, row: Any) -> list[Due]:
    """The newest moment that stands in for what was missed; of closings each, since each is about another month."""
    when = edit_of(row).when
    if when.rhythm is Rhythm.MONTH_CLOSED:
        closings: list[Closing] = closings_after(uow, row.counted_from)
        return [Due(row.id, one.closed_at, one.month) for one in closings if one.closed_at <= uow.now]
    due = newest_due(when, uow.site.zone, after=row.counted_from, now=uow.now)
    return [] if due is None else [Due(row.id, due[0], missed=due[1])]


def start_run(uow: UnitOfWork, due: Due) -> int:
    """Write down that a schedule came due, before anything is made; an older run of it that still waits is given up, unless
    each is about a month of its own.

    Answers the run's id; 0 when this very moment was dealt with already.
    """
    uow.sql.execute(update(SCHEDULE).where(SCHEDULE.c.id == due.schedule_id).values(counted_from=due.at))
    known = select(RUN.c.id).where(RUN.c.schedule_id == due.schedule_id, RUN.c.due_at == due.at)
    if uow.sql.execute(known).first() is not None:
        return 0
    if not due.month:
        replace_open_runs(uow, due.schedule_id, _NEXT_CAME)
    values = {"schedule_id": due.schedule_id, "due_at": due.at, "month": due.month, "missed": due.missed}
    row = {**values, **stored_run(queued(uow.now))}
    return int(uow.sql.execute(insert(RUN).values(**row).returning(RUN.c.id)).scalar_one())


def replace_open_runs(uow: UnitOfWork, schedule_id: int, why: Text) -> None:
    """Give up what is not made yet of a schedule, and say why; what a run said of itself before stays."""
    rows = uow.sql.execute(
        select(RUN).where(RUN.c.schedule_id == schedule_id, RUN.c.state.in_(OPEN)).with_for_update()
    ).all()
    for row in rows:
        run = after(run_of(row), RunEvent.REPLACED, uow.now)
        said = {} if row.why is not None else {"why": to_json(why)}
        uow.sql.execute(
            update(RUN).where(RUN.c.id == row.id).values(**stored_run(run), **said, holder="", ended_at=uow.now)
        )


def makeable(uow: UnitOfWork) -> Any:
    """The condition for runs this PC may make now, of schedules that are on."""
    is_due = (RUN.c.next_at <= uow.now) | (RUN.c.next_at > uow.now + LONGEST_WAIT)
    is_here = SCHEDULE.c.station.in_(("", uow.station))
    return (RUN.c.state == RunState.WAITING) & is_due & is_here & ~SCHEDULE.c.is_removed


def stranded_runs(uow: UnitOfWork, *, is_to_write: bool = False) -> list[Any]:
    """Runs that a program which ended left behind."""
    found = select(RUN).where(RUN.c.state == RunState.RUNNING)
    rows = uow.sql.execute(found.with_for_update() if is_to_write else found).all()
    return [row for row in rows if is_stranded(run_of(row), uow.now)]


def doubt_runs(uow: UnitOfWork) -> int:
    """After a site was put back to an earlier moment: what goes by e-mail and was due before now may have gone, so it is not
    made by itself again; a person can try each run again. A file is made again, under its own name. Answers how many runs
    are given up."""
    by_mail = [
        row.id
        for row in uow.sql.execute(
            select(SCHEDULE.c.id).where(SCHEDULE.c.target == ScheduleTarget.MAIL, ~SCHEDULE.c.is_removed)
        )
    ]
    still_open = select(func.count()).select_from(RUN).where(RUN.c.schedule_id.in_(by_mail), RUN.c.state.in_(OPEN))
    count = int(uow.sql.execute(still_open).scalar_one())
    for schedule_id in by_mail:
        replace_open_runs(uow, schedule_id, _RESTORED)
    uow.sql.execute(update(SCHEDULE).where(SCHEDULE.c.id.in_(by_mail)).values(counted_from=uow.now))
    return count
