"""Checks of counts: what was not counted in the month, and counts that are not booked."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import and_, case, func, select

from core.costing.steps.checks.frame import Found, Look
from core.costing.types.checks import CheckKind, CheckLevel, CheckLine, CheckRecord
from core.i18n import Text, _, _n
from db.columns import micros
from db.counting import StockCount, StockCountLine
from db.enums import CountState, LocationKind
from db.stock import StockEntry

E = StockEntry
UNDER_WAY = (CountState.COUNTING, CountState.TO_RESOLVE, CountState.TO_APPROVE)


def counts_missing(look: Look) -> Found:
    """Stock that nobody counted in the month, by place."""
    counted = {
        (row[0], row[1])
        for row in look.uow.sql.execute(
            select(E.item_id, E.location_id)
            .distinct()
            .where(E.counted_qty.is_not(None), E.at >= micros(look.start), E.at <= micros(look.end))
        )
    }
    transit = {key for key, place in look.places.items() if place.kind == LocationKind.TRANSIT}
    there: dict[tuple[int, int], int] = defaultdict(int)
    for (item_id, location_id, _lot), qty in look.held.items():
        if location_id not in transit:
            there[item_id, location_id] += qty
    items: dict[int, int] = defaultdict(int)
    missing: dict[int, int] = defaultdict(int)
    worth: dict[int, int] = defaultdict(int)
    for place, qty in there.items():
        location_id = place[1]
        items[location_id] += 1
        if place not in counted:
            missing[location_id] += 1
            worth[location_id] += look.worth(place[0], qty)
    lines = [(worth[key], _place_line(look, key, number, items[key])) for key, number in missing.items()]
    if not lines:
        return Found(CheckKind.COUNTS_MISSING, CheckLevel.GOOD, _("All stock was counted in the month."))
    words = _n(
        "Stock of {n} place was not counted in the month. Count it, or close with what the book says.",
        "Stock of {n} places was not counted in the month. Count it, or close with what the book says.",
        len(lines),
    )
    return Found(CheckKind.COUNTS_MISSING, CheckLevel.LOOK, words, lines)


def _place_line(look: Look, location_id: int, missing: int, items: int) -> CheckLine:
    place = look.places[location_id]
    note = _("{missing} of {items} items not counted", missing=missing, items=items)
    return CheckLine(
        CheckRecord.LOCATION, location_id, place.code, place.name, place.name_en, note=note, location_id=location_id
    )


def counts_open(look: Look) -> Found:
    """Counts that are not booked. One with figures of the month keeps it open: booked later, they would stand in it."""
    count, line = StockCount, StockCountLine
    of_month = and_(line.counted_qty.is_not(None), line.counted_at <= look.end)
    rows = look.uow.sql.execute(
        select(count.id, count.number, count.title, count.created_at, func.sum(case((of_month, 1), else_=0)))
        .outerjoin(line, line.count_id == count.id)
        .where(count.state.in_(UNDER_WAY), count.created_at <= look.end)
        .group_by(count.id, count.number, count.title, count.created_at)
        .order_by(count.id)
    ).all()
    if not rows:
        return Found(CheckKind.COUNTS_OPEN, CheckLevel.GOOD, _("All counts are booked."))
    lines = [
        (None, CheckLine(CheckRecord.COUNT, row[0], row[1], row[2], day=look.day_of(row[3]), note=_figures(int(row[4] or 0))))
        for row in rows
    ]  # fmt: skip
    words = _n(
        "{n} count is not booked. Book or cancel it: after closing, its figures of the month cannot be booked any more.",
        "{n} counts are not booked. Book or cancel them: after closing, their figures of the month cannot be booked any more.",
        len(lines),
    )
    holds = not look.is_running and any(row[4] for row in rows)
    return Found(CheckKind.COUNTS_OPEN, CheckLevel.BLOCK if holds else CheckLevel.LOOK, words, lines)


def _figures(number: int) -> Text:
    return _n("{n} figure entered", "{n} figures entered", number)
