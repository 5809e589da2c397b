"""What an electronic invoice or credit note says, before anybody decided what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from core.i18n import Text

Kind = Literal["invoice", "credit_note"]


@dataclass(frozen=True, slots=True)
class PartyId:
    """An identifier of a company and which list it is from (0088 is GS1's GLN), empty when not said."""

    number: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A company as the document names it."""

    name: str
    trade_name: str = ""
    ids: tuple[PartyId, ...] = ()
    tax_number: str = ""
    register_number: str = ""
    country: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Tax:
    """A category of tax (S standard, Z zero, E exempt, AE reverse charge, ...) and its rate in per cent."""

    category: str
    rate: Decimal

    def __str__(self) -> str:
        return f"{self.category} {self.rate.normalize():f}%"


@dataclass(frozen=True, slots=True)
class Charge:
    """An allowance or a charge; `amount` is never signed, `is_charge` says which. `tax` is None on a line."""

    is_charge: bool
    amount: Decimal
    reason: str = ""
    code: str = ""
    percent: Decimal | None = None
    base: Decimal | None = None
    tax: Tax | None = None

    @property
    def signed(self) -> Decimal:
        """What it adds to the document: charges up, allowances down."""
        return self.amount if self.is_charge else -self.amount


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """A line. `amount` is net of tax after its allowances and charges; `price` is net and for `price_qty` units.

    `unit` is ours, empty when the document's `unit_code` has no unit of ours.
    """

    path: str
    number: str
    name: str
    qty: Decimal
    unit_code: str
    unit: str
    amount: Decimal
    price: Decimal
    price_qty: Decimal = Decimal(1)
    gross_price: Decimal | None = None
    price_discount: Decimal | None = None
    description: str = ""
    supplier_item: str = ""
    buyer_item: str = ""
    gtin: str = ""
    order_number: str = ""
    order_line: str = ""
    despatch_number: str = ""
    despatch_line: str = ""
    note: str = ""
    tax: Tax | None = None
    charges: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """The tax of one category and rate: on what, and how much."""

    path: str
    tax: Tax
    taxable: Decimal
    amount: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The document's own sums."""

    path: str
    lines: Decimal
    without_tax: Decimal
    tax: Decimal
    with_tax: Decimal
    payable: Decimal
    allowances: Decimal = Decimal(0)
    charges: Decimal = Decimal(0)
    prepaid: Decimal = Decimal(0)
    rounding: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Account:
    """Where the supplier wants its money."""

    number: str
    bic: str = ""
    holder: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something of the document that does not add up or fit: nothing is refused for it, a person decides.

    `rule` is the rule of EN 16931 or Peppol that says so; `expected` and `said` are amounts where there are any.
    """

    rule: str
    path: str
    text: Text
    expected: Decimal | None = None
    said: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """An invoice or credit note as read. Amounts are in `currency` and carry the signs of the document."""

    kind: Kind
    type_code: str
    number: str
    issued_on: date
    currency: str
    supplier: Party
    buyer: Party
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[TaxTotal, ...]
    totals: Totals
    due_on: date | None = None
    tax_on: date | None = None
    delivered_on: date | None = None
    charges: tuple[Charge, ...] = ()
    accounts: tuple[Account, ...] = ()
    order_number: str = ""
    sales_order: str = ""
    despatch_number: str = ""
    receipt_number: str = ""
    contract: str = ""
    buyer_reference: str = ""
    corrects: tuple[str, ...] = ()
    terms: str = ""
    note: str = ""
    troubles: tuple[Trouble, ...] = ()

    @property
    def sign(self) -> int:
        """1 for what is to be paid, -1 for what comes back."""
        return -1 if self.kind == "credit_note" else 1
