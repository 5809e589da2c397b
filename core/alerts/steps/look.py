"""Looking at the rules: what they find is compared with the live alerts, and the difference written with few statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from core.alerts.rules.life import Changed, Difference, Key, Live, compare
from core.alerts.rules.outbox import MOVES
from core.alerts.steps.causes import FINDERS
from core.alerts.steps.deliveries import Telling, drop_deliveries, queue_deliveries
from core.alerts.steps.rules import SETTINGS, Rule, load_rules, load_settings
from core.alerts.steps.stand import Stand
from core.alerts.types.inbox import AlertPass, Found
from core.answers import to_json
from core.uow import UnitOfWork
from db.alerts import Alert, AlertDelivery, AlertHistory, AlertMessage, AlertRead
from db.base import table_of
from db.enums import AlertEvent, AlertState, AlertUrgency
from db.sql import CHUNK, chunks

A, HISTORY, READ = table_of(Alert), table_of(AlertHistory), table_of(AlertRead)
DELIVERY, MESSAGE = table_of(AlertDelivery), table_of(AlertMessage)
LIVE = 1


def look(uow: UnitOfWork) -> AlertPass:
    """Look at every rule and write what is different. Others who look at the same time wait, and find nothing new."""
    settings = load_settings(uow, lock=True)
    rules = load_rules(uow)
    live = _live(uow)
    stand = Stand(uow)
    counts: Counter[str] = Counter()
    tellings: list[Telling] = []
    for rule in rules:
        found = FINDERS[rule.edit.kind](stand, rule.edit.limits) if _is_watched(rule) else []
        known = live.pop(rule.id, [])
        difference = compare(known, _stored(found), rule.edit.urgency, uow.now)
        tellings += _write(uow, rule, difference)
        counts += _counted(difference)
        counts["live"] += len(known) + len(difference.opened) - len(difference.gone)
    left = [one for several in live.values() for one in several]
    _close(uow, left)
    counts["closed"] += len(left)
    counts["messages"] = queue_deliveries(uow, rules, settings.quiet, tellings)
    _let_go_of_old(uow)
    uow.sql.execute(update(SETTINGS).values(checked_at=uow.now))
    return AlertPass(
        counts["opened"], counts["updated"], counts["raised"], counts["woken"], counts["closed"], counts["live"],
        counts["messages"],
    )  # fmt: skip


def _is_watched(rule: Rule) -> bool:
    return rule.edit.is_on and rule.edit.kind in FINDERS


def _stored(found: Sequence[Found]) -> list[tuple[Found, Any]]:
    """Findings with their facts as the database keeps them."""
    return [(one, {key: to_json(value) for key, value in one.facts.items()}) for one in found]


def _live(uow: UnitOfWork) -> dict[int, list[Live]]:
    rows = uow.sql.execute(
        select(
            A.c.id, A.c.rule_id, A.c.subject_kind, A.c.subject_id, A.c.subject_part, A.c.urgency, A.c.state,
            A.c.snoozed_until, A.c.facts,
        ).where(A.c.is_live == LIVE)
    )  # fmt: skip
    found: dict[int, list[Live]] = defaultdict(list)
    for row in rows:
        key: Key = (row.subject_kind, row.subject_id, row.subject_part)
        one = Live(row.id, key, AlertUrgency(row.urgency), AlertState(row.state), row.snoozed_until, row.facts)
        found[row.rule_id].append(one)
    return found


def _counted(difference: Difference) -> Counter[str]:
    events = Counter(one.event for one in difference.changed)
    return Counter(
        opened=len(difference.opened),
        updated=len(difference.changed),
        raised=events[AlertEvent.RAISED],
        woken=events[AlertEvent.WOKEN],
        closed=len(difference.gone),
    )


def _write(uow: UnitOfWork, rule: Rule, difference: Difference) -> list[Telling]:
    tellings = _open(uow, rule, difference.opened)
    tellings += _change(uow, rule, difference.changed)
    _close(uow, difference.gone)
    return tellings


def _open(uow: UnitOfWork, rule: Rule, opened: Sequence[tuple[Key, AlertUrgency, Any]]) -> list[Telling]:
    tellings = []
    for part in chunks(list(opened), CHUNK):
        rows = [
            {
                "rule_id": rule.id, "kind": str(rule.edit.kind), "urgency": str(urgency), "subject_kind": key[0],
                "subject_id": key[1], "subject_part": key[2], "is_live": LIVE, "state": str(AlertState.OPEN),
                "facts": facts, "opened_at": uow.now, "changed_at": uow.now, "told_at": uow.now, "round": 1, "note": "",
            }
            for key, urgency, facts in part
        ]  # fmt: skip
        made = uow.sql.execute(insert(A).returning(A.c.id, A.c.urgency), rows)
        tellings += [Telling(rule, row.id, AlertUrgency(row.urgency), 1) for row in made]
    return tellings


def _change(uow: UnitOfWork, rule: Rule, changed: Sequence[Changed]) -> list[Telling]:
    quiet = [one for one in changed if not one.is_told]
    told = [one for one in changed if one.is_told]
    _update(uow, [{"_id": one.before.id, "_facts": one.facts, "_urgency": str(one.urgency)} for one in quiet])
    if not told:
        return []
    _update(uow, [{"_id": one.before.id, "_facts": one.facts, "_urgency": str(one.urgency)} for one in told])
    for part in chunks([one.before.id for one in told]):
        uow.sql.execute(
            update(A)
            .where(A.c.id.in_(part))
            .values(state=AlertState.OPEN, snoozed_until=None, told_at=uow.now, round=A.c.round + 1)
        )
    _remember(uow, [(one.before.id, one.event) for one in told if one.event is not None])
    rounds = _rounds(uow, [one.before.id for one in told])
    return [Telling(rule, one.before.id, one.urgency, rounds[one.before.id]) for one in told]


def _update(uow: UnitOfWork, rows: list[dict[str, Any]]) -> None:
    statement = (
        update(A)
        .where(A.c.id == bindparam("_id"))
        .values(facts=bindparam("_facts"), urgency=bindparam("_urgency"), changed_at=uow.now)
    )
    for part in chunks(rows, CHUNK):
        uow.sql.execute(statement, part)


def _rounds(uow: UnitOfWork, ids: Sequence[int]) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for part in chunks(list(ids)):
        found.update({row.id: row.round for row in uow.sql.execute(select(A.c.id, A.c.round).where(A.c.id.in_(part)))})
    return found


def _close(uow: UnitOfWork, gone: Sequence[Live]) -> None:
    """What is over, and not told elsewhere yet, is not told any more."""
    for part in chunks([one.id for one in gone]):
        uow.sql.execute(
            update(A)
            .where(A.c.id.in_(part))
            .values(is_live=None, state=AlertState.CLOSED, closed_at=uow.now, snoozed_until=None)
        )
        drop_deliveries(uow, part)


def _remember(uow: UnitOfWork, events: Sequence[tuple[int, AlertEvent]]) -> None:
    rows = [{"alert_id": key, "at": uow.now, "event": str(event), "note": ""} for key, event in events]
    for part in chunks(rows, CHUNK):
        uow.sql.execute(insert(HISTORY), part)


def _let_go_of_old(uow: UnitOfWork) -> None:
    """Alerts over for longer than printed papers are kept go with their history, and messages nobody is asked about."""
    oldest = uow.now - timedelta(days=uow.site.paper_days)
    ids = list(uow.sql.execute(select(A.c.id).where(A.c.closed_at < oldest)).scalars())
    for part in chunks(ids):
        for table in (HISTORY, READ, DELIVERY):
            uow.sql.execute(delete(table).where(table.c.alert_id.in_(part)))
        uow.sql.execute(delete(A).where(A.c.id.in_(part)))
    if ids:
        ended = [str(state) for state, moves in MOVES.items() if not moves]
        used = select(DELIVERY.c.message_id).where(DELIVERY.c.message_id.is_not(None))
        uow.sql.execute(
            delete(MESSAGE).where(MESSAGE.c.state.in_(ended), MESSAGE.c.made_at < oldest, MESSAGE.c.id.not_in(used))
        )
