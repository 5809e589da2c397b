"""Putting e-mails into the outbox, and what became of those of a record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, insert, select, update

from core.answers import to_json
from core.i18n import _
from core.mail.rules.message import message_bytes, one_line
from core.mail.rules.outbox import MailEvent, after, queued
from core.mail.steps.rows import MAIL, mail_row, mails, need_server, outgoing, stored
from core.mail.types import Mailbox, MailDraft, MailRow, NewMail
from core.uow import UnitOfWork
from db.enums import MailState
from db.sql import chunks

LONGEST_SHOWN = 200
_RESTORED = _("The site was restored from a backup; this e-mail may have been sent since.")


def queue_mail(uow: UnitOfWork, new: NewMail) -> int:
    """Put an e-mail into the outbox; answers its number there. It is sent once this transaction is kept, by whichever
    window or schedule of the site comes first; the same request never queues it twice.

    Raises Refused while no mail server is set up, InvalidInput for a wrong address, no recipient, no subject or files
    over 15 MB.
    """
    server = need_server(uow)
    _let_go_of_old(uow)
    line = (
        1
        + uow.sql.execute(
            select(func.count()).select_from(MAIL).where(MAIL.c.request_id == uow.request_id)
        ).scalar_one()
    )
    answer_to = new.answer_to or (Mailbox(server.reply_to) if server.reply_to else None)
    message = message_bytes(
        MailDraft(
            request_id=uow.request_id,
            made_at=uow.now,
            sender=Mailbox(server.address, server.name or uow.site.title(uow.site.language)),
            to=new.to,
            subject=new.subject,
            body=new.body,
            attachments=new.attachments,
            copies=new.copies,
            answer_to=answer_to,
            line=line,
        )
    )
    values = {
        "owner_kind": new.owner_kind,
        "owner_id": new.owner_id,
        "recipients": ", ".join(_shown(one) for one in (*new.to, *new.copies)),
        "subject": one_line(new.subject, LONGEST_SHOWN),
        "message": message,
        "made_at": uow.now,
        "person_id": uow.actor.person_id,
        "request_id": uow.request_id,
        "line": line,
        **stored(queued(uow.now)),
    }
    return int(uow.sql.execute(insert(MAIL).values(**values).returning(MAIL.c.id)).scalar_one())


def doubt_unsent(uow: UnitOfWork) -> int:
    """After a site was put back to an earlier moment: whatever waited then may have left since, so a person is asked about
    each instead of sending it. Answers how many there are."""
    rows = uow.sql.execute(
        select(*(MAIL.c[name] for name in ("id", "state", "queued_at", "next_at", "attempts", "taken_at")))
        .where(MAIL.c.state.in_((MailState.QUEUED, MailState.SENDING)))
        .with_for_update()
    ).all()
    for row in rows:
        mail = after(outgoing(row), MailEvent.RESTORED, uow.now)
        uow.sql.execute(update(MAIL).where(MAIL.c.id == row.id).values(**stored(mail), why=to_json(_RESTORED)))
    return len(rows)


def mail_states(uow: UnitOfWork, owner_kind: str, ids: Iterable[int]) -> dict[int, MailRow]:
    """The latest e-mail of each record that has one, by the record's id."""
    found: dict[int, MailRow] = {}
    for part in chunks(sorted(set(ids))):
        latest = (
            select(func.max(MAIL.c.id))
            .where(MAIL.c.owner_kind == owner_kind, MAIL.c.owner_id.in_(part))
            .group_by(MAIL.c.owner_id)
        )
        rows = uow.sql.execute(mails().where(MAIL.c.id.in_(latest)))
        found.update({row.owner_id: mail_row(row) for row in rows})
    return found


def _let_go_of_old(uow: UnitOfWork) -> None:
    """The words and files of what was sent or withdrawn long ago; the line stays. They are kept as long as printed papers."""
    oldest = uow.now - timedelta(days=uow.site.paper_days)
    is_over = MAIL.c.state.in_((MailState.SENT, MailState.WITHDRAWN))
    is_old = (MAIL.c.made_at < oldest) & (func.length(MAIL.c.message) > 0)
    uow.sql.execute(update(MAIL).where(is_over, is_old).values(message=b""))


def _shown(mailbox: Mailbox) -> str:
    name = one_line(mailbox.name, LONGEST_SHOWN)
    address = mailbox.address.strip()
    return f"{name} <{address}>" if name else address
