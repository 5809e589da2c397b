"""The month review: opening + receipts - closing = usage, by item and category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core import costing
from core.clock import business_day
from core.costing import ReviewRow
from core.documents import Cell, Column, Sheet
from core.errors import InvalidInput
from core.i18n import Text, _
from core.reports.rules import Span
from core.reports.steps import columns as c
from core.reports.steps.stock_lists import decimal_text, notation_of, period_facts
from core.reports.types import (
    Area,
    DrillKind,
    DrillSpec,
    Reading,
    Report,
    ReportEntry,
    SpanKind,
)
from core.uow import UnitOfWork
from db.enums import Permission

TITLES: Mapping[str, Text] = {key: costing.TITLES[key] for key in costing.COLUMNS}
ABOUT: Mapping[str, Text] = {
    "opening": _("What was there when the period began."),
    "receipts": _("What came from suppliers, with landed cost; returns to suppliers stand in other out."),
    "usage": _("What was issued, and the cost of goods that were used before they came."),
    "waste": _("What was written off with a reason."),
    "adjustments": _("Count differences, corrections and revaluations."),
    "closing": _("What was there when the period ended."),
}
_FIGURES = tuple(
    column
    for key, title in TITLES.items()
    for column in (
        c.hidden(c.col(f"{key}_qty", _("{column}: quantity", column=title), "qty", ABOUT.get(key))),
        c.col(f"{key}_value", _("{column}: value", column=title), "money", ABOUT.get(key)),
    )
)
REVIEW = ReportEntry(
    "month-review",
    _("Month review"),
    _("Opening + receipts - closing = usage, by item and category, for any period."),
    Area.MONTH,
    SpanKind.PERIOD,
    starts_with_month=True,
    permissions=(Permission.COST_VIEW,),
    columns=(*c.WHAT, *_FIGURES),
    filters=c.ITEMS,
    groups=("category",),
    drill=DrillSpec(DrillKind.ITEM, "item_id"),
    notes=(_("Opening + purchases + other in - usage - waste + counts and adjustments - other out = closing."),),
)


def review(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """What a period cost, line by line."""
    uow.require(Permission.COST_VIEW)
    if span.start is None:
        raise InvalidInput(_("A review needs the day it starts with."), field="--from")
    found = costing.get_review(uow, start=span.start, end=span.end or uow.now)
    columns = [
        Column("item", _("Item code")),
        Column("name", _("Name")),
        Column("category", _("Category")),
        Column("unit", _("Unit")),
    ]
    for key, title in TITLES.items():
        columns += [
            Column(f"{key}_qty", _("{column}: quantity", column=title), "qty"),
            Column(f"{key}_value", _("{column}: value", column=title), "money"),
        ]
    lines = [*_lines(found.items, reading.language), *_lines(found.categories, reading.language)]
    totals = _cells(found.total, _("Total"))
    sheet = Sheet(REVIEW.title, tuple(columns), lines, period_facts(uow, span), totals, notation_of(uow))
    report = Report(REVIEW, sheet, _plain(found.items, found.categories), is_wide=True)
    days = _whole_days(uow, span)
    if days is None:
        return report
    if reading.form == "pdf":
        return replace(report, paper=costing.get_review_paper(uow, days=days, language=reading.language))
    if reading.form == "xlsx":
        return replace(report, book=tuple(costing.list_review_sheets(uow, days=days, language=reading.language)))
    return report


def _whole_days(uow: UnitOfWork, span: Span) -> costing.Days | None:
    """The business days of a span; None when it begins or ends within one."""
    if span.start is None:
        return None
    zone, hour = uow.site.zone, uow.site.day_start_hour
    days = costing.Days(business_day(span.start, zone, hour), business_day(span.end or uow.now, zone, hour))
    start, end = costing.period_moments(days, zone, hour)
    return days if start == span.start and span.end in (None, end) else None


def _lines(rows: Sequence[ReviewRow], language: str) -> list[tuple[Cell, ...]]:
    return [_cells(row, row.title(language)) for row in rows]


def _cells(row: ReviewRow, name: str | Text) -> tuple[Cell, ...]:
    figures: list[Cell] = []
    for key in TITLES:
        figures += [row.qty(key), row.value(key)]
    return (row.code, name, row.category, row.unit, *figures)


def _plain(items: Sequence[ReviewRow], categories: Sequence[ReviewRow]) -> Iterator[Mapping[str, object]]:
    for level, rows in (("item", items), ("category", categories)):
        for row in rows:
            yield {"level": level, "item": row.code, "category": row.category, "unit": row.unit, **_figures(row)}


def _figures(row: ReviewRow) -> dict[str, object]:
    figures: dict[str, object] = {}
    for key in TITLES:
        qty, value = decimal_text(row.qty(key)), decimal_text(row.value(key))
        figures[key] = {"qty": qty, "value": value}
        figures[f"{key}_qty"], figures[f"{key}_value"] = qty, value
    return figures
