"""Setting up schedules: reports that are made by themselves and go to a folder or by e-mail."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select, update

from core import mail
from core.edits import merge_edit
from core.errors import InvalidInput
from core.i18n import LANGUAGES, Text, _
from core.registry import command
from core.reports.rules.due import checked_when
from core.reports.rules.files import checked_folder, run_file_name, stem_of
from core.reports.rules.runs import RunEvent, after, queued
from core.reports.steps.closings import newest_closing
from core.reports.steps.planning import replace_open_runs
from core.reports.steps.saved import (
    RUN,
    SCHEDULE,
    edit_of,
    run_for_change,
    run_of,
    schedule_for_change,
    stored_edit,
    stored_run,
)
from core.reports.steps.scheduled import check_form, check_made
from core.reports.types.schedules import ScheduleEdit
from core.uow import UnitOfWork
from db.enums import Permission, Rhythm, ScheduleTarget

LONGEST_NAME = 60
_REMOVED = _("The schedule was removed.")
_SWITCHED_OFF = _("The schedule was switched off.")


@command(Permission.REPORT_SCHEDULE)
def save_schedule(
    uow: UnitOfWork, *, new: ScheduleEdit, schedule_id: int = 0, version: int = 0, seen: ScheduleEdit | None = None
) -> int:
    """Save a schedule of a report.

    Answers its id; `schedule_id` 0 makes a new one, else `version` and `seen` are what the form showed. From now on it is
    made with the rights of who saved it, and is due from now on: what was due before is not made. Raises InvalidInput for a
    name, time, folder or address that cannot be right, NotFound for a report or view there is not, NotAllowed for one this
    person may not see (or, to send it, without the right to send e-mail), Conflict.
    """
    edit = _checked(uow, new)
    _check_name(uow, edit, schedule_id)
    values = stored_edit(edit)
    fresh = {"counted_from": uow.now, "person_id": uow.actor.person_id, "saved_at": uow.now}
    uow.note(schedule=edit.name)
    if not schedule_id:
        row = {**values, **fresh, "version": 1, "is_removed": False}
        return int(uow.sql.execute(insert(SCHEDULE).values(**row).returning(SCHEDULE.c.id)).scalar_one())
    kept = schedule_for_change(uow, schedule_id)
    before = stored_edit(edit_of(kept))
    base = None if seen is None else stored_edit(seen)
    touched = {field: value for field, value in values.items() if base is None or value != base[field]}
    changes = merge_edit(changes=touched, base=base, stored=before, is_stale=kept.version != version)
    uow.note(changes={field: [before[field], value] for field, value in changes.items()})
    uow.sql.execute(
        update(SCHEDULE).where(SCHEDULE.c.id == schedule_id).values(**changes, **fresh, version=kept.version + 1)
    )
    if not edit.is_on:
        replace_open_runs(uow, schedule_id, _SWITCHED_OFF)
    return schedule_id


@command(Permission.REPORT_SCHEDULE)
def remove_schedule(uow: UnitOfWork, *, schedule_id: int) -> None:
    """Remove a schedule of a report.

    Its runs stay in the list; what waits is not made any more. Raises NotFound.
    """
    kept = schedule_for_change(uow, schedule_id)
    # The name becomes free for another one; the runs keep telling whose they were.
    name = f"{kept.name[:LONGEST_NAME]} #{schedule_id}"
    uow.sql.execute(
        update(SCHEDULE).where(SCHEDULE.c.id == schedule_id).values(is_removed=True, is_on=False, name=name)
    )
    replace_open_runs(uow, schedule_id, _REMOVED)
    uow.note(schedule=kept.name)


@command(Permission.REPORT_SCHEDULE)
def run_schedule(uow: UnitOfWork, *, schedule_id: int) -> int:
    """Run a schedule now.

    Besides the times it is due; answers the run's id. It is made by whichever program looks next. Raises NotFound,
    Refused when it follows the closing of a month and none was closed yet.
    """
    kept = schedule_for_change(uow, schedule_id)
    month = newest_closing(uow).month if kept.rhythm == Rhythm.MONTH_CLOSED else ""
    uow.note(schedule=kept.name)
    values = {"schedule_id": schedule_id, "due_at": uow.now, "month": month, **stored_run(queued(uow.now))}
    found = uow.sql.execute(
        select(RUN.c.id).where(RUN.c.schedule_id == schedule_id, RUN.c.due_at == uow.now)
    ).scalar_one_or_none()
    if found is not None:
        return int(found)
    return int(uow.sql.execute(insert(RUN).values(**values).returning(RUN.c.id)).scalar_one())


@command(Permission.REPORT_SCHEDULE)
def try_run_again(uow: UnitOfWork, *, run_id: int) -> None:
    """Try a run of a schedule again.

    One that was given up. Raises Refused with where the run stands, NotFound.
    """
    row = run_for_change(uow, run_id)
    schedule = schedule_for_change(uow, row.schedule_id)
    run = after(run_of(row), RunEvent.TRY_AGAIN, uow.now)
    uow.sql.execute(update(RUN).where(RUN.c.id == run_id).values(**stored_run(run), holder="", taken_by=""))
    uow.note(schedule=schedule.name)


def _checked(uow: UnitOfWork, new: ScheduleEdit) -> ScheduleEdit:
    name = " ".join(new.name.split())
    if not name or len(name) > LONGEST_NAME or not stem_of(name):
        raise InvalidInput(_("Give the schedule a name of at most {n} letters.", n=LONGEST_NAME), field="name")
    if new.language and new.language not in LANGUAGES:
        raise InvalidInput(
            _("“{language}” is not a language of this program. Write zh or en.", language=new.language[:20]),
            field="language",
        )
    when = checked_when(new.when)
    edit = replace(new, name=name, when=when, station=new.station.strip())
    check_made(uow, edit)
    check_form(uow, edit)
    if edit.target is ScheduleTarget.FOLDER:
        return replace(edit, folder=checked_folder(edit.folder), recipients="")
    uow.require(Permission.MAIL_SEND)
    return replace(edit, recipients=", ".join(addresses_of(edit.recipients)), folder="", station="")


def addresses_of(recipients: str) -> tuple[str, ...]:
    """The addresses of a list with commas or semicolons, each once. Raises InvalidInput."""
    plain = recipients.translate(str.maketrans("；;，、\n", ",,,,,"))
    found = tuple(dict.fromkeys(mail.check_address(part) for part in plain.split(",") if part.strip()))
    if not found:
        raise InvalidInput(_("Name at least one e-mail address."), field="recipients")
    return found


def _check_name(uow: UnitOfWork, edit: ScheduleEdit, schedule_id: int) -> None:
    """No two schedules may write one file: their names differ as names of files too."""
    rows: list[Any] = list(
        uow.sql.execute(select(SCHEDULE.c.name).where(SCHEDULE.c.id != schedule_id, ~SCHEDULE.c.is_removed))
    )
    if any(stem_of(row.name).casefold() == stem_of(edit.name).casefold() for row in rows):
        taken: Text = _("There is a schedule called {name} already. Choose another name.", name=edit.name)
        raise InvalidInput(taken, field="name")
    longest = len(edit.folder) + 1 + len(run_file_name(edit.name, uow.now, uow.site.zone, edit.form, "2026-10"))
    if longest > 400:
        raise InvalidInput(_("The path of the folder is too long."), field="folder")
