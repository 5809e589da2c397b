"""Looking at the rules: what they find is compared with the live alerts. It only reads, so nobody who posts waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from core.alerts.rules.life import Live, compare
from core.alerts.steps.causes import FINDERS
from core.alerts.steps.inbox import A
from core.alerts.steps.rules import Rule, load_rules, load_settings
from core.alerts.steps.stand import Stand
from core.alerts.types.inbox import Found
from core.alerts.types.looking import AlertReading, Key, Opened, Refreshed
from core.answers import to_json
from core.uow import UnitOfWork
from db.enums import AlertState, AlertUrgency

LIVE = 1
CLOCKS_DIFFER = timedelta(seconds=1)


def read_causes(uow: UnitOfWork, *, not_within: int) -> AlertReading:
    """Look at every rule, and say what is different from the live alerts."""
    looked_at = load_settings(uow).checked_at
    if _is_recent(looked_at, uow.now, not_within):
        return AlertReading(uow.now, looked_at, is_recent=True)
    rules, live, stand = load_rules(uow), _live(uow), Stand(uow)
    opened: list[Opened] = []
    changed: list[Refreshed] = []
    gone: list[int] = []
    count = 0
    for rule in rules:
        found = FINDERS[rule.edit.kind](stand, rule.edit.limits) if _is_watched(rule) else []
        known = live.pop(rule.id, [])
        difference = compare(known, _stored(found), rule.edit.urgency, uow.now)
        opened += [Opened(rule.id, *one) for one in difference.opened]
        changed += [Refreshed(rule.id, one.before.id, one.urgency, one.facts, one.event) for one in difference.changed]
        gone += [one.id for one in difference.gone]
        count += len(known) + len(difference.opened) - len(difference.gone)
    gone += [one.id for several in live.values() for one in several]
    return AlertReading(
        uow.now, looked_at, versions_of(rules), tuple(opened), tuple(changed), tuple(sorted(gone)), count
    )


def _is_recent(looked_at: datetime | None, now: datetime, not_within: int) -> bool:
    """Whether somebody looked within so many seconds. A clock that was set back must not stop it for as long as it was
    ahead."""
    if looked_at is None or not not_within:
        return False
    return -CLOCKS_DIFFER <= now - looked_at < timedelta(seconds=not_within)


def versions_of(rules: Sequence[Rule]) -> tuple[tuple[int, int], ...]:
    """Which rules there are, and in which version."""
    return tuple(sorted((rule.id, rule.version) for rule in rules))


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
