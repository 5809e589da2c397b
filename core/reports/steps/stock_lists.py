"""Stock on hand, stock value and the stock ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core import stock
from core.documents import Column, Fact, Notation, Sheet
from core.i18n import Text, _
from core.reports.rules import Span
from core.reports.types import Reading, Report, ReportEntry
from core.uow import UnitOfWork
from core.words import word
from db.enums import Permission, PostingKind

ON_HAND = ReportEntry("stock-on-hand", _("Stock on hand"), _("What is where, by item, location and lot."), False)
VALUE = ReportEntry("stock-value", _("Stock value"), _("What the stock of each item is worth."), False)
LEDGER = ReportEntry(
    "stock-ledger", _("Stock ledger"), _("Every entry of a period: what, where, how much, by whom."), True
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


def ledger(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """The entries of a period."""
    uow.require(Permission.STOCK_VIEW)
    rows = stock.list_ledger(uow, wanted=stock.LedgerFilter(start=span.start, end=span.end))
    columns = (
        Column("at", _("Date and time"), "instant"),
        Column("number", _("Number")),
        Column("type", _("Type")),
        _ITEM,
        _NAME,
        _LOCATION,
        _LOT,
        Column("qty", _("Quantity"), "qty"),
        _UNIT,
        Column("value", _("Value"), "money"),
        Column("settled", _("Settled"), "money"),
        Column("variance", _("Cost variance"), "money"),
        Column("document", _("Document")),
        Column("by", _("Handled by")),
        Column("note", _("Remark")),
    )
    cells = (
        (
            row.at,
            row.number,
            type_of(row),
            row.item_code,
            _title(row.item_name, row.item_name_en, reading.language),
            row.location_code,
            row.lot,
            row.qty,
            row.unit,
            row.value,
            row.settled,
            row.variance,
            row.document,
            row.by,
            row.note,
        )
        for row in rows
    )
    sheet = Sheet(LEDGER.title, columns, cells, period_facts(uow, span), notation=notation_of(uow))
    return Report(LEDGER, sheet, _plain_ledger(uow, rows), is_wide=True)


def _plain_ledger(uow: UnitOfWork, rows: Iterable[stock.EntryRow]) -> Iterator[Mapping[str, object]]:
    zone = ZoneInfo(uow.site.zone)
    for row in rows:
        yield {
            "at": row.at.astimezone(zone).isoformat(),
            "type": str(PostingKind.REVERSAL if row.is_reversal else row.kind),
            "item": row.item_code,
            "location": row.location_code,
            "lot": row.lot,
            "qty": decimal_text(row.qty),
            "value": decimal_text(row.value),
            "document": row.document,
            "by": row.by,
            "number": row.number,
            "kind": str(row.kind),
            "unit": row.unit,
            "settled": decimal_text(row.settled),
            "variance": decimal_text(row.variance),
            "note": row.note,
        }


def type_of(row: stock.EntryRow) -> Text:
    """What an entry is, as people read it."""
    return _("Reversal: {kind}", kind=word(row.kind)) if row.is_reversal else word(row.kind)


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
