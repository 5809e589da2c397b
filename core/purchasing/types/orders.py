"""Orders as they go in: what is to be ordered, changed, promised; and what is still awaited of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from core.i18n import Name, Text
from db.enums import OrderState

ChangeKind = Literal["added", "removed", "changed", "order"]


@dataclass(frozen=True, slots=True)
class NewOrderLine:
    """One thing to be ordered. `unit` empty: the unit the supplier sells it in; `price` of one unit in the order's
    currency, None: the supplier's price for that quantity on the day of ordering; `tax_rate` per cent, None: the item's,
    else the supplier's, else the site's. `request_line_ids`: what departments asked for that this line serves."""

    item_id: int
    qty: Decimal
    unit: str = ""
    price: Decimal | None = None
    is_free: bool = False
    note: str = ""
    tax_rate: Decimal | None = None
    request_line_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order to be made. `deliver_on` the day the goods are wanted; `location_id` where to (0: the site); `note` is
    printed, `own_note` is not; `currency` empty: the supplier's; `rate` the site's currency for 1 of the order's, None:
    the one last used."""

    supplier_id: int
    lines: tuple[NewOrderLine, ...]
    deliver_on: date | None = None
    location_id: int = 0
    note: str = ""
    own_note: str = ""
    currency: str = ""
    rate: Decimal | None = None
    copied_from_id: int | None = None
    rfq_id: int | None = None


@dataclass(frozen=True, slots=True)
class OrderLineEdit:
    """A line of an order as the form has it; `id` None for a new one. `price` None stays without a price."""

    id: int | None
    item_id: int
    qty: Decimal
    unit: str = ""
    price: Decimal | None = None
    is_free: bool = False
    note: str = ""
    tax_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OpenOrderLine:
    """A line of an order whose goods are still awaited. `ordered`, `received`, `outstanding` in base units; `price` of one
    `unit` (`factor` base units) in `currency`, `rate` site currency for 1 of it; `due_on` the day the goods are expected:
    promised for the line, else for the order (`is_promised`), else asked for."""

    order_id: int
    number: str
    state: OrderState
    supplier_id: int
    line_id: int
    line: int
    item_id: int
    supplier_code: str
    unit: str
    factor: Decimal
    ordered: Decimal
    received: Decimal
    outstanding: Decimal
    price: Decimal | None
    currency: str
    rate: Decimal
    is_tax_incl: bool
    tax_rate: Decimal
    is_free: bool
    due_on: date | None
    location_id: int
    note: str
    is_promised: bool = False


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """Where an order stands after a command: its state and the version the next one takes."""

    order_id: int
    version: int
    state: OrderState


@dataclass(frozen=True, slots=True)
class OrderCopied:
    """A new draft made from an earlier order; `left_out`: items of it that are retired."""

    order_id: int
    left_out: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderSent:
    """What was sent: which revision, how, the e-mail in the outbox, and the paper among the printed ones."""

    order_id: int
    number: str
    version: int
    state: OrderState
    revision: int
    mail_id: int | None = None
    recipients: tuple[str, ...] = ()
    print_id: int = 0


@dataclass(frozen=True, slots=True)
class OrderChange:
    """One difference between two sent states of an order. `kind` "order" is its head; a line is told by its number and
    item; `before` and `after` are values as they are shown (numbers, days, words, yes or no), None for nothing."""

    kind: ChangeKind
    line: int = 0
    item: Name | None = None
    what: Text | None = None
    before: Decimal | date | str | bool | None = None
    after: Decimal | date | str | bool | None = None
