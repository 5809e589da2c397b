"""Jobs, their journal, and everything that was ever printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, String, case, func, or_, select, type_coerce

from core.clock import day_ends_at, day_starts_at
from core.errors import NotFound
from core.i18n import _
from core.labels.rules.journal import last_good
from core.labels.steps.jobs import HELD_FOR, JOB, LABEL
from core.labels.types.queue import JobCard, JobLabel, JobRow, PrintedRow
from core.registry import query
from core.uow import UnitOfWork
from db.enums import LabelJobState, LabelState, LabelSubject, Permission
from db.identity import Person

MOST_PRINTED = 5_000


@query(Permission.LABEL_PRINT)
def list_jobs(uow: UnitOfWork, *, open_only: bool = False, limit: int = 200) -> list[JobRow]:
    """Label jobs, the newest first; `open_only` those that are not ended."""
    statement = _jobs().order_by(JOB.c.id.desc()).limit(limit)
    if open_only:
        statement = statement.where(JOB.c.state.not_in((LabelJobState.DONE, LabelJobState.CANCELLED)))
    return [_job_row(uow, row) for row in uow.sql.execute(statement)]


@query(Permission.LABEL_PRINT)
def get_job(uow: UnitOfWork, *, job_id: int, numbers: Sequence[int] | None = None) -> JobCard:
    """A job with its labels in their order, or only those with these numbers. Raises NotFound."""
    row = uow.sql.execute(_jobs().where(JOB.c.id == job_id)).first()
    if row is None:
        raise NotFound(_("There is no such label job."), field="job")
    wanted = select(LABEL).where(LABEL.c.job_id == job_id).order_by(LABEL.c.number)
    if numbers is not None:
        wanted = wanted.where(LABEL.c.number.in_(list(numbers)))
    labels = tuple(_job_label(one) for one in uow.sql.execute(wanted))
    states = uow.sql.execute(select(LABEL.c.state).where(LABEL.c.job_id == job_id).order_by(LABEL.c.number)).scalars()
    guess = last_good([LabelState(state) for state in states])
    return JobCard(_job_row(uow, row), labels, row.layouts, row.language, guess, row.counter)


@query(Permission.LABEL_PRINT)
def list_printed(
    uow: UnitOfWork, *, first_on: date | None = None, last_on: date | None = None, text: str = "", limit: int = 500
) -> list[PrintedRow]:
    """Labels that came out on the site's business days from one to another, the newest first; `text` is looked for in what
    stands on them."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    statement = (
        select(
            LABEL.c.id, LABEL.c.job_id, JOB.c.number.label("job_number"), LABEL.c.number, LABEL.c.subject,
            LABEL.c.subject_id, LABEL.c.location_id, LABEL.c.layout, LABEL.c.content, LABEL.c.confirmed_at,
            Person.name, JOB.c.printer,
        )
        .join(JOB, JOB.c.id == LABEL.c.job_id)
        .join(Person, Person.id == JOB.c.created_by)
        .where(LABEL.c.state == LabelState.CONFIRMED, LABEL.c.confirmed_at.is_not(None))
        .order_by(LABEL.c.confirmed_at.desc(), LABEL.c.id.desc())
        .limit(min(limit, MOST_PRINTED))
    )  # fmt: skip
    if first_on is not None:
        statement = statement.where(LABEL.c.confirmed_at >= day_starts_at(first_on, zone, hour))
    if last_on is not None:
        statement = statement.where(LABEL.c.confirmed_at <= day_ends_at(last_on, zone, hour))
    if text.strip():
        like = f"%{text.strip()}%"
        words = func.lower(type_coerce(LABEL.c.content, String))
        statement = statement.where(or_(words.like(like.lower()), JOB.c.number.like(like)))
    return [_printed(row) for row in uow.sql.execute(statement)]


def _jobs() -> Select[Any]:
    def counted(state: LabelState) -> Any:
        return func.sum(case((LABEL.c.state == state, 1), else_=0))

    counts = (
        select(
            LABEL.c.job_id,
            counted(LabelState.CONFIRMED).label("confirmed"),
            counted(LabelState.ASKED).label("asked"),
            (counted(LabelState.QUEUED) + counted(LabelState.SENT)).label("left"),
        )
        .group_by(LABEL.c.job_id)
        .subquery()
    )
    return (
        select(JOB, counts.c.confirmed, counts.c.asked, counts.c.left.label("open_labels"), Person.name.label("by"))
        .join(Person, Person.id == JOB.c.created_by)
        .outerjoin(counts, counts.c.job_id == JOB.c.id)
    )


def _job_row(uow: UnitOfWork, row: Row[Any]) -> JobRow:
    is_held = bool(row.holder) and row.held_at is not None and uow.now - row.held_at < HELD_FOR
    return JobRow(
        row.id, row.version, row.number, LabelJobState(row.state), row.title, row.device_id, row.printer, row.stock,
        row.station, row.labels, int(row.confirmed or 0), int(row.asked or 0), int(row.open_labels or 0), row.trouble,
        is_held, row.created_at, row.by, row.ended_at,
    )  # fmt: skip


def _job_label(row: Row[Any]) -> JobLabel:
    return JobLabel(
        row.number, LabelState(row.state), LabelSubject(row.subject), row.subject_id, row.location_id, row.layout,
        row.content, row.hash, row.is_once, row.sent_at, row.confirmed_at,
    )  # fmt: skip


def _printed(row: Any) -> PrintedRow:
    return PrintedRow(
        row.id, row.job_id, row.job_number, row.number, LabelSubject(row.subject), row.subject_id, row.location_id,
        row.layout, str(row.content.get("code", "")), row.content, row.confirmed_at, row.name, row.printer,
    )  # fmt: skip
