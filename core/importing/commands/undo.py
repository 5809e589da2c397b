"""Undoing what a file brought in."""

from __future__ import annotations

from sqlalchemy import select, update

from core import documents
from core.errors import NotFound, Refused
from core.i18n import _
from core.importing.steps.runs import changed_by, count_made, made_by
from core.importing.steps.undoing import REMOVERS, reverse_postings
from core.importing.steps.updating import RESTORERS
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission
from db.importing import ImportRun


@command(Permission.IMPORT_RUN)
def undo_import(uow: UnitOfWork, *, run_id: int) -> int:
    """Undo an import.

    Reverses what it posted, removes what it made and brings back what it changed, all or nothing; answers how many
    postings and records that were. Raises NotFound; Refused when it is undone already, when something else uses what it
    made, or somebody changed the same since.
    """
    run = uow.sql.execute(select(ImportRun.__table__).where(ImportRun.id == run_id)).first()
    if run is None:
        raise NotFound(_("There is no such import."), field="run")
    if run.undone_at is not None:
        when = documents.format_instant(run.undone_at, uow.site.zone)
        raise Refused(_("This import was undone already, on {when}.", when=when))
    uow.note(file=run.file_name)
    made = made_by(run.made)
    postings = made.pop("postings", [])
    if postings:
        reverse_postings(uow, postings, _("Import undone: {file}", file=run.file_name))
    changed = changed_by(run.made)
    for name, records in changed.items():
        RESTORERS[name](uow, records)
    for name, ids in made.items():
        REMOVERS[name](uow, ids)
    uow.sql.execute(update(ImportRun).where(ImportRun.id == run_id).values(undone_at=uow.now))
    return count_made(run.made) + sum(len(part) for part in changed.values())
