"""Counts: how accurate, what differed and why, what was not counted, who counted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

from core import stock
from core.i18n import Text, _
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Columns, Definition
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.selected import Made, Reading, Selected
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import items_of, named_in, unit_names
from core.reports.types import (
    Area,
    ChartKind,
    ChartSpec,
    DrillKind,
    DrillSpec,
    FilterKind,
    ReportEntry,
    ReportFilter,
    Sort,
    SpanKind,
)
from core.values import from_micro
from db.catalog import Category, Item
from db.counting import StockCount, StockCountLine
from db.enums import CountState, Permission, VarianceReason
from db.identity import Person
from db.sql import total
from db.stock import Location, Lot

C, L = StockCount, StockCountLine
OFF = L.counted_qty - L.posted_expected
NOT_SAID = _("Not said")


def _posted(making: Making) -> list[Any]:
    """Lines of counts that were posted in the period and were counted, as far as item and category are chosen."""
    found: list[Any] = [C.state == CountState.POSTED, L.posted_expected.is_not(None), C.approved_at <= making.end]
    if making.span.start is not None:
        found.append(C.approved_at >= making.span.start)
    if making.ids("item"):
        found.append(L.item_id.in_(sorted(making.ids("item"))))
    if making.category_ids:
        found.append(L.item_id.in_(select(Item.id).where(Item.category_id.in_(sorted(making.category_ids)))))
    if making.location_ids:
        found.append(L.location_id.in_(sorted(making.location_ids)))
    return found


def _sums() -> tuple[Any, ...]:
    gain = total(case((L.posted_value > 0, L.posted_value), else_=0))
    loss = total(case((L.posted_value < 0, -L.posted_value), else_=0))
    within, exact = total(case((L.is_within.is_(True), 1), else_=0)), total(case((OFF == 0, 1), else_=0))
    return func.count(), within, exact, total(func.abs(L.book_value)), gain, loss


def _figures(making: Making, sums: Any) -> Row:
    lines, within, exact, book, gain, loss = (int(one or 0) for one in sums)
    return {
        "lines": lines,
        "within": within,
        "exact": exact,
        "book": making.money(book),
        "gain": making.money(gain),
        "loss": making.money(loss),
        "net": making.money(gain - loss),
        "off": making.money(gain + loss),
        "right": making.money(max(book - gain - loss, 0)),
    }


def accuracy(making: Making) -> list[Row]:
    """Every count of the period with its figures."""
    keys = (C.id, C.number, C.title, C.kind, C.approved_at)
    rows = making.uow.sql.execute(
        select(*keys, *_sums())
        .join(L, L.count_id == C.id)
        .where(*_posted(making))
        .group_by(*keys)
        .order_by(C.approved_at)
    )
    return [
        {
            "count_id": row[0],
            "number": row[1],
            "title": row[2],
            "at": row[4],
            "day": making.day_of(row[4]),
            **_figures(making, row[5:]),
        }
        for row in rows
    ]


def by_item(making: Making) -> list[Row]:
    """Count differences by item, the largest first."""
    items = items_of(making)
    rows = making.uow.sql.execute(
        select(L.item_id, total(OFF), *_sums()).join(C, C.id == L.count_id).where(*_posted(making)).group_by(L.item_id)
    )
    found = [{**items[row[0]], "qty": from_micro(int(row[1])), **_figures(making, row[2:])} for row in rows]
    return sorted(found, key=lambda row: (-row["off"], row["item"]))


def by_reason(making: Making) -> list[Row]:
    """Count differences by what caused them."""
    rows = making.uow.sql.execute(
        select(L.reason, *_sums()).join(C, C.id == L.count_id).where(OFF != 0, *_posted(making)).group_by(L.reason)
    )
    found: list[Row] = [
        {
            "reason": VarianceReason(row[0]) if row[0] else NOT_SAID,
            "reason_code": row[0] or "",
            **_figures(making, row[1:]),
        }
        for row in rows
    ]
    return largest_first(found, "off")


def by_person(making: Making) -> list[Row]:
    """How exact each person counted."""
    again = total(case((L.rounds > 1, 1), else_=0))
    rows = making.uow.sql.execute(
        select(Person.name, again, *_sums())
        .select_from(L)
        .join(C, C.id == L.count_id)
        .join(Person, Person.id == L.counted_by)
        .where(*_posted(making))
        .group_by(Person.name)
    )
    found: list[Row] = [{"by": row[0], "again": int(row[1]), **_figures(making, row[2:])} for row in rows]
    return largest_first(found, "lines")


def differences(making: Making, columns: Columns) -> Selected:
    """Every counted line that differed from the book."""
    units = unit_names(making)
    statement: Any = (
        select(
            L.id.label("line_id"), C.id.label("count_id"), C.number, L.counted_at.label("at"), Item.code.label("item"),
            named_in(making, Item.name, Item.name_en).label("name"), L.item_id, Item.category_id,
            named_in(making, Category.path, Category.path_en).label("category"), Location.code.label("location"),
            L.location_id, func.coalesce(Lot.number, "").label("lot"), L.posted_expected.label("expected"),
            L.counted_qty.label("counted"), OFF.label("qty"), Item.base_unit.label("unit"), L.posted_value.label("value"),
            case((L.posted_value > 0, "gain"), (L.posted_value < 0, "loss"), else_="").label("side"), L.reason, L.note,
            Person.name.label("by"), L.is_within,
        )
        .join(C, C.id == L.count_id)
        .outerjoin(Item, Item.id == L.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .outerjoin(Location, Location.id == L.location_id)
        .outerjoin(Lot, Lot.id == L.lot_id)
        .outerjoin(Person, Person.id == L.counted_by)
        .where(OFF != 0, *_posted(making))
    )  # fmt: skip
    made = {"unit": Made(("unit",), lambda unit: units.get(unit, unit))}
    reading = Reading({"reason": VarianceReason}, made)
    return Selected(making, statement, columns, (Sort("at"), Sort("line_id")), reading)


def not_counted(making: Making) -> list[Row]:
    """Items in stock that nobody counted for so many days, the most valuable first."""
    days = making.number("days", 30)
    last = {
        row[0]: row[1]
        for row in making.uow.sql.execute(
            select(L.item_id, func.max(L.counted_at)).where(L.counted_at.is_not(None)).group_by(L.item_id)
        )
    }
    items = items_of(making)
    rows = []
    for key, (qty, value) in stock.value_sums(making.uow).items():
        at = last.get(key)
        idle = None if at is None else (making.today - making.day_of(at)).days
        if (qty or value) and (idle is None or idle >= days):
            figures = {"on_hand": from_micro(qty), "stock_value": making.money(value)}
            rows.append(
                {**items[key], **figures, "counted_on": None if at is None else making.day_of(at), "days": idle}
            )
    return largest_first(rows, "stock_value")


def coverage(making: Making) -> list[Row]:
    """How much of the stock was counted in the period, by category."""
    counted = {
        row[0]
        for row in making.uow.sql.execute(
            select(L.item_id).join(C, C.id == L.count_id).where(*_posted(making)).distinct()
        )
    }
    items = items_of(making)
    found: dict[Any, Row] = {}
    zero = Decimal(0)
    for key, (qty, value) in stock.value_sums(making.uow, as_of=making.span.end).items():
        item = items[key]
        if not (qty or value) and key not in counted:
            continue
        names = {"category": item["category"], "category_id": item["category_id"]}
        row = found.setdefault(
            item["category_id"], {**names, "items": 0, "counted": 0, "stock_value": zero, "counted_value": zero}
        )
        row["items"] += 1
        row["stock_value"] += making.money(value)
        if key in counted:
            row["counted"] += 1
            row["counted_value"] += making.money(value)
    return largest_first(found.values(), "stock_value")


LINES = c.col("lines", _("Lines counted"), "number")
WITHIN = c.col(
    "within", _("Within tolerance"), "number", _("Lines whose difference lies within the tolerance of the item.")
)
RATE = c.share("accuracy", _("Count accuracy"), ("within", "lines"), _("Lines within tolerance, of all lines counted."))
EXACT = c.hidden(c.col("exact", _("Exact"), "number", _("Lines without any difference.")))
BOOK = c.hidden(c.money("book", _("Book value"), _("What the book said was there, at cost.")))
RIGHT = c.hidden(c.money("right", _("Book value without differences"), _("The book value less gains and losses.")))
VALUE_RATE = c.share(
    "value_accuracy", _("Value accuracy"), ("right", "book"),
    _("Book value less gains and losses, of the book value: 100% when every value is found as booked."),
)  # fmt: skip
GAIN = c.money("gain", _("Count gain"), _("What was found more, at cost."))
LOSS = c.money("loss", _("Count loss"), _("What was found missing, at cost."))
NET = c.money("net", _("Gain less loss"), _("Below zero: shrinkage."))
_SIDES = (("gain", _("Count gain")), ("loss", _("Count loss")))
_SIDE = ReportFilter("side", _("Gain or loss"), FilterKind.CHOICE, _SIDES)
_LINE_FILTERS = (
    *c.ITEMS, c.BY_LOCATION, _SIDE, c.only("count_id", _("Only count")), c.only("reason", _("Only reason")),
)  # fmt: skip
_FILTERS = (c.BY_ITEM, c.BY_CATEGORY, c.BY_LOCATION)
_RIGHTS = (Permission.STOCK_VIEW,)


def _entry(
    name: str, titles: tuple[Text, Text], columns: tuple[Any, ...], chart: ChartSpec, drill: DrillSpec | None
) -> ReportEntry:
    return ReportEntry(
        name, *titles, Area.COUNTS, SpanKind.PERIOD, True, _RIGHTS, columns, _FILTERS, (), chart, drill
    )  # fmt: skip


REPORTS = (
    Definition(
        _entry(
            "count-accuracy",
            (_("Count accuracy"), _("How well the book and the shelf agreed, count by count.")),
            (
                c.NUMBER,
                c.col("title", _("Title")),
                c.col("day", _("Posted on"), "date"),
                LINES,
                WITHIN,
                RATE,
                EXACT,
                BOOK,
                RIGHT,
                c.costly(VALUE_RATE),
                GAIN,
                LOSS,
                NET,
            ),
            ChartSpec(ChartKind.LINE, "day", ("accuracy",)),
            DrillSpec(DrillKind.COUNT, "count_id"),
        ),
        accuracy,
    ),
    Definition(
        ReportEntry(
            "count-differences",
            _("Count differences"),
            _("Every counted line that differed from the book."),
            Area.COUNTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=_RIGHTS,
            columns=(
                c.NUMBER,
                c.AT,
                c.ITEM,
                c.NAME,
                c.hidden(c.CATEGORY),
                c.LOCATION,
                c.LOT,
                c.col("expected", _("In the book"), "qty", _("What the book said at the moment of counting.")),
                c.col("counted", _("Counted"), "qty"),
                c.col("qty", _("Difference"), "qty", _("Counted less the book.")),
                c.UNIT,
                c.VALUE,
                c.REASON,
                c.BY,
                c.col("note", _("Remark")),
            ),
            filters=_LINE_FILTERS,
            groups=("number", "reason", "item", "category", "location", "by"),
            chart=ChartSpec(ChartKind.BAR, "reason", ("value",)),
            drill=DrillSpec(DrillKind.COUNT, "count_id"),
        ),
        select=differences,
    ),
    Definition(
        _entry(
            "count-differences-by-item",
            (_("Count differences by item"), _("Which items are found more or less than booked.")),
            (*c.WHAT, LINES, WITHIN, RATE, c.col("qty", _("Difference"), "qty"), GAIN, LOSS, NET),
            ChartSpec(ChartKind.BAR, "name", ("net",)),
            DrillSpec(DrillKind.REPORT, report="count-differences", filters=(("item", "item_id"),)),
        ),
        by_item,
    ),
    Definition(
        _entry(
            "count-causes",
            (_("Causes of count differences"), _("What differences were said to come from.")),
            (c.REASON, LINES, GAIN, LOSS, NET),
            ChartSpec(ChartKind.BAR, "reason", ("loss", "gain")),
            None,
        ),
        by_reason,
    ),
    Definition(
        _entry(
            "count-people",
            (_("Counting by person"), _("How much each person counted, and how exactly.")),
            (
                c.BY,
                LINES,
                WITHIN,
                RATE,
                c.col("again", _("Counted again"), "number", _("Lines that were counted more than once.")),
            ),
            ChartSpec(ChartKind.BAR, "by", ("lines",)),
            None,
        ),
        by_person,
    ),
    Definition(
        ReportEntry(
            "count-coverage",
            _("Count coverage"),
            _("How much of the stock was counted in the period."),
            Area.COUNTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.COST_VIEW,),
            columns=(
                c.CATEGORY,
                c.col("items", _("Items in stock"), "number"),
                c.col(
                    "counted",
                    _("Items counted"),
                    "number",
                    _("Items of which at least one place was counted and posted."),
                ),
                c.share("rate", _("Coverage"), ("counted", "items"), _("Items counted, of all items in stock.")),
                c.STOCK_VALUE,
                c.money("counted_value", _("Value of items counted")),
                c.share(
                    "value_rate",
                    _("Coverage by value"),
                    ("counted_value", "stock_value"),
                    _("Value of items counted, of all stock."),
                ),
            ),
            filters=(c.BY_CATEGORY,),
            chart=ChartSpec(ChartKind.BAR, "category", ("stock_value", "counted_value")),
        ),
        coverage,
    ),
    Definition(
        ReportEntry(
            "not-counted",
            _("Not counted for long"),
            _("Items in stock that nobody counted lately, the most valuable first."),
            Area.COUNTS,
            SpanKind.NOW,
            permissions=_RIGHTS,
            columns=(
                *c.WHAT,
                c.ON_HAND,
                c.STOCK_VALUE,
                c.col("counted_on", _("Counted last"), "date"),
                c.alone(c.col("days", _("Days"), "number", _("Days since it was counted last; empty: never."))),
            ),
            filters=(c.days_filter(_("Not counted for so many days"), 30), *c.ITEMS),
            groups=("category",),
            chart=ChartSpec(ChartKind.BAR, "category", ("stock_value",)),
            drill=DrillSpec(DrillKind.ITEM, "item_id"),
        ),
        not_counted,
    ),
)
