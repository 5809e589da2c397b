"""Names of the stored words of purchasing, and what its rights let a person do. Read them from `core.words`."""

from __future__ import annotations

from enum import Enum

from core.i18n import Text, _
from db.enums import (
    ClaimKind,
    ClaimState,
    Ground,
    InspectionState,
    InvoiceKind,
    InvoiceLineKind,
    InvoiceState,
    MatchDecision,
    OrderState,
    Permission,
    ProposalState,
    RequestState,
    RfqState,
    SendWay,
    SplitBy,
    Verdict,
)

P = Permission

_CANCELLED = _("Cancelled")
_CLOSED = _("Closed")
_DRAFT = _("Draft")
_APPROVED = _("Approved")
_SENT = _("Sent")
_PAID = _("Paid")

WORDS: dict[type[Enum], dict[str, Text]] = {
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
    InvoiceKind: {
        InvoiceKind.INVOICE: _("Supplier invoice"),
        InvoiceKind.CREDIT_NOTE: _("Credit note"),
    },
    InvoiceLineKind: {
        InvoiceLineKind.GOODS: _("Goods"),
        InvoiceLineKind.CHARGE: _("Freight or fee"),
        InvoiceLineKind.COST: _("Other cost"),
    },
    MatchDecision: {
        MatchDecision.NONE: _("No difference"),
        MatchDecision.SMALL: _("Within tolerance"),
        MatchDecision.OPEN: _("To be settled"),
        MatchDecision.ACCEPTED: _("Accepted"),
        MatchDecision.CLAIMED: _("Claimed"),
    },
    Verdict: {
        Verdict.PAY: _("Pay"),
        Verdict.WAIT: _("Wait for the goods"),
        Verdict.EXCEPTION: _("Look into it"),
    },
    Ground: {
        Ground.ORDER_LINE: _("Order line"),
        Ground.ITEM: _("Same item"),
        Ground.SUPPLIER_CODE: _("Supplier's item code"),
        Ground.QUANTITY: _("Same quantity"),
        Ground.PERSON: _("Chosen by hand"),
    },
    SplitBy: {
        SplitBy.VALUE: _("By value"),
        SplitBy.WEIGHT: _("By weight"),
        SplitBy.QUANTITY: _("By quantity"),
    },
    ClaimKind: {
        ClaimKind.SHORT: _("Short delivery"),
        ClaimKind.DAMAGED: _("Damaged"),
        ClaimKind.WRONG_ITEM: _("Wrong item"),
        ClaimKind.EXPIRED: _("Too close to its expiry date"),
        ClaimKind.TOO_WARM: _("Too warm"),
        ClaimKind.QUALITY: _("Bad quality"),
        ClaimKind.OVER: _("Over delivery"),
        ClaimKind.PRICE: _("Wrong price"),
        ClaimKind.RETURNED: _("Sent back"),
    },
    SendWay: {
        SendWay.MAIL: _("By e-mail"),
        SendWay.PAPER: _("On paper"),
        SendWay.PHONE: _("By phone or message"),
    },
}

RIGHTS: dict[Permission, tuple[Text, Text]] = {
    P.PURCHASE_VIEW: (_("See purchasing"), _("See requests, orders, receipts and claims.")),
    P.PURCHASE_REQUEST: (_("Request goods"), _("Ask for goods for a department.")),
    P.PURCHASE_ORDER: (
        _("Order goods"),
        _("Make, change, approve and send orders up to the limit that is set, and requests for quotation."),
    ),
    P.PURCHASE_APPROVE: (
        _("Approve purchases"),
        _("Approve requests, and take back somebody else's approval of an order."),
    ),
    P.PURCHASE_RULES: (
        _("Set rules of purchasing"),
        _("Set tolerances, limits of temperature, taxes and the account."),
    ),
    P.CLAIM_EDIT: (_("Claim from suppliers"), _("Make, send and settle claims.")),
    P.INVOICE_EDIT: (_("Enter invoices"), _("Enter suppliers' invoices and match them with receipts.")),
    P.INVOICE_APPROVE: (_("Approve invoices"), _("Accept differences of invoices and free them for payment.")),
    P.PAYMENT_EDIT: (_("Prepare payments"), _("Make payment proposals and their files, and book payments.")),
}
