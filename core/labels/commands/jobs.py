"""Starting jobs of labels, and deciding what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from core.devices import DeviceRow, get_device
from core.errors import InvalidInput, Refused
from core.i18n import Text, _, _n, join
from core.labels.rules import journal
from core.labels.steps.at_once import rows_at_once
from core.labels.steps.jobs import Job
from core.labels.steps.new_jobs import (
    Batch,
    Entry,
    batches_of,
    create_job,
    entries_of,
    job_day,
    job_language,
    remember_route,
    same_layout,
)
from core.labels.steps.queue_rows import queue_rows, routes
from core.labels.types.queue import JobStand, QueueRow, StartedJob
from core.registry import command
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import DeviceKind, LabelJobState, LabelReason, LabelState, LabelSubject, Permission
from db.labels import LabelJob, LabelJobLabel
from db.sql import chunks

MOST_NAMED = 5


@command(Permission.LABEL_PRINT)
def start_due_labels(
    uow: UnitOfWork,
    *,
    on: date | None = None,
    keys: Sequence[str] | None = None,
    device_id: int | None = None,
    language: str = "",
) -> tuple[StartedJob, ...]:
    """Print the labels that are due.

    All that is due by a day (today; a later one prints what will hold then), or only the rows of the queue named by
    their `keys`: one job for each printer and paper, in walk order. `device_id` prints on this printer and remembers it; 0
    is the office printer, which prints sheets.
    What lacks a field its layout requires stays on the queue. Raises Refused when nothing can be printed, InvalidInput
    for paper without a printer.
    """
    rows = queue_rows(uow, on)
    if keys is not None:
        wanted = set(keys)
        rows = [row for row in rows if row.key in wanted]
    return _start(uow, rows, device_id, language, on)


def _start(
    uow: UnitOfWork, rows: Sequence[QueueRow], device_id: int | None, language: str, on: date | None
) -> tuple[StartedJob, ...]:
    spoken = job_language(uow, language)
    entries, left = entries_of(uow, rows, spoken, job_day(uow, on))
    if not entries:
        raise _nothing(left)
    stocks = {row.stock for row in rows}
    devices: dict[str, DeviceRow | None] = {**routes(uow, stocks)}
    if device_id is not None:
        devices = dict.fromkeys(stocks, _printer(uow, device_id) if device_id else None)
    batches = batches_of(uow, entries, devices, spoken, "")
    if left:
        uow.note(left_on_queue=len(left))
    return tuple(create_job(uow, batch) for batch in batches)


def _nothing(left: Sequence[tuple[QueueRow, Text]]) -> Refused:
    if not left:
        return Refused(_("There is nothing to print."))
    why = [_("{code}: {why}", code=row.code or row.subject_id, why=why) for row, why in left[:MOST_NAMED]]
    return Refused(_("Nothing of this can be printed. {reasons}", reasons=join(why)))


def _printer(uow: UnitOfWork, device_id: int) -> DeviceRow:
    device = get_device(uow, device_id=device_id)
    if device.kind is not DeviceKind.PRINTER or not device.is_active:
        raise InvalidInput(_("{name} is no printer in use. Choose another one.", name=device.name), field="printer")
    return device


@command(Permission.LABEL_PRINT)
def start_job(
    uow: UnitOfWork,
    *,
    subject: LabelSubject,
    ids: Sequence[int],
    layout: str,
    copies: int = 1,
    device_id: int | None = None,
    language: str = "",
) -> tuple[StartedJob, ...]:
    """Print labels at once.

    Labels of these things, past the queue, in the order given; a shelf label hangs where the item lies; `device_id` 0 is
    the office printer. Raises
    InvalidInput, Refused when none of them can be printed, NotFound for a thing there is not.
    """
    rows = rows_at_once(uow, subject, ids, layout, copies)
    return _start(uow, rows, device_id, language, None)


@command(Permission.LABEL_PRINT)
def reprint(uow: UnitOfWork, *, label_ids: Sequence[int], device_id: int | None = None) -> StartedJob:
    """Print labels again exactly as they were.

    Labels from the history, with the words and the layout they had then. NeedsConfirmation when they carry a price or a
    batch, which may not be true any more. Raises Refused when one is not there.
    """
    rows = [
        row
        for part in chunks(label_ids)
        for row in uow.sql.execute(select(table_of(LabelJobLabel)).where(LabelJobLabel.id.in_(part)))
    ]
    if not rows or len(rows) != len(set(label_ids)):
        raise Refused(_("One of these labels is not in the history. Open the list again."))
    order = {label_id: at for at, label_id in enumerate(label_ids)}
    rows.sort(key=lambda row: order[row.id])
    if any(row.is_once for row in rows):
        uow.confirm(
            "reprint_once",
            _("These labels carry prices or batches of that day. Print them again exactly as they were?"),
        )
    jobs = {
        row.id: row
        for row in uow.sql.execute(
            select(LabelJob.id, LabelJob.layouts, LabelJob.stock, LabelJob.language, LabelJob.device_id).where(
                LabelJob.id.in_({row.job_id for row in rows})
            )
        )
    }
    first = jobs[rows[0].job_id]
    chosen = device_id if device_id is not None else first.device_id
    if any(job.stock != first.stock for job in jobs.values()):
        raise Refused(_("These labels are on different papers. Print those of one paper at a time."))
    batch = Batch("", first.stock, first.language, {}, _printer(uow, chosen) if chosen is not None else None)
    for row in rows:
        code = same_layout(batch.layouts, row.layout.partition("#")[0], jobs[row.job_id].layouts[row.layout])
        batch.entries.append(
            Entry(
                LabelSubject(row.subject), row.subject_id, row.location_id, code, 1, LabelReason.REPRINT, row.document,
                row.content, row.true_on, row.facts, row.is_once,
            )
        )  # fmt: skip
    return create_job(uow, batch)


@command(Permission.LABEL_PRINT)
def choose_label_printer(uow: UnitOfWork, *, stock: str, device_id: int) -> None:
    """Choose the printer for a paper.

    This PC prints labels on this paper (60x40) on that printer from now on. Raises InvalidInput, NotFound.
    """
    remember_route(uow, stock, _printer(uow, device_id).device_id)


@command(Permission.LABEL_PRINT)
def answer_last_good(uow: UnitOfWork, *, job_id: int, number: int) -> JobStand:
    """Say which was the last good label.

    Labels up to it came out; those after it that may or may not have come out are printed again. 0: none came out.
    Raises Refused when nothing is asked, InvalidInput.
    """
    job = Job(uow, job_id)
    good, again = journal.answer(job.states, number)
    uow.note(job=job.row.number)
    return job.take(good, again, state=LabelJobState.PRINTING, trouble="")


@command(Permission.LABEL_PRINT)
def resume_at(uow: UnitOfWork, *, job_id: int, number: int) -> JobStand:
    """Print again from a label on.

    All labels from this number on are printed, also those that came out already. Raises Refused while labels are under
    way, InvalidInput.
    """
    job = Job(uow, job_id)
    _require_not_cancelled(job)
    good, again = journal.resume_at(job.states, number)
    _ask_about_twice(uow, job, again.numbers)
    uow.note(job=job.row.number)
    return job.take(good, again, state=LabelJobState.PRINTING, trouble="")


@command(Permission.LABEL_PRINT)
def print_again(uow: UnitOfWork, *, job_id: int, numbers: Sequence[int]) -> JobStand:
    """Print only these labels again.

    Spoiled or lost ones of a job, by their running number. NeedsConfirmation when they carry a price or batch and came
    out before. Raises Refused, InvalidInput.
    """
    job = Job(uow, job_id)
    _require_not_cancelled(job)
    step = journal.again(job.states, numbers)
    _ask_about_twice(uow, job, step.numbers)
    uow.note(job=job.row.number)
    return job.take(step, state=LabelJobState.PRINTING, trouble="")


def _require_not_cancelled(job: Job) -> None:
    if job.state is LabelJobState.CANCELLED:
        job.require_open()


def _ask_about_twice(uow: UnitOfWork, job: Job, numbers: Sequence[int]) -> None:
    came_out = [number for number in numbers if job.states[number - 1] is LabelState.CONFIRMED]
    once = 0
    for part in chunks(came_out):
        here = LabelJobLabel.job_id == job.row.id, LabelJobLabel.number.in_(part), LabelJobLabel.is_once
        once += len(uow.sql.execute(select(LabelJobLabel.id).where(*here)).all())
    if once:
        question = _n(
            "{n} label with a price or batch came out already. Print it a second time?",
            "{n} labels with a price or batch came out already. Print them a second time?",
            once,
        )
        uow.confirm("print_twice", question)


@command(Permission.LABEL_PRINT)
def skip_labels(uow: UnitOfWork, *, job_id: int, numbers: Sequence[int]) -> JobStand:
    """Leave labels of a job out.

    Labels that were not sent yet, by their running number. Raises Refused when the job has ended.
    """
    job = Job(uow, job_id)
    job.require_open()
    return job.take(journal.skip(job.states, numbers))


@command(Permission.LABEL_PRINT)
def pause_job(uow: UnitOfWork, *, job_id: int) -> JobStand:
    """Stop a label job.

    Nothing more is sent once the labels under way are through; it goes on where it stopped. Raises Refused when it has
    ended.
    """
    job = Job(uow, job_id)
    job.require_open()
    uow.note(job=job.row.number)
    return job.take(state=LabelJobState.PAUSED)


@command(Permission.LABEL_PRINT)
def continue_job(uow: UnitOfWork, *, job_id: int) -> JobStand:
    """Go on with a label job.

    Raises Refused when it has ended.
    """
    job = Job(uow, job_id)
    job.require_open()
    return job.take(state=LabelJobState.PRINTING, trouble="")


@command(Permission.LABEL_PRINT)
def cancel_job(uow: UnitOfWork, *, job_id: int) -> JobStand:
    """Give a label job up.

    What was not sent goes back on the queue; whatever is under way stays a question. Raises Refused when it has ended.
    """
    job = Job(uow, job_id)
    job.require_open()
    stand = job.take(
        journal.skip(job.states), journal.ask(job.states), state=LabelJobState.CANCELLED, holder="", held_at=None
    )
    uow.note(job=job.row.number, returned=job.return_to_queue())
    return stand
