"""The reports there were before the engine, as pages: the same rows as in their files."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from core import costing, purchasing, stock
from core.clock import business_day
from core.purchasing import PayableFilter
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import items_of, unit_names
from core.reports.steps.suppliers import AGES
from core.values import from_micro
from db.enums import CostMethod
from db.stock import ItemCost

_QTYS = tuple(f"{key}_qty" for key in costing.COLUMNS)
_VALUES = tuple(f"{key}_value" for key in costing.COLUMNS)
_MIXED = (None,) * len(_QTYS)


def on_hand(making: Making) -> list[Row]:
    """What is where."""
    items = items_of(making)
    rows: list[Row] = [
        {
            **items[row.item_id],
            "location_id": row.location_id,
            "location": row.location_code,
            "location_name": making.name(row.location_name, row.location_name_en),
            "lot": row.lot,
            "expires_on": row.expires_on,
            "qty": row.qty,
        }
        for row in stock.list_on_hand(making.uow, as_of=making.span.end)
    ]
    return rows


def value(making: Making) -> list[Row]:
    """What the stock is worth."""
    items = items_of(making)
    methods = {row[0]: row[1] for row in making.uow.sql.execute(select(ItemCost.item_id, ItemCost.method))}
    found = stock.value_sums(making.uow, as_of=making.span.end)
    rows: list[Row] = [
        {
            **items[key],
            "qty": from_micro(qty),
            "unit_cost": stock.unit_cost(qty, value, making.uow.site.digits),
            "value": making.money(value),
            "method": CostMethod(methods.get(key, making.uow.site.cost_method)),
        }
        for key in items
        if key in found
        for qty, value in (found[key],)
    ]
    return rows


def review(making: Making) -> list[Row]:
    """What a period cost, item by item, as it is stored."""
    if making.span.start is None:
        return []
    items = items_of(making)
    rows: list[Row] = []
    for row in costing.get_review(making.uow, start=making.span.start, end=making.end).items:
        qtys = zip(_QTYS, row.micros if row.unit else _MIXED, strict=True)
        rows.append({**items[row.key], **dict(qtys), **dict(zip(_VALUES, row.minors, strict=True))})
    return rows


def open_orders(making: Making) -> list[Row]:
    """What is awaited."""
    language, units = making.language, unit_names(making)
    rows: list[Row] = [
        {
            "due_on": row.due_on,
            "days_late": row.days_late or None,
            "number": row.number,
            "supplier": row.supplier.render(language),
            "supplier_id": row.supplier_id,
            "state": row.state,
            "item": row.code,
            "item_id": row.item_id,
            "name": row.name.render(language),
            "ordered": row.ordered,
            "received": row.received,
            "outstanding": row.outstanding,
            "unit": units.get(row.unit, row.unit),
            "value": row.value,
            "order_id": row.order_id,
        }
        for row in purchasing.list_open_lines(making.uow)
    ]
    return rows


def payables(making: Making) -> list[Row]:
    """What is owed."""
    site = making.uow.site
    on = None if making.span.end is None else business_day(making.span.end, site.zone, site.day_start_hour)
    found = purchasing.list_payables(making.uow, filters=PayableFilter() if on is None else PayableFilter(on=on))
    rows: list[Row] = [
        {
            "supplier": row.supplier.render(making.language),
            "supplier_id": row.supplier_id,
            "number": row.number,
            "own_number": row.own_number,
            "invoiced_on": row.invoiced_on,
            "due_on": row.due_on,
            "age": AGES[row.age],
            "age_code": str(row.age),
            "state": row.state,
            "currency": row.currency,
            "open": row.open,
            "open_site": row.open_site,
            "invoice_id": row.id,
        }
        for row in found
    ]
    return rows


def scorecard(making: Making) -> list[Row]:
    """How suppliers did."""
    start = making.today if making.span.start is None else making.day_of(making.span.start)
    rows: list[Row] = []
    for row in purchasing.list_scorecards(making.uow, start=start, end=making.today):
        card = row.card
        shares = {
            "on_time_first": card.on_time_first,
            "on_time_last": card.on_time_last,
            "in_full": card.in_full,
            "rejected": card.rejected,
        }
        figures = {key: Decimal(one.part) / one.whole if one.whole else None for key, one in shares.items()}
        rows.append(
            {
                "supplier": row.supplier.render(making.language),
                "supplier_id": row.supplier_id,
                "orders": row.orders,
                "lines": row.lines,
                "ordered": row.ordered,
                **figures,
                "price_index": card.price_index,
                "lead_days": None if card.lead_days is None else card.lead_days.mean,
                "overdue": row.overdue,
                "claims": row.claims,
                "claimed": row.claimed,
            }
        )
    return rows
