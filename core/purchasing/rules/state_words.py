"""What people read for states and events of purchasing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.i18n import Text, _
from core.purchasing.types.states import (
    ClaimState,
    Event,
    InspectionState,
    InvoiceState,
    OrderState,
    ProposalState,
    RequestState,
    RfqState,
)

_CANCELLED = _("Cancelled")
_CLOSED = _("Closed")
_DRAFT = _("Draft")
_APPROVED = _("Approved")
_SENT = _("Sent")
_PAID = _("Paid")

_STATES: Mapping[type[StrEnum], Mapping[StrEnum, Text]] = {
    RequestState: {
        RequestState.DRAFT: _DRAFT,
        RequestState.SUBMITTED: _("Waits for approval"),
        RequestState.APPROVED: _APPROVED,
        RequestState.REJECTED: _("Turned down"),
        RequestState.ORDERED: _("Ordered"),
        RequestState.CANCELLED: _CANCELLED,
    },
    OrderState: {
        OrderState.DRAFT: _DRAFT,
        OrderState.APPROVED: _APPROVED,
        OrderState.SENT: _SENT,
        OrderState.CONFIRMED: _("Confirmed by the supplier"),
        OrderState.PART_RECEIVED: _("Partly received"),
        OrderState.RECEIVED: _("Received"),
        OrderState.CLOSED: _CLOSED,
        OrderState.CANCELLED: _CANCELLED,
    },
    RfqState: {
        RfqState.DRAFT: _DRAFT,
        RfqState.SENT: _SENT,
        RfqState.ANSWERED: _("Answered"),
        RfqState.AWARDED: _("Awarded"),
        RfqState.CLOSED: _CLOSED,
    },
    InspectionState: {
        InspectionState.ACCEPTED: _("Passed inspection"),
        InspectionState.QUARANTINE: _("In quarantine"),
        InspectionState.REJECTED: _("Rejected on arrival"),
    },
    ClaimState: {
        ClaimState.OPEN: _("To be sent"),
        ClaimState.SENT: _SENT,
        ClaimState.CREDITED: _("Credited"),
        ClaimState.WRITTEN_OFF: _("Given up"),
    },
    InvoiceState: {
        InvoiceState.DRAFT: _DRAFT,
        InvoiceState.TO_MATCH: _("To be matched"),
        InvoiceState.DIFFERENCES: _("With differences"),
        InvoiceState.MATCHED: _("Matched"),
        InvoiceState.APPROVED: _APPROVED,
        InvoiceState.PAID: _PAID,
        InvoiceState.CANCELLED: _CANCELLED,
    },
    ProposalState: {
        ProposalState.DRAFT: _DRAFT,
        ProposalState.EXPORTED: _("File made"),
        ProposalState.PAID: _PAID,
    },
}

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


def state_word(state: StrEnum) -> Text:
    """The name of a state as people read it."""
    return _STATES[type(state)][state]


def event_word(event: Event) -> Text:
    """The name of an event inside a sentence."""
    return _EVENTS[event]
