"""Lists on paper: what is in stock, and what a recall has to find."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from itertools import groupby

from sqlalchemy import select

from core import documents
from core.documents import Column, Fact, Line, Measure, PaperTable, Total
from core.i18n import Language, Text, _
from core.registry import query
from core.stock.queries.places import LotRow
from core.stock.queries.stock_list import StockFilter, StockRow, list_stock_ids, list_stock_page
from core.stock.queries.trace import trace_lot
from core.stock.types import EntryRow
from core.uow import UnitOfWork
from core.words import word
from db.catalog import Unit
from db.enums import Permission

MOST_LINES = 5_000


@query(Permission.STOCK_VIEW)
def get_stock_paper(uow: UnitOfWork, *, filters: StockFilter, language: Language) -> documents.Paper:
    """The stock list on paper, by category, with amounts for those who may see cost.

    At most 5,000 lines; more are said to be missing.
    """
    ids = list_stock_ids(uow, filters=filters, sort="category")
    rows = list_stock_page(uow, ids=ids[:MOST_LINES], filters=filters)
    sees_cost = uow.may(Permission.COST_VIEW)
    value = sum((row.value for row in rows if row.value is not None), Decimal(0))
    totals = [Total(_("Items"), len(rows), "number")]
    if sees_cost:
        totals.append(Total(_("Value"), value, "money", strong=True))
    missing = len(ids) - len(rows)
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=_("Stock list"),
        number="",
        facts=(Fact(_("As at"), filters.as_of or uow.now, "instant"), Fact(_("Printed by"), uow.actor.name)),
        body=(_stock_table(rows, _unit_names(uow, language), language, sees_cost=sees_cost),),
        totals=tuple(totals),
        remarks=_("{n} more items are not printed. Narrow the list.", n=missing) if missing else "",
        coded=False,
        notation=documents.notation_of(uow),
    )


def _stock_table(
    rows: list[StockRow], units: dict[str, Text | str], language: Language, *, sees_cost: bool
) -> PaperTable:
    columns = [Column("code", _("Code"), "text", 26), Column("name", _("Item")), Column("qty", _("On hand"), "qty", 30)]
    columns.append(Column("expires_on", _("First expiry"), "date", 24))
    if sees_cost:
        columns += [Column("unit_cost", _("Unit cost"), "cost", 24), Column("value", _("Value"), "money", 28)]
    blank = [None] * (len(columns) - 1)
    lines: list[Line] = []
    for (zh, en), members in groupby(rows, key=lambda row: (row.category, row.category_en)):
        names = {"zh": zh or en, "en": en or zh}
        category = documents.named(names.__getitem__, language) if zh or en else _("Without category")
        lines.append(Line((category, *blank), "group"))
        for row in members:
            qty = Measure(row.on_hand, units.get(row.unit, row.unit))
            cells: list[documents.Cell] = [row.code, documents.named(row.title, language), qty, row.expires_on]
            lines.append(Line((*cells, row.unit_cost, row.value) if sees_cost else tuple(cells)))
    return PaperTable(tuple(columns), tuple(lines))


@query(Permission.STOCK_VIEW)
def get_recall_paper(uow: UnitOfWork, *, lot_id: int, language: Language) -> documents.Paper:
    """The recall list of a lot on paper: what is left and where it went, with what was made of it. Raises NotFound."""
    card = trace_lot(uow, lot_id=lot_id)
    lot, units = card.lot, _unit_names(uow, language)
    facts = [Fact(_("Item"), documents.named(partial(_coded_name, lot), language)), Fact(_("Lot"), lot.number)]
    if lot.expires_on is not None:
        facts.append(Fact(_("Expires"), lot.expires_on, "date"))
    facts += [Fact(_("Date"), uow.now, "instant"), Fact(_("Printed by"), uow.actor.name)]
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=_("Recall list"),
        number=lot.number,
        facts=tuple(facts),
        body=(
            _lots_table(card.left, units, language, _("Still in stock")),
            _entries_table(card.went_out, units, language, _("Gone out")),
            _lots_table(card.made_into, units, language, _("Made into")),
            _entries_table(card.came_in, units, language, _("Came in")),
        ),
        signatures=(documents.Signature(_("Handled by")), documents.Signature(_("Checked by"))),
        stamp=_("Blocked") if lot.is_blocked else None,
        coded=False,
        landscape=True,
        notation=documents.notation_of(uow),
    )


def _lots_table(rows: Iterable[LotRow], units: dict[str, Text | str], language: Language, title: Text) -> PaperTable:
    columns = (
        Column("code", _("Code"), "text", 26), Column("name", _("Item")), Column("lot", _("Lot"), "text", 34),
        Column("expires_on", _("Expires"), "date", 24), Column("qty", _("Quantity"), "qty", 30),
        Column("done", _("Found"), "tick", 16),
    )  # fmt: skip
    lines = [
        Line(
            (
                row.item_code, _item_name(row, language), row.number,
                row.expires_on, Measure(row.qty, units.get(row.unit, row.unit)), False,
            )
        )
        for row in rows
    ]  # fmt: skip
    return PaperTable(columns, tuple(lines), title)


def _entries_table(
    rows: Iterable[EntryRow], units: dict[str, Text | str], language: Language, title: Text
) -> PaperTable:
    columns = (
        Column("at", _("Date"), "instant", 32), Column("kind", _("Kind"), "text", 26),
        Column("number", _("Number"), "text", 30), Column("item", _("Item")), Column("lot", _("Lot"), "text", 26),
        Column("who", _("For or from"), "text", 32), Column("qty", _("Quantity"), "qty", 26),
    )  # fmt: skip
    lines = [
        Line(
            (
                row.at, word(row.kind), row.number,
                _item_name(row, language),
                row.lot, _for_or_from(row, language),
                Measure(abs(row.qty), units.get(row.unit, row.unit)),
            )
        )
        for row in rows
    ]  # fmt: skip
    return PaperTable(columns, tuple(lines), title)


def _item_name(row: LotRow | EntryRow, language: Language) -> Text | str:
    return documents.named(lambda one: (row.item_name_en or row.item_name) if one == "en" else row.item_name, language)


def _coded_name(row: LotRow, language: Language) -> str:
    return f"{row.item_code} {row.item_name_en or row.item_name if language == 'en' else row.item_name}"


def _for_or_from(row: EntryRow, language: Language) -> Text | str:
    return documents.named(lambda one: row.purpose_title(one) or row.supplier_title(one) or row.document, language)


def _unit_names(uow: UnitOfWork, language: Language) -> dict[str, Text | str]:
    """Units as they stand behind a number: kg and ml by their sign, all others by name."""
    found: dict[str, Text | str] = {}
    for row in uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension)):
        is_sign = row.dimension and row.code.isascii()
        names = {"zh": row.name or row.code, "en": row.name_en or row.name or row.code}
        found[row.code] = row.code if is_sign else documents.named(names.__getitem__, language)
    return found
