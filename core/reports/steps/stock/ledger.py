"""The stock ledger as a report: a statement over all entries, never all in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, select

from core.documents import Column, Sheet
from core.i18n import Text, _
from core.reports.rules import Span
from core.reports.steps.engine.files import plain_rows
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.selected import Made, Selected
from core.reports.steps.engine.selected import Reading as HowRead
from core.reports.steps.facts import chosen_entries, named_in, unit_names
from core.reports.steps.stock_lists import LEDGER, decimal_text, notation_of, period_facts
from core.reports.types import Asked, Reading, Report, ReportColumn, Sort
from core.uow import UnitOfWork
from core.values import from_micro
from core.words import word
from db.catalog import Category, Item, Supplier
from db.columns import moment
from db.enums import Permission, PostingKind, WasteStage
from db.identity import Person
from db.stock import Location, Lot, StockEntry, StockPosting, WasteReason

E, P, R = StockEntry, StockPosting, WasteReason


def entries(making: Making, columns: tuple[ReportColumn, ...]) -> Selected:
    """The entries of the period in order of their effective time."""
    return selected(making, columns, ())


def selected(
    making: Making, columns: tuple[ReportColumn, ...], kinds: tuple[PostingKind, ...] = (), *,
    where: Sequence[ColumnElement[bool]] = (), shares: tuple[Any, Any] | None = None,
) -> Selected:  # fmt: skip
    """The entries of the period, of some kinds only, or `where` more is asked of them. `shares` are the quantity and amount
    each has in a figure."""
    units = unit_names(making)
    made = {
        "unit": Made(("unit",), lambda unit: units.get(unit, unit)),
        "reversal": Made(("is_reversal",), lambda is_reversal: _("Reversal") if is_reversal else ""),
    }
    where = [*chosen_entries(making), *where]
    if making.span.end is not None:
        where.append(E.at <= making.end_micros)
    if making.span.start is not None:
        where.append(E.at >= making.start_micros)
    if kinds:
        where.append(E.kind.in_(kinds))
    order = (Sort("at"), Sort("entry_id"))
    statement = _statement(making).where(*where)
    if shares is not None:
        statement = statement.add_columns(shares[0].label("share_qty"), shares[1].label("share"))
    return Selected(making, statement, columns, order, HowRead({"kind": PostingKind, "stage": WasteStage}, made))


def _statement(making: Making) -> Any:
    supplier = named_in(making, Supplier.name, Supplier.name_en)
    reason = case((R.code.is_(None), E.reason), else_=named_in(making, R.name, R.name_en))
    return (
        select(
            E.id.label("entry_id"), E.posting_id, P.number, E.at, E.kind, E.is_reversal, E.item_id, Item.category_id,
            Item.code.label("item"), named_in(making, Item.name, Item.name_en).label("name"), E.location_id,
            Location.code.label("location"), func.coalesce(Lot.number, "").label("lot"), E.qty,
            Item.base_unit.label("unit"), Item.base_unit, E.value, E.settled, E.variance, P.document, Person.name.label("by"),
            case((E.note != "", E.note), else_=P.note).label("note"), P.supplier_id, supplier.label("supplier"),
            named_in(making, Category.path, Category.path_en).label("category"), E.reason.label("reason_code"),
            reason.label("reason"), P.purpose, (-(E.value + E.settled)).label("cost"), (-E.qty).label("out"),
            P.posted_at, E.stage,
        )
        .outerjoin(P, P.id == E.posting_id)
        .outerjoin(Item, Item.id == E.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .outerjoin(Location, Location.id == E.location_id)
        .outerjoin(Person, Person.id == P.person_id)
        .outerjoin(Lot, Lot.id == E.lot_id)
        .outerjoin(Supplier, Supplier.id == P.supplier_id)
        .outerjoin(R, R.code == E.reason)
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
    sheet = Sheet(
        LEDGER.title,
        columns,
        source.stored(_cells(source, sees=sees)),
        period_facts(uow, span),
        notation=notation_of(uow),
    )
    plain = _plain(uow, source, sees=sees)
    return Report(LEDGER, sheet, plain_rows(tuple(plain), source.stored(list(plain.values()))), is_wide=True)


def type_of(kind: str, is_reversal: bool) -> Text:
    """What an entry is, as people read it."""
    name = word(PostingKind(kind))
    return _("Reversal: {kind}", kind=name) if is_reversal else name


NOTHING = Made((), lambda: None)


def _cells(source: Selected, *, sees: bool) -> list[Made]:
    amounts = [source.made(key) if sees else NOTHING for key in ("value", "settled", "variance")]
    return [
        source.made("at"), source.made("number"), Made(("kind", "is_reversal"), type_of),
        *(source.made(key) for key in ("item", "name", "location", "lot", "qty", "base_unit")), *amounts,
        *(source.made(key) for key in ("document", "by", "note")),
    ]  # fmt: skip


def _plain(uow: UnitOfWork, source: Selected, *, sees: bool) -> dict[str, Made]:
    zone = ZoneInfo(uow.site.zone)

    def money(key: str) -> Made:
        return Made((key,), lambda minor: decimal_text(uow.money(minor))) if sees else NOTHING

    return {
        "at": Made(("at",), lambda at: moment(at).astimezone(zone).isoformat()),
        "type": Made(
            ("kind", "is_reversal"), lambda kind, is_reversal: str(PostingKind.REVERSAL) if is_reversal else kind
        ),
        "item": source.made("item"),
        "location": source.made("location"),
        "lot": source.made("lot"),
        "qty": Made(("qty",), lambda qty: decimal_text(from_micro(qty))),
        "value": money("value"),
        "document": source.made("document"),
        "by": source.made("by"),
        "number": source.made("number"),
        "kind": Made(("kind",)),
        "unit": source.made("base_unit"),
        "settled": money("settled"),
        "variance": money("variance"),
        "note": source.made("note"),
    }
