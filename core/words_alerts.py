"""Names of the stored words of alerts. Read them from `core.words`."""

from __future__ import annotations

from enum import Enum

from core.i18n import Text, _
from db.enums_alerts import AlertEvent, AlertKind, AlertState, AlertUrgency, ChannelKind, MessageState

WORDS: dict[type[Enum], dict[str, Text]] = {
    AlertKind: {
        AlertKind.BELOW_SAFETY: _("At or below safety stock"),
        AlertKind.NEGATIVE_STOCK: _("Stock below zero"),
        AlertKind.RUNNING_OUT: _("Soon used up"),
        AlertKind.ABOVE_MAXIMUM: _("Above the maximum"),
        AlertKind.NOT_MOVED: _("Not moved for long"),
        AlertKind.EXPIRY: _("Expires soon"),
        AlertKind.COUNT_DIFFERENCE: _("Large count difference"),
        AlertKind.SUPPLIER_LATE: _("Supplier late"),
        AlertKind.IN_TRANSIT: _("Long on the way"),
        AlertKind.PRICE_JUMP: _("Price jump"),
        AlertKind.UNUSUAL: _("Out of the usual"),
        AlertKind.BUDGET_TREND: _("Budget at risk"),
        AlertKind.MONTH_OPEN: _("Month not closed"),
        AlertKind.SCHEDULE_FAILED: _("Scheduled report failed"),
        AlertKind.MAIL_STUCK: _("Messages not sent"),
        AlertKind.BACKUP_OLD: _("Backup too old"),
    },
    AlertUrgency: {
        AlertUrgency.URGENT: _("Urgent"),
        AlertUrgency.HIGH: _("Important"),
        AlertUrgency.NORMAL: _("Worth a look"),
        AlertUrgency.LOW: _("For information"),
    },
    AlertState: {
        AlertState.OPEN: _("To look at"),
        AlertState.ACKNOWLEDGED: _("Acknowledged"),
        AlertState.SNOOZED: _("Snoozed"),
        AlertState.CLOSED: _("Cause gone"),
    },
    AlertEvent: {
        AlertEvent.RAISED: _("Became more urgent"),
        AlertEvent.ACKNOWLEDGED: _("Acknowledged"),
        AlertEvent.SNOOZED: _("Snoozed"),
        AlertEvent.WOKEN: _("Reminded again"),
        AlertEvent.REOPENED: _("Acknowledgement taken back"),
        AlertEvent.CLOSED: _("Cause gone"),
    },
    ChannelKind: {
        ChannelKind.MAIL: _("E-mail"),
        ChannelKind.DINGTALK: _("DingTalk group"),
        ChannelKind.WECOM: _("WeCom group"),
        ChannelKind.SLACK: _("Slack or alike"),
        ChannelKind.WEBHOOK: _("Web address"),
        ChannelKind.SMS: _("Text message"),
    },
    MessageState: {
        MessageState.QUEUED: _("Waits to be sent"),
        MessageState.SENDING: _("Being sent"),
        MessageState.SENT: _("Sent"),
        MessageState.FAILED: _("Not sent"),
        MessageState.UNSURE: _("Arrived or not?"),
        MessageState.WITHDRAWN: _("Withdrawn"),
    },
}
