"""What a person says about an e-mail in the outbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from core.mail.rules.message import with_sender
from core.mail.rules.outbox import MailEvent, after
from core.mail.steps.rows import MAIL, fetch_for_change, need_server, outgoing, stored
from core.mail.types import Mailbox
from core.registry import command
from core.uow import UnitOfWork
from db.enums import MailState, Permission


@command(Permission.MAIL_SEND)
def send_again(uow: UnitOfWork, *, mail_id: int) -> None:
    """Send an e-mail again.

    One that was refused, or of which a person knows that it did not arrive. It goes out as it was, from the address the
    mail server's settings name now. Raises Refused with where the e-mail stands, or while no mail server is set up;
    NotFound.
    """
    row = fetch_for_change(uow, mail_id)
    mail = after(outgoing(row), MailEvent.SEND_AGAIN, uow.now)
    server = need_server(uow)
    message = uow.sql.execute(select(MAIL.c.message).where(MAIL.c.id == mail_id)).scalar_one()
    sender = Mailbox(server.address, server.name or uow.site.title(uow.site.language))
    _write(uow, row, message=with_sender(message, sender), why=None, holder="", taken_by="", **stored(mail))


@command(Permission.MAIL_SEND)
def hurry_mails(uow: UnitOfWork) -> int:
    """Try waiting e-mails again now.

    Those that were put off are not waited for any longer. Answers how many wait.
    """
    waiting = uow.sql.execute(
        update(MAIL).where(MAIL.c.state == MailState.QUEUED).values(next_at=uow.now).returning(MAIL.c.id)
    )
    return len(waiting.all())


@command(Permission.MAIL_SEND)
def it_arrived(uow: UnitOfWork, *, mail_id: int) -> None:
    """Say that an e-mail arrived.

    For one of which nobody knew whether it left. Raises Refused with where the e-mail stands, NotFound.
    """
    row = fetch_for_change(uow, mail_id)
    mail = after(outgoing(row), MailEvent.IT_ARRIVED, uow.now)
    _write(uow, row, sent_at=uow.now, why=None, **stored(mail))


@command(Permission.MAIL_SEND)
def withdraw_mail(uow: UnitOfWork, *, mail_id: int) -> None:
    """Withdraw an e-mail.

    One that waits, was refused, or perhaps arrived: it is never sent again. Raises Refused with where the e-mail stands,
    NotFound.
    """
    row = fetch_for_change(uow, mail_id)
    mail = after(outgoing(row), MailEvent.WITHDRAW, uow.now)
    _write(uow, row, **stored(mail))


def _write(uow: UnitOfWork, row: Any, **values: object) -> None:
    said = {"decided_at": uow.now, "decided_by": uow.actor.person_id}
    uow.sql.execute(update(MAIL).where(MAIL.c.id == row.id).values(**said, **values))
    uow.note(mail=row.subject, to=row.recipients)
