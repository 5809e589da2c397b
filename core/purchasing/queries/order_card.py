"""One order with everything about it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

from core import documents
from core.errors import NotFound
from core.i18n import Name, _
from core.purchasing.queries.order_story import (
    approvals_of,
    invoices_of,
    mails_of,
    receipts_of,
    sees_prices,
    shown_changes,
    versions_of,
)
from core.purchasing.queries.orders import order_rows, orders_listed
from core.purchasing.rules.money import convert
from core.purchasing.rules.order_changes import changes_between
from core.purchasing.rules.order_ways import order_ways
from core.purchasing.rules.orders import outstanding
from core.purchasing.rules.taxes import taxes_by_rate
from core.purchasing.steps.orders.approval import approved_by
from core.purchasing.steps.orders.awaited import RL, L, O, awaited_by_order, received_by_line
from core.purchasing.steps.orders.records import I, last_sent, load_lines, order_facts, place_name
from core.purchasing.types.money import Priced
from core.purchasing.types.order_views import OrderCard, OrderLineRow, OrderSums, OrderTax
from core.registry import query
from core.uow import UnitOfWork
from core.values import MICRO, digits_of, from_minor, round_decimal
from db.base import table_of
from db.enums import OrderState, Permission
from db.purchasing import InvoiceMatch

M = table_of(InvoiceMatch)


@query(Permission.PURCHASE_VIEW)
def get_order(uow: UnitOfWork, *, order_id: int) -> OrderCard:
    """One order with its lines, revisions, approvals, deliveries, invoices, e-mails, and what may be done with it now.

    Its prices are for who may order or see costs. Raises NotFound.
    """
    row = uow.sql.execute(orders_listed().where(O.c.id == order_id)).first()
    if row is None:
        raise NotFound(_("There is no such order ({order_id}).", order_id=order_id), field="order")
    head = order_rows(uow, [row], awaited_by_order(uow))[0]
    lines = load_lines(uow, order_id)
    sent = last_sent(uow, order_id)
    return OrderCard(
        row=head,
        language=row.language,
        is_tax_incl=bool(row.is_tax_incl),
        rate=row.rate,
        location_id=row.location_id,
        place=place_name(uow, row.location_id),
        note=row.note,
        own_note=row.own_note,
        close_reason=row.close_reason,
        confirmed_at=row.confirmed_at,
        copied_from_id=row.copied_from_id,
        rfq_id=row.rfq_id,
        lines=_lines(uow, row, lines),
        sums=_sums(uow, row, lines) if sees_prices(uow) else None,
        unsent=() if sent is None else shown_changes(uow, changes_between(sent.facts, order_facts(uow, row, lines))),
        versions=versions_of(uow, order_id),
        approvals=approvals_of(uow, order_id),
        receipts=receipts_of(uow, order_id),
        invoices=invoices_of(uow, order_id),
        mails=mails_of(uow, order_id),
        files=len(documents.list_attachments(uow, owner_kind="order", owner_id=order_id)),
        can=_ways(uow, row),
    )


def _ways(uow: UnitOfWork, row: Any) -> frozenset[str]:
    is_own = approved_by(uow, row.id) == uow.actor.person_id
    return order_ways(OrderState(row.state), row.revision, uow.may, is_own_approval=is_own)


def _lines(uow: UnitOfWork, row: Any, lines: list[Any]) -> tuple[OrderLineRow, ...]:
    received = received_by_line(uow, L.c.order_id == row.id)
    invoiced = _invoiced(uow, row.id)
    bases = {one.id: one.base_unit for one in uow.sql.execute(_bases(row.id))}
    sees, digits = sees_prices(uow), digits_of(row.currency)
    found = []
    for line in lines:
        came = received.get(line.id, 0)
        left = 0 if line.is_closed or row.state == OrderState.CANCELLED else outstanding(line.base_qty, came)
        found.append(
            OrderLineRow(
                line.id, line.line, line.item_id, line.code, Name(line.name, line.name_en), bool(line.is_active),
                line.supplier_code, line.qty, line.unit, line.factor, bases[line.item_id], _in_unit(line, came),
                _in_unit(line, left), _in_unit(line, invoiced.get(line.id, 0)), line.price if sees else None,
                from_minor(line.amount, digits) if sees else None, line.tax_rate, bool(line.is_free),
                bool(line.is_closed), line.promised_on, line.promised_on or row.last_promise or row.deliver_on,
                line.note,
            )
        )  # fmt: skip
    return tuple(found)


def _bases(order_id: int) -> Any:
    return select(I.c.id, I.c.base_unit).where(I.c.id.in_(select(L.c.item_id).where(L.c.order_id == order_id)))


def _in_unit(line: Any, micro: int) -> Decimal:
    """Millionths of the base unit in the line's unit; exact shares such as thirds are rounded to six decimals."""
    if micro == line.base_qty:
        return Decimal(line.qty)
    return round_decimal(Decimal(micro) / (line.factor * MICRO), 6).normalize() + 0


def _invoiced(uow: UnitOfWork, order_id: int) -> dict[int, int]:
    """What was invoiced of the goods that came on each line, in millionths of the base unit."""
    qty = func.sum(case((M.c.undone_at.is_(None), M.c.qty), else_=0))
    listed = (
        select(RL.c.order_line_id, qty.label("micro"))
        .join(M, M.c.entry_id == RL.c.entry_id)
        .join(L, L.c.id == RL.c.order_line_id)
        .where(L.c.order_id == order_id)
        .group_by(RL.c.order_line_id)
    )
    return {row.order_line_id: int(row.micro or 0) for row in uow.sql.execute(listed)}


def _sums(uow: UnitOfWork, row: Any, lines: list[Any]) -> OrderSums:
    digits = digits_of(row.currency)
    wanted = [Priced(line.amount, line.tax_rate) for line in lines if not line.is_closed]
    taxes = taxes_by_rate(wanted, is_incl=bool(row.is_tax_incl))

    def money(minor: int) -> Decimal:
        return from_minor(minor, digits)

    return OrderSums(
        money(sum(one.net for one in taxes)),
        money(sum(one.tax for one in taxes)),
        money(sum(one.gross for one in taxes)),
        uow.money(convert(sum(line.amount for line in lines), row.rate, digits, uow.site.digits)),
        tuple(OrderTax(one.rate, money(one.net), money(one.tax)) for one in taxes),
    )
