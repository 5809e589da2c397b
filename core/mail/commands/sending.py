"""The steps of a run that sends e-mails: each is kept before the mail server hears of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from core.answers import to_json
from core.i18n import _
from core.mail.rules.outbox import LONGEST_SENDING, MOVES, MailEvent, after, event_of, is_stranded
from core.mail.steps.rows import MAIL, fetch_for_change, outgoing, stored
from core.mail.types import Delivery
from core.registry import command
from core.uow import UnitOfWork
from db.enums import MailState

_LEFT_BEHIND = _("The program ended while it was sending this e-mail.")


@command(None)
def take_mail(uow: UnitOfWork, *, holder: str) -> int:
    """Begin to send an e-mail.

    Takes the one that has waited longest of those that may go now, and answers its number, 0 when there is none. From now
    on only the run named `holder` sends it. It was queued with the right to; the program sends it whoever is signed in.
    """
    due = uow.sql.execute(
        select(MAIL.c.id)
        .where(MAIL.c.state == MailState.QUEUED, MAIL.c.next_at <= uow.now)
        .order_by(MAIL.c.next_at, MAIL.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar_one_or_none()
    if due is None:
        return 0
    row = fetch_for_change(uow, due)
    mail = after(outgoing(row), MailEvent.TAKE, uow.now)
    taken = uow.sql.execute(
        update(MAIL)
        .where(MAIL.c.id == due, MAIL.c.state == MailState.QUEUED)
        .values(**stored(mail), holder=holder, taken_by=uow.station)
    )
    uow.note(mail=row.subject, to=row.recipients)
    return int(due) if taken.rowcount == 1 else 0


@command(None)
def mark_mail(uow: UnitOfWork, *, mail_id: int, holder: str, delivery: Delivery) -> MailState:
    """Write down what became of an e-mail.

    Answers where it stands now. When the run no longer holds the e-mail, or a person has decided meanwhile, nothing
    changes. Raises NotFound.
    """
    row = fetch_for_change(uow, mail_id)
    before, event = outgoing(row), event_of(delivery)
    uow.note(mail=row.subject, to=row.recipients)
    if row.holder != holder or event not in MOVES[before.state]:
        return before.state
    mail = after(before, event, uow.now)
    values: dict[str, Any] = {**stored(mail), "why": to_json(delivery.why)}
    if mail.state is MailState.SENT:
        values["sent_at"] = uow.now
    uow.sql.execute(update(MAIL).where(MAIL.c.id == mail_id).values(**values))
    return mail.state


@command(None)
def ask_stranded(uow: UnitOfWork) -> int:
    """Ask about e-mails left behind.

    A program ended while it was sending them, so that nobody knows whether they left; a person is asked. Answers how many
    there are.
    """
    rows = uow.sql.execute(
        select(*(MAIL.c[name] for name in ("id", "state", "queued_at", "next_at", "attempts", "taken_at")))
        .where(MAIL.c.state == MailState.SENDING, MAIL.c.taken_at <= uow.now - LONGEST_SENDING)
        .with_for_update()
    ).all()
    left = [row for row in rows if is_stranded(outgoing(row), uow.now)]
    for row in left:
        mail = after(outgoing(row), MailEvent.STRANDED, uow.now)
        uow.sql.execute(update(MAIL).where(MAIL.c.id == row.id).values(**stored(mail), why=to_json(_LEFT_BEHIND)))
    return len(left)
