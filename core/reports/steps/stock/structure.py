"""What the stock consists of: by category, place, supplier, class."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import select

from core import stock
from core.i18n import _
from core.reports.rules.classes import abc_classes, spread, variation, xyz_class
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Definition
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import (
    USED,
    E,
    area_of,
    chosen_entries,
    items_of,
    main_suppliers,
    places_of,
    suppliers_of,
)
from core.reports.types import Area, ChartKind, ChartSpec, DrillKind, DrillSpec, ReportEntry, SpanKind
from core.values import from_micro
from db.columns import micros
from db.enums import Permission
from db.enums import PostingKind as K
from db.sql import total
from db.stock import StockBalance

WEEK = 7 * 24 * 3600 * 1_000_000
WEEKS = 13
SHARE_OF_STOCK = c.share(
    "share", _("Share of stock value"), ("stock_value", "whole"), _("The value as a part of the value of all stock.")
)
ITEMS_HELD = c.col(
    "items", _("Items in stock"), "number", _("Items of which there is something, or less than nothing.")
)
WITHOUT_SUPPLIER = _("Without supplier")


def held(making: Making) -> list[Row]:
    """Every item in stock with quantity and value."""
    items = items_of(making)
    found = stock.value_sums(making.uow, as_of=making.span.end)
    return [
        {**items[key], "qty": from_micro(qty), "stock_value": making.money(value), "minor": value, "items": 1}
        for key, (qty, value) in found.items()
        if (qty or value) and key in items
    ]


def by_category(making: Making) -> list[Row]:
    """The stock by category, the most valuable first."""
    sums: dict[object, list[int]] = defaultdict(lambda: [0, 0])
    first: dict[object, Row] = {}
    rows = held(making)
    for row in rows:
        sums[row["category_id"]][0] += 1
        sums[row["category_id"]][1] += row["minor"]
        first.setdefault(row["category_id"], row)
    whole = making.money(sum(row["minor"] for row in rows))
    made = [
        {**first[one], "items": count, "stock_value": making.money(minor), "whole": whole}
        for one, (count, minor) in sums.items()
    ]
    return largest_first(made, "stock_value")


def by_supplier(making: Making) -> list[Row]:
    """The stock by the main supplier of its items."""
    main, names = main_suppliers(making), suppliers_of(making)
    rows = held(making)
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        supplier = main.get(row["item_id"], 0)
        sums[supplier][0] += 1
        sums[supplier][1] += row["minor"]
    whole = making.money(sum(row["minor"] for row in rows))
    made: list[Row] = [
        {
            "supplier": names.get(key, WITHOUT_SUPPLIER),
            "supplier_id": key,
            "items": count,
            "stock_value": making.money(minor),
            "whole": whole,
        }
        for key, (count, minor) in sums.items()
    ]
    return largest_first(made, "stock_value")


def by_place(making: Making) -> list[Row]:
    """The stock by place; an item's value is spread over its places in proportion to quantity."""
    places = places_of(making)
    held_at: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in making.uow.sql.execute(select(StockBalance.item_id, StockBalance.location_id, StockBalance.qty)):
        held_at[row[0]][row[1]] += row[2]
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    values = stock.value_sums(making.uow)
    for item_id, at in held_at.items():
        parts = {place: qty for place, qty in at.items() if qty}
        value = values.get(item_id, (0, 0))[1]
        for place, part in zip(parts, spread(value, list(parts.values())), strict=True):
            sums[place][0] += 1
            sums[place][1] += part
    whole = making.money(sum(minor for _count, minor in sums.values()))
    made = [
        {
            **places[key],
            "area": places[area_of(places, key)]["location_name"],
            "items": count,
            "stock_value": making.money(minor),
            "whole": whole,
        }
        for key, (count, minor) in sums.items()
    ]
    return largest_first(made, "stock_value")


def classes(making: Making) -> list[Row]:
    """Every item with its ABC class by usage and its XYZ class by steadiness, over the last thirteen weeks."""
    end = making.end
    first = micros(end - timedelta(weeks=WEEKS))
    week = (E.at - first - 1) // WEEK
    rows = making.uow.sql.execute(
        select(E.item_id, week, total(-E.qty), total(USED))
        .where(E.kind == K.ISSUE, E.at > first, E.at <= micros(end), *chosen_entries(making))
        .group_by(E.item_id, week)
    )
    weekly: dict[int, list[int]] = defaultdict(lambda: [0] * WEEKS)
    worth: dict[int, int] = defaultdict(int)
    for item_id, at, qty, used in rows:
        weekly[item_id][min(int(at), WEEKS - 1)] += int(qty)
        worth[item_id] += int(used)
    values = stock.value_sums(making.uow, as_of=making.span.end)
    for item_id, (qty, value) in values.items():
        if qty or value:
            worth[item_id] += 0
    found = abc_classes(worth)
    items = items_of(making)
    made = []
    for key, (abc, share) in found.items():
        swing = variation(weekly[key]) if worth[key] else None
        made.append({
            **items[key], "abc": abc, "xyz": xyz_class(swing), "class": abc + xyz_class(swing),
            "used": from_micro(sum(weekly[key])), "used_value": making.money(worth[key]), "running": share,
            "variation": swing, "stock_value": making.money(values.get(key, (0, 0))[1]), "items": 1,
        })  # fmt: skip
    return made


REPORTS = (
    Definition(
        ReportEntry(
            "stock-by-category",
            _("Stock by category"),
            _("Where the money in stock lies, by category."),
            Area.STOCK,
            SpanKind.MOMENT,
            permissions=(Permission.COST_VIEW,),
            columns=(c.CATEGORY, ITEMS_HELD, c.STOCK_VALUE, SHARE_OF_STOCK),
            filters=(c.BY_CATEGORY,),
            chart=ChartSpec(ChartKind.SHARE, "category", ("stock_value",)),
            drill=DrillSpec(DrillKind.REPORT, report="stock-value", filters=(("category", "category_id"),)),
        ),
        by_category,
    ),
    Definition(
        ReportEntry(
            "stock-by-supplier",
            _("Stock by supplier"),
            _("Where the money in stock lies, by the main supplier of each item."),
            Area.STOCK,
            SpanKind.MOMENT,
            permissions=(Permission.COST_VIEW,),
            columns=(c.SUPPLIER, ITEMS_HELD, c.STOCK_VALUE, SHARE_OF_STOCK),
            filters=(c.BY_SUPPLIER,),
            chart=ChartSpec(ChartKind.SHARE, "supplier", ("stock_value",)),
            drill=DrillSpec(DrillKind.SUPPLIER, "supplier_id"),
        ),
        by_supplier,
    ),
    Definition(
        ReportEntry(
            "stock-by-location",
            _("Stock by location"),
            _("What lies where, and what it is worth."),
            Area.STOCK,
            SpanKind.NOW,
            permissions=(Permission.COST_VIEW,),
            columns=(
                c.LOCATION,
                c.LOCATION_NAME,
                c.col("area", _("Storage area"), about=_("The place below the site that the location lies in.")),
                ITEMS_HELD,
                c.money(
                    "stock_value",
                    _("Stock value"),
                    _("Each item's value spread over its places in proportion to quantity."),
                ),
                SHARE_OF_STOCK,
            ),
            filters=(c.BY_LOCATION, c.BY_TEXT),
            groups=("area",),
            chart=ChartSpec(ChartKind.SHARE, "location_name", ("stock_value",)),
            drill=DrillSpec(DrillKind.LOCATION, "location_id"),
        ),
        by_place,
    ),
    Definition(
        ReportEntry(
            "abc-xyz",
            _("ABC and XYZ classes"),
            _("Which items make most of the usage, and which of them are used steadily."),
            Area.STOCK,
            SpanKind.MOMENT,
            permissions=(Permission.COST_VIEW,),
            columns=(
                *c.WHAT,
                c.col(
                    "abc",
                    _("ABC class"),
                    about=_("A: the items that make the first 80% of usage by value; B to 95%; C the rest."),
                ),
                c.col(
                    "xyz",
                    _("XYZ class"),
                    about=_("X: weekly usage varies by half its mean at most; Y by its mean; Z more, or hardly used."),
                ),
                c.hidden(c.col("class", _("Class"))),
                c.col("used", _("Used"), "qty", _("What was issued in the last 13 weeks.")),
                c.money("used_value", _("Usage"), _("What was issued in the last 13 weeks, at cost.")),
                c.col(
                    "running", _("Running share"), "percent", _("The item and all larger ones as a part of all usage.")
                ),
                c.alone(
                    c.col("variation", _("Variation"), "number", _("Standard deviation of weekly usage by its mean."))
                ),
                c.STOCK_VALUE,
                c.hidden(c.col("items", _("Items"), "number")),
            ),
            filters=c.ITEMS,
            groups=("class", "abc", "xyz", "category"),
            chart=ChartSpec(ChartKind.BAR, "abc", ("used_value", "stock_value")),
            drill=DrillSpec(DrillKind.ITEM, "item_id"),
        ),
        classes,
    ),
)
