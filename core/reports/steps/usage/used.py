"""What was used: by item, category, department, day and weekday. The sum is the usage of the month review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, or_, select

from core.i18n import Text, _
from core.reports.rules.sums import quotient
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Definition
from core.reports.steps.engine.making import QUARTER, Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import USED, E, entries_of, items_of
from core.reports.types import Area, ChartKind, ChartSpec, DrillKind, DrillSpec, ReportEntry, SpanKind
from core.values import from_micro, plain
from db.enums import Permission
from db.enums import PostingKind as K
from db.sql import total
from db.stock import StockPosting

WEEKDAYS: tuple[Text, ...] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
WITHOUT_DEPARTMENT = _("Without department")
LATE = _("Used before it came")
USED_VALUE = c.money(
    "value", _("Usage"), _("What was issued, at cost, and the cost of goods that were used before they came.")
)
USED_QTY = c.col("qty", _("Quantity used"), "qty", _("What was issued, less what was taken back."))
SHARE = c.share("share", _("Share of usage"), ("value", "whole"), _("The amount as a part of all usage of the period."))
A_DAY = c.col("a_day", _("Per day"), "qty", _("The quantity used by the days of the period until now."))


_NOT_ISSUED = tuple(kind for kind in K if kind is not K.ISSUE)


def is_used() -> Any:
    """Entries that make usage."""
    return or_(E.kind == K.ISSUE, E.settled != 0)


def used_by(making: Making, *keys: Any) -> Iterator[tuple[Any, ...]]:
    """Usage added up by some columns: (keys, entries, millionths, minor units)."""
    qty = total(case((E.kind == K.ISSUE, -E.qty), else_=0))
    statement = select(*keys, func.count(), qty, total(USED)).where(is_used(), *entries_of(making)).group_by(*keys)
    return (tuple(row) for row in making.uow.sql.execute(statement))


def by_item(making: Making) -> list[Row]:
    """Usage by item, the dearest first."""
    items = items_of(making)
    found = [(row[0], int(row[2]), int(row[3])) for row in used_by(making, E.item_id)]
    whole = making.money(sum(minor for _key, _qty, minor in found))
    rows = [
        {
            **items[key],
            "qty": from_micro(qty),
            "a_day": plain(quotient(from_micro(qty), making.days, 3) or Decimal(0)),
            "value": making.money(minor),
            "whole": whole,
        }
        for key, qty, minor in found
    ]
    return largest_first(rows, "value")


def by_category(making: Making) -> list[Row]:
    """Usage by category."""
    found: dict[Any, Row] = {}
    rows = by_item(making)
    for row in rows:
        one = found.setdefault(
            row["category_id"],
            {**row, "value": making.money(0), "items": 0},
        )
        one["value"] += row["value"]
        one["items"] += 1
    return largest_first(found.values(), "value")


def by_department(making: Making) -> list[Row]:
    """Usage by what goods were issued for."""
    statement = (
        select(StockPosting.purpose, E.kind, func.count(), total(USED))
        .join(StockPosting, StockPosting.id == E.posting_id)
        .where(is_used(), *entries_of(making))
        .group_by(StockPosting.purpose, E.kind)
    )
    sums: dict[Text | str, list[int]] = defaultdict(lambda: [0, 0])
    keys: dict[Text | str, Row] = {}
    for purpose, kind, entries, minor in making.uow.sql.execute(statement):
        name = (purpose or WITHOUT_DEPARTMENT) if kind == K.ISSUE else LATE
        keys[name] = {"purpose": purpose, "kinds": (K.ISSUE,)} if kind == K.ISSUE else {"kinds": _NOT_ISSUED}
        sums[name][0] += int(entries)
        sums[name][1] += int(minor)
    whole = making.money(sum(minor for _entries, minor in sums.values()))
    rows: list[Row] = [
        {"department": name, **keys[name], "entries": entries, "value": making.money(minor), "whole": whole}
        for name, (entries, minor) in sums.items()
    ]
    return largest_first(rows, "value")


def by_day(making: Making) -> list[Row]:
    """Usage by business day."""
    sums: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for quarter, entries, _qty, minor in used_by(making, E.at // QUARTER):
        day = sums[making.day_of_quarter(int(quarter))]
        day[0] += int(entries)
        day[1] += int(minor)
    return [
        {
            "day": day,
            "weekday": WEEKDAYS[day.weekday()],
            "weekday_number": day.weekday(),
            "entries": entries,
            "value": making.money(minor),
            "days": 1,
        }
        for day, (entries, minor) in sorted(sums.items())
    ]


def by_weekday(making: Making) -> list[Row]:
    """Usage by day of the week, with the mean of the days on which something was used."""
    found: dict[Any, Row] = {}
    for row in by_day(making):
        one = found.setdefault(row["weekday"], {**row, "value": making.money(0), "entries": 0, "days": 0})
        for key in ("value", "entries", "days"):
            one[key] += row[key]
    return sorted(found.values(), key=lambda row: WEEKDAYS.index(row["weekday"]))


def _entry(
    name: str, titles: tuple[Text, Text], columns: tuple[Any, ...], chart: ChartSpec, drill: DrillSpec | None
) -> ReportEntry:
    return ReportEntry(
        name, *titles, Area.MOVEMENTS, SpanKind.PERIOD, True, (Permission.COST_VIEW,), columns,
        (c.BY_ITEM, c.BY_CATEGORY, c.BY_LOCATION), (), chart, drill,
    )  # fmt: skip


MEAN = c.share(
    "mean", _("Per day"), ("value", "days"), _("The usage by the number of such days on which something was used.")
)
REPORTS = (
    Definition(
        ReportEntry(
            "usage-by-item",
            _("Usage by item"),
            _("What was used of every item, and what it cost."),
            Area.MOVEMENTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.COST_VIEW,),
            columns=(*c.WHAT, USED_QTY, A_DAY, USED_VALUE, SHARE),
            filters=(*c.ITEMS, c.BY_LOCATION),
            groups=("category",),
            chart=ChartSpec(ChartKind.BAR, "name", ("value",)),
            drill=DrillSpec(DrillKind.REPORT, report="usage-log", filters=(("item", "item_id"),)),
        ),
        by_item,
    ),
    Definition(
        _entry(
            "usage-by-category",
            (_("Usage by category"), _("What was used, by category.")),
            (c.CATEGORY, c.col("items", _("Items used"), "number"), USED_VALUE, SHARE),
            ChartSpec(ChartKind.SHARE, "category", ("value",)),
            DrillSpec(DrillKind.REPORT, report="usage-by-item", filters=(("category", "category_id"),)),
        ),
        by_category,
    ),
    Definition(
        _entry(
            "usage-by-department",
            (_("Usage by department"), _("What was used, by the department it was issued to.")),
            (
                c.col("department", _("Department"), about=_("What the issue was written for.")),
                c.ENTRIES,
                USED_VALUE,
                SHARE,
            ),
            ChartSpec(ChartKind.SHARE, "department", ("value",)),
            None,
        ),
        by_department,
    ),
    Definition(
        _entry(
            "usage-by-day",
            (_("Usage by day"), _("What was used on each business day.")),
            (c.col("day", _("Day"), "date"), c.col("weekday", _("Day of the week")), c.ENTRIES, USED_VALUE),
            ChartSpec(ChartKind.LINE, "day", ("value",)),
            None,
        ),
        by_day,
    ),
    Definition(
        _entry(
            "usage-by-weekday",
            (_("Usage by day of the week"), _("On which days of the week most is used.")),
            (
                c.col("weekday", _("Day of the week")),
                c.col("days", _("Days"), "number", _("Such days on which something was used.")),
                USED_VALUE,
                c.money_of(MEAN),
            ),
            ChartSpec(ChartKind.LINE, "weekday", ("mean",)),
            None,
        ),
        by_weekday,
    ),
)
