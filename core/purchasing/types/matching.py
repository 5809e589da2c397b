"""Lines of invoices against lines of receipts. Quantities are millionths of the base unit, money whole minor units of the
site's currency without recoverable tax."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.i18n import Text
from db.enums import Ground, Verdict


class FindingKind(StrEnum):
    """Why an invoice cannot simply be paid."""

    NOT_RECEIVED = "not_received"
    MORE_THAN_RECEIVED = "more_than_received"
    PRICE = "price"
    UNKNOWN = "unknown"
    NOT_RETURNED = "not_returned"
    PRICE_CREDIT = "price_credit"
    CHARGE = "charge"
    TAX = "tax"
    DUPLICATE = "duplicate"


class Repeat(StrEnum):
    """Why an invoice looks as if it were there already."""

    SAME_NUMBER = "same_number"
    SAME_AMOUNT_AND_DAY = "same_amount_and_day"


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt line as far as invoices are concerned. `accrued` is what the ledger took it in for; of it and of `qty`
    parts are matched to invoices or sent back."""

    line_id: int
    supplier_id: int
    qty: int
    accrued: int
    matched_qty: int = 0
    matched: int = 0
    returned_qty: int = 0
    returned: int = 0
    item_id: int = 0
    order_line_id: int = 0
    supplier_code: str = ""
    received_on: date = date.min

    @property
    def open_qty(self) -> int:
        """What was received and kept, but not invoiced."""
        return self.qty - self.matched_qty - self.returned_qty

    @property
    def not_invoiced(self) -> int:
        """What is owed for it by estimate (goods received, not invoiced)."""
        return self.accrued - self.matched - self.returned


@dataclass(frozen=True, slots=True)
class Invoiced:
    """A line of an invoice. `expected_qty`: what its order still waits for."""

    line_id: int
    supplier_id: int
    qty: int
    amount: int
    item_id: int = 0
    order_line_id: int = 0
    supplier_code: str = ""
    expected_qty: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A part of an invoice line paired with a part of a receipt line, and what each says it costs."""

    invoice_line_id: int
    receipt_line_id: int
    qty: int
    accrued: int
    invoiced: int
    ground: Ground

    @property
    def difference(self) -> int:
        """What the invoice asks more (or less, below zero) than was accrued."""
        return self.invoiced - self.accrued


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far an invoice may be off: `percent` of the accrued amount and `amount` in minor units, None where it is not
    looked at; `qty_percent` of the quantity. Both money limits must hold unless `is_larger_enough`."""

    percent: Decimal | None = Decimal(0)
    amount: int | None = None
    qty_percent: Decimal = Decimal(0)
    is_larger_enough: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a line (0: the whole invoice); `amount` in minor units, `qty` in millionths."""

    kind: FindingKind
    invoice_line_id: int
    text: Text
    amount: int = 0
    qty: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on an invoice and everything that led to it."""

    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class InvoiceHead:
    """What tells one invoice from another. `total` in minor units of its own currency."""

    invoice_id: int
    supplier_id: int
    number: str
    day: date
    total: int
    currency: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An invoice that is there already, and how it was recognised."""

    invoice_id: int
    repeat: Repeat
    text: Text
