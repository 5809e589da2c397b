"""Making orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from core import documents
from core.currencies import check_currency
from core.errors import CoreError, InvalidInput, NotFound, Refused, Rejected
from core.i18n import _, _n
from core.purchasing.rules.orders import LONGEST_NOTE, MOST_LINES, check_line, check_rate, line_amount
from core.purchasing.rules.taxes import check_rate as check_tax_rate
from core.purchasing.steps.orders.awaited import L, O
from core.purchasing.steps.orders.market import Market, load_market
from core.purchasing.steps.requests import mark_ordered
from core.purchasing.types.orders import NewOrder, NewOrderLine
from core.uow import UnitOfWork
from core.values import digits_of, to_micro
from db.enums import OrderState
from db.sql import CHUNK, chunks
from db.stock import Location

PREFIX = "PO"
Values = dict[str, Any]


def create_orders(uow: UnitOfWork, orders: Sequence[NewOrder]) -> list[int]:
    """Make drafts; their ids in the order given. A line without a price takes the supplier's of today for its quantity.

    Nothing is asked: commands ask first. Raises Refused (supplier blocked, item retired), InvalidInput or NotFound with
    the row, the lines of all orders counted on from 1; Rejected when several rows are wrong.
    """
    if not orders:
        return []
    items = {line.item_id for order in orders for line in order.lines}
    market = load_market(uow, {one.supplier_id for one in orders}, items, {one.currency for one in orders})
    places = _places(uow, {one.location_id for one in orders})
    errors: list[CoreError] = []
    heads: list[Values] = []
    lines: list[list[Values]] = []
    row = 0
    for order in orders:
        try:
            heads.append(_head(uow, order, market, places))
        except CoreError as fault:
            errors.append(fault.in_row(row + 1))
        else:
            lines.append(list(_lines(order, market, heads[-1]["currency"], row, errors)))
        row += len(order.lines)
    if errors:
        raise _told(errors)
    return _insert(uow, orders, heads, lines)


def _told(errors: list[CoreError]) -> CoreError:
    if len(errors) == 1:
        return errors[0]
    return Rejected(
        _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(errors)),
        tuple(errors),
    )


def _places(uow: UnitOfWork, ids: set[int]) -> set[int]:
    listed = select(Location.id).where(Location.id.in_(sorted(ids)), Location.is_active)
    return {0, *uow.sql.execute(listed).scalars()}


def check_place(uow: UnitOfWork, location_id: int) -> None:
    """Refuse a place goods cannot be delivered to. Raises NotFound."""
    _check_place(location_id, _places(uow, {location_id}))


def _check_place(location_id: int, places: set[int]) -> None:
    if location_id not in places:
        raise NotFound(_("There is no such place to deliver to, or it is retired."), field="location_id")


def check_notes(note: str, own_note: str) -> None:
    """Notes are not longer than fits. Raises InvalidInput."""
    for field, words in (("note", note), ("own_note", own_note)):
        if len(words) > LONGEST_NOTE:
            raise InvalidInput(_("A note has at most {n} characters.", n=LONGEST_NOTE), field=field)


def _head(uow: UnitOfWork, order: NewOrder, market: Market, places: set[int]) -> Values:
    deal = market.supplier(order.supplier_id)
    if not order.lines:
        raise InvalidInput(_("An order needs at least one line."), field="lines")
    if len(order.lines) > MOST_LINES:
        raise InvalidInput(_("An order has at most {n} lines. Make several orders.", n=MOST_LINES), field="lines")
    _check_place(order.location_id, places)
    check_notes(order.note, order.own_note)
    currency = check_currency(order.currency or deal.currency)
    rate = order.rate if order.rate is not None else market.rate(currency, uow.site.currency)
    check_rate(rate, currency, uow.site.currency)
    return {
        "supplier_id": deal.id, "state": str(OrderState.DRAFT), "currency": currency, "rate": rate,
        "is_tax_incl": deal.prices_incl_tax, "language": deal.language, "deliver_on": order.deliver_on,
        "location_id": order.location_id, "note": order.note.strip(), "own_note": order.own_note.strip(),
        "person_id": uow.actor.person_id, "created_at": uow.now, "copied_from_id": order.copied_from_id,
        "rfq_id": order.rfq_id,
    }  # fmt: skip


def _lines(order: NewOrder, market: Market, currency: str, before: int, errors: list[CoreError]) -> Iterator[Values]:
    for number, line in enumerate(order.lines, start=1):
        try:
            yield {"line": number, **line_values(market, order.supplier_id, currency, line)}
        except CoreError as fault:
            errors.append(fault.in_row(before + number))


def line_values(
    market: Market, supplier_id: int, currency: str, line: NewOrderLine, *, keeps_price: bool = False
) -> Values:
    """The stored values of a line, without its order and place in it; with `keeps_price` one without a price stays so.

    Raises InvalidInput, NotFound, Refused.
    """
    market.item(line.item_id, is_new=not keeps_price)
    check_line(line.qty, line.price, line.note)
    unit = market.unit(line.item_id, supplier_id, line.unit)
    price = line.price
    if price is None and not line.is_free and not keeps_price:
        price = _own_price(market, supplier_id, currency, line, unit)
    tax_rate = market.tax_rate(line.item_id, supplier_id) if line.tax_rate is None else line.tax_rate
    check_tax_rate(tax_rate)
    to_micro(line.qty)
    table, term = market.units[line.item_id], market.terms.get((line.item_id, supplier_id))
    return {
        "item_id": line.item_id, "supplier_code": "" if term is None else term.supplier_code, "qty": line.qty,
        "unit": unit, "factor": table.factor(unit), "base_qty": table.to_micro(line.qty, unit), "price": price,
        "amount": line_amount(line.qty, price, digits_of(currency), is_free=line.is_free), "tax_rate": tax_rate,
        "is_free": line.is_free, "note": line.note.strip(),
    }  # fmt: skip


def _own_price(market: Market, supplier_id: int, currency: str, line: NewOrderLine, unit: str) -> Decimal | None:
    price, deal = market.price(line.item_id, supplier_id, line.qty, unit), market.suppliers[supplier_id]
    if price is not None and currency != deal.currency:
        raise Refused(
            _(
                "{item}: {supplier} asks prices in {own}, this order is in {currency}. Type a price in {currency}.",
                item=market.items[line.item_id].name, supplier=deal.name, own=deal.currency, currency=currency,
            ),
            field="price",
        )  # fmt: skip
    return price


def _insert(uow: UnitOfWork, orders: Sequence[NewOrder], heads: list[Values], lines: list[list[Values]]) -> list[int]:
    numbers = documents.next_numbers(uow, PREFIX, uow.now, len(heads))
    rows = [{**head, "number": number} for head, number in zip(heads, numbers, strict=True)]
    uow.sql.execute(insert(O), rows)
    ids: dict[str, int] = {}
    for part in chunks(numbers):
        found = uow.sql.execute(select(O.c.number, O.c.id).where(O.c.number.in_(part)))
        ids.update({row.number: row.id for row in found})
    made = [ids[number] for number in numbers]
    stored = [{**line, "order_id": key} for key, own in zip(made, lines, strict=True) for line in own]
    for few in chunks(stored, CHUNK):
        uow.sql.execute(insert(L), few)
    _serve_requests(uow, dict(zip(made, orders, strict=True)))
    return made


def _serve_requests(uow: UnitOfWork, orders: Mapping[int, NewOrder]) -> None:
    """Tie what departments asked for to the lines that serve it."""
    asked = {
        (key, number): line.request_line_ids
        for key, order in orders.items()
        for number, line in enumerate(order.lines, start=1)
        if line.request_line_ids
    }
    served: dict[int, tuple[int, ...]] = {}
    for part in chunks(sorted({key for key, _number in asked})):
        found = uow.sql.execute(select(L.c.id, L.c.order_id, L.c.line).where(L.c.order_id.in_(part)))
        served.update({row.id: asked[row.order_id, row.line] for row in found if (row.order_id, row.line) in asked})
    if served:
        mark_ordered(uow, served)
