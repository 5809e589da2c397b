"""What is asked before an order is made, changed or sent: slips of the hand, too little, too much, twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, select

from core import catalog
from core.catalog import PastPrice, SupplierDeal, SupplierTermFacts
from core.clock import business_day, day_starts_at
from core.documents import format_money
from core.errors import InvalidInput
from core.i18n import Name, _, join
from core.purchasing.rules.packs import pack_slips
from core.purchasing.rules.slips import LAST_PRICES, price_slips, promise_slips, qty_slips
from core.purchasing.steps.orders.awaited import L, O
from core.purchasing.steps.orders.records import notation_in
from core.purchasing.types.ordering import Supply
from core.purchasing.types.slips import Slip, SlipKind
from core.uow import UnitOfWork
from core.values import digits_of, from_micro, from_minor, round_decimal
from db.enums import OrderState
from db.sql import total

SLIPS = "slips"
DEAD = (OrderState.DRAFT, OrderState.CANCELLED)


def business_today(uow: UnitOfWork) -> date:
    """The site's business day."""
    return business_day(uow.now, uow.site.zone, uow.site.day_start_hour)


def ask_day(uow: UnitOfWork, day: date | None, field: str = "deliver_on") -> None:
    """Ask about a day of delivery that has passed or lies more than a year ahead. Raises NeedsConfirmation."""
    for slip in () if day is None else promise_slips(day, business_today(uow), field):
        uow.confirm(slip.key, slip.text, field=field)


def ask_slips(uow: UnitOfWork, order_id: int, line_ids: Iterable[int] | None = None) -> None:
    """Ask, in one question, about prices of nothing and figures ten or a hundred times the usual, of all lines or some.

    Usual is the middle of what the supplier's last five orders and prices of the item say. Raises NeedsConfirmation,
    InvalidInput for what is below zero.
    """
    _ask_found(uow, find_slips(uow, order_id, line_ids))


def _ask_found(uow: UnitOfWork, found: Sequence[tuple[int, Slip]]) -> None:
    if found:
        said = [_("Line {line}: {question}", line=line, question=slip.text) for line, slip in found]
        uow.confirm(SLIPS, join(said, "\n"), field=found[0][1].field)


def ask_slips_of_sending(uow: UnitOfWork, order_id: int) -> None:
    """The same of all lines before an order goes out, and quantities below the supplier's minimum or off its multiple.

    Raises NeedsConfirmation, InvalidInput.
    """
    found = sorted([*find_slips(uow, order_id), *_off_packs(uow, order_id)], key=lambda one: one[0])
    _ask_found(uow, found)


def _off_packs(uow: UnitOfWork, order_id: int) -> list[tuple[int, Slip]]:
    """What of an order its supplier does not pack so, with the line's number."""
    listed = select(O.c.supplier_id, L).join(O, O.c.id == L.c.order_id).where(O.c.id == order_id)
    rows = uow.sql.execute(listed.where(L.c.is_closed.is_(False), L.c.is_free.is_(False)).order_by(L.c.line)).all()
    if not rows:
        return []
    sold = catalog.load_terms(uow, {row.item_id for row in rows}, business_today(uow), supplier_id=rows[0].supplier_id)
    return [
        (row.line, slip)
        for row in rows
        for term in sold.get(row.item_id, ())
        for slip in pack_slips(row.qty, row.unit, row.factor, _supply(term))
    ]


def _supply(term: SupplierTermFacts) -> Supply:
    return Supply(
        term.supplier_id, Name(term.unit), term.factor, minimum_qty=term.minimum_qty, multiple_qty=term.multiple_qty
    )


def find_slips(uow: UnitOfWork, order_id: int, line_ids: Iterable[int] | None = None) -> list[tuple[int, Slip]]:
    """What looks like a slip of the hand in the lines of an order, with the line's number. Raises InvalidInput."""
    head = uow.sql.execute(select(O).where(O.c.id == order_id)).one()
    rows = uow.sql.execute(select(L).where(L.c.order_id == order_id, L.c.is_closed.is_(False)).order_by(L.c.line)).all()
    few = None if line_ids is None else set(line_ids)
    lines = [row for row in rows if few is None or row.id in few]
    pairs = [(line.item_id, head.supplier_id) for line in lines]
    prices = catalog.last_prices(uow, pairs, limit=LAST_PRICES, currency=head.currency)
    usual = _usual(uow, head, {line.item_id for line in lines})
    found: list[tuple[int, Slip]] = []
    for line in lines:
        past = prices.get((line.item_id, head.supplier_id), ())
        found += [(line.line, slip) for slip in _slips(head, line, past, usual)]
    for number, slip in found:
        if slip.is_refused:
            raise InvalidInput(slip.text, field=slip.field).in_row(number)
    return found


def _slips(head: Any, line: Any, past: Sequence[PastPrice], usual: dict[int, list[Decimal]]) -> list[Slip]:
    known = [round_decimal(one.price * _times(head, line), 6) for one in past]
    found = [] if line.price is None else list(price_slips(line.price, known, is_free=line.is_free))
    qtys = [round_decimal(qty / line.factor, 6) for qty in usual[line.item_id]]
    return [slip for slip in found if slip.kind is not SlipKind.PRICE_JUMP] + list(qty_slips(line.qty, None, qtys))


def _times(head: Any, line: Any) -> Decimal:
    """From the price of a base unit without tax to that of the line's unit as the order has it."""
    factor: Decimal = line.factor
    return factor * (100 + line.tax_rate) / 100 if head.is_tax_incl else factor


def _usual(uow: UnitOfWork, head: Any, items: set[int]) -> dict[int, list[Decimal]]:
    """What was ordered of these items before at this supplier's, in base units, newest first, five of each."""
    place = func.row_number().over(partition_by=L.c.item_id, order_by=L.c.id.desc())
    earlier = (
        select(L.c.item_id, L.c.base_qty, place.label("place"))
        .join(O, O.c.id == L.c.order_id)
        .where(
            L.c.item_id.in_(sorted(items)),
            O.c.supplier_id == head.supplier_id,
            O.c.state.not_in(DEAD),
            O.c.id != head.id,
        )
        .subquery()
    )
    found: dict[int, list[Decimal]] = defaultdict(list)
    for row in uow.sql.execute(select(earlier).where(earlier.c.place <= LAST_PRICES).order_by(earlier.c.place)):
        found[row.item_id].append(from_micro(row.base_qty))
    return found


def ask_before_sending(uow: UnitOfWork, row: Any, deal: SupplierDeal, amount: int) -> None:
    """Ask about an order below the supplier's minimum value, over the month's budget, or beside another one for the same
    day; once a revision. Raises NeedsConfirmation."""
    if row.revision == 0 and row.deliver_on is not None:
        _ask_twice(uow, row, deal)
    if row.currency != deal.currency:
        return
    value = from_minor(amount, digits_of(row.currency))
    if deal.minimum_value is not None and value < deal.minimum_value:
        text = _(
            "{value} is below the {minimum} that {supplier} delivers for. Send it all the same?",
            value=_money(uow, row.currency, value), minimum=_money(uow, row.currency, deal.minimum_value),
            supplier=deal.name,
        )  # fmt: skip
        uow.confirm("below_minimum", text)
    if deal.monthly_budget is not None:
        _ask_budget(uow, row, deal, value)


def _money(uow: UnitOfWork, currency: str, value: Decimal) -> str:
    return format_money(value, notation_in(uow, currency))


def _ask_twice(uow: UnitOfWork, row: Any, deal: SupplierDeal) -> None:
    other = uow.sql.execute(
        select(O.c.number)
        .where(
            O.c.supplier_id == row.supplier_id,
            O.c.deliver_on == row.deliver_on,
            O.c.id != row.id,
            O.c.state.not_in(DEAD),
            O.c.revision > 0,
        )
        .order_by(O.c.id.desc())
        .limit(1)
    ).scalar()
    if other is not None:
        text = _(
            "{supplier} has an order for {day} already: {number}. Send another?",
            supplier=deal.name, day=row.deliver_on, number=other,
        )  # fmt: skip
        uow.confirm("second_order", text)


def _ask_budget(uow: UnitOfWork, row: Any, deal: SupplierDeal, value: Decimal) -> None:
    spent = from_minor(spent_this_month(uow, row.supplier_id, row.currency, row.id), digits_of(row.currency))
    if deal.monthly_budget is None or spent + value <= deal.monthly_budget:
        return
    text = _(
        "With this order {supplier} comes to {sum} this month, over the budget of {budget}. Send it all the same?",
        supplier=deal.name, sum=_money(uow, row.currency, spent + value),
        budget=_money(uow, row.currency, deal.monthly_budget),
    )  # fmt: skip
    uow.confirm("over_budget", text)


def spent_this_month(uow: UnitOfWork, supplier_id: int, currency: str, without_id: int = 0) -> int:
    """What was ordered of a supplier in the site's month so far (approved or sent), in minor units of that currency."""
    first = day_starts_at(business_today(uow).replace(day=1), uow.site.zone, uow.site.day_start_hour)
    this = and_(O.c.supplier_id == supplier_id, O.c.currency == currency, O.c.created_at >= first, O.c.id != without_id)
    listed = select(total(L.c.amount)).join(O, O.c.id == L.c.order_id)
    return int(uow.sql.execute(listed.where(this, O.c.state.not_in(DEAD))).scalar_one())
