"""What moved: by kind, by day, by person; transfers, what was taken back, and what was dated back."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import BigInteger, case, func, select, type_coerce
from sqlalchemy.orm import aliased

from core import costing
from core.i18n import _
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Columns, Definition
from core.reports.steps.engine.making import QUARTER, Making
from core.reports.steps.engine.order import largest_first
from core.reports.steps.engine.selected import Reading, Selected
from core.reports.steps.engine.sources import Row
from core.reports.steps.facts import E, entries_of
from core.reports.steps.stock.ledger import selected
from core.reports.steps.stock_lists import LEDGER
from core.reports.types import Area, ChartKind, ChartSpec, DrillKind, DrillSpec, ReportEntry, Sort, SpanKind
from db.enums import Permission
from db.enums import PostingKind as K
from db.identity import Person
from db.sql import total
from db.stock import StockPosting

P = StockPosting
HOUR = 3600 * 1_000_000
COLUMNS_BY_DAY = ("receipts", "usage", "waste", "adjustments")


def by_kind(making: Making) -> list[Row]:
    """Entries by kind: what came in and what went out."""
    came = case((E.value > 0, E.value), else_=0)
    went = case((E.value < 0, -E.value), else_=0)
    rows = making.uow.sql.execute(
        select(E.kind, func.count(), total(case((E.is_reversal, 1), else_=0)), total(came), total(went))
        .where(*entries_of(making))
        .group_by(E.kind)
    )
    return [
        {
            "kind": K(kind),
            "entries": int(entries),
            "reversals": int(reversals),
            "in": making.money(came_in),
            "out": making.money(went_out),
            "net": making.money(int(came_in) - int(went_out)),
        }
        for kind, entries, reversals, came_in, went_out in rows
    ]


def by_day(making: Making) -> list[Row]:
    """What came, was used, wasted and found different on each business day."""
    quarter = E.at // QUARTER
    rows = making.uow.sql.execute(
        select(quarter, E.kind, total(E.value), total(E.settled)).where(*entries_of(making)).group_by(quarter, E.kind)
    )
    days: dict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*COLUMNS_BY_DAY, "change"), 0))
    for at, kind, value, settled in rows:
        day = days[making.day_of_quarter(int(at))]
        day["change"] += int(value)
        for column in COLUMNS_BY_DAY:
            day[column] += costing.contribution(column, K(kind), int(value), int(settled))
    return [
        {"day": day, **{key: making.money(minor) for key, minor in sums.items()}} for day, sums in sorted(days.items())
    ]


def by_person(making: Making) -> list[Row]:
    """How much each person posted and took back."""
    rows = making.uow.sql.execute(
        select(P.person_id, Person.name, P.kind, func.count())
        .join(Person, Person.id == P.person_id)
        .where(*_postings(making))
        .group_by(P.person_id, Person.name, P.kind)
    )
    found: dict[int, Row] = {}
    for person_id, name, kind, count in rows:
        one = found.setdefault(person_id, {"by": name, "postings": 0, "reversals": 0, "wastes": 0, "receipts": 0})
        one["postings"] += int(count)
        key = {K.REVERSAL: "reversals", K.WASTE: "wastes", K.RECEIPT: "receipts"}.get(K(kind))
        if key is not None:
            one[key] += int(count)
    return largest_first(found.values(), "postings")


def _postings(making: Making) -> list[Any]:
    found: list[Any] = [P.at <= making.end]
    if making.span.start is not None:
        found.append(P.at >= making.span.start)
    return found


def reversals(making: Making, columns: Columns) -> Selected:
    """What was taken back: which posting, when it was made and when it was taken back."""
    undone, first = aliased(P), aliased(Person)
    statement: Any = (
        select(
            P.id.label("posting_id"), P.at, P.number, Person.name.label("by"), undone.number.label("of"),
            undone.kind, undone.at.label("made_at"), first.name.label("made_by"), P.note, P.document,
        )
        .join(undone, undone.id == P.ref_id)
        .outerjoin(Person, Person.id == P.person_id)
        .outerjoin(first, first.id == undone.person_id)
        .where(P.kind == K.REVERSAL, *_postings(making))
    )  # fmt: skip
    return Selected(making, statement, columns, (Sort("at"), Sort("posting_id")), Reading({"kind": K}))


def back_dated(making: Making, columns: Columns) -> Selected:
    """Postings dated more than a day before they were made."""
    days = making.number("days", 1)
    statement = (
        select(
            P.id.label("posting_id"), P.at, P.posted_at, P.number, P.kind, Person.name.label("by"), P.document, P.note,
            ((_micros(P.posted_at) - _micros(P.at)) // (24 * HOUR)).label("days_late"),
        )
        .outerjoin(Person, Person.id == P.person_id)
        .where(_micros(P.posted_at) - _micros(P.at) > days * 24 * HOUR, P.kind != K.OPENING, *_postings(making))
    )  # fmt: skip
    return Selected(making, statement, columns, (Sort("at"), Sort("posting_id")), Reading({"kind": K}))


def _micros(column: Any) -> Any:
    return type_coerce(column, BigInteger)


def transfers(making: Making, columns: Columns) -> Selected:
    """Every line that went from one place to another."""
    return selected(making, columns, (K.TRANSFER,))


def usage_log(making: Making, columns: Columns) -> Selected:
    """Every issue."""
    return selected(making, columns, (K.ISSUE,))


KIND = c.col("kind", _("Type"))
_LEDGER_COLUMNS = {column.key: column for column in LEDGER.columns}
_LINES = tuple(_LEDGER_COLUMNS[key] for key in ("at", "number", "item", "name", "category", "location", "lot"))
DEPARTMENT = c.col("purpose", _("Department"))
REPORTS = (
    Definition(
        ReportEntry(
            "usage-log",
            _("Issues"),
            _("Every line that was issued: what, when, for whom, by whom."),
            Area.MOVEMENTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.STOCK_VIEW,),
            columns=(
                *_LINES,
                c.col("out", _("Quantity"), "qty", _("What was issued; below zero where an issue was taken back.")),
                c.UNIT,
                c.money("cost", _("Value"), _("What the issued goods cost.")),
                DEPARTMENT,
                c.BY,
                c.col("note", _("Remark")),
            ),
            filters=(*c.ITEMS, c.BY_LOCATION),
            groups=("item", "category", "purpose", "location", "by"),
            chart=ChartSpec(ChartKind.BAR, "purpose", ("cost",)),
            drill=DrillSpec(DrillKind.POSTING, "posting_id"),
        ),
        select=usage_log,
    ),
    Definition(
        ReportEntry(
            "movements-by-kind",
            _("Movements by type"),
            _("How much came in and went out, by type of movement."),
            Area.MOVEMENTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.COST_VIEW,),
            columns=(
                KIND,
                c.ENTRIES,
                c.col("reversals", _("Taken back"), "number", _("Entries that take an earlier one back.")),
                c.money("in", _("In"), _("Value of the entries that raised the stock.")),
                c.money("out", _("Out"), _("Value of the entries that lowered the stock.")),
                c.money(
                    "net", _("Change of stock value"), _("In less out; over all entries ever it is the stock value.")
                ),
            ),
            filters=(c.BY_ITEM, c.BY_CATEGORY, c.BY_LOCATION),
            chart=ChartSpec(ChartKind.BAR, "kind", ("in", "out")),
            drill=DrillSpec(DrillKind.REPORT, report="stock-ledger", filters=(("kind", "kind"),)),
        ),
        by_kind,
    ),
    Definition(
        ReportEntry(
            "movements-by-day",
            _("Movements by day"),
            _("What came, was used, wasted and found different on each business day."),
            Area.MOVEMENTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.COST_VIEW,),
            columns=(
                c.col("day", _("Day"), "date"),
                *(c.money(key, costing.TITLES[key]) for key in COLUMNS_BY_DAY),
                c.money("change", _("Change of stock value"), _("All entries of the day added up.")),
            ),
            filters=(c.BY_ITEM, c.BY_CATEGORY, c.BY_LOCATION),
            chart=ChartSpec(ChartKind.LINE, "day", COLUMNS_BY_DAY[:3]),
        ),
        by_day,
    ),
    Definition(
        ReportEntry(
            "transfers",
            _("Transfers"),
            _("What went from one place to another."),
            Area.MOVEMENTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.STOCK_VIEW,),
            columns=(*_LINES, c.QTY, c.UNIT, c.col("purpose", _("For")), c.BY, c.col("note", _("Remark"))),
            filters=(*c.ITEMS, c.BY_LOCATION),
            groups=("location", "item", "category", "by"),
            drill=DrillSpec(DrillKind.POSTING, "posting_id"),
        ),
        select=transfers,
    ),
    Definition(
        ReportEntry(
            "postings-by-person",
            _("Postings by person"),
            _("How much each person posted and took back."),
            Area.MOVEMENTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.STOCK_VIEW,),
            columns=(
                c.BY,
                c.col("postings", _("Postings"), "number"),
                c.col("receipts", _("Receipts"), "number"),
                c.col("wastes", _("Waste postings"), "number"),
                c.col(
                    "reversals",
                    _("Taken back"),
                    "number",
                    _("Postings that take an earlier one back, whoever made it."),
                ),
                c.share(
                    "rate", _("Taken back %"), ("reversals", "postings"), _("Postings that take back, of all postings.")
                ),
            ),
            chart=ChartSpec(ChartKind.BAR, "by", ("postings",)),
        ),
        by_person,
    ),
    Definition(
        ReportEntry(
            "reversals",
            _("Postings taken back"),
            _("What was taken back, by whom, and how long after."),
            Area.MOVEMENTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.STOCK_VIEW,),
            columns=(
                c.AT,
                c.NUMBER,
                KIND,
                c.col("of", _("Takes back")),
                c.col("made_at", _("Posted on"), "instant"),
                c.col("made_by", _("Posted by")),
                c.BY,
                c.col("note", _("Remark")),
            ),
            filters=(c.BY_TEXT,),
            groups=("kind", "by"),
            drill=DrillSpec(DrillKind.POSTING, "posting_id"),
        ),
        select=reversals,
    ),
    Definition(
        ReportEntry(
            "back-dated",
            _("Back-dated postings"),
            _("Postings that were made long after the day they are dated."),
            Area.MOVEMENTS,
            SpanKind.PERIOD,
            starts_with_month=True,
            permissions=(Permission.STOCK_VIEW,),
            columns=(
                c.AT,
                c.col("posted_at", _("Posted on"), "instant"),
                c.alone(
                    c.col(
                        "days_late",
                        _("Days"),
                        "number",
                        _("Whole days between the date of the posting and its making."),
                    )
                ),
                c.NUMBER,
                KIND,
                c.BY,
                c.col("document", _("Document")),
                c.col("note", _("Remark")),
            ),
            filters=(c.days_filter(_("Later than so many days"), 1), c.BY_TEXT),
            groups=("kind", "by"),
            drill=DrillSpec(DrillKind.POSTING, "posting_id"),
        ),
        select=back_dated,
    ),
)
