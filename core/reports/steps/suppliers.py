"""What is owed to suppliers, and how they did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from core import purchasing
from core.clock import business_day
from core.documents import Cell, Column, Sheet
from core.i18n import Text, _
from core.purchasing import Due, PayableFilter, PayableRow, ScoreRow, Spread
from core.reports.rules import Span
from core.reports.steps import columns as c
from core.reports.steps.stock_lists import decimal_text, moment_facts, notation_of, period_facts
from core.reports.types import (
    Area,
    ChartKind,
    ChartSpec,
    DrillKind,
    DrillSpec,
    FilterKind,
    Reading,
    Report,
    ReportColumn,
    ReportEntry,
    ReportFilter,
    SpanKind,
)
from core.uow import UnitOfWork
from core.words import word
from db.enums import Permission

AGES: dict[Due, Text] = {
    Due.NOT_DUE: _("Not due yet"),
    Due.TO_30: _("1 to 30 days late"),
    Due.TO_60: _("31 to 60 days late"),
    Due.TO_90: _("61 to 90 days late"),
    Due.OVER_90: _("Over 90 days late"),
}
_SUPPLIER = Column("supplier", _("Supplier"))
PAYABLES = ReportEntry(
    "payables",
    _("Payables"),
    _("What is owed to suppliers, when it is due, how old it is."),
    Area.MONEY,
    SpanKind.MOMENT,
    permissions=(Permission.COST_VIEW,),
    columns=(
        c.SUPPLIER,
        c.col("number", _("Invoice")),
        c.col("own_number", _("Our number")),
        c.col("invoiced_on", _("Invoice date"), "date"),
        c.col("due_on", _("Due date"), "date"),
        c.col("age", _("Age of the debt"), about=_("Days between the due date and the day of the report.")),
        c.col("state", _("State")),
        c.col("currency", _("Currency")),
        c.alone(
            c.col(
                "open", _("Still open"), "money", _("The invoice's total with tax less what was paid, in its currency.")
            )
        ),
        c.col("open_site", _("In the site's currency"), "money", _("Still open at the invoice's rate.")),
    ),
    filters=(
        c.BY_SUPPLIER,
        ReportFilter(
            "age_code", _("Age of the debt"), FilterKind.CHOICE, tuple((str(due), title) for due, title in AGES.items())
        ),
        c.BY_TEXT,
    ),
    groups=("supplier", "age", "currency", "due_on"),
    chart=ChartSpec(ChartKind.BAR, "age", ("open_site",)),
    drill=DrillSpec(DrillKind.INVOICE, "invoice_id"),
)
SCORECARD = ReportEntry(
    "supplier-scorecard",
    _("Supplier scorecards"),
    _("How punctual, complete, good, dear and fast suppliers were."),
    Area.SUPPLIERS,
    SpanKind.PERIOD,
    starts_with_month=True,
    permissions=(Permission.PURCHASE_VIEW,),
    columns=(
        c.SUPPLIER,
        c.col("orders", _("Orders"), "number"),
        c.col("lines", _("Lines"), "number"),
        c.money("ordered", _("Ordered, without tax")),
        *(
            ReportColumn(
                key,
                title,
                "number" if key in ("price_index", "lead_days") else "percent",
                about=purchasing.DEFINITIONS.get(key),
            )
            for key, title in purchasing.FIGURES
        ),
        c.col("overdue", _("Overdue"), "number"),
        c.col("claims", _("Open claims"), "number"),
        c.money("claimed", _("Still claimed")),
    ),
    filters=(c.BY_SUPPLIER,),
    chart=ChartSpec(ChartKind.BAR, "supplier", ("on_time_first",)),
    drill=DrillSpec(DrillKind.SUPPLIER, "supplier_id"),
)


def payables(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """What is owed at a moment, the oldest debt first."""
    uow.require(Permission.COST_VIEW)
    filters = PayableFilter() if span.end is None else PayableFilter(on=_day(uow, span))
    rows = purchasing.list_payables(uow, filters=filters)
    columns = (
        _SUPPLIER,
        Column("number", _("Invoice")),
        Column("own_number", _("Our number")),
        Column("invoiced_on", _("Invoice date"), "date"),
        Column("due_on", _("Due date"), "date"),
        Column("age", _("Age of the debt")),
        Column("state", _("State")),
        Column("currency", _("Currency")),
        Column("open", _("Still open"), "money"),
        Column("open_site", _("In the site's currency"), "money"),
    )
    cells = (
        (
            row.supplier.render("en" if reading.language == "en" else "zh"),
            row.number,
            row.own_number,
            row.invoiced_on,
            row.due_on,
            AGES[row.age],
            word(row.state),
            row.currency,
            row.open,
            row.open_site,
        )
        for row in rows
    )
    total = sum((row.open_site for row in rows), Decimal(0))
    totals: tuple[Cell, ...] = (_("Total"), *[""] * 8, total)
    sheet = Sheet(PAYABLES.title, columns, cells, moment_facts(uow, span), totals, notation_of(uow))
    return Report(PAYABLES, sheet, _plain_payables(rows), is_wide=True)


def _plain_payables(rows: list[PayableRow]) -> Iterator[Mapping[str, object]]:
    for row in rows:
        yield {
            "supplier": row.supplier.zh,
            "number": row.number,
            "own_number": row.own_number,
            "kind": str(row.kind),
            "state": str(row.state),
            "invoiced_on": row.invoiced_on.isoformat(),
            "due_on": row.due_on.isoformat(),
            "age": str(row.age),
            "days_late": row.days_late,
            "currency": row.currency,
            "gross": decimal_text(row.gross),
            "paid": decimal_text(row.paid),
            "open": decimal_text(row.open),
            "open_site": decimal_text(row.open_site),
        }


def scorecard(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """The scorecards of a period."""
    uow.require(Permission.PURCHASE_VIEW)
    end = _day(uow, span)
    start = end if span.start is None else business_day(span.start, uow.site.zone, uow.site.day_start_hour)
    rows = purchasing.list_scorecards(uow, start=start, end=end)
    columns = (
        _SUPPLIER,
        Column("orders", _("Orders"), "number"),
        Column("lines", _("Lines"), "number"),
        Column("ordered", _("Ordered, without tax"), "money"),
        *(Column(key, title, "text", None, "right") for key, title in purchasing.FIGURES),
        Column("overdue", _("Overdue"), "number"),
        Column("claims", _("Open claims"), "number"),
        Column("claimed", _("Still claimed"), "money"),
    )
    cells = (
        (
            row.supplier.render("en" if reading.language == "en" else "zh"),
            row.orders,
            row.lines,
            row.ordered,
            *purchasing.figures_of(row.card),
            row.overdue,
            row.claims,
            row.claimed,
        )
        for row in rows
    )
    sheet = Sheet(SCORECARD.title, columns, cells, period_facts(uow, span), notation=notation_of(uow))
    language = "en" if reading.language == "en" else "zh"
    paper = None
    if reading.form == "pdf":
        paper = purchasing.get_scorecards_paper(uow, start=start, end=end, language=language)
    return Report(SCORECARD, sheet, _plain_scores(rows), is_wide=True, paper=paper)


def _plain_scores(rows: list[ScoreRow]) -> Iterator[Mapping[str, object]]:
    for row in rows:
        card = row.card
        shares = {"on_time_first": card.on_time_first, "on_time_last": card.on_time_last, "in_full": card.in_full}
        yield {
            "supplier": row.supplier.zh,
            "orders": row.orders,
            "lines": row.lines,
            "ordered": decimal_text(row.ordered),
            **{key: decimal_text(share.percent) for key, share in {**shares, "rejected": card.rejected}.items()},
            "price_index": decimal_text(card.price_index),
            **_plain_lead(card.lead_days),
            "overdue": row.overdue,
            "claims": row.claims,
            "claimed": decimal_text(row.claimed),
        }


def _plain_lead(spread: Spread | None) -> Mapping[str, object]:
    if spread is None:
        return {"lead_days": None, "lead_deviation": None}
    return {"lead_days": decimal_text(spread.mean), "lead_deviation": decimal_text(spread.deviation)}


def _day(uow: UnitOfWork, span: Span) -> date:
    return business_day(span.end or uow.now, uow.site.zone, uow.site.day_start_hour)
