"""E-mails and the mail server read from the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from core.answers import from_json
from core.errors import NotFound, Refused
from core.i18n import Text, _
from core.mail.rules.outbox import Outgoing
from core.mail.rules.server import NOT_SET
from core.mail.types import MailRow, MailServer, MailServerEdit
from core.uow import UnitOfWork
from db import mail as tables
from db.base import table_of
from db.enums import MailState
from db.identity import Person

MAIL, SERVER = table_of(tables.MailOutbox), table_of(tables.MailServer)
SERVER_ID = 1
_MADE_BY = table_of(Person).alias("made_by")
_DECIDED_BY = table_of(Person).alias("decided_by")
_COLUMNS = (
    MAIL.c.id, MAIL.c.owner_kind, MAIL.c.owner_id, MAIL.c.recipients, MAIL.c.subject, MAIL.c.state, MAIL.c.made_at,
    MAIL.c.queued_at, MAIL.c.next_at, MAIL.c.attempts, MAIL.c.sent_at, MAIL.c.why, MAIL.c.taken_by,
)  # fmt: skip


def mails(*more: Any) -> Select[Any]:
    """The outbox without the messages themselves."""
    return (
        select(
            *_COLUMNS,
            func.length(MAIL.c.message).label("size"),
            _MADE_BY.c.name.label("made_by"),
            func.coalesce(_DECIDED_BY.c.name, "").label("decided_by"),
            *more,
        )
        .join(_MADE_BY, _MADE_BY.c.id == MAIL.c.person_id)
        .outerjoin(_DECIDED_BY, _DECIDED_BY.c.id == MAIL.c.decided_by)
    )


def mail_row(row: Any) -> MailRow:
    """One line of it."""
    facts = {name: getattr(row, name) for name in MailRow.__dataclass_fields__}
    return MailRow(**{**facts, "state": MailState(row.state), "why": text_of(row.why)})


def text_of(stored: Any) -> Text | None:
    """A text kept with an e-mail, in no language yet."""
    found = None if stored is None else from_json(stored)
    return found if isinstance(found, Text) else None


def fetch_for_change(uow: UnitOfWork, mail_id: int) -> Any:
    """An e-mail's row without its message, locked. Raises NotFound."""
    columns = (*_COLUMNS, MAIL.c.taken_at, MAIL.c.holder)
    row = uow.sql.execute(select(*columns).where(MAIL.c.id == mail_id).with_for_update()).first()
    if row is None:
        raise no_such_mail()
    return row


def no_such_mail() -> NotFound:
    """The sentence for an e-mail there is not."""
    return NotFound(_("There is no such e-mail in the outbox."), field="mail")


def outgoing(row: Any) -> Outgoing:
    """Where an e-mail stands, for the rules."""
    return Outgoing(MailState(row.state), row.queued_at, row.next_at, row.attempts, row.taken_at)


def stored(mail: Outgoing) -> dict[str, Any]:
    """The opposite."""
    return {
        "state": str(mail.state),
        "queued_at": mail.queued_at,
        "next_at": mail.next_at,
        "attempts": mail.attempts,
        "taken_at": mail.taken_at,
    }


def find_server(uow: UnitOfWork) -> MailServer:
    """The mail server; with version 0 while none is set up."""
    person = table_of(Person)
    row = uow.sql.execute(
        select(SERVER, person.c.name.label("person")).join(person, person.c.id == SERVER.c.saved_by)
    ).first()
    if row is None:
        return NOT_SET
    edit = MailServerEdit(
        row.host, row.port, row.security, row.user_name, row.address, row.name, row.reply_to, bool(row.is_copied)
    )
    return MailServer(edit, row.version, row.saved_at, row.person)


def need_server(uow: UnitOfWork) -> MailServerEdit:
    """The mail server's settings. Raises Refused with the way out while there are none."""
    server = find_server(uow)
    if not server.is_set:
        raise not_set_up()
    return server.edit


def not_set_up() -> Refused:
    """The sentence for a site that has no mail server yet."""
    return Refused(_("No mail server is set up yet. Do that first: Settings, E-mail server."))
