"""The steps of a run that sends a job: each is written down before the printer hears of it."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import _
from core.labels.rules import journal
from core.labels.steps.jobs import Job
from core.labels.types.queue import JobStand, LabelWindow
from core.registry import command
from core.uow import UnitOfWork
from db.enums import LabelJobState, LabelState, Permission


@command(Permission.LABEL_PRINT)
def take_job(uow: UnitOfWork, *, job_id: int, holder: str) -> JobStand:
    """Begin to send a label job.

    From now on only the run named `holder` sends it. Raises Refused when another run does, or did until a moment ago, or
    when the job has ended.
    """
    job = Job(uow, job_id)
    job.require_open()
    if job.is_held and job.row.holder != holder:
        raise Refused(
            _("Job {number} is being printed from another place now.", number=job.row.number),
        )
    goes_on = LabelJobState.PRINTING if job.state is LabelJobState.PAUSED else None
    return job.take(state=goes_on, holder=holder, held_at=uow.now, trouble="")


@command(Permission.LABEL_PRINT)
def keep_job(uow: UnitOfWork, *, job_id: int, holder: str) -> JobStand:
    """Keep hold of a label job.

    While the printer waits for paper, so that no other run takes the job over. Raises Refused when one has.
    """
    job = Job(uow, job_id)
    job.require_holder(holder)
    return job.take(held_at=uow.now)


@command(Permission.LABEL_PRINT)
def next_window(
    uow: UnitOfWork, *, job_id: int, holder: str, size: int, counter: int | None = None, may_trail: bool = False
) -> LabelWindow:
    """Send the next labels.

    Writes them down as sent and answers their numbers, none when nothing is left or the job is stopped; `counter` is the
    printer's own count now. `may_trail` is for printers that never tell: labels under way do not hold the next ones up.
    Raises Refused.
    """
    job = Job(uow, job_id)
    job.require_holder(holder)
    if job.state is not LabelJobState.PRINTING:
        return LabelWindow(job_id, (), job.state)
    step = journal.next_window(job.states, size, may_trail=may_trail)
    stand = job.take(step, held_at=uow.now, counter=counter)
    return LabelWindow(job_id, step.numbers, stand.state)


@command(Permission.LABEL_PRINT)
def mark_confirmed(uow: UnitOfWork, *, job_id: int, holder: str, count: int | None = None) -> JobStand:
    """Labels came out.

    The first `count` of those under way, or all of them. Raises Refused for a run that does not hold the job.
    """
    job = Job(uow, job_id)
    job.require_holder(holder)
    return job.take(journal.confirm(job.states, count), held_at=uow.now)


@command(Permission.LABEL_PRINT)
def mark_asked(uow: UnitOfWork, *, job_id: int, holder: str, good: int = 0, trouble: str = "") -> JobStand:
    """Ask whether labels came out.

    Of those under way the printer has counted `good`; the others may or may not have come out, and a person is asked.
    `trouble` is the word of what happened. Raises Refused for a run that does not hold the job.
    """
    job = Job(uow, job_id)
    job.require_holder(holder)
    counted = journal.confirm(job.states, good)
    rest = journal.ask(journal.after(job.states, counted))
    return job.take(counted, rest, held_at=uow.now, trouble=trouble[:20])


@command(Permission.LABEL_PRINT)
def release_job(uow: UnitOfWork, *, job_id: int, holder: str, trouble: str = "") -> JobStand:
    """Stop sending a label job.

    Others may send it now. With `trouble` it stays stopped until somebody goes on with it.
    """
    job = Job(uow, job_id)
    if job.row.holder != holder:
        return job.stand()
    is_stopped = trouble and job.state is LabelJobState.PRINTING
    return job.take(
        state=LabelJobState.PAUSED if is_stopped else None,
        holder="",
        held_at=None,
        trouble=trouble[:20] or job.row.trouble,
    )


@command(Permission.LABEL_PRINT)
def mark_sent(uow: UnitOfWork, *, job_id: int) -> JobStand:
    """Hand a label job to the office printer.

    All its labels are on sheets or in a file now; a person says whether they are good. Raises Refused when nothing is
    left to print.
    """
    job = Job(uow, job_id)
    job.require_open()
    queued = journal.Step(
        tuple(number for number, state in enumerate(job.states, 1) if state is LabelState.QUEUED), LabelState.SENT
    )
    if not queued.numbers:
        raise Refused(_("There is nothing to print."))
    return job.take(queued, journal.ask(journal.after(job.states, queued)), trouble="office")
