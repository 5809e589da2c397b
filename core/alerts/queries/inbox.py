"""The inbox and the bell."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, func, select

from core.alerts.rules.life import RANKS
from core.alerts.rules.quiet import told_at
from core.alerts.steps.deliveries import D
from core.alerts.steps.inbox import HISTORY, READ, A, P, alert_row, alerts_listed, conditions, is_read
from core.alerts.steps.messages import M
from core.alerts.steps.rules import load_settings, rules_seen
from core.alerts.types.inbox import (
    AlertCard,
    AlertCounts,
    AlertFilter,
    AlertGroup,
    AlertList,
    AlertMoment,
    FreshAlerts,
)
from core.errors import NotFound
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.alerts import AlertChannel
from db.base import table_of
from db.enums import AlertEvent, AlertKind, AlertUrgency, Permission

MOST_ROWS = 1_000
C = table_of(AlertChannel)
_RANK = case({str(urgency): rank for urgency, rank in RANKS.items()}, value=A.c.urgency, else_=len(RANKS))


@query(None)
def list_alerts(uow: UnitOfWork, *, wanted: AlertFilter | None = None, offset: int = 0, limit: int = 200) -> AlertList:
    """Alerts this person is told of, the most urgent and then the newest first; at most 1,000 at a time."""
    where = conditions(uow, wanted or AlertFilter())
    count = uow.sql.execute(select(func.count()).select_from(A).where(*where)).scalar_one()
    page = alerts_listed(uow).where(*where).order_by(_RANK, A.c.told_at.desc(), A.c.id.desc())
    rows = uow.sql.execute(page.offset(max(0, offset)).limit(max(1, min(limit, MOST_ROWS))))
    return AlertList(tuple(alert_row(uow, row) for row in rows), int(count))


@query(None)
def count_alerts(uow: UnitOfWork) -> AlertCounts:
    """For the bell: open alerts this person is told of, how many are urgent, how many not read, and the newest."""
    row = uow.sql.execute(
        select(
            func.count(),
            func.count().filter(A.c.urgency == AlertUrgency.URGENT),
            func.count().filter(~is_read(uow)),
            func.max(A.c.told_at),
        ).where(*conditions(uow, AlertFilter()))
    ).one()
    return AlertCounts(int(row[0]), int(row[1]), int(row[2]), row[3])


@query(None)
def list_alert_groups(uow: UnitOfWork) -> tuple[AlertGroup, ...]:
    """Open alerts this person is told of by kind and urgency, the most urgent first, with the newest of each."""
    rows = uow.sql.execute(
        select(A.c.kind, A.c.urgency, func.count(), func.count().filter(~is_read(uow)))
        .where(*conditions(uow, AlertFilter()))
        .group_by(A.c.kind, A.c.urgency)
    ).all()
    found = []
    for kind, urgency, count, unread in sorted(rows, key=lambda row: (RANKS[row[1]], -row[2], row[0])):
        wanted = AlertFilter(kinds=(AlertKind(kind),), urgencies=(AlertUrgency(urgency),))
        newest = alerts_listed(uow).where(*conditions(uow, wanted)).order_by(A.c.told_at.desc(), A.c.id.desc())
        row = uow.sql.execute(newest.limit(1)).first()
        if row is not None:
            found.append(
                AlertGroup(AlertKind(kind), AlertUrgency(urgency), int(count), int(unread), alert_row(uow, row))
            )
    return tuple(found)


@query(None)
def list_fresh_alerts(uow: UnitOfWork, *, since: datetime, after_id: int = 0) -> FreshAlerts:
    """Open alerts told to this person after `since`, or opened after the alert `after_id`, and not read yet, the most urgent
    first, as far as the quiet hours let them through: what is urgent (where the site says so), and rules that ignore
    them."""
    found = list_alerts(uow, wanted=AlertFilter(is_unread=True, since=since, after_id=after_id))
    newest = uow.sql.execute(select(func.coalesce(func.max(A.c.id), 0))).scalar_one()
    quiet = load_settings(uow).quiet
    is_quiet = told_at(uow.now, uow.site.zone, quiet, breaks=False) > uow.now
    loud = {rule.id for rule in rules_seen(uow) if rule.edit.ignores_quiet}
    rows = tuple(
        row
        for row in found.rows
        if not is_quiet or row.rule_id in loud or (quiet.urgent_breaks and row.urgency is AlertUrgency.URGENT)
    )
    newest_at = max((row.told_at for row in rows), default=None)
    return FreshAlerts(rows, newest_at, len(found.rows) - len(rows), int(newest))


@query(None)
def get_alert(uow: UnitOfWork, *, alert_id: int) -> AlertCard:
    """One alert with its history, who has read it, and the messages that told of it. Raises NotFound for one this person is
    not told of."""
    every = AlertFilter(states=(), everybody=uow.may(Permission.ALERT_EDIT))
    row = uow.sql.execute(alerts_listed(uow).where(A.c.id == alert_id, *conditions(uow, every))).first()
    if row is None:
        raise NotFound(_("There is no such alert for you."), field="alert")
    events = uow.sql.execute(
        select(HISTORY, func.coalesce(P.c.name, "").label("person"))
        .outerjoin(P, P.c.id == HISTORY.c.person_id)
        .where(HISTORY.c.alert_id == alert_id)
        .order_by(HISTORY.c.id)
    )
    moments = [AlertMoment(one.at, AlertEvent(one.event), one.person, one.until, one.note) for one in events]
    if row.closed_at is not None:
        moments.append(AlertMoment(row.closed_at, AlertEvent.CLOSED, "", None, ""))
    readers = uow.sql.execute(
        select(P.c.name).join(READ, READ.c.person_id == P.c.id).where(READ.c.alert_id == alert_id).order_by(P.c.name)
    ).scalars()
    messages = uow.sql.execute(
        select(C.c.name, M.c.state, M.c.sent_at)
        .join(M, M.c.channel_id == C.c.id)
        .join(D, D.c.message_id == M.c.id)
        .where(D.c.alert_id == alert_id)
        .order_by(M.c.id)
    )
    return AlertCard(
        alert_row(uow, row),
        tuple(moments),
        tuple(readers),
        tuple((one.name, one.state, one.sent_at) for one in messages),
    )
