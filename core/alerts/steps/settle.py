"""Writing what a look found, with few statements: alerts opened, brought up to date and closed, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from core.alerts.rules.outbox import MOVES
from core.alerts.steps.deliveries import D, Telling, drop_deliveries, queue_deliveries
from core.alerts.steps.inbox import HISTORY, READ, A
from core.alerts.steps.look import LIVE, versions_of
from core.alerts.steps.messages import M
from core.alerts.steps.rules import SETTINGS, Rule, load_rules, load_settings
from core.alerts.types.inbox import AlertPass
from core.alerts.types.looking import AlertReading, Opened, Refreshed
from core.uow import UnitOfWork
from db.enums import AlertEvent, AlertState, AlertUrgency
from db.sql import CHUNK, chunks

MOST_LET_GO = 2_000
"""Alerts of long ago that go with one look, so that nobody waits long for it."""
TICK, LITTLE = timedelta(microseconds=1), timedelta(seconds=1)


def settle(uow: UnitOfWork, reading: AlertReading) -> AlertPass:
    """Write what was found; nothing, and `skipped`, when the reading does not hold any more: of two programs that looked at
    once one writes. What people said of alerts meanwhile stays."""
    settings = load_settings(uow, lock=True)
    rules = {rule.id: rule for rule in load_rules(uow)}
    if settings.checked_at != reading.looked_at or versions_of(list(rules.values())) != reading.rules:
        return AlertPass(skipped=True)
    opened = _open(uow, rules, reading.opened)
    told = _refresh(uow, rules, reading.changed)
    _close(uow, reading.gone)
    messages = queue_deliveries(uow, list(rules.values()), settings.quiet, [*opened, *told.values()])
    _let_go_of_old(uow)
    uow.sql.execute(update(SETTINGS).values(checked_at=_next_moment(reading, settings.checked_at)))
    events = [one.event for one in reading.changed if one.alert_id in told]
    return AlertPass(
        opened=len(opened),
        updated=len(reading.changed),
        raised=events.count(AlertEvent.RAISED),
        woken=events.count(AlertEvent.WOKEN),
        closed=len(reading.gone),
        live=reading.live,
        messages=messages,
    )


def _next_moment(reading: AlertReading, before: datetime | None) -> datetime:
    """When this look was made, but never the moment of the one before: by it a reading knows that nobody wrote since."""
    if before is not None and reading.made_at <= before < reading.made_at + LITTLE:
        return before + TICK
    return reading.made_at


def _open(uow: UnitOfWork, rules: Mapping[int, Rule], opened: Sequence[Opened]) -> list[Telling]:
    tellings = []
    for part in chunks(list(opened), CHUNK):
        rows = [
            {
                "rule_id": one.rule_id, "kind": str(rules[one.rule_id].edit.kind), "urgency": str(one.urgency),
                "subject_kind": one.key[0], "subject_id": one.key[1], "subject_part": one.key[2], "is_live": LIVE,
                "state": str(AlertState.OPEN), "facts": one.facts, "opened_at": uow.now, "changed_at": uow.now,
                "told_at": uow.now, "round": 1, "note": "",
            }
            for one in part
        ]  # fmt: skip
        made = uow.sql.execute(insert(A).returning(A.c.id, A.c.rule_id, A.c.urgency), rows)
        tellings += [Telling(rules[row.rule_id], row.id, AlertUrgency(row.urgency), 1) for row in made]
    return tellings


def _refresh(uow: UnitOfWork, rules: Mapping[int, Rule], changed: Sequence[Refreshed]) -> dict[int, Telling]:
    """New facts for all of them; those that became more urgent, or whose rest is over still, are open and told again. Answers
    these by their alert."""
    _update(uow, changed)
    events = {one.alert_id: one for one in changed if one.event is not None}
    tellings: dict[int, Telling] = {}
    for event in (AlertEvent.RAISED, AlertEvent.WOKEN):
        for part in chunks(sorted(key for key, one in events.items() if one.event is event)):
            for row in _told_again(uow, part, event):
                one = events[row.id]
                tellings[row.id] = Telling(rules[one.rule_id], row.id, one.urgency, row.round)
    _remember(uow, [(key, events[key].event) for key in tellings])
    return tellings


def _told_again(uow: UnitOfWork, ids: Sequence[int], event: AlertEvent) -> Sequence[Any]:
    """Open them again; of those whose rest is over not the ones a person put to rest anew, or acknowledged, since they were
    read."""
    wanted = [A.c.id.in_(ids), A.c.is_live == LIVE]
    if event is AlertEvent.WOKEN:
        wanted += [A.c.state == AlertState.SNOOZED, A.c.snoozed_until <= uow.now]
    return uow.sql.execute(
        update(A)
        .where(*wanted)
        .values(state=AlertState.OPEN, snoozed_until=None, told_at=uow.now, round=A.c.round + 1)
        .returning(A.c.id, A.c.round)
    ).all()


def _update(uow: UnitOfWork, changed: Sequence[Refreshed]) -> None:
    statement = (
        update(A)
        .where(A.c.id == bindparam("_id"))
        .values(facts=bindparam("_facts"), urgency=bindparam("_urgency"), changed_at=uow.now)
    )
    rows = [{"_id": one.alert_id, "_facts": one.facts, "_urgency": str(one.urgency)} for one in changed]
    for part in chunks(sorted(rows, key=lambda row: row["_id"]), CHUNK):
        uow.sql.execute(statement, part)


def _close(uow: UnitOfWork, gone: Sequence[int]) -> None:
    """What is over, and not told elsewhere yet, is not told any more."""
    for part in chunks(list(gone)):
        uow.sql.execute(
            update(A)
            .where(A.c.id.in_(part))
            .values(is_live=None, state=AlertState.CLOSED, closed_at=uow.now, snoozed_until=None)
        )
        drop_deliveries(uow, part)


def _remember(uow: UnitOfWork, events: Sequence[tuple[int, AlertEvent | None]]) -> None:
    rows = [{"alert_id": key, "at": uow.now, "event": str(event), "note": ""} for key, event in events]
    for part in chunks(rows, CHUNK):
        uow.sql.execute(insert(HISTORY), part)


def _let_go_of_old(uow: UnitOfWork) -> None:
    """Alerts over for longer than printed papers are kept go with their history, and messages nobody is asked about."""
    oldest = uow.now - timedelta(days=uow.site.paper_days)
    over = select(A.c.id).where(A.c.closed_at < oldest).order_by(A.c.closed_at).limit(MOST_LET_GO)
    ids = list(uow.sql.execute(over).scalars())
    for part in chunks(ids):
        for table in (HISTORY, READ, D):
            uow.sql.execute(delete(table).where(table.c.alert_id.in_(part)))
        uow.sql.execute(delete(A).where(A.c.id.in_(part)))
    if ids:
        ended = [str(state) for state, moves in MOVES.items() if not moves]
        used = select(D.c.message_id).where(D.c.message_id.is_not(None))
        uow.sql.execute(delete(M).where(M.c.state.in_(ended), M.c.made_at < oldest, M.c.id.not_in(used)))
