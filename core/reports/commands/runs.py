"""The steps of a pass that makes what is due: each is kept before the next one is begun."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from core import mail
from core.answers import to_json
from core.i18n import Text, _
from core.mail import Mailbox, NewMail
from core.registry import command
from core.reports.rules.runs import MOVES, RunEvent, after
from core.reports.steps.planning import find_due, makeable, start_run, stranded_runs
from core.reports.steps.saved import RUN, SCHEDULE, run_for_change, run_of, stored_run
from core.reports.steps.scheduled import media_type, words_of_mail
from core.reports.types.schedules import MadeFile
from core.uow import UnitOfWork
from db.enums import RunState

_LEFT_BEHIND = _("The program ended while it was making this. It is made again.")


@command(None)
def plan_runs(uow: UnitOfWork) -> int:
    """Begin the runs of schedules that came due.

    Writes each down before anything is made, and takes up again what a program that ended left behind. Answers how many.
    """
    left = stranded_runs(uow, is_to_write=True)
    for row in left:
        run = after(run_of(row), RunEvent.STRANDED, uow.now)
        uow.sql.execute(
            update(RUN).where(RUN.c.id == row.id).values(**stored_run(run), holder="", why=to_json(_LEFT_BEHIND))
        )
    begun = [start_run(uow, due) for due in find_due(uow, is_to_write=True)]
    return len(left) + sum(1 for run_id in begun if run_id)


@command(None)
def take_run(uow: UnitOfWork, *, holder: str) -> int:
    """Begin to make a scheduled report.

    Takes the run that has waited longest of those this PC may make now, and answers its id, 0 when there is none. From now
    on only the pass named `holder` makes it. It was set up with the right to; the program makes it whoever is signed in.
    """
    due = uow.sql.execute(
        select(RUN.c.id)
        .join(SCHEDULE, SCHEDULE.c.id == RUN.c.schedule_id)
        .where(makeable(uow))
        .order_by(RUN.c.next_at, RUN.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=RUN)
    ).scalar_one_or_none()
    if due is None:
        return 0
    run = after(run_of(run_for_change(uow, due)), RunEvent.TAKE, uow.now)
    taken = uow.sql.execute(
        update(RUN)
        .where(RUN.c.id == due, RUN.c.state == RunState.WAITING)
        .values(**stored_run(run), holder=holder, taken_by=uow.station)
    )
    return int(due) if taken.rowcount == 1 else 0


@command(None)
def finish_run(uow: UnitOfWork, *, run_id: int, holder: str, made: MadeFile) -> bool:
    """Write down that a scheduled report was made.

    A file that was written has its path; without one the report goes into the outbox in this same transaction, so that no
    second e-mail can follow. Answers False, and does nothing, when this pass no longer holds the run. Raises Refused while
    no mail server is set up, InvalidInput when the file is too large for an e-mail, NotFound.
    """
    row = run_for_change(uow, run_id)
    if not _is_held(row, holder, RunEvent.MADE):
        return False
    schedule = _schedule(uow, row)
    mail_id = None if made.path else _queue(uow, row, schedule, made)
    run = after(run_of(row), RunEvent.MADE, uow.now)
    values = {"path": made.path, "mail_id": mail_id, "size": made.size, "ended_at": uow.now, "why": None}
    uow.sql.execute(update(RUN).where(RUN.c.id == run_id).values(**stored_run(run), **values))
    uow.note(schedule=schedule.name)
    return True


@command(None)
def put_off_run(uow: UnitOfWork, *, run_id: int, holder: str, why: Text, is_hopeless: bool = False) -> RunState:
    """Write down why a scheduled report could not be made.

    It is tried again later by itself, unless it is hopeless: then a person must change something. Answers where the run
    stands now. Raises NotFound.
    """
    row = run_for_change(uow, run_id)
    event = RunEvent.HOPELESS if is_hopeless else RunEvent.TROUBLE
    if not _is_held(row, holder, event):
        return RunState(row.state)
    run = after(run_of(row), event, uow.now)
    ended = uow.now if run.state is RunState.FAILED else None
    uow.sql.execute(update(RUN).where(RUN.c.id == run_id).values(**stored_run(run), why=to_json(why), ended_at=ended))
    uow.note(schedule=_schedule(uow, row).name)
    return run.state


def _is_held(row: Any, holder: str, event: RunEvent) -> bool:
    return row.holder == holder and event in MOVES[RunState(row.state)]


def _schedule(uow: UnitOfWork, row: Any) -> Any:
    return uow.sql.execute(select(SCHEDULE).where(SCHEDULE.c.id == row.schedule_id)).one()


def _queue(uow: UnitOfWork, row: Any, schedule: Any, made: MadeFile) -> int:
    subject, body = words_of_mail(uow, schedule, row)
    new = NewMail(
        to=tuple(Mailbox(part.strip()) for part in schedule.recipients.split(",") if part.strip()),
        subject=subject,
        body=body,
        owner_kind="schedule",
        owner_id=schedule.id,
        attachments=((made.name, media_type(schedule.form), made.content),),
    )
    return mail.queue_mail(uow, new)
