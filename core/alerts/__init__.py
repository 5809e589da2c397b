"""Alerts: rules as data, an inbox of what they found, and channels that tell of it outside the program.

Promises: a rule has at most one live alert of a subject; an alert is opened once, kept up to date while its cause lasts
and closed by itself when it is gone; each person reads for themselves; nothing is told twice over the same channel, and
nothing is lost while the network is away: a message is made once, written down as being sent before anybody hears of it,
and what nobody knows of waits for a person. Addresses of robots and secrets are kept by each PC, never in the database.
"""

from core.alerts.types.channels import (
    AlertRun,
    AlertsDue,
    ChannelEdit,
    ChannelRow,
    ChannelSecret,
    Delivery,
    Gateway,
    MessageFilter,
    MessageRow,
    TakenMessage,
)
from core.alerts.types.inbox import (
    AlertCard,
    AlertCounts,
    AlertFilter,
    AlertList,
    AlertMoment,
    AlertPass,
    AlertRow,
)
from core.alerts.types.rules import Contact, KindFacts, Limit, QuietCard, QuietHours, RuleEdit, RuleRow

__all__ = [
    "AlertCard",
    "AlertCounts",
    "AlertFilter",
    "AlertList",
    "AlertMoment",
    "AlertPass",
    "AlertRow",
    "AlertRun",
    "AlertsDue",
    "ChannelEdit",
    "ChannelRow",
    "ChannelSecret",
    "Contact",
    "Delivery",
    "Gateway",
    "KindFacts",
    "Limit",
    "MessageFilter",
    "MessageRow",
    "QuietCard",
    "QuietHours",
    "RuleEdit",
    "RuleRow",
    "TakenMessage",
]
