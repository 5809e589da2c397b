"""The stored words of alerts: what is watched, how urgent it is, where an alert and its messages stand. Read them from
`db.enums`."""

from __future__ import annotations

from enum import StrEnum


class AlertKind(StrEnum):
    """What a rule watches for."""

    BELOW_SAFETY = "below_safety"
    NEGATIVE_STOCK = "negative_stock"
    RUNNING_OUT = "running_out"
    ABOVE_MAXIMUM = "above_maximum"
    NOT_MOVED = "not_moved"
    EXPIRY = "expiry"
    COUNT_DIFFERENCE = "count_difference"
    SUPPLIER_LATE = "supplier_late"
    IN_TRANSIT = "in_transit"
    PRICE_JUMP = "price_jump"
    UNUSUAL = "unusual"
    BUDGET_TREND = "budget_trend"
    MONTH_OPEN = "month_open"
    SCHEDULE_FAILED = "schedule_failed"
    MAIL_STUCK = "mail_stuck"
    BACKUP_OLD = "backup_old"


class AlertUrgency(StrEnum):
    """How soon somebody must look, the most urgent first."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class AlertState(StrEnum):
    """Where an alert stands. Closed: its cause is gone."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class AlertEvent(StrEnum):
    """What happened to an alert after it was opened."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    REOPENED = "reopened"
    CLOSED = "closed"


class ChannelKind(StrEnum):
    """A way alerts leave the program."""

    MAIL = "mail"
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    SLACK = "slack"
    WEBHOOK = "webhook"
    SMS = "sms"


class MessageState(StrEnum):
    """Where a message that tells of alerts stands. Unsure: the receiver may have it, and a person is to say so."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"
