"""Setting up the mail server."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, update

from core.edits import merge_edit
from core.mail.rules.server import checked_server
from core.mail.steps.rows import MAIL, SERVER, SERVER_ID, find_server
from core.mail.types import MailServerEdit
from core.registry import command
from core.uow import UnitOfWork
from db.enums import MailState, Permission

_STORED_AS = {"user": "user_name"}


@command(Permission.SITE_EDIT)
def save_mail_server(
    uow: UnitOfWork, *, new: MailServerEdit, version: int = 0, seen: MailServerEdit | None = None
) -> int:
    """Set up the mail server.

    Answers the new version. `version` and `seen` are what the form showed; what somebody else changed meanwhile is merged
    field by field. E-mails that wait are tried again at once with the new settings. The password is no part of it: each PC
    keeps its own (`keep_mail_password`). Raises InvalidInput for a server, port or address that cannot be right, Conflict.
    """
    edit = checked_server(new)
    kept = find_server(uow)
    if not kept.is_set:
        row = {**_row(edit), "id": SERVER_ID, "version": 1, "saved_at": uow.now, "saved_by": uow.actor.person_id}
        uow.sql.execute(insert(SERVER).values(**row))
        return 1
    before, base = _row(kept.edit), None if seen is None else _row(seen)
    touched = {name: value for name, value in _row(edit).items() if base is None or value != base[name]}
    changes = merge_edit(changes=touched, base=base, stored=before, is_stale=kept.version != version)
    uow.sql.execute(
        update(SERVER)
        .where(SERVER.c.id == SERVER_ID)
        .values(**changes, version=kept.version + 1, saved_at=uow.now, saved_by=uow.actor.person_id)
    )
    uow.sql.execute(update(MAIL).where(MAIL.c.state == MailState.QUEUED).values(next_at=uow.now))
    uow.note(changes={name: [before[name], value] for name, value in changes.items()})
    return kept.version + 1


def _row(edit: MailServerEdit) -> dict[str, Any]:
    return {_STORED_AS.get(name, name): value for name, value in asdict(edit).items()}
