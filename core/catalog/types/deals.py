"""A supplier's whole deal: how it is ordered from and paid, its people, its days, its prices on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from core.catalog.types.partners import Break, SupplierRow
from core.i18n import Name
from core.values import digits_of


@dataclass(frozen=True, slots=True)
class NewContact:
    """A further person at a supplier's; `gets_orders` and `gets_claims` say which papers are mailed to them."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    gets_orders: bool = False
    gets_claims: bool = False
    note: str = ""
    rank: int = 1


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person at a supplier's, as the card shows them."""

    id: int
    version: int
    name: str
    role: str
    phone: str
    email: str
    gets_orders: bool
    gets_claims: bool
    note: str
    rank: int


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which a supplier does not deliver, and why."""

    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplierCard:
    """Everything the catalog knows of one supplier. `values` holds its editable fields by the names of `NewSupplier`, as
    `update_supplier` takes them back; who may see neither costs nor change suppliers finds bank and budget empty."""

    id: int
    version: int
    row: SupplierRow
    values: Mapping[str, object]
    is_blocked: bool
    block_note: str
    contacts: tuple[ContactRow, ...] = ()
    closed_days: tuple[ClosedDay, ...] = ()
    sees_secrets: bool = True


@dataclass(frozen=True, slots=True)
class SupplierDeal:
    """What orders, deliveries and payments must know of a supplier.

    `delivery_days` is a mask (Monday 1, Tuesday 2, Wednesday 4 ... Sunday 64; 0 any day), `cutoff` a time at the site;
    `minimum_value` and `monthly_budget` are in `currency`, `match_amount` in the site's; tolerances, `tax_rate` and
    `price_jump_percent` are per cent. `order_emails` and `claim_emails` fall back to the main address.
    """

    id: int
    version: int
    code: str
    name: Name
    language: str
    is_active: bool
    contact: str
    phone: str
    email: str
    address: str
    note: str
    currency: str
    tax_number: str
    prices_incl_tax: bool
    tax_rate: Decimal | None
    payment_days: int
    payment_end_of_month: bool
    delivery_days: int
    cutoff: time | None
    lead_days: int
    minimum_value: Decimal | None
    monthly_budget: Decimal | None
    over_tolerance: Decimal
    short_tolerance: Decimal
    price_jump_percent: Decimal
    match_percent: Decimal | None
    match_amount: Decimal | None
    is_blocked: bool
    block_note: str
    iban: str
    bic: str
    bank_name: str
    bank_account: str
    order_emails: tuple[str, ...] = ()
    claim_emails: tuple[str, ...] = ()
    closed_on: frozenset[date] = frozenset()

    @property
    def digits(self) -> int:
        """Minor digits of the supplier's currency."""
        return digits_of(self.currency)

    def title(self, language: str) -> str:
        """The supplier's name in a language."""
        return self.name.render(language)


@dataclass(frozen=True, slots=True)
class SupplierTermFacts:
    """How a supplier sells an item on a day. `unit` is the stored word the price is for (the term's, else the item's
    purchase unit), `factor` base units in one of it; `price` and `breaks` in the supplier's currency, with or without
    tax as the supplier's prices are; quantities in `unit`. `lead_days` None: the supplier's own."""

    id: int
    item_id: int
    supplier_id: int
    supplier_code: str
    unit: str
    factor: Decimal
    price: Decimal | None
    breaks: tuple[Break, ...]
    minimum_qty: Decimal | None
    multiple_qty: Decimal | None
    lead_days: int | None
    rank: int
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PastPrice:
    """A price of one base unit without tax: when, on which day at the site, in which currency. `source` is "receipt"
    (paid) or "term" (asked)."""

    at: datetime
    on: date
    price: Decimal
    currency: str
    source: str
