"""Money of purchasing documents: taxes by rate, terms of payment, what is due. Amounts are whole minor units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Due(StrEnum):
    """How old a debt is, in days after its due date."""

    NOT_DUE = "not_due"
    TO_30 = "to_30"
    TO_60 = "to_60"
    TO_90 = "to_90"
    OVER_90 = "over_90"


class Priced(NamedTuple):
    """A line as its document says it: the amount with or without tax, and the tax rate in percent."""

    amount: int
    rate: Decimal


@dataclass(frozen=True, slots=True)
class TaxSum:
    """The lines of one rate together; `gross` is `net` and `tax`."""

    rate: Decimal
    net: int
    tax: int

    @property
    def gross(self) -> int:
        """With tax."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class TaxDifference:
    """A rate whose stated tax is not what the lines say; `stated` None when the document does not mention the rate."""

    rate: Decimal
    computed: int
    stated: int | None

    @property
    def amount(self) -> int:
        """What the document asks more (or less, below zero)."""
        return (self.stated or 0) - self.computed


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """When an invoice is to be paid: `days` after its date, or after the end of its month."""

    days: int = 0
    is_end_of_month: bool = False


@dataclass(frozen=True, slots=True)
class Debt:
    """What is open of an invoice; below zero for a credit."""

    amount: int
    due_on: date
