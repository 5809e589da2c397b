"""Where the documents of purchasing stand, and what can happen to them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class RequestState(StrEnum):
    """A department's request for goods."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    ORDERED = "ordered"
    CANCELLED = "cancelled"


class OrderState(StrEnum):
    """An order to a supplier."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    CONFIRMED = "confirmed"
    PART_RECEIVED = "part_received"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RfqState(StrEnum):
    """A request for quotation."""

    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"
    AWARDED = "awarded"
    CLOSED = "closed"


class InspectionState(StrEnum):
    """Goods of a receipt after somebody looked at them."""

    ACCEPTED = "accepted"
    QUARANTINE = "quarantine"
    REJECTED = "rejected"


class ClaimState(StrEnum):
    """A claim to a supplier for credit."""

    OPEN = "open"
    SENT = "sent"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"


class InvoiceState(StrEnum):
    """A supplier's invoice or credit note."""

    DRAFT = "draft"
    TO_MATCH = "to_match"
    DIFFERENCES = "differences"
    MATCHED = "matched"
    APPROVED = "approved"
    PAID = "paid"
    CANCELLED = "cancelled"


class ProposalState(StrEnum):
    """A list of invoices to be paid together."""

    DRAFT = "draft"
    EXPORTED = "exported"
    PAID = "paid"


class Event(StrEnum):
    """What can happen to a document. A word means the same for each of them."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REJECT = "reject"
    REVISE = "revise"
    ORDER = "order"
    CANCEL = "cancel"
    REOPEN = "reopen"
    SEND = "send"
    CONFIRM = "confirm"
    NOTHING_ARRIVED = "nothing_arrived"
    PART_ARRIVED = "part_arrived"
    ALL_ARRIVED = "all_arrived"
    CLOSE = "close"
    ANSWER = "answer"
    AWARD = "award"
    RELEASE = "release"
    QUARANTINE = "quarantine"
    CREDIT = "credit"
    UNCREDIT = "uncredit"
    WRITE_OFF = "write_off"
    ENTER = "enter"
    AGREE = "agree"
    DIFFER = "differ"
    UNMATCH = "unmatch"
    PAY = "pay"
    UNPAY = "unpay"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class LineProgress:
    """How far a line of an order has come, in base units. `received` is net of reversals, without free goods and without
    returns (what is sent back is claimed, not awaited); `is_closed`: nobody waits for the rest."""

    ordered: Decimal
    received: Decimal
    is_closed: bool = False
