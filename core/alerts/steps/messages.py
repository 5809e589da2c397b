"""Messages in the database: made of what is due, and where each stands."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from core.alerts.rules.digest import MOST_LINES, Told, message_of
from core.alerts.rules.life import RANKS
from core.alerts.rules.outbox import LONGEST_SENDING, RESTORED, MessageEvent, Outgoing, after, queued, unsure_question
from core.alerts.steps.channels import C, Channel
from core.alerts.steps.deliveries import D, due
from core.alerts.steps.inbox import A, told
from core.alerts.types.channels import MessageRow
from core.answers import from_json, to_json
from core.errors import NotFound
from core.i18n import Text, _
from core.uow import UnitOfWork
from db.alerts import AlertMessage
from db.base import table_of
from db.enums import AlertKind, AlertState, AlertUrgency, ChannelKind, MessageState
from db.sql import chunks

M = table_of(AlertMessage)
MOST_AT_ONCE = 10_000


def due_addresses(uow: UnitOfWork) -> list[tuple[int, str]]:
    """Channel and address of what is due and in no message yet."""
    rows = uow.sql.execute(
        select(D.c.channel_id, D.c.address)
        .where(D.c.message_id.is_(None), D.c.is_dropped.is_(False), due(D.c.due_at, uow.now))
        .distinct()
        .order_by(D.c.channel_id, D.c.address)
    )
    return [(row.channel_id, row.address) for row in rows]


def make_message(uow: UnitOfWork, channel: Channel, address: str) -> int:
    """Put everything that is due for an address into one message; answers its number, 0 when nothing is left to tell: what
    is over by now, acknowledged or resting is dropped."""
    listed = (
        select(D.c.id, D.c.alert_id, A.c.kind, A.c.urgency, A.c.state, A.c.facts)
        .join(A, A.c.id == D.c.alert_id)
        .where(
            D.c.channel_id == channel.id, D.c.address == address, D.c.message_id.is_(None),
            D.c.is_dropped.is_(False), due(D.c.due_at, uow.now),
        )
        .order_by(D.c.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=D)
    )  # fmt: skip
    rows = uow.sql.execute(listed).all()
    open_rows = [row for row in rows if row.state == AlertState.OPEN]
    _mark(uow, [row.id for row in rows if row.state != AlertState.OPEN], is_dropped=True)
    if not open_rows:
        return 0
    language = channel.edit.language or uow.site.language
    alerts = list({row.alert_id: row for row in open_rows}.values())
    urgent = sum(row.urgency == AlertUrgency.URGENT for row in alerts)
    title, body = message_of(uow.site.title(language), _told(alerts), len(alerts), urgent, language)
    message_id = int(
        uow.sql.execute(
            insert(M)
            .values(
                channel_id=channel.id, address=address, key=uuid.uuid4().hex, title=title, body=body,
                alerts=len(alerts), made_at=uow.now, **stored(queued(uow.now)),
            )
            .returning(M.c.id)
        ).scalar_one()
    )  # fmt: skip
    _mark(uow, [row.id for row in open_rows], message_id=message_id)
    return message_id


def _told(rows: Sequence[Any]) -> list[Told]:
    """The alerts a message names: the most urgent, of those the first."""
    first = sorted(rows, key=lambda row: (RANKS[AlertUrgency(row.urgency)], row.alert_id))[:MOST_LINES]
    found = []
    for row in first:
        kind = AlertKind(row.kind)
        words = told(kind, row.facts, sees_cost=False)
        found.append(Told(row.alert_id, kind, AlertUrgency(row.urgency), *words))
    return found


def _mark(uow: UnitOfWork, ids: Sequence[int], **values: Any) -> None:
    for part in chunks(list(ids)):
        uow.sql.execute(update(D).where(D.c.id.in_(part)).values(**values))


def fetch_message(uow: UnitOfWork, message_id: int) -> Any:
    """A message's row, locked. Raises NotFound."""
    row = uow.sql.execute(select(M).where(M.c.id == message_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("There is no such message."), field="message")
    return row


def outgoing(row: Any) -> Outgoing:
    """Where a message stands, for the rules."""
    return Outgoing(MessageState(row.state), row.queued_at, row.next_at, row.attempts, row.taken_at)


def stored(message: Outgoing) -> dict[str, Any]:
    """The opposite."""
    return {
        "state": str(message.state), "queued_at": message.queued_at, "next_at": message.next_at,
        "attempts": message.attempts, "taken_at": message.taken_at,
    }  # fmt: skip


def move(uow: UnitOfWork, row: Any, event: MessageEvent, **values: Any) -> None:
    """What happened to a message, written down. Raises Refused when that cannot happen to it."""
    message = after(outgoing(row), event, uow.now)
    uow.sql.execute(update(M).where(M.c.id == row.id).values(**stored(message), **values))


def let_go(uow: UnitOfWork, channel_id: int) -> None:
    """A channel was put right: what waits for it is tried at once."""
    is_waiting = (M.c.channel_id == channel_id) & (M.c.state == MessageState.QUEUED)
    uow.sql.execute(update(M).where(is_waiting).values(next_at=uow.now))


def withdraw_all(uow: UnitOfWork, channel_id: int) -> None:
    """A channel is no more: nothing is sent over it, and nobody is asked about it."""
    rows = uow.sql.execute(select(M).where(M.c.channel_id == channel_id).with_for_update()).all()
    for row in rows:
        if row.state in (MessageState.QUEUED, MessageState.FAILED, MessageState.UNSURE):
            move(uow, row, MessageEvent.WITHDRAW, decided_by=uow.actor.person_id)
    uow.sql.execute(update(D).where(D.c.channel_id == channel_id, D.c.message_id.is_(None)).values(is_dropped=True))


def doubt_messages(uow: UnitOfWork) -> int:
    """After a site was put back to an earlier moment: whatever waited then may have left since, so a person is asked about
    each message, and what was in none yet is dropped: those alerts stand in the inbox. Answers how many."""
    rows = uow.sql.execute(
        select(M).where(M.c.state.in_((MessageState.QUEUED, MessageState.SENDING))).with_for_update()
    ).all()
    for row in rows:
        move(uow, row, MessageEvent.RESTORED, why=to_json(RESTORED))
    uow.sql.execute(update(D).where(D.c.message_id.is_(None)).values(is_dropped=True))
    return len(rows)


def messages_listed() -> Select[Any]:
    """Messages with the name and kind of their channel."""
    return select(M, C.c.name.label("channel"), C.c.kind).join(C, C.c.id == M.c.channel_id)


def message_row(row: Any) -> MessageRow:
    """One line of the list."""
    why = None if row.why is None else from_json(row.why)
    state = MessageState(row.state)
    return MessageRow(
        row.id, row.channel_id, row.channel, ChannelKind(row.kind), row.address, row.title, row.body, row.alerts, state,
        row.made_at, row.next_at, row.attempts, row.sent_at, why if isinstance(why, Text) else None,
        unsure_question(row.channel) if state is MessageState.UNSURE else None,
    )  # fmt: skip


def is_stranded(uow: UnitOfWork) -> Any:
    """A message that was taken so long ago, or by a clock so far ahead, that whoever took it has ended."""
    is_long_ago = M.c.taken_at <= uow.now - LONGEST_SENDING
    return (M.c.state == MessageState.SENDING) & (is_long_ago | (M.c.taken_at > uow.now + LONGEST_SENDING))


def next_message(uow: UnitOfWork) -> datetime | None:
    """When the next message that waits may go."""
    found: datetime | None = uow.sql.execute(
        select(M.c.next_at).where(M.c.state == MessageState.QUEUED).order_by(M.c.next_at).limit(1)
    ).scalar_one_or_none()
    return found
