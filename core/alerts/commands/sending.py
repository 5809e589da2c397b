"""The steps of a run that sends: each is kept before the receiver hears of the message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from core import mail
from core.alerts.rules.outbox import LEFT_BEHIND, MOVES, MessageEvent, after, event_of
from core.alerts.steps.channels import fetch_channel, load_channels
from core.alerts.steps.deliveries import due
from core.alerts.steps.messages import (
    M,
    due_addresses,
    fetch_message,
    is_stranded,
    make_message,
    move,
    outgoing,
    stored,
)
from core.alerts.types.channels import Delivery
from core.answers import to_json
from core.errors import NotFound
from core.mail import Mailbox, NewMail
from core.registry import command
from core.uow import UnitOfWork
from db.enums import ChannelKind, MessageState

OWNER = "alert"


@command(None)
def take_message(uow: UnitOfWork, *, channel_id: int, holder: str) -> int:
    """Begin to send a message of alerts.

    Takes the one that has waited longest of those of the channel that may go now, else makes one of what is due; answers its
    number, 0 when there is none. From now on only the run named `holder` sends it.
    """
    try:
        channel = fetch_channel(uow, channel_id)
    except NotFound:
        return 0
    if not channel.edit.is_on or channel.edit.kind is ChannelKind.MAIL:
        return 0
    found = _next_waiting(uow, channel_id)
    for of, address in due_addresses(uow):
        if found:
            break
        found = make_message(uow, channel, address) if of == channel_id else 0
    if not found:
        return 0
    message = after(outgoing(fetch_message(uow, found)), MessageEvent.TAKE, uow.now)
    taken = uow.sql.execute(
        update(M)
        .where(M.c.id == found, M.c.state == MessageState.QUEUED)
        .values(**stored(message), holder=holder, taken_by=uow.station)
    )
    uow.note(channel=channel.edit.name)
    return found if taken.rowcount == 1 else 0


def _next_waiting(uow: UnitOfWork, channel_id: int) -> int:
    found = uow.sql.execute(
        select(M.c.id)
        .where(M.c.channel_id == channel_id, M.c.state == MessageState.QUEUED, due(M.c.next_at, uow.now))
        .order_by(M.c.next_at, M.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar_one_or_none()
    return int(found or 0)


@command(None)
def mark_message(uow: UnitOfWork, *, message_id: int, holder: str, delivery: Delivery) -> MessageState:
    """Write down what became of a message of alerts.

    Answers where it stands now. When the run no longer holds it, or a person has decided meanwhile, nothing changes. Raises
    NotFound.
    """
    row = fetch_message(uow, message_id)
    before = outgoing(row)
    is_repeatable = fetch_repeatable(uow, row.channel_id)
    event = event_of(delivery, is_repeatable=is_repeatable)
    if row.holder != holder or event not in MOVES[before.state]:
        return before.state
    message = after(before, event, uow.now, timedelta(seconds=delivery.wait_seconds))
    values: dict[str, Any] = {**stored(message), "why": to_json(delivery.why)}
    if message.state is MessageState.SENT:
        values["sent_at"] = uow.now
    uow.sql.execute(update(M).where(M.c.id == message_id).values(**values))
    return message.state


def fetch_repeatable(uow: UnitOfWork, channel_id: int) -> bool:
    """Whether the receiver of a channel knows messages by their id; a channel that was removed does not."""
    try:
        return fetch_channel(uow, channel_id).edit.is_repeatable
    except NotFound:
        return False


@command(None)
def ask_stranded_messages(uow: UnitOfWork) -> int:
    """Ask about messages of alerts left behind.

    A program ended while it was sending them, so that nobody knows whether they left; a person is asked. To a receiver that
    knows a message by its id the very same one goes again. Answers how many there are.
    """
    rows = uow.sql.execute(select(M).where(is_stranded(uow)).with_for_update()).all()
    for row in rows:
        event = MessageEvent.AGAIN_BY_ID if fetch_repeatable(uow, row.channel_id) else MessageEvent.NO_ANSWER
        move(uow, row, event, why=to_json(LEFT_BEHIND))
    return len(rows)


@command(None)
def queue_alert_mails(uow: UnitOfWork) -> int:
    """Put alerts into the e-mail outbox.

    What is due over channels of e-mail becomes one e-mail for each address and is the outbox's from then on: both are kept
    together or not at all. Answers how many e-mails there are. Raises Refused while no mail server is set up.
    """
    channels = {one.id: one for one in load_channels(uow) if one.edit.is_on and one.edit.kind is ChannelKind.MAIL}
    made = 0
    for channel_id, address in due_addresses(uow):
        message_id = make_message(uow, channels[channel_id], address) if channel_id in channels else 0
        if not message_id:
            continue
        row = fetch_message(uow, message_id)
        letter = NewMail(
            owner_kind=OWNER, owner_id=message_id, to=(Mailbox(address),), subject=row.title, body=row.body
        )
        mail_id = mail.queue_mail(uow, letter)
        taken = after(outgoing(row), MessageEvent.TAKE, uow.now)
        sent = after(taken, MessageEvent.ACCEPTED, uow.now)
        values = {**stored(sent), "sent_at": uow.now, "mail_id": mail_id, "taken_by": uow.station}
        uow.sql.execute(update(M).where(M.c.id == message_id).values(**values))
        made += 1
    return made
