"""One line of a delivery that is not posted yet: what it holds, what it becomes in the core, how a draft keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.i18n import Text
from core.purchasing import NewDeliveryLine, SheetLine
from core.values import amount_of, plain, round_decimal
from core.words import InspectionState

NONE = Decimal(0)
FINE = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class DockLine:
    """A line as it stands at the dock. `known` is what the order and the catalog say; `id` is its own on the page.

    `qty` is taken in and `rejected` refused, in `unit` of `factor` base units. `is_touched`: somebody said something of
    it, be it that nothing came. `price` is what was typed for one `unit`; None: the order's stands. `instead_of` is the
    order's line whose goods this one stands in for.
    """

    id: int
    known: SheetLine
    qty: Decimal = NONE
    unit: str = ""
    factor: Decimal = Decimal(1)
    is_touched: bool = False
    rejected: Decimal = NONE
    reject_reason: str = ""
    lot: str = ""
    expires_on: date | None = None
    produced_on: date | None = None
    price: Decimal | None = None
    price_reason: str = ""
    place_id: int | None = None
    is_free: bool = False
    instead_of: SheetLine | None = None
    is_quarantine: bool = False
    temperature: Decimal | None = None
    note: str = ""
    currency: str = ""
    error: Text | None = None
    error_field: str = ""

    @property
    def order_line_id(self) -> int | None:
        """The line of the order it belongs to; of a stand-in the line of the goods that were ordered."""
        return self.instead_of.order_line_id if self.instead_of is not None else self.known.order_line_id

    @property
    def base(self) -> Decimal:
        """What is taken in, in base units."""
        return self.qty * self.factor

    @property
    def needed(self) -> Decimal:
        """What the order still waits for, in this line's unit."""
        return plain(round_decimal(self.known.outstanding * self.known.factor / self.factor, 6))

    def is_empty(self) -> bool:
        """Whether nothing came of it."""
        return not self.qty and not self.rejected

    def title(self, language: str) -> str:
        """The item's name."""
        return self.known.title(language)

    def price_in(self) -> Decimal | None:
        """The price of one unit: what was typed, else what the order says, else what was paid last."""
        if self.price is not None:
            return self.price
        if self.known.price is None:
            return self.last_price()
        return plain(round_decimal(self.known.price * self.factor / self.known.factor, 6))

    def last_price(self) -> Decimal | None:
        """What one unit cost last time in this currency; None when it was never bought for it."""
        paid = [one.price for one in self.known.last_prices if self.currency in ("", one.currency)]
        return plain(round_decimal(paid[0] * self.factor / self.known.factor, 6)) if paid else None

    def change(self) -> Decimal | None:
        """The share by which the price moved against the last one."""
        price, last = self.price_in(), self.last_price()
        return None if price is None or not last or self.is_free else price / last - 1

    def needs_reason(self, limit: Decimal) -> bool:
        """Whether a price that was typed is further than `limit` per cent from the order's, else from the last one, and
        nobody wrote why."""
        known = self.known.price if self.known.order_line_id is not None else None
        before = known * self.factor / self.known.factor if known else self.last_price()
        if self.price is None or self.is_free or not before or self.price_reason.strip():
            return False
        return abs(self.price - before) * 100 > limit * before

    def amount(self, digits: int) -> Decimal | None:
        """What is taken in of it comes to; None when no price is known."""
        price = self.price_in()
        if self.is_free:
            return NONE
        return None if price is None else amount_of(self.qty, price, digits)

    def in_unit(self, unit: str, factor: Decimal) -> DockLine:
        """The same goods in another unit."""
        if unit == self.unit:
            return self
        share = self.factor / factor
        price = None if self.price is None else plain(round_decimal(self.price / share, 6))
        return replace(
            self, unit=unit, factor=factor, price=price,
            qty=plain(round_decimal(self.qty * share, 6)), rejected=plain(round_decimal(self.rejected * share, 6)),
        )  # fmt: skip

    def new_line(self, row: int, *, is_priced: bool) -> NewDeliveryLine:
        """The line as the core takes it; `row` comes back with its errors."""
        inspection = InspectionState.QUARANTINE if self.is_quarantine else InspectionState.ACCEPTED
        return NewDeliveryLine(
            self.known.item_id,
            self.qty,
            self.unit,
            order_line_id=self.order_line_id,
            instead_of_id=self.instead_of.item_id if self.instead_of is not None else None,
            price=self.price,
            is_priced=is_priced,
            lot=self.lot,
            expires_on=self.expires_on,
            produced_on=self.produced_on,
            location_id=self.place_id,
            is_free=self.is_free,
            rejected_qty=self.rejected,
            reject_reason=self.reject_reason if self.rejected else "",
            price_reason=self.price_reason,
            inspection=inspection,
            temperature=self.temperature,
            note=self.note,
            row=row,
        )


def line_of(known: SheetLine, line_id: int = 0) -> DockLine:
    """An untouched line of what is expected."""
    return DockLine(
        line_id, known, unit=known.unit, factor=known.factor, place_id=known.location_id, is_free=known.is_free
    )


def added(line: DockLine, qty: Decimal, unit: str, factor: Decimal, base_unit: str) -> DockLine:
    """The line with so much more of another unit: in its own unit where that comes out even, else in base units."""
    if not line.qty and not line.rejected and line.known.order_line_id is None:
        line = line.in_unit(unit, factor)
    more = qty * factor / line.factor
    exact = round_decimal(more, 6)
    if exact * line.factor != qty * factor:
        line = line.in_unit(base_unit, Decimal(1))
        exact = round_decimal(qty * factor, 6)
    return replace(line, qty=plain(line.qty + exact), is_touched=True, error=None, error_field="")


def price_after(before: DockLine, after: DockLine, amount: Decimal | None) -> Decimal | None:
    """The price of one unit once goods of this amount came to a line; without an amount what it was."""
    if amount is None or not after.qty:
        return after.price
    earlier = (before.price_in() or NONE) * before.qty if before.qty else NONE
    return plain(round_decimal((earlier + amount) / after.qty, 6))


_PLAIN = ("unit", "reject_reason", "lot", "price_reason", "place_id", "note")
_FLAGS = ("is_touched", "is_free", "is_quarantine")
_NUMBERS = ("qty", "factor", "rejected", "price", "temperature")
_DAYS = ("expires_on", "produced_on")


def line_to_draft(line: DockLine) -> dict[str, Any]:
    """What was typed of the line as plain words; what the order and catalog know of it is asked again."""
    kept: dict[str, Any] = {"item": line.known.item_id, "code": line.known.code, "of": line.known.order_line_id}
    kept.update({name: value for name in (*_PLAIN, *_FLAGS) if (value := getattr(line, name))})
    numbers = {name: getattr(line, name) for name in _NUMBERS}
    kept.update({name: f"{plain(number):f}" for name, number in numbers.items() if number is not None})
    days = {name: getattr(line, name) for name in _DAYS}
    kept.update({name: day.isoformat() for name, day in days.items() if day is not None})
    if line.instead_of is not None:
        kept["instead_of"] = line.instead_of.order_line_id
    return kept


def line_from_draft(kept: Mapping[str, Any], known: SheetLine, expected: Mapping[int, SheetLine]) -> DockLine:
    """The line of a draft laid over what is known now. Raises ValueError, KeyError or TypeError for one that cannot be
    read."""
    given: dict[str, Any] = {name: kept[name] for name in (*_PLAIN, *_FLAGS) if name in kept}
    given.update({name: Decimal(kept[name]) for name in _NUMBERS if name in kept})
    given.update({name: date.fromisoformat(kept[name]) for name in _DAYS if name in kept})
    instead_of = expected.get(kept.get("instead_of") or 0)
    return replace(line_of(known), **given, instead_of=instead_of)
