"""The sheet of what needs to be ordered: by supplier, with all that a buyer weighs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.i18n import Name, Text
from core.purchasing.types.ordering import Need, Slot, Supply, Urgency
from db.enums import OrderState


@dataclass(frozen=True, slots=True)
class NeedChoice:
    """A supplier an item can be had from; `supply` says how. `is_wished`: a department asked for this supplier."""

    supplier_id: int
    name: Name
    supply: Supply
    unit_word: str
    currency: str
    is_blocked: bool = False
    is_wished: bool = False


@dataclass(frozen=True, slots=True)
class SeenPrice:
    """A price of one purchase unit without tax, paid for a receipt or (`is_paid` false) asked by the supplier."""

    on: date
    price: Decimal
    currency: str
    is_paid: bool


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line of an approved request that waits to be ordered; `qty` in base units."""

    line_id: int
    purchase_request_id: int
    number: str
    department: str
    qty: Decimal
    needed_on: date | None
    supplier_id: int | None


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One item of the sheet. `qty` in purchase units of `choice`, `base_qty` the same in base units, `price` of one
    purchase unit and `value` in the supplier's currency. `before` and `cover`: days until the free stock is used up
    without and with this order. `wanted`: base units needed before packs and minimums. `in_drafts` (part of
    `need.on_order`) stands in orders not approved yet, `expected` (part of `need.asked`) will be used within the horizon.
    `daily`: what was used on each of the last days, oldest first."""

    item_id: int
    code: str
    name: Name
    spec: str
    need: Need
    choice: NeedChoice
    qty: Decimal
    base_qty: Decimal
    price: Decimal | None
    value: Decimal | None
    before: Decimal | None
    cover: Decimal | None
    urgency: Urgency
    reason: Text
    wanted: Decimal
    in_drafts: Decimal = Decimal(0)
    expected: Decimal = Decimal(0)
    last_prices: tuple[SeenPrice, ...] = ()
    daily: tuple[Decimal, ...] = ()
    choices: tuple[NeedChoice, ...] = ()
    asked: tuple[AskedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """An order of a supplier that is not done yet, for a day to come."""

    order_id: int
    number: str
    state: OrderState
    on: date


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """The lines of one supplier (0: items nobody sells yet). Money in `currency`: the `minimum_value` of an order, the
    month's `budget`, what was `spent` of it already and is `left` (below zero: overspent). `slot`: the next delivery and
    until when to order for it. `orders` stand for that day already."""

    supplier_id: int
    code: str
    name: Name
    phone: str
    currency: str
    digits: int
    slot: Slot | None
    minimum_value: Decimal | None
    budget: Decimal | None
    spent: Decimal
    left: Decimal | None
    is_blocked: bool
    notes: tuple[Text, ...]
    postponable: tuple[int, ...]
    orders: tuple[StandingOrder, ...]
    lines: tuple[NeedLine, ...]


@dataclass(frozen=True, slots=True)
class NeedTotals:
    """What the chosen lines of a group come to. `missing` to the minimum value, `over` what is left of the budget;
    `unpriced` lines are not in the value."""

    lines: int
    value: Decimal
    missing: Decimal
    over: Decimal
    unpriced: int


@dataclass(frozen=True, slots=True)
class NeedSheet:
    """What needs to be ordered at a moment, the most urgent supplier first. `usage_days`: how many days of usage the rates
    stand on; `sees_prices` is false for who may see neither costs nor order. `others`: the suppliers nothing is proposed
    from, as groups without lines."""

    at: datetime
    today: date
    horizon: int
    usage_days: int
    sees_prices: bool
    groups: tuple[NeedGroup, ...]
    others: tuple[NeedGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderMade:
    """A draft that was made from the sheet; `value` in `currency`, None without a price on any line."""

    order_id: int
    number: str
    supplier_id: int
    supplier: Name
    lines: int
    value: Decimal
    currency: str
