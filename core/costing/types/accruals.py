"""Goods received and not invoiced, as an accountant books them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Name
from db.enums import AccrualStyle as AccrualStyle


@dataclass(frozen=True, slots=True)
class AccrualLine:
    """One line of the estimate's journal: above zero goods are estimated (stock to payables estimated), below zero an
    estimate is taken back. All lines of a receipt over all months sum to what is still open of it: to nothing once it is
    invoiced. `document` is the invoice that took it back, where one did."""

    on: date
    posting_id: int
    number: str
    supplier_id: int
    supplier: Name
    amount: Decimal
    document: str = ""


@dataclass(frozen=True, slots=True)
class AccrualSupplier:
    """What one supplier has not invoiced at the month's end: how many receipts, how much; below zero a credit is awaited."""

    supplier_id: int
    supplier: Name
    receipts: int
    amount: Decimal

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.supplier_id


@dataclass(frozen=True, slots=True)
class AccrualReceipt:
    """What of one receipt is not invoiced at the month's end."""

    posting_id: int
    number: str
    document: str
    received_on: date
    supplier_id: int
    supplier: Name
    amount: Decimal

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.posting_id


@dataclass(frozen=True, slots=True)
class Accruals:
    """Goods received and not invoiced at the end of a month: by supplier (most first), and in all at the end of the month
    before. The lists behind it are `list_accrued_receipts` and `list_accrual_lines`."""

    as_of: date
    total: Decimal
    before: Decimal
    receipts: int
    suppliers: tuple[AccrualSupplier, ...]
