"""Invoices and credit notes as people see them. Amounts and quantities are signed: below zero on a credit note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.i18n import Name, Text
from core.purchasing.types.invoice_entry import (
    InvoiceDocument,
    InvoiceDraft,
    InvoiceOutcome,
    InvoicePreview,
    MatchedMany,
    NewInvoice,
    NewInvoiceLine,
    PreviewLine,
    TaxRow,
    UnknownLine,
)
from core.purchasing.types.matching import Finding, FindingKind
from db.enums import Ground, InvoiceKind, InvoiceLineKind, InvoiceState, MatchDecision, SplitBy, Verdict

__all__ = [
    "ChargeRow",
    "DifferenceRow",
    "InvoiceCard",
    "InvoiceDocument",
    "InvoiceDraft",
    "InvoiceFilter",
    "InvoiceLineRow",
    "InvoiceOutcome",
    "InvoicePreview",
    "InvoiceRow",
    "MatchRow",
    "MatchedMany",
    "NewInvoice",
    "NewInvoiceLine",
    "NotInvoicedWhy",
    "OpenReceiptRow",
    "PreviewLine",
    "ReceiptChoice",
    "TaxRow",
    "UnknownLine",
    "WhyStep",
]


@dataclass(frozen=True, slots=True)
class InvoiceFilter:
    """Which invoices to list; what is empty or None narrows nothing. `text` is sought in both numbers, the supplier and the
    note; days are those of the document; `is_overdue`: due before today and not paid."""

    states: tuple[InvoiceState, ...] = ()
    verdict: Verdict | None = None
    kind: InvoiceKind | None = None
    supplier_id: int | None = None
    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice in a list. Amounts in its currency, `difference` (between receipts and invoice) in the site's."""

    id: int
    version: int
    own_number: str
    number: str
    kind: InvoiceKind
    state: InvoiceState
    verdict: Verdict | None
    supplier_id: int
    supplier: Name
    invoiced_on: date
    received_on: date
    due_on: date
    currency: str
    net: Decimal
    tax: Decimal
    gross: Decimal
    paid: Decimal
    lines: int
    open_lines: int
    difference: Decimal
    is_overdue: bool
    source: str
    note: str

    @property
    def open_amount(self) -> Decimal:
        """What is still to be paid (or comes back, below zero)."""
        return Decimal(0) if self.state is InvoiceState.CANCELLED else self.gross - self.paid


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A part of a line held against a receipt; `entry_id` None: nothing was received, all of it is claimed. Quantity in
    the base unit, amounts in the site's currency."""

    id: int
    entry_id: int | None
    receipt: str
    document: str
    received_on: date | None
    order_number: str
    qty: Decimal
    accrued: Decimal
    invoiced: Decimal
    returned: Decimal
    ground: Ground
    decision: MatchDecision
    posting: str
    claim_id: int | None
    claim: str
    by: str
    at: datetime

    @property
    def difference(self) -> Decimal:
        """What the invoice asks more (or less, below zero) than was booked by estimate."""
        return self.invoiced - self.accrued - self.returned


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A part of a charge booked onto a receipt, in the site's currency."""

    id: int
    receipt_id: int
    receipt: str
    amount: Decimal
    posting: str


@dataclass(frozen=True, slots=True)
class InvoiceLineRow:
    """A line of an invoice with what it is held against. `qty` and `price` are of `unit`, `base_qty` and `open_qty` (not
    matched yet) of `base_unit`; amounts in the invoice's currency, `site_amount` as it belongs into stock."""

    id: int
    line: int
    kind: InvoiceLineKind
    item_id: int | None
    code: str
    name: Name
    order_line_id: int | None
    order_number: str
    supplier_code: str
    description: str
    qty: Decimal
    unit: str
    base_qty: Decimal
    open_qty: Decimal
    base_unit: str
    price: Decimal | None
    amount: Decimal
    net: Decimal
    site_amount: Decimal
    tax_rate: Decimal
    split_by: SplitBy | None
    account: str
    note: str
    matches: tuple[MatchRow, ...] = ()
    charges: tuple[ChargeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class InvoiceCard:
    """One invoice with everything on it."""

    row: InvoiceRow
    rate: Decimal
    is_tax_incl: bool
    lines: tuple[InvoiceLineRow, ...]
    taxes: tuple[TaxRow, ...]
    findings: tuple[Finding, ...]
    by: str
    created_at: datetime
    matched_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """Something to be settled on an invoice: `match_ids` for a price, none for goods that were not received. Quantity in
    the base unit, amounts in the site's currency."""

    id: str
    invoice_id: int
    version: int
    own_number: str
    number: str
    supplier_id: int
    supplier: Name
    invoiced_on: date
    line_id: int
    item_id: int | None
    code: str
    name: Name
    kind: FindingKind
    text: Text
    match_ids: tuple[int, ...]
    qty: Decimal
    base_unit: str
    accrued: Decimal
    invoiced: Decimal
    difference: Decimal
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class OpenReceiptRow:
    """A receipt's line that waits for an invoice (or, below zero, for a credit). Quantities in the base unit, amounts in
    the site's currency; `not_invoiced` is what is owed for it by estimate."""

    entry_id: int
    posting_id: int
    number: str
    document: str
    supplier_id: int
    supplier: Name
    received_on: date
    at: datetime
    item_id: int
    code: str
    name: Name
    unit: str
    qty: Decimal
    returned_qty: Decimal
    matched_qty: Decimal
    open_qty: Decimal
    accrued: Decimal
    returned: Decimal
    matched: Decimal
    not_invoiced: Decimal
    order_line_id: int | None
    order_number: str
    days: int

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.entry_id


@dataclass(frozen=True, slots=True)
class ReceiptChoice:
    """A receipt that a charge can be spread over: what was received in all, in the site's currency."""

    posting_id: int
    number: str
    document: str
    supplier_id: int | None
    supplier: Name
    received_on: date
    lines: int
    value: Decimal
    charged: Decimal


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One step of how a figure came to be: quantity and amount as they add up to it."""

    text: Text
    at: datetime
    qty: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NotInvoicedWhy:
    """How what is owed for a receipt's line came to be; the steps sum to it."""

    row: OpenReceiptRow
    steps: tuple[WhyStep, ...]
