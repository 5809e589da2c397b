"""Whether there is enough: below the minimum, above the maximum, below zero, out of stock, and for how long it lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import purchasing, stock
from core.i18n import Text, _
from core.reports.rules.levels import StockOut, stock_outs
from core.reports.rules.sums import quotient
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Definition
from core.reports.steps.engine.making import QUARTER, Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import E, chosen_entries, items_of, main_suppliers, places_of, suppliers_of
from core.reports.types import Area, ChartKind, ChartSpec, DrillKind, DrillSpec, ReportEntry, SpanKind
from core.values import from_micro, plain, to_micro
from db.catalog import StockPolicy
from db.columns import micros
from db.enums import LocationKind, Permission
from db.enums import PostingKind as K
from db.purchasing import PurchaseOrder, PurchaseOrderLine
from db.sql import total
from db.stock import Reservation, StockBalance

USE_DAYS = 28
READ_AT_ONCE = 2_000
P = StockPolicy
CAUSES: dict[str, Text] = {
    "late": _("The supplier is late"),
    "ordered": _("Ordered, not due yet"),
    "no_floor": _("No minimum is set"),
    "not_ordered": _("Not ordered in time"),
    "over": _("In stock again"),
}


def daily_use(making: Making) -> dict[int, int]:
    """Millionths issued and wasted in the last four weeks, by item."""
    first = micros(making.end - timedelta(days=USE_DAYS))
    rows = making.uow.sql.execute(
        select(E.item_id, total(-E.qty))
        .where(E.kind.in_((K.ISSUE, K.WASTE)), E.at > first, E.at <= making.end_micros)
        .group_by(E.item_id)
    )
    return {row[0]: int(row[1]) for row in rows}


def _policies(making: Making) -> dict[int, Any]:
    rows = making.uow.sql.execute(select(P.item_id, P.minimum, P.safety, P.maximum, P.par).where(P.location_id == 0))
    return {row[0]: row for row in rows}


def below(making: Making) -> list[Row]:
    """Items of which there is less than their minimum or safety stock, the worst first."""
    items, main, names = items_of(making), main_suppliers(making), suppliers_of(making)
    held, coming, use = stock.value_sums(making.uow), _on_order(making), daily_use(making)
    rows = []
    for key, policy in _policies(making).items():
        floor = max(policy.minimum or 0, policy.safety or 0)
        qty = from_micro(held.get(key, (0, 0))[0])
        item = items[key]
        if qty >= floor or not (item["is_active"] or qty):
            continue
        rows.append({
            **item, "on_hand": qty, "floor": floor, "short": floor - qty, "on_order": from_micro(coming.get(key, 0)),
            "cover": quotient(qty * USE_DAYS, from_micro(use.get(key, 0)), 1), "supplier_id": main.get(key, 0),
            "supplier": names.get(main.get(key, 0), ""),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["on_hand"] / row["floor"], row["item"]))


def above(making: Making) -> list[Row]:
    """Items of which there is more than their maximum, the most money first."""
    items, held = items_of(making), stock.value_sums(making.uow)
    rows = []
    for key, policy in _policies(making).items():
        qty, value = held.get(key, (0, 0))
        most = None if policy.maximum is None else to_micro(policy.maximum)
        if most is None or qty <= most:
            continue
        over = making.money(int(quotient(value * (qty - most), qty, 0) or 0))
        rows.append({
            **items[key], "on_hand": from_micro(qty), "most": policy.maximum, "over": from_micro(qty - most),
            "over_value": over, "stock_value": making.money(value),
        })  # fmt: skip
    return largest_first(rows, "over_value")


def negative(making: Making) -> list[Row]:
    """Where the book says less than nothing."""
    items, places = items_of(making), places_of(making)
    rows = making.uow.sql.execute(
        select(StockBalance.item_id, StockBalance.location_id, total(StockBalance.qty))
        .where(StockBalance.qty < 0)
        .group_by(StockBalance.item_id, StockBalance.location_id)
    )
    costs = stock.value_sums(making.uow)
    found = []
    for item_id, place_id, qty in rows:
        value = costs.get(item_id, (0, 0))
        found.append({
            **items[item_id], **places[place_id], "qty": from_micro(int(qty)),
            "site_qty": from_micro(value[0]), "stock_value": making.money(value[1]),
        })  # fmt: skip
    return sorted(found, key=lambda row: (row["item"], row["location"]))


def cover(making: Making) -> list[Row]:
    """For how many days the stock of each item lasts at the pace of the last four weeks, the shortest first."""
    items, use, coming = items_of(making), daily_use(making), _on_order(making)
    held = stock.value_sums(making.uow, as_of=making.span.end)
    rows = []
    for key in held.keys() | use.keys():
        (qty, value), used = held.get(key, (0, 0)), use.get(key, 0)
        if not qty and used <= 0:
            continue
        rows.append({
            **items[key], "on_hand": from_micro(qty), "a_day": plain(quotient(from_micro(used), USE_DAYS, 3) or Decimal(0)),
            "cover": quotient(qty * USE_DAYS, used, 1) if used > 0 else None,
            "on_order": from_micro(coming.get(key, 0)), "stock_value": making.money(value),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["cover"] is None, row["cover"] or 0, row["item"]))


def outs(making: Making) -> list[Row]:
    """Items that were out in the period at the end of a business day, for how long, and why."""
    items, main, names = items_of(making), main_suppliers(making), suppliers_of(making)
    floors, ordered = _policies(making), _due(making)
    found = []
    for key, out in _outs(making, floors):
        cause = "over" if not out.is_out else _cause(making, ordered.get(key, ()), floors.get(key))
        found.append({
            **items[key], "days_out": out.days, "times": out.times, "days": making.days, "first": out.first,
            "on_hand": from_micro(out.last), "cause": CAUSES[cause], "cause_code": cause,
            "supplier_id": main.get(key, 0), "supplier": names.get(main.get(key, 0), ""), "items": 1,
        })  # fmt: skip
    return sorted(found, key=lambda row: (-row["days_out"], row["item"]))


def _outs(making: Making, floors: Mapping[int, Any]) -> Iterator[tuple[int, StockOut]]:
    """Items that moved, were used lately or have a minimum, and were at nothing at the end of a day."""
    if making.span.start is None:
        return iter(())
    wanted = {key for key, policy in floors.items() if (policy.minimum or 0) > 0 or (policy.safety or 0) > 0}
    wanted |= {key for key, used in daily_use(making).items() if used > 0}
    closing = stock.value_sums(making.uow, as_of=making.span.end)

    def levels() -> Iterator[tuple[int, int, Mapping[date, int]]]:
        for key, moved in _moved(making):
            wanted.discard(key)
            yield key, closing.get(key, (0, 0))[0], moved
        for key in wanted:
            yield key, closing.get(key, (0, 0))[0], {}

    return stock_outs(levels(), *_days(making))


def _moved(making: Making) -> Iterator[tuple[int, dict[date, int]]]:
    """What moved of each item by day, the last day first; read item by item, because a long period has as many days and items
    as the ledger entries."""
    statement = (
        select(E.item_id, E.at, E.qty)
        .where(E.at >= making.start_micros, E.at <= making.end_micros, E.kind != K.TRANSFER, *chosen_entries(making))
        .order_by(E.item_id, E.at.desc())
    )
    found = making.uow.sql.execute(statement, execution_options={"yield_per": READ_AT_ONCE})
    last, moved, days = None, dict[date, int](), making.quarter_days
    for part in found.partitions():
        for item_id, at, qty in part:
            if item_id != last:
                if last is not None:
                    yield last, moved
                last, moved = item_id, {}
            day = days[at // QUARTER]
            moved[day] = moved.get(day, 0) + qty
    if last is not None:
        yield last, moved


def _days(making: Making) -> tuple[date, date]:
    """The first and the last business day of the period that have begun."""
    last = min(making.today, making.day_of(making.uow.now))
    return last - timedelta(days=making.days - 1), last


def _cause(making: Making, due: Sequence[Any], policy: Any) -> str:
    """Why there is nothing of an item now."""
    if any(day is not None and day < making.today for day in due):
        return "late"
    if due:
        return "ordered"
    return "not_ordered" if policy is not None and max(policy.minimum or 0, policy.safety or 0) > 0 else "no_floor"


def _due(making: Making) -> dict[int, list[Any]]:
    """The days open order lines of each item are due."""
    found: dict[int, list[Any]] = defaultdict(list)
    if making.uow.may(Permission.PURCHASE_VIEW):
        for line in purchasing.list_open_lines(making.uow):
            found[line.item_id].append(line.due_on)
    return found


def _on_order(making: Making) -> dict[int, int]:
    """Millionths on order by item: what of open order lines is outstanding."""
    if not making.uow.may(Permission.PURCHASE_VIEW):
        return {}
    lines = {
        row[0]: row[1]
        for row in making.uow.sql.execute(
            select(PurchaseOrderLine.id, PurchaseOrderLine.factor).join(
                PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order_id
            ).where(PurchaseOrder.closed_at.is_(None))
        )
    }  # fmt: skip
    found: dict[int, int] = defaultdict(int)
    for line in purchasing.list_open_lines(making.uow):
        found[line.item_id] += int(line.outstanding * lines.get(line.line_id, 1) * 1_000_000)
    return found


def reserved(making: Making) -> list[Row]:
    """What is promised, for when and for whom."""
    items = items_of(making)
    held = stock.value_sums(making.uow)
    rows = making.uow.sql.execute(
        select(Reservation.item_id, Reservation.qty, Reservation.purpose, Reservation.needed_on)
        .where(Reservation.state == "open")
        .order_by(Reservation.needed_on, Reservation.id)
    )
    return [
        {
            **items[row[0]],
            "qty": from_micro(int(row[1])),
            "purpose": row[2],
            "needed_on": row[3],
            "on_hand": from_micro(held.get(row[0], (0, 0))[0]),
        }
        for row in rows
    ]


def in_transit(making: Making) -> list[Row]:
    """What was sent from one place and has not arrived at another."""
    items, places = items_of(making), places_of(making)
    costs = stock.value_sums(making.uow)
    rows = making.uow.sql.execute(
        select(StockBalance.item_id, StockBalance.location_id, total(StockBalance.qty)).group_by(
            StockBalance.item_id, StockBalance.location_id
        )
    )
    found = []
    for item_id, place_id, qty in rows:
        if places[place_id]["kind"] == LocationKind.TRANSIT and qty:
            whole, value = costs.get(item_id, (0, 0))
            part = making.money(int(quotient(value * int(qty), whole, 0) or 0))
            found.append({**items[item_id], "location_id": place_id, "qty": from_micro(int(qty)), "value": part})
    return sorted(found, key=lambda row: row["item"])


COVER = c.alone(
    c.col(
        "cover", _("Days of stock"), "number", _("Stock on hand by the mean daily issue and waste of the last 28 days.")
    )
)
ON_ORDER = c.col("on_order", _("On order"), "qty", _("What of orders that are sent has not come."))
_ITEM = DrillSpec(DrillKind.ITEM, "item_id")
_VIEW = (Permission.STOCK_VIEW,)
REPORTS = (
    Definition(
        ReportEntry(
            "below-minimum", _("Below minimum"), _("Items of which there is less than their minimum or safety stock."),
            Area.STOCK, SpanKind.NOW, permissions=_VIEW,
            columns=(
                *c.WHAT, c.ON_HAND,
                c.col("floor", _("Minimum"), "qty", _("The larger of minimum and safety stock of the whole site.")),
                c.col("short", _("Short"), "qty", _("Minimum less stock on hand.")), ON_ORDER, COVER, c.SUPPLIER,
            ),
            filters=(*c.ITEMS, c.BY_SUPPLIER), groups=("supplier", "category"), drill=_ITEM,
        ),
        below,
    ),
    Definition(
        ReportEntry(
            "above-maximum", _("Above maximum"), _("Items of which there is more than their maximum, and the money in that."),
            Area.STOCK, SpanKind.NOW, permissions=_VIEW,
            columns=(
                *c.WHAT, c.ON_HAND, c.col("most", _("Maximum"), "qty"),
                c.col("over", _("Too much"), "qty", _("Stock on hand less the maximum.")),
                c.money("over_value", _("Value of too much"), _("The part of the item's value that lies above the maximum.")),
                c.STOCK_VALUE,
            ),
            filters=c.ITEMS, groups=("category",), chart=ChartSpec(ChartKind.BAR, "name", ("over_value",)), drill=_ITEM,
        ),
        above,
    ),
    Definition(
        ReportEntry(
            "negative-stock", _("Negative stock"), _("Where the book says less than nothing."), Area.STOCK, SpanKind.NOW,
            permissions=_VIEW,
            columns=(
                *c.WHAT, c.LOCATION, c.LOCATION_NAME, c.col("qty", _("Book stock here"), "qty"),
                c.col("site_qty", _("On the whole site"), "qty"), c.alone(c.STOCK_VALUE),
            ),
            filters=(*c.ITEMS, c.BY_LOCATION), groups=("location", "item"), drill=_ITEM,
        ),
        negative,
    ),
    Definition(
        ReportEntry(
            "days-of-stock", _("Days of stock"), _("For how long the stock of each item lasts at the pace of the last weeks."),
            Area.STOCK, SpanKind.MOMENT, permissions=_VIEW,
            columns=(
                *c.WHAT, c.ON_HAND, c.col("a_day", _("Per day"), "qty", _("Mean daily issue and waste of the last 28 days.")),
                COVER, ON_ORDER, c.STOCK_VALUE,
            ),
            filters=c.ITEMS, groups=("category",), drill=_ITEM,
        ),
        cover,
    ),
    Definition(
        ReportEntry(
            "stock-outs", _("Stock-outs and their causes"), _("Items that ran out: for how many days, how often, and why."),
            Area.STOCK, SpanKind.PERIOD, starts_with_month=True, permissions=_VIEW,
            columns=(
                *c.WHAT, c.col("days_out", _("Days out"), "number", _("Business days at whose end the site had nothing of it.")),
                c.col("times", _("Times"), "number", _("How often it ran out.")),
                c.alone(c.col("days", _("Days of the period"), "number")),
                c.share("rate", _("Out of stock %"), ("days_out", "days"), _("Days out by days of the period.")),
                c.col("first", _("First on"), "date"), c.ON_HAND,
                c.col("cause", _("Cause"), about=_("Of items that are out now: what their orders and their minimum say.")),
                c.SUPPLIER, c.hidden(c.col("items", _("Items"), "number")),
            ),
            filters=(*c.ITEMS, c.BY_SUPPLIER), groups=("cause", "supplier", "category"),
            chart=ChartSpec(ChartKind.BAR, "cause", ("items",)), drill=_ITEM,
        ),
        outs,
    ),
    Definition(
        ReportEntry(
            "reserved-stock", _("Reserved stock"), _("What is promised, for when and for whom."), Area.STOCK, SpanKind.NOW,
            permissions=_VIEW,
            columns=(*c.WHAT, c.QTY, c.col("needed_on", _("Needed on"), "date"), c.col("purpose", _("For")), c.ON_HAND),
            filters=c.ITEMS, groups=("item", "purpose", "needed_on"), drill=_ITEM,
        ),
        reserved,
    ),
    Definition(
        ReportEntry(
            "in-transit", _("Goods in transit"), _("What was sent from one place and has not arrived at another."), Area.STOCK,
            SpanKind.NOW, permissions=_VIEW, columns=(*c.WHAT, c.QTY, c.VALUE), filters=c.ITEMS, groups=("category",), drill=_ITEM,
        ),
        in_transit,
    ),
)  # fmt: skip
