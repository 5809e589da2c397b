"""Orders as lists: found, sorted, paged, counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Float, Select, case, cast, func, or_, select

from core import mail
from core.clock import business_day, day_ends_at, day_starts_at
from core.i18n import Name
from core.purchasing.rules.money import convert
from core.purchasing.steps.orders.awaited import Awaited, L, O, S, awaited_by_order
from core.purchasing.types.order_views import OrderCounts, OrderFilter, OrderList, OrderRow
from core.registry import query
from core.uow import UnitOfWork
from core.values import CURRENCY_DIGITS, digits_of, from_minor
from db.base import table_of
from db.catalog import Item
from db.enums import OrderState, Permission
from db.identity import Person
from db.sql import total

P, I = table_of(Person), table_of(Item)  # noqa: E741
MOST_ROWS = 1000
DIGITS = {code: 10 ** (6 - digits) for code, digits in CURRENCY_DIGITS.items()}
AMOUNT = (
    select(L.c.order_id, func.count().label("lines"), total(L.c.amount).label("amount"))
    .group_by(L.c.order_id)
    .subquery()
)
SORTS: dict[str, tuple[Any, ...]] = {
    "number": (O.c.id,),
    "created_at": (O.c.created_at, O.c.id),
    "supplier": (S.c.name, O.c.id),
    "state": (O.c.state, O.c.id),
    "due_on": (func.coalesce(O.c.last_promise, O.c.deliver_on, "9999"), O.c.id),
    "deliver_on": (func.coalesce(O.c.deliver_on, "9999"), O.c.id),
    "lines": (AMOUNT.c.lines, O.c.id),
    "value": (
        cast(AMOUNT.c.amount, Float) * O.c.rate * case(DIGITS, value=O.c.currency, else_=10**4),
        O.c.id,
    ),
}
_ALL = OrderFilter()


@query(Permission.PURCHASE_VIEW)
def list_orders(
    uow: UnitOfWork, *, filters: OrderFilter = _ALL, sort: str = "number", descending: bool = True,
    offset: int = 0, limit: int = 200,
) -> OrderList:  # fmt: skip
    """Orders with what they are worth and how late they are, a stretch of those the filter leaves.

    `sort`: number, created_at, supplier, state, due_on, deliver_on, lines, value. Money only for who may see costs.
    """
    awaited = awaited_by_order(uow)
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    wanted = _only(uow, filters, late_ids(awaited, today) if filters.overdue else None)
    keys = [key.desc() if descending else key.asc() for key in SORTS[sort if sort in SORTS else "number"]]
    listed = wanted.order_by(*keys).offset(max(offset, 0)).limit(max(1, min(limit, MOST_ROWS)))
    rows = order_rows(uow, uow.sql.execute(listed).all(), awaited)
    count, value = _sums(uow, wanted)
    return OrderList(tuple(rows), count, value)


def _sums(uow: UnitOfWork, wanted: Select[Any]) -> tuple[int, Decimal | None]:
    """How many orders there are, and their value together: each order converted as it stands alone."""
    few = wanted.with_only_columns(O.c.id, O.c.rate, O.c.currency, AMOUNT.c.amount)
    if not uow.may(Permission.COST_VIEW):
        return int(uow.sql.execute(select(func.count()).select_from(few.subquery())).scalar_one()), None
    count = value = 0
    for row in uow.sql.execute(few):
        count += 1
        value += convert(int(row.amount or 0), row.rate, digits_of(row.currency), uow.site.digits)
    return count, uow.money(value)


def orders_listed() -> Select[Any]:
    """One row an order with what its row shows."""
    return (
        select(O, S.c.name.label("supplier"), S.c.name_en.label("supplier_en"), S.c.phone, P.c.name.label("by"),
               AMOUNT.c.lines, AMOUNT.c.amount)
        .join(S, S.c.id == O.c.supplier_id)
        .join(P, P.c.id == O.c.person_id)
        .outerjoin(AMOUNT, AMOUNT.c.order_id == O.c.id)
    )  # fmt: skip


def _only(uow: UnitOfWork, filters: OrderFilter, late: Sequence[int] | None) -> Select[Any]:
    wanted = orders_listed()
    if filters.states:
        wanted = wanted.where(O.c.state.in_(filters.states))
    if filters.supplier_id is not None:
        wanted = wanted.where(O.c.supplier_id == filters.supplier_id)
    if filters.item_id is not None:
        wanted = wanted.where(O.c.id.in_(select(L.c.order_id).where(L.c.item_id == filters.item_id)))
    zone, hour = uow.site.zone, uow.site.day_start_hour
    if filters.from_on is not None:
        wanted = wanted.where(O.c.created_at >= day_starts_at(filters.from_on, zone, hour))
    if filters.to_on is not None:
        wanted = wanted.where(O.c.created_at <= day_ends_at(filters.to_on, zone, hour))
    if late is not None:
        wanted = wanted.where(O.c.id.in_(late))
    for words in filters.text.split():
        wanted = wanted.where(_found(words))
    return wanted


def _found(words: str) -> Any:
    like = f"%{words.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
    columns = (O.c.number, O.c.supplier_ref, S.c.code, S.c.name, S.c.name_en)
    items = (I.c.code, I.c.name, I.c.name_en, L.c.supplier_code)
    lines = select(L.c.order_id).join(I, I.c.id == L.c.item_id)
    return or_(
        *(column.ilike(like, escape="/") for column in columns),
        O.c.id.in_(lines.where(or_(*(column.ilike(like, escape="/") for column in items)))),
    )


def late_ids(awaited: dict[int, Awaited], today: date) -> list[int]:
    """The orders of which something was expected before today."""
    return [key for key, one in awaited.items() if one.due_on is not None and one.due_on < today]


def order_rows(uow: UnitOfWork, rows: Sequence[Any], awaited: dict[int, Awaited]) -> list[OrderRow]:
    """Rows of `orders_listed` as lists show them."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    mails = mail.mail_states(uow, "order", [row.id for row in rows])
    sees = uow.may(Permission.COST_VIEW)
    found = []
    for row in rows:
        open_one = awaited.get(row.id)
        due = open_one.due_on if open_one else row.last_promise or row.deliver_on
        late = (today - due).days if open_one and due is not None and due < today else 0
        amount, digits = int(row.amount or 0), digits_of(row.currency)
        found.append(
            OrderRow(
                row.id, row.version, row.number, OrderState(row.state), row.supplier_id,
                Name(row.supplier, row.supplier_en), row.phone, due, row.deliver_on, row.first_promise,
                row.last_promise, late, row.created_at, row.sent_at, row.by, row.lines or 0,
                open_one.lines if open_one else 0, row.currency, from_minor(amount, digits) if sees else None,
                uow.money(convert(amount, row.rate, digits, uow.site.digits)) if sees else None, row.revision,
                row.revision > 0 and row.state == OrderState.APPROVED, row.supplier_ref,
                mails[row.id].state if row.id in mails else None,
            )
        )  # fmt: skip
    return found


@query(Permission.PURCHASE_VIEW)
def count_orders(uow: UnitOfWork) -> OrderCounts:
    """How many orders stand in each state, and how many are late."""
    listed = select(O.c.state, func.count()).group_by(O.c.state)
    by_state = {OrderState(state): int(number) for state, number in uow.sql.execute(listed)}
    return OrderCounts(by_state, count_overdue(uow))


@query(Permission.PURCHASE_VIEW)
def count_overdue(uow: UnitOfWork) -> int:
    """How many orders are late: goods of them were expected before today."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    return len(late_ids(awaited_by_order(uow), today))


@query(Permission.PURCHASE_VIEW)
def find_order(uow: UnitOfWork, *, number: str) -> int | None:
    """The order with this number (as its paper's barcode says), or None."""
    found = uow.sql.execute(select(O.c.id).where(O.c.number == number.strip().upper())).scalar()
    return None if found is None else int(found)
