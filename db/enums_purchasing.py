"""The stored words of purchasing: where its documents stand, and of what kind they are. Read them from `db.enums`."""

from __future__ import annotations

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


class InvoiceKind(StrEnum):
    """A document a supplier wants money with, or gives some back."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class InvoiceLineKind(StrEnum):
    """What a line of an invoice is for: goods received, a charge spread over them, or a cost of its own."""

    GOODS = "goods"
    CHARGE = "charge"
    COST = "cost"


class MatchDecision(StrEnum):
    """What became of the difference between what was booked by estimate and what is invoiced."""

    NONE = "none"
    SMALL = "small"
    OPEN = "open"
    ACCEPTED = "accepted"
    CLAIMED = "claimed"


class Verdict(StrEnum):
    """What the match of order, receipt and invoice says."""

    PAY = "pay"
    WAIT = "wait"
    EXCEPTION = "exception"


class Ground(StrEnum):
    """What a pairing of an invoice's line with a receipt stands on, the surest first."""

    ORDER_LINE = "order_line"
    ITEM = "item"
    SUPPLIER_CODE = "supplier_code"
    QUANTITY = "quantity"
    PERSON = "person"


class SplitBy(StrEnum):
    """What freight and fees are spread by."""

    VALUE = "value"
    WEIGHT = "weight"
    QUANTITY = "quantity"


class ClaimKind(StrEnum):
    """Why goods are refused at the dock, or money is asked back."""

    SHORT = "short"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    EXPIRED = "expired"
    TOO_WARM = "too_warm"
    QUALITY = "quality"
    OVER = "over"
    PRICE = "price"
    RETURNED = "returned"


class SendWay(StrEnum):
    """How an order or request reached the supplier."""

    MAIL = "mail"
    PAPER = "paper"
    PHONE = "phone"
