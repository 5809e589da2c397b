"""What was bought: by supplier, category, item and month, and how prices moved. The sum is the purchases of the month
review."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from core.costing import Days, days_before, period_moments
from core.i18n import Text, _
from core.reports.rules.sums import quotient
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Columns, Definition
from core.reports.steps.engine.making import QUARTER, Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.selected import Selected
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import WORTH, E, chosen_entries, entries_of, items_of, suppliers_of
from core.reports.steps.stock.ledger import selected
from core.reports.steps.stock_lists import LEDGER
from core.reports.types import Area, ChartKind, ChartSpec, DrillKind, DrillSpec, ReportColumn, ReportEntry, SpanKind
from core.values import from_micro
from db.columns import micros
from db.enums import Permission
from db.enums import PostingKind as K
from db.sql import total
from db.stock import StockPosting

BOUGHT = (K.RECEIPT, K.LANDED_COST)
WITHOUT_SUPPLIER = _("Without supplier")
VALUE = c.money(
    "value", _("Purchases"), _("What came from suppliers, at cost and with landed cost; returns are not taken off.")
)
QTY = c.col("qty", _("Quantity bought"), "qty", _("What came, less what was taken back."))
SHARE = c.share(
    "share", _("Share of purchases"), ("value", "whole"), _("The amount as a part of all purchases of the period.")
)
RETURNED = c.money("returned", _("Returned"), _("What went back to suppliers, at cost."))


def bought_by(making: Making, *keys: Any, kinds: tuple[K, ...] = BOUGHT) -> list[tuple[Any, ...]]:
    """Receipts added up by some columns of entries and postings: (keys, entries, millionths, minor units)."""
    statement = (
        select(*keys, func.count(), total(E.qty), total(WORTH))
        .join(StockPosting, StockPosting.id == E.posting_id)
        .where(*entries_of(making, *kinds))
        .group_by(*keys)
    )
    suppliers = making.ids("supplier")
    if suppliers:
        statement = statement.where(StockPosting.supplier_id.in_(sorted(suppliers)))
    return [tuple(row) for row in making.uow.sql.execute(statement)]


def by_supplier(making: Making) -> list[Row]:
    """Purchases by supplier, beside what went back."""
    names, supplier = suppliers_of(making), StockPosting.supplier_id
    back = {row[0]: making.money(-row[3]) for row in bought_by(making, supplier, kinds=(K.RETURN_TO_SUPPLIER,))}
    found = bought_by(making, supplier)
    deliveries = _deliveries(making)
    whole = making.money(sum(int(row[3]) for row in found))
    zero = making.money(0)
    rows = [
        {
            "supplier": names.get(row[0], WITHOUT_SUPPLIER),
            "supplier_id": row[0] or 0,
            "deliveries": deliveries.get(row[0], 0),
            "entries": int(row[1]),
            "value": making.money(row[3]),
            "returned": back.get(row[0], zero),
            "whole": whole,
        }
        for row in found
    ]
    return largest_first(rows, "value")


def _deliveries(making: Making) -> dict[int | None, int]:
    """How many postings of receipts each supplier has."""
    statement = (
        select(StockPosting.supplier_id, func.count(func.distinct(E.posting_id)))
        .join(StockPosting, StockPosting.id == E.posting_id)
        .where(StockPosting.kind == K.RECEIPT, *entries_of(making, K.RECEIPT))
        .group_by(StockPosting.supplier_id)
    )
    return {row[0]: int(row[1]) for row in making.uow.sql.execute(statement)}


def by_item(making: Making) -> list[Row]:
    """Purchases by item."""
    items = items_of(making)
    found = bought_by(making, E.item_id)
    whole = making.money(sum(int(row[3]) for row in found))
    rows = [
        {
            **items[key],
            "entries": int(entries),
            "qty": from_micro(int(qty)),
            "value": making.money(minor),
            "unit_cost": quotient(making.money(minor), from_micro(int(qty))),
            "whole": whole,
        }
        for key, entries, qty, minor in found
    ]
    return largest_first(rows, "value")


def by_category(making: Making) -> list[Row]:
    """Purchases by category."""
    found: dict[Any, Row] = {}
    for row in by_item(making):
        one = found.setdefault(row["category_id"], {**row, "value": making.money(0), "items": 0, "entries": 0})
        one["value"] += row["value"]
        one["items"] += 1
        one["entries"] += row["entries"]
    return largest_first(found.values(), "value")


def by_month(making: Making) -> list[Row]:
    """Purchases and returns by month and supplier."""
    names = suppliers_of(making)
    sums: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    quarter, supplier = E.at // QUARTER, StockPosting.supplier_id
    for kinds, at in ((BOUGHT, 0), ((K.RETURN_TO_SUPPLIER,), 1)):
        for key, supplier_id, _entries, _qty, minor in bought_by(making, quarter, supplier, kinds=kinds):
            month = making.day_of_quarter(int(key)).replace(day=1)
            sums[month, supplier_id][at] += int(minor) if at == 0 else -int(minor)
    return [
        {
            "month": f"{month:%Y-%m}",
            "supplier": names.get(supplier_id, WITHOUT_SUPPLIER),
            "supplier_id": supplier_id or 0,
            "value": making.money(value),
            "returned": making.money(returned),
        }
        for (month, supplier_id), (value, returned) in sorted(sums.items(), key=lambda one: (one[0][0], one[0][1] or 0))
    ]


def movers(making: Making) -> list[Row]:
    """Items whose mean cost at receipt changed against the period before, the one the review of the month compares with."""
    start, site = making.span.start or making.end, making.uow.site
    days = days_before(Days(making.day_of(start), making.day_of(making.end)))
    before = period_moments(days, site.zone, site.day_start_hour)
    now, then = _mean_costs(making, (start, making.end)), _mean_costs(making, before)
    items = items_of(making)
    rows = []
    for key, (qty, minor) in now.items():
        was_qty, was = then.get(key, (0, 0))
        if qty <= 0 or was_qty <= 0 or was <= 0 or minor * was_qty == was * qty:
            continue
        at_old = making.money(int(quotient(was * qty, was_qty, 0) or 0))
        rows.append({
            **items[key], "qty": from_micro(qty), "old": quotient(making.money(was), from_micro(was_qty)),
            "new": quotient(making.money(minor), from_micro(qty)), "at_old": at_old, "value": making.money(minor),
            "effect": making.money(minor) - at_old,
        })  # fmt: skip
    return largest_first(rows, "effect", abs)


def _mean_costs(making: Making, span: tuple[datetime, datetime]) -> dict[int, tuple[int, int]]:
    """Quantity and cost of what was received, by item; landed cost belongs to it."""
    qty = total(case((E.kind == K.RECEIPT, E.qty), else_=0))
    rows = making.uow.sql.execute(
        select(E.item_id, qty, total(WORTH))
        .where(E.kind.in_(BOUGHT), E.at >= micros(span[0]), E.at <= micros(span[1]), *chosen_entries(making))
        .group_by(E.item_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def log(making: Making, columns: Columns) -> Selected:
    """Every line that came."""
    return selected(making, columns, BOUGHT)


def returns(making: Making, columns: Columns) -> Selected:
    """Every line that went back."""
    return selected(making, columns, (K.RETURN_TO_SUPPLIER,))


_LEDGER_COLUMNS = {column.key: column for column in LEDGER.columns}
_LINES = tuple(_LEDGER_COLUMNS[key] for key in ("at", "number", "document"))
_WHAT = tuple(_LEDGER_COLUMNS[key] for key in ("item", "name", "category", "location", "lot"))
_FILTERS = (c.BY_SUPPLIER, c.BY_ITEM, c.BY_CATEGORY)
_RIGHTS = (Permission.COST_VIEW,)


def _entry(
    name: str, titles: tuple[Text, Text], columns: tuple[ReportColumn, ...], chart: ChartSpec, drill: DrillSpec | None
) -> ReportEntry:
    return ReportEntry(
        name, *titles, Area.PURCHASING, SpanKind.PERIOD, True, _RIGHTS, columns, _FILTERS, ("supplier",) if name.endswith("month") else (),
        chart, drill,
    )  # fmt: skip


def _lines(name: str, titles: tuple[Text, Text], drill: DrillSpec, more: tuple[ReportColumn, ...]) -> ReportEntry:
    return ReportEntry(
        name, *titles, Area.PURCHASING, SpanKind.PERIOD, True, (Permission.STOCK_VIEW,), (*_LINES, c.SUPPLIER, *_WHAT, *more),
        (*c.ITEMS, c.BY_SUPPLIER, c.BY_LOCATION), ("supplier", "item", "category", "number", "by"),
        ChartSpec(ChartKind.BAR, "supplier", ("value",)), drill,
    )  # fmt: skip


_POSTING = DrillSpec(DrillKind.POSTING, "posting_id")
REPORTS = (
    Definition(
        _lines(
            "receipts-log",
            (_("Goods received"), _("Every line that came from a supplier, and landed cost added later.")),
            _POSTING,
            (c.QTY, c.UNIT, c.VALUE, c.BY),
        ),
        select=log,
    ),
    Definition(
        _entry(
            "purchases-by-supplier",
            (_("Purchases by supplier"), _("What was bought from whom, and what went back.")),
            (
                c.SUPPLIER,
                c.col("deliveries", _("Deliveries"), "number", _("Postings of receipts.")),
                c.col("entries", _("Lines"), "number"),
                VALUE,
                SHARE,
                RETURNED,
                c.share("rate", _("Returned %"), ("returned", "value"), _("Returns as a part of purchases.")),
            ),
            ChartSpec(ChartKind.SHARE, "supplier", ("value",)),
            DrillSpec(DrillKind.REPORT, report="receipts-log", filters=(("supplier", "supplier_id"),)),
        ),
        by_supplier,
    ),
    Definition(
        _entry(
            "purchases-by-category",
            (_("Purchases by category"), _("What was bought, by category.")),
            (
                c.CATEGORY,
                c.col("items", _("Items bought"), "number"),
                c.col("entries", _("Lines"), "number"),
                VALUE,
                SHARE,
            ),
            ChartSpec(ChartKind.SHARE, "category", ("value",)),
            DrillSpec(DrillKind.REPORT, report="purchases-by-item", filters=(("category", "category_id"),)),
        ),
        by_category,
    ),
    Definition(
        _entry(
            "purchases-by-item",
            (_("Purchases by item"), _("How much of every item was bought, and at what mean cost.")),
            (
                *c.WHAT,
                c.col("entries", _("Lines"), "number"),
                QTY,
                VALUE,
                c.col("unit_cost", _("Mean cost"), "cost", _("The value by the quantity, in the base unit.")),
                SHARE,
            ),
            ChartSpec(ChartKind.BAR, "name", ("value",)),
            DrillSpec(DrillKind.REPORT, report="receipts-log", filters=(("item", "item_id"),)),
        ),
        by_item,
    ),
    Definition(
        _entry(
            "purchases-by-month",
            (_("Purchases by month"), _("How purchases from each supplier develop.")),
            (c.col("month", _("Month")), c.SUPPLIER, VALUE, RETURNED),
            ChartSpec(ChartKind.LINE, "month", ("value",), series="supplier"),
            DrillSpec(DrillKind.SUPPLIER, "supplier_id"),
        ),
        by_month,
    ),
    Definition(
        _lines(
            "returns-to-suppliers",
            (_("Returns to suppliers"), _("Every line that went back to a supplier.")),
            _POSTING,
            (c.QTY, c.UNIT, c.VALUE, c.BY, c.col("note", _("Remark"))),
        ),
        select=returns,
    ),
    Definition(
        ReportEntry(
            "price-movers",
            _("Price movers"),
            _("Items that came dearer or cheaper than in the period before, and what that made."),
            Area.PRICES,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=_RIGHTS,
            columns=(
                *c.WHAT,
                QTY,
                c.col(
                    "old",
                    _("Mean cost before"),
                    "cost",
                    _("Mean cost at receipt in the period before: of a month the month before, else as many days."),
                ),
                c.col("new", _("Mean cost"), "cost", _("Value received by quantity received, with landed cost.")),
                c.share("change", _("Change"), ("effect", "at_old"), _("The mean cost now against the one before.")),
                c.money(
                    "effect",
                    _("Effect"),
                    _("What the quantity received now cost more or less than at the cost before."),
                ),
                c.hidden(
                    c.money("at_old", _("At the cost before"), _("The quantity received now at the mean cost before."))
                ),
                c.hidden(VALUE),
            ),
            filters=c.ITEMS,
            groups=("category",),
            chart=ChartSpec(ChartKind.BAR, "name", ("effect",)),
            drill=DrillSpec(DrillKind.REPORT, report="price-history", filters=(("item", "item_id"),)),
        ),
        movers,
    ),
)
