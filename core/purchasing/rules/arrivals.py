"""What holds of goods at the dock: their dates, their warmth, how many of them, and what their price does to a margin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from core.errors import InvalidInput, Refused
from core.i18n import Text, _
from core.values import round_decimal
from core.words import word
from db.enums import ClaimKind, InspectionState, OrderState, StorageKind

ON_ITS_WAY = frozenset({OrderState.APPROVED, OrderState.SENT, OrderState.CONFIRMED, OrderState.PART_RECEIVED})
"""Orders goods are awaited of. A received one still takes what comes on top of it."""
TAKES_MORE = ON_ITS_WAY | {OrderState.RECEIVED}
EARLY_DAYS = 3
"""So many days before its day a delivery is worth a question."""
SHORT_LIFE = 3
"""Goods that arrive with less than a third of their shelf life are worth a question."""
LONGEST_DOCUMENT, LONGEST_NOTE = 60, 200
COLDEST, WARMEST = Decimal(-100), Decimal(100)


def check_takes_goods(state: OrderState, number: str) -> None:
    """Goods come for orders on their way. Raises Refused with the way out."""
    if state in TAKES_MORE:
        return
    if state is OrderState.CLOSED:
        raise Refused(
            _("{number} is closed. Open it again, or receive the goods without an order.", number=number), field="order"
        )
    raise Refused(
        _("{number} is “{state}”: nothing can be received for it.", number=number, state=word(state)), field="order"
    )


def is_over(ordered: int, received: int, coming: int, tolerance: Decimal) -> bool:
    """Whether more comes than was ordered and the supplier's tolerance (per cent of the order) allows."""
    if received + coming <= ordered:
        return False
    return coming > 0 and (received + coming) * 100 > ordered * (100 + tolerance)


def is_early(due_on: date | None, day: date) -> bool:
    """Whether goods come long before their day."""
    return due_on is not None and (due_on - day).days > EARLY_DAYS


def expiry_of(expires_on: date | None, produced_on: date | None, shelf_life_days: int | None) -> date | None:
    """The expiry date: as stated, else the production date and the item's shelf life. Raises InvalidInput."""
    if expires_on is not None and produced_on is not None and expires_on < produced_on:
        raise InvalidInput(_("It cannot expire before it was produced."), field="expires_on")
    if expires_on is None and produced_on is not None and shelf_life_days is not None:
        return produced_on + timedelta(days=shelf_life_days)
    return expires_on


def check_produced(produced_on: date | None, day: date) -> None:
    """Nothing arrives before it was made. Raises InvalidInput."""
    if produced_on is not None and produced_on > day:
        raise InvalidInput(
            _("{day} as the production date is in the future. Correct it.", day=produced_on), field="produced_on"
        )


def check_not_expired(expires_on: date | None, day: date, inspection: InspectionState) -> None:
    """What has expired is refused at the dock or put into quarantine, never taken in. Raises Refused."""
    if expires_on is None or expires_on >= day or inspection is InspectionState.QUARANTINE:
        return
    raise Refused(_("It expired on {day}. Refuse it, or put it into quarantine.", day=expires_on), field="expires_on")


def is_short_lived(expires_on: date | None, shelf_life_days: int | None, day: date) -> bool:
    """Whether less than a third of the shelf life is left."""
    if expires_on is None or not shelf_life_days:
        return False
    return (expires_on - day).days * SHORT_LIFE < shelf_life_days


def check_refusal(qty: Decimal, rejected_qty: Decimal, reason: str) -> None:
    """Quantities are not below zero, and what is refused has a reason. Raises InvalidInput."""
    if qty < 0:
        raise InvalidInput(_("A quantity cannot be below zero. Use a return."), field="qty")
    if rejected_qty < 0:
        raise InvalidInput(_("A quantity cannot be below zero. Use a return."), field="rejected_qty")
    if rejected_qty and reason not in tuple(ClaimKind):
        raise InvalidInput(_("Why was it refused? Choose one of the reasons."), field="reject_reason")
    if not qty and not rejected_qty:
        raise InvalidInput(_("How much came? Write the quantity, or take the line out."), field="qty")


def check_texts(document: str, notes: Iterable[str]) -> None:
    """A delivery note's number and remarks are not longer than fits. Raises InvalidInput."""
    if len(document) > LONGEST_DOCUMENT:
        raise InvalidInput(
            _("The number of a delivery note has at most {n} characters.", n=LONGEST_DOCUMENT), field="document"
        )
    if any(len(note) > LONGEST_NOTE for note in notes):
        raise InvalidInput(_("A remark has at most {n} characters.", n=LONGEST_NOTE), field="note")


def check_reading(reading: Decimal) -> None:
    """A temperature of goods in degrees Celsius. Raises InvalidInput."""
    if not COLDEST <= reading <= WARMEST:
        raise InvalidInput(
            _("{reading} °C is no temperature of goods. Measure again.", reading=reading), field="temperature"
        )


def is_warm(kind: StorageKind, reading: Decimal, limits: Mapping[StorageKind, Decimal]) -> bool:
    """Whether goods are warmer than the limit of their kind; dry goods have none."""
    return kind in limits and reading > limits[kind]


def price_with(price: Decimal, rate: Decimal, *, is_incl: bool, wanted_incl: bool) -> Decimal:
    """A price with or without tax as one the other way, six decimals: 100 at 13 % is 113 with tax. `rate` in per cent."""
    if is_incl == wanted_incl:
        return price
    if wanted_incl:
        return round_decimal(price * (100 + rate) / 100, 6)
    return round_decimal(price * 100 / (100 + rate), 6)


def margin_percent(sale_price: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """What of a sale price is left after the cost, in per cent, one decimal; both of one unit, without tax, in one
    currency. None without a sale price or a cost."""
    if not sale_price or sale_price < 0 or cost is None:
        return None
    return round_decimal((sale_price - cost) * 100 / sale_price, 1)


def other_currency(order: str, ordered_in: str, currency: str) -> Text:
    """The sentence for a delivery whose prices are in another currency than its order's."""
    return _(
        "{order} is in {ordered}, this delivery in {currency}. Receive it in the order's currency.",
        order=order,
        ordered=ordered_in,
        currency=currency,
    )
