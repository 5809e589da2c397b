"""What a look at the rules found, on its way from the reading to the writing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.enums import AlertEvent, AlertUrgency

Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """An alert to be opened: `key` is its subject's kind, id and part; `facts` as they are stored."""

    rule_id: int
    key: Key
    urgency: AlertUrgency
    facts: Any


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A live alert of which something is different; `event` RAISED or WOKEN where people are told again."""

    rule_id: int
    alert_id: int
    urgency: AlertUrgency
    facts: Any
    event: AlertEvent | None


@dataclass(frozen=True, slots=True)
class AlertReading:
    """What is to be written after a look: alerts to open, to bring up to date and to close. It holds only as long as nobody
    wrote a look of their own (`looked_at`) and no rule was changed (`rules`: id and version) since it was `made_at`.
    `is_recent`: somebody has just looked, so nothing was read."""

    made_at: datetime
    looked_at: datetime | None = field(repr=False)
    rules: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    opened: tuple[Opened, ...] = field(default=(), repr=False)
    changed: tuple[Refreshed, ...] = field(default=(), repr=False)
    gone: tuple[int, ...] = field(default=(), repr=False)
    live: int = 0
    is_recent: bool = field(default=False, repr=False)
