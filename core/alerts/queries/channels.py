"""Channels, the messages sent over them, and what a run that sends asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from core.alerts.rules.channels import needs_secret, needs_url
from core.alerts.steps.channels import fetch_channel, load_channels
from core.alerts.steps.deliveries import due, next_due, untold
from core.alerts.steps.messages import M, due_addresses, is_stranded, message_row, messages_listed, next_message
from core.alerts.types.channels import (
    AlertsDue,
    ChannelDue,
    ChannelRow,
    MessageFilter,
    MessageRow,
    TakenMessage,
)
from core.errors import Refused
from core.i18n import Text, _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import MessageState, Permission

MOST_ROWS = 1_000
LONG_ENOUGH = timedelta(minutes=5)
"""After so long some program would have sent it, if any could."""
_UNTOLD = _(
    "Alerts wait, and no program could send them. Type address and secret of the channel on a PC that runs, or set up the e-mail server."
)
_NEED_PERSON = (MessageState.FAILED, MessageState.UNSURE)


@query(Permission.ALERT_EDIT)
def list_channels(uow: UnitOfWork) -> list[ChannelRow]:
    """The channels of alerts by name, with how many messages of each wait or need a person, and why the last of them did
    not arrive, unless another has been sent since."""
    rows = uow.sql.execute(
        select(
            M.c.channel_id,
            func.count().filter(M.c.state == MessageState.QUEUED),
            func.count().filter(M.c.state.in_(_NEED_PERSON)),
            func.max(M.c.id).filter(M.c.attempts > 0),
        )
        .where(M.c.state.in_((MessageState.QUEUED, *_NEED_PERSON)))
        .group_by(M.c.channel_id)
    )
    counts = {row[0]: row for row in rows}
    said = _troubles(uow, [row[3] for row in counts.values() if row[3] is not None])
    waiting, lately = untold(uow, uow.now), uow.now - LONG_ENOUGH
    found = []
    for one in load_channels(uow):
        moments = waiting.get(one.id, [])
        _id, queued, need_person, _last = counts.get(one.id, (one.id, 0, 0, None))
        why = said.get(one.id) or (_UNTOLD if any(at < lately for at in moments) else None)
        row = ChannelRow(
            one.id, one.version, one.edit, one.key, one.shown, int(queued) + len(moments), int(need_person), why
        )
        found.append(row)
    return found


def _troubles(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Text | None]:
    """By channel why these messages did not arrive. A message is tried no earlier than when it was due, so that one sent
    later says that the channel gets through again."""
    sent = select(M.c.channel_id, func.max(M.c.sent_at)).where(M.c.state == MessageState.SENT).group_by(M.c.channel_id)
    since = {row[0]: row[1] for row in uow.sql.execute(sent)}
    return {
        row.channel_id: message_row(row).why
        for row in uow.sql.execute(messages_listed().where(M.c.id.in_(ids)))
        if since.get(row.channel_id, row.next_at) <= row.next_at
    }


@query(Permission.ALERT_EDIT)
def list_messages(
    uow: UnitOfWork, *, wanted: MessageFilter | None = None, offset: int = 0, limit: int = 200
) -> list[MessageRow]:
    """The messages that told of alerts, newest first; at most 1,000 at a time."""
    asked = wanted or MessageFilter()
    where: list[Any] = []
    if asked.states:
        where.append(M.c.state.in_([str(state) for state in asked.states]))
    if asked.channel_id:
        where.append(M.c.channel_id == asked.channel_id)
    page = messages_listed().where(*where).order_by(M.c.id.desc())
    rows = uow.sql.execute(page.offset(max(0, offset)).limit(max(1, min(limit, MOST_ROWS))))
    return [message_row(row) for row in rows]


@query(None)
def get_alerts_due(uow: UnitOfWork) -> AlertsDue:
    """What waits to be told over channels now, for the run that sends it."""
    waiting = set(
        uow.sql.execute(
            select(M.c.channel_id).where(M.c.state == MessageState.QUEUED, due(M.c.next_at, uow.now)).distinct()
        ).scalars()
    )
    waiting |= {channel_id for channel_id, _address in due_addresses(uow)}
    stranded = uow.sql.execute(select(func.count()).select_from(M).where(is_stranded(uow))).scalar_one()
    channels = tuple(
        ChannelDue(one.id, one.edit.name, one.edit.kind, one.key, needs_url(one.edit.kind), needs_secret(one.edit))
        for one in load_channels(uow)
        if one.id in waiting and one.edit.is_on
    )
    moments: list[datetime] = [at for at in (next_due(uow), next_message(uow)) if at is not None]
    return AlertsDue(channels, int(stranded), min(moments, default=None))


@query(None)
def get_taken_message(uow: UnitOfWork, *, message_id: int, holder: str) -> TakenMessage:
    """A message that a run holds, to be handed over now. Raises Refused when it does not hold it."""
    row = uow.sql.execute(
        messages_listed().where(M.c.id == message_id, M.c.holder == holder, M.c.state == MessageState.SENDING)
    ).first()
    if row is None or not holder:
        raise Refused(_("This message is being sent from another place now."))
    channel = fetch_channel(uow, row.channel_id)
    return TakenMessage(
        row.id, channel.edit.name, channel.edit.kind, row.key, row.address, row.title, row.body, channel.key,
        channel.edit.gateway, channel.edit.is_repeatable,
    )  # fmt: skip


@query(Permission.ALERT_EDIT)
def get_test_message(uow: UnitOfWork, *, channel_id: int, address: str, language: str, key: str) -> TakenMessage:
    """A short message to try a channel with; it stands in no list. Raises NotFound."""
    channel = fetch_channel(uow, channel_id)
    spoken = channel.edit.language or language
    site = uow.site.title(spoken)
    title = _("Test from {site}", site=site).render(spoken)
    body = _("This is a test. If you read it, alerts arrive here.").render(spoken)
    to = address or next(iter(channel.edit.addresses), "")
    return TakenMessage(
        0, channel.edit.name, channel.edit.kind, key, to, title, body, channel.key, channel.edit.gateway,
        channel.edit.is_repeatable,
    )  # fmt: skip
