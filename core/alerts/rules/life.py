"""The life of an alert: what a pass does with it, and what people may do. States as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.alerts.types.inbox import Found
from core.alerts.types.looking import Key
from core.errors import InvalidInput, Refused
from core.i18n import Text, _
from db.enums import AlertEvent, AlertState, AlertUrgency

RANKS: Mapping[AlertUrgency, int] = {urgency: rank for rank, urgency in enumerate(AlertUrgency)}
_OVER = _("This alert is over: its cause is gone.")
# What a person may do in which state; doing it again is no fault.
_MAY: Mapping[AlertEvent, frozenset[AlertState]] = {
    AlertEvent.ACKNOWLEDGED: frozenset({AlertState.OPEN, AlertState.SNOOZED, AlertState.ACKNOWLEDGED}),
    AlertEvent.SNOOZED: frozenset({AlertState.OPEN, AlertState.SNOOZED, AlertState.ACKNOWLEDGED}),
    AlertEvent.REOPENED: frozenset({AlertState.ACKNOWLEDGED, AlertState.SNOOZED}),
}
_AFTER = {
    AlertEvent.ACKNOWLEDGED: AlertState.ACKNOWLEDGED,
    AlertEvent.SNOOZED: AlertState.SNOOZED,
    AlertEvent.REOPENED: AlertState.OPEN,
}


@dataclass(frozen=True, slots=True)
class Live:
    """An alert whose cause lasted at the last pass. `facts` as they are stored."""

    id: int
    key: Key
    urgency: AlertUrgency
    state: AlertState
    snoozed_until: datetime | None
    facts: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """A live alert of which something is different: `event` RAISED (more urgent than before, so people are told again),
    WOKEN (its time of rest is over), None: only its facts."""

    before: Live
    facts: Any
    urgency: AlertUrgency
    event: AlertEvent | None

    @property
    def is_told(self) -> bool:
        """Whether people are told again."""
        return self.event is not None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a pass has to write for one rule."""

    opened: tuple[tuple[Key, AlertUrgency, Any], ...]
    changed: tuple[Changed, ...]
    gone: tuple[Live, ...]


def compare(
    live: Iterable[Live], found: Iterable[tuple[Found, Any]], urgency: AlertUrgency, now: datetime
) -> Difference:
    """What is new, different and gone. `found` comes with its facts as they are stored; of two with one key the first
    counts. Every key found is live afterwards, and no other."""
    known = {one.key: one for one in live}
    opened: dict[Key, tuple[Key, AlertUrgency, Any]] = {}
    changed: list[Changed] = []
    seen: set[Key] = set()
    for one, facts in found:
        if one.key in seen:
            continue
        seen.add(one.key)
        level = one.urgency or urgency
        before = known.get(one.key)
        if before is None:
            opened[one.key] = (one.key, level, facts)
            continue
        event = _event(before, level, now)
        if event is not None or before.facts != facts or before.urgency != level:
            changed.append(Changed(before, facts, level, event))
    gone = tuple(one for key, one in known.items() if key not in seen)
    return Difference(tuple(opened.values()), tuple(changed), gone)


def _event(before: Live, level: AlertUrgency, now: datetime) -> AlertEvent | None:
    if RANKS[level] < RANKS[before.urgency]:
        return AlertEvent.RAISED
    is_awake = before.snoozed_until is not None and before.snoozed_until <= now
    return AlertEvent.WOKEN if before.state is AlertState.SNOOZED and is_awake else None


def after(state: AlertState, event: AlertEvent) -> AlertState:
    """The state after what a person did. Raises Refused for an alert that is over, or is as it should become."""
    if state is AlertState.CLOSED:
        raise Refused(_OVER)
    if state not in _MAY[event]:
        raise Refused(_("This alert is open as it is."))
    return _AFTER[event]


def check_until(until: datetime, now: datetime, longest_days: int = 90) -> None:
    """A rest ends in the future, and not too far in it. Raises InvalidInput."""
    seconds = (until - now).total_seconds()
    if seconds <= 0:
        raise InvalidInput(_("Choose a time in the future."), field="until")
    if seconds > longest_days * 86_400:
        raise InvalidInput(_("Snooze for at most {days} days.", days=longest_days), field="until")


def worst(urgencies: Iterable[AlertUrgency]) -> AlertUrgency:
    """The most urgent of several; for information when there are none."""
    return min(urgencies, key=RANKS.__getitem__, default=AlertUrgency.LOW)


def over() -> Text:
    """The sentence for an alert whose cause is gone."""
    return _OVER
