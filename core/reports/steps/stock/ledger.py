"""The stock ledger as a report: a statement over all entries, never all in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select

from core.documents import Cell, Column, Sheet
from core.i18n import Text, _
from core.reports.rules import Span
from core.reports.steps.engine.files import Again
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.sources import Reading as HowRead
from core.reports.steps.engine.sources import Row, Selected
from core.reports.steps.facts import chosen_entries, named_in, unit_names
from core.reports.steps.stock_lists import LEDGER, decimal_text, notation_of, period_facts
from core.reports.types import Asked, Reading, Report, ReportColumn, Sort
from core.uow import UnitOfWork
from core.words import word
from db.catalog import Category, Item, Supplier
from db.enums import Permission, PostingKind
from db.identity import Person
from db.stock import Location, Lot, StockEntry, StockPosting

E, P = StockEntry, StockPosting


def entries(making: Making, columns: tuple[ReportColumn, ...]) -> Selected:
    """The entries of the period in order of their effective time."""
    return selected(making, columns, ())


def selected(making: Making, columns: tuple[ReportColumn, ...], kinds: tuple[PostingKind, ...]) -> Selected:
    """The entries of the period, of some kinds only."""
    units = unit_names(making)

    def finish(row: Row) -> None:
        row["base_unit"] = row["unit"]
        row["unit"] = units.get(row["unit"], row["unit"])
        row["reversal"] = _("Reversal") if row["is_reversal"] else ""

    where = chosen_entries(making)
    if making.span.end is not None:
        where.append(E.at <= making.end_micros)
    if making.span.start is not None:
        where.append(E.at >= making.start_micros)
    if kinds:
        where.append(E.kind.in_(kinds))
    order = (Sort("at"), Sort("entry_id"))
    return Selected(making, _statement(making).where(*where), columns, order, HowRead({"kind": PostingKind}, finish))


def _statement(making: Making) -> Any:
    supplier = named_in(making, Supplier.name, Supplier.name_en)
    return (
        select(
            E.id.label("entry_id"), E.posting_id, P.number, E.at, E.kind, E.is_reversal, E.item_id, Item.category_id,
            Item.code.label("item"), named_in(making, Item.name, Item.name_en).label("name"), E.location_id,
            Location.code.label("location"), func.coalesce(Lot.number, "").label("lot"), E.qty,
            Item.base_unit.label("unit"), E.value, E.settled, E.variance, P.document, Person.name.label("by"),
            case((E.note != "", E.note), else_=P.note).label("note"), P.supplier_id, supplier.label("supplier"),
            named_in(making, Category.path, Category.path_en).label("category"), E.reason.label("reason_code"),
            E.reason, P.purpose, (-(E.value + E.settled)).label("cost"), (-E.qty).label("out"),
            P.posted_at, E.stage,
        )
        .outerjoin(P, P.id == E.posting_id)
        .outerjoin(Item, Item.id == E.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .outerjoin(Location, Location.id == E.location_id)
        .outerjoin(Person, Person.id == P.person_id)
        .outerjoin(Lot, Lot.id == E.lot_id)
        .outerjoin(Supplier, Supplier.id == P.supplier_id)
    )  # fmt: skip


def ledger(uow: UnitOfWork, span: Span, reading: Reading) -> Report:
    """The entries of a period as programs have always got them; read while they are written."""
    uow.require(Permission.STOCK_VIEW)
    sees = uow.may(Permission.COST_VIEW)
    making = Making(uow, Asked(span), reading.language, span, sees)
    source = selected(making, LEDGER.columns, ())
    columns = (
        Column("at", _("Date and time"), "instant"),
        Column("number", _("Number")),
        Column("type", _("Type")),
        Column("item", _("Item code")),
        Column("name", _("Name")),
        Column("location", _("Location")),
        Column("lot", _("Lot")),
        Column("qty", _("Quantity"), "qty"),
        Column("unit", _("Unit")),
        Column("value", _("Value"), "money"),
        Column("settled", _("Settled"), "money"),
        Column("variance", _("Cost variance"), "money"),
        Column("document", _("Document")),
        Column("by", _("Handled by")),
        Column("note", _("Remark")),
    )
    cells = Again(lambda: (_cells(row, sees=sees) for row in source.rows(())))
    plain: Any = Again(lambda: _plain(uow, source.rows(()), sees=sees))
    sheet = Sheet(LEDGER.title, columns, cells, period_facts(uow, span), notation=notation_of(uow))
    return Report(LEDGER, sheet, plain, is_wide=True)


def type_of(row: Row) -> Text:
    """What an entry is, as people read it."""
    return _("Reversal: {kind}", kind=word(row["kind"])) if row["is_reversal"] else word(row["kind"])


def _cells(row: Row, *, sees: bool) -> tuple[Cell, ...]:
    amounts = (row["value"], row["settled"], row["variance"]) if sees else (None, None, None)
    return (
        row["at"], row["number"], type_of(row), row["item"], row["name"], row["location"], row["lot"], row["qty"],
        row["base_unit"], *amounts, row["document"], row["by"], row["note"],
    )  # fmt: skip


def _plain(uow: UnitOfWork, rows: Iterator[Row], *, sees: bool) -> Iterator[Mapping[str, object]]:
    zone = ZoneInfo(uow.site.zone)
    for row in rows:
        value, settled, variance = (
            decimal_text(row[key]) if sees else None for key in ("value", "settled", "variance")
        )
        yield {
            "at": row["at"].astimezone(zone).isoformat(),
            "type": str(PostingKind.REVERSAL if row["is_reversal"] else row["kind"]),
            "item": row["item"],
            "location": row["location"],
            "lot": row["lot"],
            "qty": decimal_text(row["qty"]),
            "value": value,
            "document": row["document"],
            "by": row["by"],
            "number": row["number"],
            "kind": str(row["kind"]),
            "unit": row["base_unit"],
            "settled": settled,
            "variance": variance,
            "note": row["note"],
        }
