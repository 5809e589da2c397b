"""Alerts read from the database, as far as somebody is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from core.alerts.rules.words import title_of, words_of
from core.alerts.steps.rules import rules_seen
from core.alerts.types.inbox import AlertFilter, AlertRow
from core.answers import from_json
from core.errors import NotFound
from core.i18n import Text, _
from core.uow import UnitOfWork
from db.alerts import Alert, AlertHistory, AlertRead
from db.base import table_of
from db.enums import AlertKind, AlertState, AlertUrgency, Permission
from db.identity import Person
from db.sql import chunks, upsert

A, READ, HISTORY = table_of(Alert), table_of(AlertRead), table_of(AlertHistory)
P = table_of(Person)


def fetch_seen(uow: UnitOfWork, ids: Sequence[int], *, lock: bool = False) -> list[Any]:
    """Rows of these alerts. Raises NotFound when one is not there, or not for this person."""
    seen = {rule.id for rule in rules_seen(uow, everybody=_sees_all(uow))}
    found: list[Any] = []
    wanted = sorted(set(ids))
    for part in chunks(wanted):
        listed = select(A.c.id, A.c.rule_id, A.c.state, A.c.told_at).where(A.c.id.in_(part)).order_by(A.c.id)
        found += uow.sql.execute(listed.with_for_update() if lock else listed).all()
    if len(found) != len(wanted) or any(row.rule_id not in seen for row in found):
        raise NotFound(_("There is no such alert for you."), field="alert")
    return found


def _sees_all(uow: UnitOfWork) -> bool:
    return uow.may(Permission.ALERT_EDIT)


def mark_read(uow: UnitOfWork, seen: Sequence[Any]) -> None:
    """This person has read them, as they were told, even by a clock that is ahead of ours."""
    rows = [
        {"alert_id": row.id, "person_id": uow.actor.person_id, "read_at": max(uow.now, row.told_at)} for row in seen
    ]
    upsert(uow.sql, READ, rows, ("alert_id", "person_id"))


def conditions(uow: UnitOfWork, wanted: AlertFilter) -> list[Any]:
    """What a filter asks for, within what this person is told of."""
    rules = [rule.id for rule in rules_seen(uow, everybody=wanted.everybody)]
    where: list[Any] = [A.c.rule_id.in_(rules)]
    if wanted.states:
        where.append(state_now(uow).in_([str(state) for state in wanted.states]))
    if wanted.kinds:
        where.append(A.c.kind.in_([str(kind) for kind in wanted.kinds]))
    if wanted.urgencies:
        where.append(A.c.urgency.in_([str(urgency) for urgency in wanted.urgencies]))
    if wanted.subject_kind:
        where += [A.c.subject_kind == wanted.subject_kind, A.c.subject_id == wanted.subject_id]
    if wanted.is_unread:
        where.append(~is_read(uow))
    if wanted.since is not None:
        is_later = A.c.told_at > wanted.since
        # A new one counts by its number: the clocks of two PCs differ.
        where.append(or_(is_later, A.c.id > wanted.after_id) if wanted.after_id else is_later)
    return where


def state_now(uow: UnitOfWork) -> Any:
    """Where an alert stands at this moment: one whose rest is over is open, also before anybody has looked."""
    is_awake = and_(A.c.state == AlertState.SNOOZED, A.c.snoozed_until <= uow.now)
    return case((is_awake, str(AlertState.OPEN)), else_=A.c.state)


def is_read(uow: UnitOfWork) -> Any:
    """Whether this person has read an alert since it was last told."""
    return (
        select(READ.c.alert_id)
        .where(READ.c.alert_id == A.c.id, READ.c.person_id == uow.actor.person_id, READ.c.read_at >= A.c.told_at)
        .exists()
    )


def alerts_listed(uow: UnitOfWork) -> Any:
    """Alerts with what a row of the inbox shows."""
    return select(
        A, state_now(uow).label("state_now"), is_read(uow).label("is_read"), func.coalesce(P.c.name, "").label("by")
    ).outerjoin(P, P.c.id == A.c.decided_by)


def alert_row(uow: UnitOfWork, row: Any) -> AlertRow:
    """One row of the inbox."""
    kind = AlertKind(row.kind)
    title, words = told(kind, row.facts, sees_cost=uow.may(Permission.COST_VIEW))
    state = AlertState(row.state_now)
    return AlertRow(
        id=row.id,
        rule_id=row.rule_id,
        kind=kind,
        urgency=AlertUrgency(row.urgency),
        title=title,
        words=words,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        subject_part=row.subject_part,
        route=row.subject_kind,
        state=state,
        opened_at=row.opened_at,
        told_at=row.told_at,
        snoozed_until=row.snoozed_until if state is AlertState.SNOOZED else None,
        closed_at=row.closed_at,
        decided_by=row.by,
        note=row.note,
        is_read=bool(row.is_read),
    )


def told(kind: AlertKind, stored: Any, *, sees_cost: bool) -> tuple[Text, Text]:
    """Title and words of an alert, of its facts as they are stored; without cost where a kind is also for people who do not
    see it."""
    hidden = {"value"} if kind is AlertKind.COUNT_DIFFERENCE and not sees_cost else set()
    facts = {key: from_json(value) for key, value in stored.items() if key not in hidden}
    return title_of(kind, facts), words_of(kind, facts)
