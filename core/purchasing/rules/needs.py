"""A line of the sheet of needs with another quantity or supplier, and what the lines of a supplier come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.purchasing.rules.packs import packed, price_at, smallest_order
from core.purchasing.rules.suggestions import QTY_DIGITS, days_of_cover
from core.purchasing.types.needs import NeedChoice, NeedGroup, NeedLine, NeedTotals
from core.purchasing.types.orders import NewOrder, NewOrderLine
from core.values import digits_of, plain, round_decimal


def need_at(line: NeedLine, qty: Decimal) -> NeedLine:
    """The line when `qty` purchase units of it are ordered (0: none): price by the supplier's breaks, value, cover."""
    supply = line.choice.supply
    base_qty = plain(round_decimal(qty * supply.factor, QTY_DIGITS))
    price = price_at(supply, qty)
    return replace(
        line, qty=qty, base_qty=base_qty, price=price, value=value_of(qty, price, line.choice.currency),
        cover=days_of_cover(line.need.projected + base_qty, line.need.usage),
    )  # fmt: skip


def value_of(qty: Decimal, price: Decimal | None, currency: str) -> Decimal | None:
    """Quantity times price, rounded to the currency; None without a price."""
    return None if price is None else round_decimal(qty * price, digits_of(currency))


def need_from(line: NeedLine, choice: NeedChoice) -> NeedLine:
    """The line ordered from another supplier: the need rounded to that supplier's packs and minimums."""
    order = packed(line.wanted, choice.supply) if line.wanted > 0 else None
    qty = smallest_order(choice.supply) if order is None else order.qty
    need = replace(line.need, supply=choice.supply)
    return need_at(replace(line, choice=choice, need=need), qty)


def need_totals(group: NeedGroup, lines: Iterable[NeedLine]) -> NeedTotals:
    """What these lines come to against the supplier's minimum and what is left of the budget."""
    chosen = [line for line in lines if line.qty > 0]
    value = sum((line.value for line in chosen if line.value is not None), Decimal(0))
    missing = max((group.minimum_value or Decimal(0)) - value, Decimal(0)) if chosen else Decimal(0)
    over = Decimal(0) if group.left is None else max(value - group.left, Decimal(0))
    return NeedTotals(len(chosen), value, missing, over, sum(line.value is None for line in chosen))


def need_order(group: NeedGroup, lines: Sequence[NeedLine], deliver_on: date | None = None) -> NewOrder | None:
    """The order these lines make, for the next delivery unless a day is said; None when nothing is left of them."""
    chosen = [line for line in lines if line.qty > 0]
    if not chosen or not group.supplier_id:
        return None
    day = deliver_on or (group.slot.delivered_on if group.slot else None)
    wanted = tuple(
        NewOrderLine(
            line.item_id, line.qty, line.choice.unit_word, request_line_ids=tuple(one.line_id for one in line.asked)
        )
        for line in chosen
    )
    return NewOrder(group.supplier_id, wanted, deliver_on=day)
