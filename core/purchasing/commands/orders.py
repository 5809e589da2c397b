"""What a person can do with orders before they are sent: make, copy, change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from core.errors import NotFound
from core.i18n import Name, _
from core.purchasing.steps.orders.awaited import S
from core.purchasing.steps.orders.create import create_orders
from core.purchasing.steps.orders.market import load_market
from core.purchasing.steps.orders.questions import ask_day, ask_slips
from core.purchasing.steps.orders.records import load_lines, load_order, settle, write
from core.purchasing.steps.orders.revise import (
    check_changeable,
    merged_head,
    revise_lines,
    state_after_change,
)
from core.purchasing.steps.orders.states import after_delivery
from core.purchasing.types.orders import NewOrder, NewOrderLine, OrderCopied, OrderLineEdit, OrderStanding
from core.registry import command
from core.uow import UnitOfWork
from db.enums import OrderState, Permission


@command(Permission.PURCHASE_ORDER)
def create_order(uow: UnitOfWork, *, order: NewOrder) -> int:
    """Make an order.

    A draft: nothing goes to the supplier yet. Asks about a day of delivery that has passed, another currency than the
    supplier's, prices of nothing and figures ten or a hundred times the usual. Raises Refused for a supplier that is
    blocked, InvalidInput and NotFound with the row of the line.
    """
    ask_day(uow, order.deliver_on)
    own = uow.sql.execute(select(S.c.currency).where(S.c.id == order.supplier_id)).scalar()
    if own is not None and order.currency and order.currency.strip().upper() != own:
        question = _(
            "This supplier's prices are in {own}. Order in {currency}?",
            own=own,
            currency=order.currency.strip().upper(),
        )
        uow.confirm("other_currency", question, field="currency")
    order_id = create_orders(uow, [order])[0]
    ask_slips(uow, order_id)
    return order_id


@command(Permission.PURCHASE_ORDER)
def update_order(
    uow: UnitOfWork,
    *,
    order_id: int,
    version: int,
    changes: Mapping[str, object] | None = None,
    base: Mapping[str, object] | None = None,
    lines: tuple[OrderLineEdit, ...] | None = None,
    base_lines: tuple[OrderLineEdit, ...] | None = None,
) -> OrderStanding:
    """Change an order.

    `changes` holds touched fields of its head (deliver_on, location_id, note, own_note, rate, supplier_ref), `lines` all
    lines as the form has them; `base` and `base_lines` what it had shown, so that another person's changes of other
    fields are kept. An approved order whose lines change becomes a draft again; a sent one waits as approved to be sent
    anew, and needs an approval when it became dearer. Raises Conflict, InvalidInput, NotAllowed, NotFound, Refused.
    """
    row = load_order(uow, order_id)
    check_changeable(row)
    is_stale = row.version != version
    head = merged_head(uow, row, changes or {}, base, is_stale=is_stale)
    touched = set() if lines is None else revise_lines(uow, row, lines, base_lines, is_stale=is_stale)
    if not head and not touched:
        return OrderStanding(row.id, row.version, OrderState(row.state))
    if "deliver_on" in head:
        ask_day(uow, head["deliver_on"])
    if touched:
        ask_slips(uow, order_id, touched)
    uow.note(changes={field: [row._mapping[field], value] for field, value in head.items()})
    write(uow, row, **head)
    fresh = load_order(uow, order_id)
    values = state_after_change(uow, fresh, is_worth_approval=bool(touched) or "rate" in head)
    standing = settle(uow, fresh, **values)
    if touched and standing.state is OrderState.PART_RECEIVED:
        return _follow(uow, standing)
    return standing


def _follow(uow: UnitOfWork, standing: OrderStanding) -> OrderStanding:
    """The order as its lines say it, now that others are awaited."""
    after = after_delivery(uow, [standing.order_id])[standing.order_id]
    return standing if after is standing.state else OrderStanding(standing.order_id, standing.version + 1, after)


@command(Permission.PURCHASE_ORDER)
def copy_order(uow: UnitOfWork, *, order_id: int, deliver_on: date | None = None) -> OrderCopied:
    """Make an order like an earlier one.

    With the supplier's prices of today, or the earlier price where the supplier has none. Retired items are left
    out; answers the new order and what was left out. Raises NotFound, Refused.
    """
    row = load_order(uow, order_id)
    ask_day(uow, deliver_on)
    lines = load_lines(uow, order_id)
    kept = [line for line in lines if line.is_active]
    market = load_market(uow, [row.supplier_id], [line.item_id for line in kept], [row.currency])
    deal = market.supplier(row.supplier_id)
    fresh = []
    for line in kept:
        today = market.price(line.item_id, deal.id, line.qty, line.unit) if row.currency == deal.currency else None
        price = None if line.is_free else line.price if today is None else today
        fresh.append(
            NewOrderLine(line.item_id, line.qty, line.unit, price, bool(line.is_free), line.note, line.tax_rate)
        )
    if not fresh:
        raise NotFound(_("All items of this order are retired."), field="lines")
    new = NewOrder(
        row.supplier_id, tuple(fresh), deliver_on, row.location_id, row.note, row.own_note, row.currency,
        copied_from_id=row.id,
    )  # fmt: skip
    left_out = tuple(Name(line.name, line.name_en) for line in lines if not line.is_active)
    return OrderCopied(create_orders(uow, [new])[0], left_out)
