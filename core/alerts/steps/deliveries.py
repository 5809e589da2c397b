"""What is to be told over which channel to whom, and when: one row for each time an alert is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from core.alerts.rules.outbox import FURTHEST
from core.alerts.rules.quiet import told_at
from core.alerts.steps.channels import C, Channel, load_channels
from core.alerts.steps.rules import Rule, load_people, told_by
from core.alerts.types.rules import QuietHours
from core.uow import UnitOfWork
from db.alerts import AlertDelivery
from db.base import table_of
from db.enums import AlertUrgency, ChannelKind
from db.sql import CHUNK, chunks

D = table_of(AlertDelivery)
ROBOT = ""
"""The address of what goes to a group: its robot has only one."""


@dataclass(frozen=True, slots=True)
class Telling:
    """That an alert is told, for the how many-th time."""

    rule: Rule
    alert_id: int
    urgency: AlertUrgency
    round: int


def queue_deliveries(uow: UnitOfWork, rules: Sequence[Rule], quiet: QuietHours, tellings: Sequence[Telling]) -> int:
    """Queue what is told over the channels of each rule; answers how many. In quiet hours it waits for their end, but what
    may break them."""
    if not tellings or not any(rule.edit.channels for rule in rules):
        return 0
    channels = {one.id: one for one in load_channels(uow) if one.edit.is_on}
    places = _places(uow, {one.rule.id: one.rule for one in tellings}, channels)
    moments: dict[bool, datetime] = {
        breaks: told_at(uow.now, uow.site.zone, quiet, breaks=breaks) for breaks in (False, True)
    }
    rows = []
    for one in tellings:
        breaks = one.rule.edit.ignores_quiet or (quiet.urgent_breaks and one.urgency is AlertUrgency.URGENT)
        for channel_id, address in places[one.rule.id]:
            rows.append(
                {
                    "alert_id": one.alert_id, "channel_id": channel_id, "address": address, "round": one.round,
                    "made_at": uow.now, "due_at": moments[breaks], "is_dropped": False,
                }
            )  # fmt: skip
    for part in chunks(rows, CHUNK):
        uow.sql.execute(insert(D), part)
    return len(rows)


def _places(
    uow: UnitOfWork, rules: Mapping[int, Rule], channels: Mapping[int, Channel]
) -> dict[int, list[tuple[int, str]]]:
    """Channel and address by rule; an address named twice is told once."""
    people = load_people(uow)
    found = {}
    for rule in rules.values():
        several: dict[tuple[int, str], None] = {}
        for channel_id in rule.edit.channels:
            channel = channels.get(channel_id)
            if channel is None:
                continue
            addresses = [ROBOT]
            if channel.edit.kind in (ChannelKind.MAIL, ChannelKind.SMS):
                addresses = list(channel.edit.addresses)
                if channel.edit.to_people:
                    by_mail = channel.edit.kind is ChannelKind.MAIL
                    told = told_by(rule.edit, people)
                    addresses += [place for one in told if (place := one.email if by_mail else one.phone)]
            several.update(dict.fromkeys((channel_id, address) for address in addresses))
        found[rule.id] = list(several)
    return found


def drop_deliveries(uow: UnitOfWork, alert_ids: Sequence[int]) -> None:
    """What was not put into a message yet of these alerts is not told any more: they are over, or somebody has seen them."""
    for part in chunks(list(alert_ids)):
        uow.sql.execute(
            update(D)
            .where(D.c.alert_id.in_(part), D.c.message_id.is_(None), D.c.is_dropped.is_(False))
            .values(is_dropped=True)
        )


def due(column: Any, now: datetime) -> Any:
    """`core.alerts.rules.outbox.is_due`, in a statement."""
    return or_(column <= now, column > now + FURTHEST)


def untold(uow: UnitOfWork, until: datetime) -> dict[int, list[datetime]]:
    """What was to be told by then over channels that are on and stands in no message yet: for each channel one moment for
    each address, the oldest. No program could send it: none knows the channel's secret, or there is no mail server."""
    rows = uow.sql.execute(
        select(D.c.channel_id, D.c.address, func.min(D.c.due_at).label("due_at"))
        .join(C, C.c.id == D.c.channel_id)
        .where(D.c.message_id.is_(None), D.c.is_dropped.is_(False), D.c.due_at <= until)
        .where(C.c.is_on, C.c.is_removed.is_(False))
        .group_by(D.c.channel_id, D.c.address)
    )
    found: dict[int, list[datetime]] = {}
    for row in rows:
        found.setdefault(row.channel_id, []).append(row.due_at)
    return found


def next_due(uow: UnitOfWork) -> datetime | None:
    """When the next of what waits is due; None when nothing waits."""
    found: datetime | None = uow.sql.execute(
        select(D.c.due_at).where(D.c.message_id.is_(None), D.c.is_dropped.is_(False)).order_by(D.c.due_at).limit(1)
    ).scalar_one_or_none()
    return found
