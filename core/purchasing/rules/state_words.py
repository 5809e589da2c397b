"""What people read for what happens to the documents of purchasing."""

from __future__ import annotations

from collections.abc import Mapping

from core.i18n import Text, _
from core.purchasing.types.states import Event

_EVENTS: Mapping[Event, Text] = {
    Event.SUBMIT: _("asking for approval"),
    Event.WITHDRAW: _("taking back"),
    Event.APPROVE: _("approving"),
    Event.REJECT: _("turning down"),
    Event.REVISE: _("changing"),
    Event.ORDER: _("ordering"),
    Event.CANCEL: _("cancelling"),
    Event.REOPEN: _("opening again"),
    Event.SEND: _("sending"),
    Event.CONFIRM: _("confirming"),
    Event.NOTHING_ARRIVED: _("reversing the receipt"),
    Event.PART_ARRIVED: _("receiving"),
    Event.ALL_ARRIVED: _("receiving"),
    Event.CLOSE: _("closing"),
    Event.ANSWER: _("entering an answer"),
    Event.AWARD: _("awarding"),
    Event.RELEASE: _("releasing"),
    Event.QUARANTINE: _("putting into quarantine"),
    Event.CREDIT: _("booking the credit note"),
    Event.UNCREDIT: _("taking the credit note back"),
    Event.WRITE_OFF: _("giving up the claim"),
    Event.ENTER: _("entering"),
    Event.AGREE: _("matching"),
    Event.DIFFER: _("matching"),
    Event.UNMATCH: _("taking the match back"),
    Event.PAY: _("paying"),
    Event.UNPAY: _("taking the payment back"),
    Event.EXPORT: _("making the file"),
}


def event_word(event: Event) -> Text:
    """The name of an event inside a sentence."""
    return _EVENTS[event]
