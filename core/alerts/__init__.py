"""Alerts: rules as data, an inbox of what they found, and channels that tell of it outside the program.

Promises: a rule has at most one live alert of a subject; an alert is opened once, kept up to date while its cause lasts
and closed by itself when it is gone; each person reads for themselves; nothing is told twice over the same channel, and
nothing is lost while the network is away: a message is made once, written down as being sent before anybody hears of it,
and what nobody knows of waits for a person. Addresses of robots and secrets are kept by each PC, never in the database.
"""

from core.alerts.commands.channels import remove_channel, save_channel
from core.alerts.commands.inbox import acknowledge_alerts, mark_alerts_read, reopen_alerts, snooze_alerts
from core.alerts.commands.looking import check_alerts
from core.alerts.commands.messages import confirm_message, hurry_messages, resend_message, withdraw_message
from core.alerts.commands.rules import remove_alert_rule, save_alert_rule, save_contact, save_quiet_hours
from core.alerts.commands.sending import ask_stranded_messages, mark_message, queue_alert_mails, take_message
from core.alerts.queries.channels import (
    get_alerts_due,
    get_taken_message,
    get_test_message,
    list_channels,
    list_messages,
)
from core.alerts.queries.inbox import count_alerts, get_alert, list_alert_groups, list_alerts, list_fresh_alerts
from core.alerts.queries.looking import find_alert_causes
from core.alerts.queries.rules import (
    get_quiet_hours,
    list_alert_kinds,
    list_alert_roles,
    list_alert_rules,
    list_contacts,
    list_told,
)
from core.alerts.queries.unusual import find_unusual
from core.alerts.rules.channels import checked_secret, shown_address
from core.alerts.sending.look import look_for_alerts
from core.alerts.sending.run import send_due_alerts, send_test_message
from core.alerts.sending.secrets import find_channel_secret, keep_channel_secret
from core.alerts.steps.messages import doubt_messages
from core.alerts.steps.rules import seed_alerts
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
    AlertGroup,
    AlertList,
    AlertMoment,
    AlertPass,
    AlertRow,
    FreshAlerts,
)
from core.alerts.types.looking import AlertReading
from core.alerts.types.rules import Contact, KindFacts, Limit, QuietCard, QuietHours, RuleEdit, RuleRow, ToldRole
from core.alerts.types.unusual import Unusual, UnusualKind

__all__ = [
    "AlertCard",
    "AlertCounts",
    "AlertFilter",
    "AlertGroup",
    "AlertList",
    "AlertMoment",
    "AlertPass",
    "AlertReading",
    "AlertRow",
    "AlertRun",
    "AlertsDue",
    "ChannelEdit",
    "ChannelRow",
    "ChannelSecret",
    "Contact",
    "Delivery",
    "FreshAlerts",
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
    "ToldRole",
    "Unusual",
    "UnusualKind",
    "acknowledge_alerts",
    "ask_stranded_messages",
    "check_alerts",
    "checked_secret",
    "confirm_message",
    "count_alerts",
    "doubt_messages",
    "find_alert_causes",
    "find_channel_secret",
    "find_unusual",
    "get_alert",
    "get_alerts_due",
    "get_quiet_hours",
    "get_taken_message",
    "get_test_message",
    "hurry_messages",
    "keep_channel_secret",
    "list_alert_groups",
    "list_alert_kinds",
    "list_alert_roles",
    "list_alert_rules",
    "list_alerts",
    "list_channels",
    "list_contacts",
    "list_fresh_alerts",
    "list_messages",
    "list_told",
    "look_for_alerts",
    "mark_alerts_read",
    "mark_message",
    "queue_alert_mails",
    "remove_alert_rule",
    "remove_channel",
    "reopen_alerts",
    "resend_message",
    "save_alert_rule",
    "save_channel",
    "save_contact",
    "save_quiet_hours",
    "seed_alerts",
    "send_due_alerts",
    "send_test_message",
    "shown_address",
    "snooze_alerts",
    "take_message",
    "withdraw_message",
]
