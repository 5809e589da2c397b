"""Waste: by reason, item, category, place, step of work, week and person. The sum is the waste of the month review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from core.i18n import Text, _
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Columns, Definition
from core.reports.steps.engine.making import QUARTER, Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.selected import Selected
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import WORTH, E, area_of, entries_of, items_of, places_of
from core.reports.steps.stock.ledger import selected
from core.reports.steps.stock_lists import LEDGER
from core.reports.steps.usage.used import used_by
from core.reports.types import Area, ChartKind, ChartSpec, DrillKind, DrillSpec, ReportColumn, ReportEntry, SpanKind
from core.values import from_micro
from db.enums import Permission, WasteStage
from db.enums import PostingKind as K
from db.identity import Person
from db.sql import total
from db.stock import StockPosting, WasteReason

WITHOUT_REASON = _("Without reason")
GROUPS: dict[str, Text] = {
    "planned_use": _("Planned use"),
    "spoilage": _("Spoilage"),
    "service": _("Service"),
    "process": _("Processing"),
    "expiry": _("Expiry"),
    "accident": _("Accident"),
    "supplier": _("From the supplier"),
    "planning": _("Planning"),
    "other": _("Other"),
}
WITHOUT_STAGE = _("Not said")
WASTE_VALUE = c.money("value", _("Waste"), _("What was written off, at cost, less what was taken back."))
WASTE_QTY = c.col("qty", _("Quantity wasted"), "qty", _("What was written off, less what was taken back."))
SHARE = c.share("share", _("Share of waste"), ("value", "whole"), _("The amount as a part of all waste of the period."))
RATE = c.share("rate", _("Waste %"), ("value", "gone"), _("Waste as a part of waste and usage together, both at cost."))
GONE = c.hidden(c.money("gone", _("Usage and waste"), _("What left by use and by waste, at cost.")))


def wasted_by(making: Making, *keys: Any) -> list[tuple[Any, ...]]:
    """Waste added up by some columns: (keys, entries, millionths, minor units)."""
    statement = select(*keys, func.count(), total(-E.qty), total(-WORTH)).where(*entries_of(making, K.WASTE))
    return [tuple(row) for row in making.uow.sql.execute(_with_reason(making, statement).group_by(*keys))]


def _with_reason(making: Making, statement: Any) -> Any:
    chosen = making.asked.chosen("reason")
    return statement.where(E.reason.in_(chosen)) if chosen else statement


def _rows(making: Making, found: list[tuple[Any, ...]], facts: Callable[[Any], Row]) -> list[Row]:
    whole = making.money(sum(int(row[-1]) for row in found))
    rows = [
        {
            **facts(row[0]),
            "entries": int(row[-3]),
            "qty": from_micro(int(row[-2])),
            "value": making.money(row[-1]),
            "whole": whole,
        }
        for row in found
    ]
    return largest_first(rows, "value")


def by_reason(making: Making) -> list[Row]:
    """Waste by reason."""
    names = {
        row[0]: (making.name(row[1], row[2]), row[3])
        for row in making.uow.sql.execute(
            select(WasteReason.code, WasteReason.name, WasteReason.name_en, WasteReason.report_group)
        )
    }

    def facts(code: str) -> Row:
        name, group = names.get(code, (code or WITHOUT_REASON, ""))
        return {"reason": name, "group": GROUPS.get(group, group), "reason_code": code or None, "reason_key": code}

    return _rows(making, wasted_by(making, E.reason), facts)


def by_item(making: Making) -> list[Row]:
    """Waste by item, beside what was used of it."""
    items = items_of(making)
    rows = _rows(making, wasted_by(making, E.item_id), lambda key: items[key])
    used = {row[0]: making.money(row[3]) for row in used_by(making, E.item_id)}
    for row in rows:
        row["gone"] = row["value"] + used.get(row["item_id"], making.money(0))
    return rows


def by_category(making: Making) -> list[Row]:
    """Waste by category, beside usage."""
    items = items_of(making)
    found: dict[Any, Row] = {}
    zero = making.money(0)

    def row_of(item_id: int) -> Row:
        item = items[item_id]
        names = {"category": item["category"], "category_id": item["category_id"]}
        return found.setdefault(item["category_id"], {**names, "value": zero, "gone": zero, "entries": 0})

    for key, entries, _qty, minor in wasted_by(making, E.item_id):
        row = row_of(key)
        row["value"] += making.money(minor)
        row["gone"] += making.money(minor)
        row["entries"] += int(entries)
    for key, _entries, _qty, minor in used_by(making, E.item_id):
        row_of(key)["gone"] += making.money(minor)
    return largest_first((row for row in found.values() if row["entries"]), "value")


def by_place(making: Making) -> list[Row]:
    """Waste by the place goods lay in."""
    places = places_of(making)

    def facts(key: int) -> Row:
        return {**places[key], "area": places[area_of(places, key)]["location_name"]}

    return _rows(making, wasted_by(making, E.location_id), facts)


def by_stage(making: Making) -> list[Row]:
    """Waste by the step of work it happened in."""
    return _rows(
        making,
        wasted_by(making, E.stage),
        lambda code: {"stage": WasteStage(code) if code else WITHOUT_STAGE, "stage_code": code},
    )


def by_person(making: Making) -> list[Row]:
    """Waste by who wrote it off."""
    statement = (
        select(Person.name, func.count(), total(-E.qty), total(-WORTH))
        .join(StockPosting, StockPosting.id == E.posting_id)
        .join(Person, Person.id == StockPosting.person_id)
        .where(*entries_of(making, K.WASTE))
        .group_by(Person.name)
    )
    found = [tuple(row) for row in making.uow.sql.execute(_with_reason(making, statement))]
    return _rows(making, found, lambda name: {"by": name})


def by_week(making: Making) -> list[Row]:
    """Waste and usage by week, Monday first."""
    sums: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0])
    for at, entries, _qty, minor in wasted_by(making, E.at // QUARTER):
        week = sums[_monday(making, at)]
        week[0] += int(entries)
        week[1] += int(minor)
        week[2] += int(minor)
    for at, _entries, _qty, minor in used_by(making, E.at // QUARTER):
        sums[_monday(making, at)][2] += int(minor)
    return [
        {"week": week, "entries": entries, "value": making.money(wasted), "gone": making.money(gone)}
        for week, (entries, wasted, gone) in sorted(sums.items())
    ]


def _monday(making: Making, quarter: Any) -> Any:
    day = making.day_of_quarter(int(quarter))
    return day - timedelta(days=day.weekday())


def log(making: Making, columns: Columns) -> Selected:
    """Every line that was written off."""
    return selected(making, columns, (K.WASTE,))


_LEDGER_COLUMNS = {column.key: column for column in LEDGER.columns}
_LINES = tuple(_LEDGER_COLUMNS[key] for key in ("at", "number", "item", "name", "category", "location", "lot"))
_FILTERS = (c.BY_ITEM, c.BY_CATEGORY, c.BY_LOCATION, c.BY_REASON)


def _entry(
    name: str, titles: tuple[Text, Text], columns: tuple[ReportColumn, ...], chart: ChartSpec, drill: DrillSpec | None
) -> ReportEntry:
    return ReportEntry(
        name, *titles, Area.WASTE, SpanKind.PERIOD, True, (Permission.COST_VIEW,), columns, _FILTERS, (), chart, drill
    )


def _to_log(name: str, field: str) -> DrillSpec:
    return DrillSpec(DrillKind.REPORT, report="waste-log", filters=((name, field),))


REPORTS = (
    Definition(
        ReportEntry(
            "waste-log",
            _("Waste log"),
            _("Every line that was written off: what, why, where, by whom."),
            Area.WASTE,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.STOCK_VIEW,),
            columns=(
                *_LINES,
                c.col("out", _("Quantity"), "qty", _("What was written off; below zero where it was taken back.")),
                c.UNIT,
                c.money("cost", _("Value"), _("What the goods cost.")),
                c.REASON,
                c.col("stage", _("Step of work")),
                c.BY,
                c.col("note", _("Remark")),
            ),
            filters=(*c.ITEMS, c.BY_LOCATION, c.BY_REASON),
            groups=("reason", "item", "category", "location", "by", "stage"),
            chart=ChartSpec(ChartKind.BAR, "reason", ("cost",)),
            drill=DrillSpec(DrillKind.POSTING, "posting_id"),
        ),
        select=log,
    ),
    Definition(
        _entry(
            "waste-by-reason",
            (_("Waste by reason"), _("Why goods were written off, and what it cost.")),
            (c.REASON, c.col("group", _("Group")), c.ENTRIES, WASTE_VALUE, SHARE),
            ChartSpec(ChartKind.SHARE, "reason", ("value",)),
            _to_log("reason", "reason_code"),
        ),
        by_reason,
    ),
    Definition(
        _entry(
            "waste-by-item",
            (_("Waste by item"), _("What was written off of every item, beside what was used of it.")),
            (*c.WHAT, c.ENTRIES, WASTE_QTY, WASTE_VALUE, SHARE, GONE, RATE),
            ChartSpec(ChartKind.BAR, "name", ("value",)),
            _to_log("item", "item_id"),
        ),
        by_item,
    ),
    Definition(
        _entry(
            "waste-by-category",
            (_("Waste by category"), _("Where waste is high, measured by what was used.")),
            (c.CATEGORY, c.ENTRIES, WASTE_VALUE, GONE, RATE),
            ChartSpec(ChartKind.BAR, "category", ("value",)),
            _to_log("category", "category_id"),
        ),
        by_category,
    ),
    Definition(
        _entry(
            "waste-by-location",
            (_("Waste by location"), _("Where the goods lay that were written off.")),
            (c.LOCATION, c.LOCATION_NAME, c.col("area", _("Storage area")), c.ENTRIES, WASTE_VALUE, SHARE),
            ChartSpec(ChartKind.BAR, "location_name", ("value",)),
            _to_log("location", "location_id"),
        ),
        by_place,
    ),
    Definition(
        _entry(
            "waste-by-stage",
            (_("Waste by step of work"), _("At which step goods were lost: receiving, storage, processing, service.")),
            (c.col("stage", _("Step of work")), c.ENTRIES, WASTE_VALUE, SHARE),
            ChartSpec(ChartKind.SHARE, "stage", ("value",)),
            None,
        ),
        by_stage,
    ),
    Definition(
        _entry(
            "waste-by-person",
            (_("Waste by person"), _("Who wrote goods off, and for how much.")),
            (c.BY, c.ENTRIES, WASTE_VALUE, SHARE),
            ChartSpec(ChartKind.BAR, "by", ("value",)),
            None,
        ),
        by_person,
    ),
    Definition(
        _entry(
            "waste-by-week",
            (_("Waste by week"), _("How waste develops, in money and measured by usage.")),
            (c.col("week", _("Week from"), "date"), c.ENTRIES, WASTE_VALUE, GONE, RATE),
            ChartSpec(ChartKind.LINE, "week", ("value",)),
            None,
        ),
        by_week,
    ),
)
