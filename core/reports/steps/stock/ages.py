"""How old the stock is, what expires, what does not move, and how fast it turns."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, literal, or_, select

from core import costing, stock
from core.i18n import Text, _
from core.reports.rules.sums import quotient
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Definition
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import USED as USED_WORTH
from core.reports.steps.facts import WORTH, E, entries_of, items_of, main_suppliers, suppliers_of
from core.reports.types import (
    Adding,
    Area,
    Cell,
    ChartKind,
    ChartSpec,
    DrillKind,
    DrillSpec,
    ReportColumn,
    ReportEntry,
    SpanKind,
    Values,
)
from core.values import from_micro, round_decimal, split_by_weights
from db.columns import moment
from db.enums import Permission
from db.enums import PostingKind as K
from db.sql import total
from db.stock import ItemCost, Lot, StockBalance

AGES: tuple[tuple[str, Text], ...] = (
    ("to_30", _("Up to 30 days")),
    ("to_90", _("31 to 90 days")),
    ("to_180", _("91 to 180 days")),
    ("to_365", _("181 to 365 days")),
    ("older", _("Older than a year")),
)
BY_ITEM = E.item_id + literal(0, literal_execute=True)  # read the ledger as it lies, not by the index of items
DAY = 86_400_000_000
USED = (K.ISSUE, K.WASTE, K.PRODUCTION_OUT, K.RETURN_TO_SUPPLIER)


def ages(making: Making) -> list[Row]:
    """Every item's stock by age."""
    items = items_of(making)
    if making.span.end is None:
        return _ages_now(making, items)
    rows = []
    for row in stock.list_ages(making.uow, as_of=making.span.end):
        parts = {key: value for (key, _title), value in zip(AGES, row.values, strict=True)}
        rows.append({**items[row.item_id], "qty": row.qty, "stock_value": row.value, **parts})
    return rows


def _ages_now(making: Making, items: dict[int, Row]) -> list[Row]:
    """The same for the stock of now: what is there is laid against the arrivals, the newest first, in the database."""
    came = (
        select(E.item_id, E.at, E.qty, ItemCost.qty.label("held"),
               (func.sum(E.qty).over(partition_by=E.item_id, order_by=(E.at.desc(), E.id.desc())) - E.qty).label("newer"))
        .join(ItemCost, ItemCost.item_id == E.item_id)
        .where(E.qty > 0, E.kind != K.TRANSFER, ItemCost.qty > 0, E.at <= making.end_micros)
        .subquery()
    )  # fmt: skip
    days = (making.end_micros - came.c.at) // literal(DAY, literal_execute=True)
    bounds = ((days <= bound, at) for at, bound in enumerate(stock.AGE_BOUNDS))
    bucket = case(*bounds, else_=len(stock.AGE_BOUNDS))
    left = came.c.held - came.c.newer
    taken = total(case((came.c.qty < left, came.c.qty), else_=left))
    rows = making.uow.sql.execute(
        select(came.c.item_id, bucket, taken).where(left > 0).group_by(came.c.item_id, bucket)
    )
    shares: dict[int, list[int]] = defaultdict(lambda: [0] * len(AGES))
    for item_id, at, qty in rows:
        shares[item_id][int(at)] += int(qty)
    found = []
    for key, (qty, value) in stock.value_sums(making.uow).items():
        if qty > 0:
            parts = shares[key]
            parts[-1] += qty - sum(parts)
            money = (making.money(part) for part in split_by_weights(value, parts))
            ages = dict(zip((age for age, _title in AGES), money, strict=True))
            found.append({**items[key], "qty": from_micro(qty), "stock_value": making.money(value), **ages})
    return sorted(found, key=lambda row: str(row["item"]))


def by_age(making: Making) -> list[Row]:
    """The stock by age, over all items."""
    found = ages(making)
    if not found:
        return []
    whole = sum((row["stock_value"] for row in found), Decimal(0))
    rows: list[Row] = []
    for key, title in AGES:
        part = sum((row[key] for row in found), making.money(0))
        rows.append({"age": title, "items": sum(1 for row in found if row[key]), "stock_value": part, "whole": whole})
    return rows


def expiring(making: Making) -> list[Row]:
    """Lots of which something is left and which expire within so many days, those that have expired first."""
    days, items = making.number("days", 14), items_of(making)
    left = total(StockBalance.qty)
    rows = making.uow.sql.execute(
        select(Lot.id, Lot.item_id, Lot.number, Lot.expires_on, Lot.supplier_id, left)
        .join(StockBalance, (StockBalance.item_id == Lot.item_id) & (StockBalance.lot_id == Lot.id))
        .where(Lot.expires_on.is_not(None), StockBalance.qty != 0)
        .group_by(Lot.id, Lot.item_id, Lot.number, Lot.expires_on, Lot.supplier_id)
        .order_by(Lot.expires_on, Lot.id)
    )
    held, names = stock.value_sums(making.uow), suppliers_of(making)
    found = []
    for lot_id, item_id, number, expires_on, supplier_id, qty in rows:
        days_left = (_day(expires_on) - making.today).days
        if days_left > days or qty <= 0:
            continue
        whole, value = held.get(item_id, (0, 0))
        found.append({
            **items[item_id], "lot": number, "lot_id": lot_id, "expires_on": expires_on, "days_left": days_left,
            "qty": from_micro(int(qty)), "value": making.money(int(quotient(value * int(qty), whole, 0) or 0)),
            "supplier": names.get(supplier_id or 0, ""), "supplier_id": supplier_id or 0,
            "when": _("Expired") if days_left < 0 else _("Within 3 days") if days_left <= 3 else _("Later"),
        })  # fmt: skip
    return found


def _day(day: date | None) -> date:
    return day or date.max


def dead(making: Making) -> list[Row]:
    """Items in stock of which nothing left for so many days, the most money first."""
    days, items = making.number("days", 90), items_of(making)
    main, names = main_suppliers(making), suppliers_of(making)
    last = {
        row[0]: row[1]
        for row in making.uow.sql.execute(
            select(BY_ITEM, func.max(E.at)).where(E.kind.in_(USED), E.is_reversal.is_(False)).group_by(BY_ITEM)
        )
    }
    rows = []
    for key, (qty, value) in stock.value_sums(making.uow).items():
        at = last.get(key)
        day = None if at is None else making.day_of(moment(at))
        idle = None if day is None else (making.today - day).days
        if qty > 0 and (idle is None or idle >= days):
            rows.append({
                **items[key], "on_hand": from_micro(qty), "stock_value": making.money(value), "last": day, "idle": idle,
                "since": _never_or(idle), "supplier_id": main.get(key, 0), "supplier": names.get(main.get(key, 0), ""),
            })  # fmt: skip
    return largest_first(rows, "stock_value")


def _never_or(idle: int | None) -> Text:
    if idle is None:
        return _("Never")
    return (
        _("Over a year")
        if idle >= 365
        else _("Over half a year")
        if idle >= 180
        else _("Over 90 days")
        if idle >= 90
        else _("Less than 90 days")
    )


def turnover(making: Making) -> list[Row]:
    """How often the stock of each item turned in the period."""
    if making.span.start is None:
        return []
    items = items_of(making)
    before = stock.value_sums(making.uow, as_of=making.span.start - timedelta(microseconds=1))
    after, gone = stock.value_sums(making.uow, as_of=making.span.end), _gone(making)
    rows = []
    for key in before.keys() | after.keys() | gone.keys():
        opening, closing = before.get(key, (0, 0))[1], after.get(key, (0, 0))[1]
        if opening or closing or gone.get(key):
            rows.append({
                **items[key], "opening": making.money(opening), "closing": making.money(closing), "days": making.days,
                "both": making.money(opening + closing), "gone": making.money(gone.get(key, 0)),
            })  # fmt: skip
    return largest_first(rows, "both")


def _gone(making: Making) -> dict[int, int]:
    """Minor units used and wasted in the period, by item."""
    spent = case((E.kind == K.WASTE, -WORTH), else_=0) + USED_WORTH
    wanted = or_(E.kind.in_((K.ISSUE, K.WASTE)), E.settled != 0)
    rows = making.uow.sql.execute(
        select(E.item_id, total(spent)).where(wanted, *entries_of(making)).group_by(E.item_id)
    )
    return {row[0]: int(row[1]) for row in rows}


def _turns(row: Values) -> Cell:
    gone, both = row.get("gone"), row.get("both")
    return None if gone is None or not both or both <= 0 else round_decimal(gone * 2 / both, 2)


def _days(row: Values) -> Cell:
    gone, both, days = row.get("gone"), row.get("both"), row.get("days")
    return None if both is None or not gone or gone <= 0 or days is None else round_decimal(both * days / (gone * 2), 1)


def _mean(row: Values) -> Cell:
    both: Any = row.get("both")
    return None if both is None else round_decimal(both / 2, 2)


def _reckoned(key: str, title: Text, kind: str, how: tuple[Any, Text]) -> ReportColumn:
    return ReportColumn(key, title, kind, Adding.FORMULA, how[1], formula=how[0])


_ITEM = DrillSpec(DrillKind.ITEM, "item_id")
_COST = (Permission.COST_VIEW,)
REPORTS = (
    Definition(
        ReportEntry(
            "stock-age", _("Stock by age"), _("How long ago the money in stock came in, item by item."), Area.STOCK,
            SpanKind.MOMENT, permissions=_COST,
            columns=(*c.WHAT, c.QTY, c.STOCK_VALUE, *(c.col(key, title, "money") for key, title in AGES)),
            filters=c.ITEMS, groups=("category",), chart=ChartSpec(ChartKind.STACKED, "category", tuple(key for key, _t in AGES)),
            drill=_ITEM, notes=(_("What is there is taken to be what came in last."),),
        ),
        ages,
    ),
    Definition(
        ReportEntry(
            "stock-age-summary", _("Age of the stock"), _("How much of the money in stock is how old."), Area.STOCK, SpanKind.MOMENT,
            permissions=_COST,
            columns=(
                c.col("age", _("Age"), about=_("Days since the goods came in; what is there is taken to be what came in last.")),
                c.col("items", _("Items"), "number"), c.STOCK_VALUE,
                c.share("share", _("Share of stock value"), ("stock_value", "whole"), _("The value as a part of the value of all stock.")),
            ),
            chart=ChartSpec(ChartKind.SHARE, "age", ("stock_value",)),
        ),
        by_age,
    ),
    Definition(
        ReportEntry(
            "expiring-lots", _("Expiring lots"), _("What has expired or soon will, and what it is worth."), Area.STOCK, SpanKind.NOW,
            permissions=(Permission.STOCK_VIEW,),
            columns=(
                *c.WHAT, c.LOT, c.col("expires_on", _("Expiry date"), "date"),
                c.alone(c.col("days_left", _("Days left"), "number", _("Below zero: expired so many days ago."))), c.QTY,
                c.money("value", _("Value"), _("The lot's part of the item's value, by quantity.")), c.SUPPLIER,
                c.hidden(c.col("when", _("When"))),
            ),
            filters=(c.days_filter(_("Expiring within so many days"), 14), *c.ITEMS, c.BY_SUPPLIER),
            groups=("when", "category", "supplier", "expires_on"), chart=ChartSpec(ChartKind.BAR, "when", ("value",)),
            drill=DrillSpec(DrillKind.LOT, "lot_id"),
        ),
        expiring,
    ),
    Definition(
        ReportEntry(
            "dead-stock", _("Dead stock"), _("What lies there and does not move any more, the most money first."), Area.STOCK,
            SpanKind.NOW, permissions=_COST,
            columns=(
                *c.WHAT, c.ON_HAND, c.STOCK_VALUE,
                c.col("last", _("Left last on"), "date", _("The last issue, waste, production or return to a supplier.")),
                c.alone(c.col("idle", _("Days"), "number", _("Days since then; empty: never."))), c.SUPPLIER,
                c.hidden(c.col("since", _("Since"))),
            ),
            filters=(c.days_filter(_("Not moved for so many days"), 90), *c.ITEMS, c.BY_SUPPLIER),
            groups=("since", "category", "supplier"), chart=ChartSpec(ChartKind.SHARE, "since", ("stock_value",)), drill=_ITEM,
        ),
        dead,
    ),
    Definition(
        ReportEntry(
            "stock-turnover", _("Stock turnover"), _("How often the stock of each item turned, and for how many days it lasts."),
            Area.STOCK, SpanKind.PERIOD, starts_with_month=True, permissions=_COST,
            columns=(
                *c.WHAT, c.money("opening", costing.TITLES["opening"]), c.money("closing", costing.TITLES["closing"]),
                _reckoned("mean", _("Mean stock"), "money", (_mean, _("Opening and closing value by two."))),
                c.money("gone", _("Usage and waste"), _("What left by use and by waste, at cost.")),
                _reckoned("turns", _("Turnover"), "number", (_turns, _("Usage and waste by the mean stock."))),
                _reckoned("lasts", _("Days in stock"), "number", (_days, _("Mean stock by usage and waste a day."))),
                c.hidden(c.money("both", _("Opening and closing"))),
                c.hidden(ReportColumn("days", _("Days of the period"), "number", Adding.SAME)),
            ),
            filters=c.ITEMS, groups=("category",), chart=ChartSpec(ChartKind.BAR, "category", ("turns",)), drill=_ITEM,
        ),
        turnover,
    ),
)  # fmt: skip
