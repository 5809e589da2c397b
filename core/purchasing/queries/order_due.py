"""What is expected when: the board of due deliveries, the calendar, and why so much of an item is on order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import or_, select

from core import catalog
from core.clock import business_day
from core.errors import InvalidInput, NotFound
from core.i18n import Name, _
from core.purchasing.rules.money import convert
from core.purchasing.rules.orders import line_amount
from core.purchasing.steps.orders.awaited import RL, L, R, S, open_order_lines
from core.purchasing.types.order_views import CalendarDay, DueBoard, DueRow, OnOrderPart, OpenLineRow, ReceivedPart
from core.purchasing.types.orders import OpenOrderLine
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of, from_micro, plain, round_decimal
from db.base import table_of
from db.enums import Permission
from db.identity import Person

P = table_of(Person)
LONGEST_CALENDAR = 400
SHOWN_ITEMS = 3


@query(Permission.PURCHASE_VIEW)
def list_due_board(uow: UnitOfWork) -> DueBoard:
    """Deliveries expected: late ones longest first, today's, later ones by day, and those without a day.

    An order stands once for each day something of it is expected.
    """
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    rows = _due_rows(uow, today)
    dated = [row for row in rows if row.due_on is not None]
    return DueBoard(
        today,
        late=tuple(row for row in dated if row.days_late > 0),
        due_today=tuple(row for row in dated if row.due_on == today),
        later=tuple(row for row in dated if row.due_on is not None and row.due_on > today),
        undated=tuple(row for row in rows if row.due_on is None),
    )


@query(Permission.PURCHASE_VIEW)
def list_calendar(uow: UnitOfWork, *, from_on: date, to_on: date) -> list[CalendarDay]:
    """Expected deliveries by day, every day of the period, both ends included. Raises InvalidInput over 400 days."""
    if to_on < from_on or (to_on - from_on).days > LONGEST_CALENDAR:
        raise InvalidInput(_("A calendar shows at most {n} days.", n=LONGEST_CALENDAR), field="to_on")
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    by_day: dict[date, list[DueRow]] = defaultdict(list)
    for row in _due_rows(uow, today):
        if row.due_on is not None:
            by_day[row.due_on].append(row)
    days = [from_on + timedelta(days=number) for number in range((to_on - from_on).days + 1)]
    return [CalendarDay(day, tuple(by_day[day]), _sum(by_day[day], uow)) for day in days]


def _sum(rows: Iterable[DueRow], uow: UnitOfWork) -> Decimal | None:
    if not uow.may(Permission.COST_VIEW):
        return None
    return sum((row.value for row in rows if row.value is not None), uow.money(0))


def _due_rows(uow: UnitOfWork, today: date) -> list[DueRow]:
    groups: dict[tuple[int, date | None], list[OpenOrderLine]] = defaultdict(list)
    for line in open_order_lines(uow):
        groups[line.order_id, line.due_on].append(line)
    suppliers = {row.id: row for row in uow.sql.execute(select(S.c.id, S.c.name, S.c.name_en, S.c.phone))}
    shown = {line.item_id for lines in groups.values() for line in lines[:SHOWN_ITEMS]}
    items, _units = catalog.load_item_facts(uow, shown)
    sees = uow.may(Permission.COST_VIEW)
    found = []
    for (order_id, due), lines in groups.items():
        first, supplier = lines[0], suppliers[lines[0].supplier_id]
        found.append(
            DueRow(
                order_id, first.number, first.state, supplier.id, Name(supplier.name, supplier.name_en), supplier.phone,
                due, max((today - due).days, 0) if due is not None else 0, len(lines),
                tuple(items[line.item_id].name for line in lines[:SHOWN_ITEMS]),
                uow.money(sum(_value(uow, line) for line in lines)) if sees else None,
                all(line.is_promised for line in lines),
            )
        )  # fmt: skip
    return found


def _value(uow: UnitOfWork, line: OpenOrderLine) -> int:
    """What is outstanding of a line, in minor units of the site's currency."""
    digits = digits_of(line.currency)
    amount = line_amount(line.outstanding / line.factor, line.price, digits, is_free=line.is_free)
    return convert(amount, line.rate, digits, uow.site.digits)


@query(Permission.PURCHASE_VIEW)
def list_open_lines(
    uow: UnitOfWork, *, supplier_id: int | None = None, item_id: int | None = None
) -> list[OpenLineRow]:
    """Every line of an order whose goods are awaited, those due soonest first and those without a day last."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    lines = open_order_lines(uow, supplier_id, None if item_id is None else [item_id])
    suppliers = {row.id: Name(row.name, row.name_en) for row in uow.sql.execute(select(S.c.id, S.c.name, S.c.name_en))}
    items, _units = catalog.load_item_facts(uow, {line.item_id for line in lines})
    sees = uow.may(Permission.COST_VIEW)
    return [
        OpenLineRow(
            line.order_id, line.line_id, line.number, line.state, line.supplier_id, suppliers[line.supplier_id],
            line.item_id, items[line.item_id].code, items[line.item_id].name, line.unit,
            _in_unit(line, line.ordered), _in_unit(line, line.received), _in_unit(line, line.outstanding),
            line.due_on, max((today - line.due_on).days, 0) if line.due_on is not None else 0, line.is_promised,
            uow.money(_value(uow, line)) if sees else None,
        )
        for line in lines
    ]  # fmt: skip


def _in_unit(line: OpenOrderLine, base_qty: Decimal) -> Decimal:
    return plain(round_decimal(base_qty / line.factor, 6))


@query(Permission.PURCHASE_VIEW)
def explain_on_order(uow: UnitOfWork, *, item_id: int) -> list[OnOrderPart]:
    """The lines of orders that an item's quantity on order is made of, due first; their outstanding sum to it."""
    suppliers = {row.id: Name(row.name, row.name_en) for row in uow.sql.execute(select(S.c.id, S.c.name, S.c.name_en))}
    return [
        OnOrderPart(
            line.order_id, line.number, suppliers[line.supplier_id], line.state, line.due_on, line.ordered,
            line.received, line.outstanding,
        )
        for line in open_order_lines(uow, item_ids=[item_id])
    ]  # fmt: skip


@query(Permission.PURCHASE_VIEW)
def explain_received(uow: UnitOfWork, *, line_id: int) -> list[ReceivedPart]:
    """The deliveries of an order's line, oldest first; those that count sum to what was received. Raises NotFound."""
    line = uow.sql.execute(select(L.c.is_free).where(L.c.id == line_id)).first()
    if line is None:
        raise NotFound(_("A line is not in this order ({line}).", line=line_id), field="lines")
    listed = (
        select(R.c.id, R.c.number, R.c.received_at, R.c.reversal_id, P.c.name.label("by"), RL.c.base_qty, RL.c.is_free)
        .join(R, R.c.id == RL.c.receipt_id)
        .join(P, P.c.id == R.c.person_id)
        .where(RL.c.order_line_id == line_id, or_(RL.c.base_qty != 0, R.c.reversal_id.is_not(None)))
        .order_by(R.c.received_at, RL.c.id)
    )
    found = []
    for row in uow.sql.execute(listed):
        is_reversed = row.reversal_id is not None
        counts = not is_reversed and (not row.is_free or bool(line.is_free))
        found.append(
            ReceivedPart(
                row.id, row.number, row.received_at, row.by, from_micro(row.base_qty), bool(row.is_free), is_reversed,
                counts,
            )
        )  # fmt: skip
    return found
