"""Stock on hand, stock value and the stock ledger."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from core import stock
from core.documents import Column, Fact, Notation, Sheet
from core.i18n import _
from core.reports.rules import Span
from core.reports.steps import columns as c
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
from db.enums import Permission, PostingKind

ON_HAND = ReportEntry(
    "stock-on-hand",
    _("Stock on hand"),
    _("What is where, by item, location and lot."),
    Area.STOCK,
    SpanKind.MOMENT,
    permissions=(Permission.STOCK_VIEW,),
    columns=(
        c.ITEM,
        c.NAME,
        c.LOCATION,
        c.LOCATION_NAME,
        c.LOT,
        c.col("expires_on", _("Expiry date"), "date"),
        c.QTY,
        c.UNIT,
        c.hidden(c.CATEGORY),
    ),
    filters=(*c.ITEMS, c.BY_LOCATION),
    groups=("item", "category", "location"),
    drill=DrillSpec(DrillKind.ITEM, "item_id"),
)
VALUE = ReportEntry(
    "stock-value",
    _("Stock value"),
    _("What the stock of each item is worth."),
    Area.STOCK,
    SpanKind.MOMENT,
    permissions=(Permission.COST_VIEW,),
    columns=(
        c.ITEM,
        c.NAME,
        c.CATEGORY,
        c.QTY,
        c.UNIT,
        c.col("unit_cost", _("Unit cost"), "cost", _("The value by the quantity, in the item's base unit.")),
        c.costly(c.col("value", _("Value"), "money", c.STOCK_VALUE.about)),
        c.col("method", _("Cost method")),
    ),
    filters=c.ITEMS,
    groups=("category", "method"),
    chart=ChartSpec(ChartKind.SHARE, "category", ("value",)),
    drill=DrillSpec(DrillKind.ITEM, "item_id"),
)
LEDGER = ReportEntry(
    "stock-ledger",
    _("Stock ledger"),
    _("Every entry of a period: what, where, how much, by whom."),
    Area.MOVEMENTS,
    SpanKind.PERIOD,
    permissions=(Permission.STOCK_VIEW,),
    columns=(
        c.AT,
        c.NUMBER,
        c.col("kind", _("Type")),
        c.ITEM,
        c.NAME,
        c.LOCATION,
        c.LOT,
        c.QTY,
        c.UNIT,
        c.VALUE,
        c.money(
            "settled",
            _("Settled"),
            _("What the goods cost more or less than was taken when they left before they came."),
        ),
        c.money("variance", _("Cost variance"), _("What goods cost more or less than their standard cost.")),
        c.col("document", _("Document")),
        c.BY,
        c.col("note", _("Remark")),
        c.hidden(c.CATEGORY),
        c.hidden(c.SUPPLIER),
        c.hidden(c.REASON),
        c.hidden(c.col("purpose", _("Department"))),
        ReportColumn("reversal", _("Reversal"), is_usual=False, can_sort=False),
    ),
    filters=(
        *c.ITEMS,
        c.BY_LOCATION,
        c.BY_SUPPLIER,
        ReportFilter("kind", _("Type"), FilterKind.CHOICE, tuple((str(kind), word(kind)) for kind in PostingKind)),
        c.BY_REASON,
    ),
    groups=("kind", "item", "category", "location", "by"),
    chart=ChartSpec(ChartKind.BAR, "kind", ("value",)),
    drill=DrillSpec(DrillKind.POSTING, "posting_id"),
)
_ITEM = Column("item", _("Item code"))
_NAME = Column("name", _("Name"))
_UNIT = Column("unit", _("Unit"))
_LOCATION = Column("location", _("Location"))
_LOT = Column("lot", _("Lot"))


def on_hand(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """What is where at a moment."""
    uow.require(Permission.STOCK_VIEW)
    rows = stock.list_on_hand(uow, as_of=span.end)
    columns = (
        _ITEM,
        _NAME,
        _LOCATION,
        Column("location_name", _("Name of the location")),
        _LOT,
        Column("expires_on", _("Expiry date"), "date"),
        Column("qty", _("Quantity"), "qty"),
        _UNIT,
    )
    cells = (
        (
            row.item_code,
            _title(row.item_name, row.item_name_en, reading.language),
            row.location_code,
            _title(row.location_name, row.location_name_en, reading.language),
            row.lot,
            row.expires_on,
            row.qty,
            row.unit,
        )
        for row in rows
    )
    plain = (
        {
            "item": row.item_code,
            "location": row.location_code,
            "lot": row.lot,
            "qty": decimal_text(row.qty),
            "unit": row.unit,
        }
        for row in rows
    )
    return Report(
        ON_HAND, Sheet(ON_HAND.title, columns, cells, moment_facts(uow, span), notation=notation_of(uow)), plain
    )


def value(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """What the stock is worth at a moment."""
    uow.require(Permission.COST_VIEW)
    rows = stock.list_values(uow, as_of=span.end)
    columns = (
        _ITEM,
        _NAME,
        Column("category", _("Category")),
        Column("qty", _("Quantity"), "qty"),
        _UNIT,
        Column("unit_cost", _("Unit cost"), "cost"),
        Column("value", _("Value"), "money"),
        Column("method", _("Cost method")),
    )
    cells = (
        (
            row.item_code,
            _title(row.item_name, row.item_name_en, reading.language),
            row.category,
            row.qty,
            row.unit,
            row.unit_cost,
            row.value,
            word(row.method),
        )
        for row in rows
    )
    plain = (
        {
            "item": row.item_code,
            "qty": decimal_text(row.qty),
            "value": decimal_text(row.value),
            "unit_cost": decimal_text(row.unit_cost or Decimal(0)),
            "unit": row.unit,
        }
        for row in rows
    )
    total = sum((row.value for row in rows), Decimal(0))
    totals = (_("Total"), "", "", None, "", None, total, "")
    sheet = Sheet(VALUE.title, columns, cells, moment_facts(uow, span), totals, notation_of(uow))
    return Report(VALUE, sheet, plain)


def decimal_text(number: Decimal | None) -> str | None:
    """A number for programs: a decimal string without exponent; None stays None."""
    return None if number is None else f"{number:f}"


def notation_of(uow: UnitOfWork) -> Notation:
    """How the site writes money and time."""
    return Notation(uow.site.currency, uow.site.digits, uow.site.zone)


def moment_facts(uow: UnitOfWork, span: Span) -> tuple[Fact, ...]:
    """The head of a list about one moment."""
    return (Fact(_("As of"), _shown_end(uow, span), "instant"), _made(uow))


def period_facts(uow: UnitOfWork, span: Span) -> tuple[Fact, ...]:
    """The head of a list about a period."""
    return (
        Fact(_("Period from"), span.start, "instant"),
        Fact(_("Period to"), _shown_end(uow, span), "instant"),
        _made(uow),
    )


def _shown_end(uow: UnitOfWork, span: Span) -> datetime:
    return uow.now if span.end is None else span.end


def _made(uow: UnitOfWork) -> Fact:
    return Fact(_("Made on"), uow.now, "instant")


def _title(name: str, name_en: str, language: str) -> str:
    return (name_en or name) if language == "en" else name
