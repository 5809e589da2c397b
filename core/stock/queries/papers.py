"""The slips of postings on paper: receipt, issue, transfer, waste, adjustment, returns, production."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import documents
from core.errors import NotFound
from core.i18n import Language, Text, _
from core.registry import query
from core.stock.queries.ledger import get_posting
from core.stock.queries.purposes import ARROW
from core.stock.types import PostingRow
from core.uow import UnitOfWork
from core.values import from_micro
from core.words import word
from db.catalog import Item, Unit
from db.enums import Permission, WasteStage
from db.enums import PostingKind as K
from db.stock import Location, Lot, StockEntry, WasteReason

TITLES: dict[K, Text] = {
    K.RECEIPT: _("Goods receipt slip"),
    K.ISSUE: _("Issue slip"),
    K.WASTE: _("Waste slip"),
    K.TRANSFER: _("Transfer slip"),
    K.ADJUSTMENT: _("Stock adjustment slip"),
    K.RETURN_TO_SUPPLIER: _("Supplier return slip"),
    K.RETURN_FROM_CUSTOMER: _("Goods return slip"),
    K.PRODUCTION_IN: _("Production slip"),
}
SIGNATURES: dict[K, tuple[Text, ...]] = {
    K.RECEIPT: (_("Delivered by"), _("Received by"), _("Checked by")),
    K.ISSUE: (_("Issued by"), _("Taken by"), _("Checked by")),
    K.TRANSFER: (_("Issued by"), _("Received by"), _("Checked by")),
    K.RETURN_TO_SUPPLIER: (_("Issued by"), _("Collected by"), _("Checked by")),
}
MOST_ON_HALF = 8
PRICED = frozenset({K.RECEIPT, K.RETURN_TO_SUPPLIER, K.WASTE, K.PRODUCTION_IN, K.ADJUSTMENT})


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it is printed; `amount` is None for who may not see costs."""

    kind: K
    code: str
    name: Text | str
    lot: str
    expires_on: date | None
    qty: Decimal
    unit: Text | str
    place: Text | str
    to_place: Text | str
    reason: Text | str
    note: str
    amount: Decimal | None


@query(Permission.STOCK_VIEW)
def get_slip(uow: UnitOfWork, *, posting_id: int, language: Language) -> documents.Paper:
    """The slip of one posting on paper, quantities in the units they were typed in, names in `language` or in both.

    Amounts stand on it only for who may see costs. Raises NotFound for a posting that does not exist.
    """
    head = get_posting(uow, posting_id=posting_id).row
    if head.kind not in TITLES:
        raise NotFound(_("There is no slip for this kind of posting."), field="posting")
    lines = _lines(uow, posting_id, language)
    if head.kind is K.TRANSFER:
        lines = _paired(lines)
    supplier = documents.named(head.supplier_title, language)
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=TITLES[head.kind],
        number=head.number,
        facts=_facts(head, language),
        parties=(documents.Party(_("Supplier"), supplier),) if head.supplier else (),
        body=_tables(head.kind, lines),
        totals=_totals(head.kind, lines),
        remarks=head.note,
        signatures=_signatures(head),
        stamp=_("Reversed") if head.reversed_by else None,
        foot=_("Posted by {by} on {station}", by=head.by, station=head.station) if head.station else "",
        size="A5" if len(lines) <= MOST_ON_HALF else "A4",
        landscape=len(lines) <= MOST_ON_HALF,
        grows=True,
        notation=documents.notation_of(uow),
    )


def _facts(head: PostingRow, language: Language) -> tuple[documents.Fact, ...]:
    facts = [documents.Fact(_("Date"), head.at, "instant"), documents.Fact(_("Handled by"), head.by)]
    if head.document:
        label = _("Delivery note") if head.kind is K.RECEIPT else _("Document")
        facts.append(documents.Fact(label, head.document))
    if head.purpose:
        label = _("To") if head.kind is K.TRANSFER else _("Issued for")
        facts.append(
            documents.Fact(label, documents.named(lambda one: head.purpose_title(one).removeprefix(ARROW), language))
        )
    if head.ref_number:
        facts.append(documents.Fact(_("Belongs to"), head.ref_number))
    return tuple(facts)


def _signatures(head: PostingRow) -> tuple[documents.Signature, ...]:
    wanted = SIGNATURES.get(head.kind, (_("Handled by"), _("Checked by")))
    own = 1 if head.kind is K.RECEIPT else 0
    return tuple(documents.Signature(label, head.by if at == own else "") for at, label in enumerate(wanted))


def _lines(uow: UnitOfWork, posting_id: int, language: Language) -> list[_Line]:
    reasons = {
        row.code: row for row in uow.sql.execute(select(WasteReason.code, WasteReason.name, WasteReason.name_en))
    }
    units = {row.code: row for row in uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en, Unit.dimension))}
    rows = uow.sql.execute(
        select(
            StockEntry.kind, StockEntry.qty, StockEntry.unit, StockEntry.unit_qty, StockEntry.given, StockEntry.value,
            StockEntry.reason, StockEntry.stage, StockEntry.note, Item.code, Item.name, Item.name_en,
            Lot.number, Lot.expires_on, Location.name.label("place"), Location.name_en.label("place_en"),
        )
        .join(Item, Item.id == StockEntry.item_id)
        .join(Location, Location.id == StockEntry.location_id)
        .outerjoin(Lot, Lot.id == StockEntry.lot_id)
        .where(StockEntry.posting_id == posting_id)
        .order_by(StockEntry.line)
    )  # fmt: skip
    sees_cost = uow.may(Permission.COST_VIEW)

    def told(row: Any, name: str) -> Text | str:
        zh, en = str(getattr(row, name)), str(getattr(row, f"{name}_en") or getattr(row, name))
        return documents.named(lambda one: en if one == "en" else zh, language)

    found = []
    for row in rows:
        reason = told(reasons[row.reason], "name") if row.reason in reasons else row.reason
        unit_row = units.get(row.unit)
        is_sign = unit_row is None or (unit_row.dimension and unit_row.code.isascii())
        unit = row.unit if is_sign else told(unit_row, "name")
        amount = uow.money(abs(row.given if row.given is not None else row.value)) if sees_cost else None
        sign = -1 if row.qty < 0 and K(row.kind) is K.ADJUSTMENT else 1
        found.append(
            _Line(
                K(row.kind), row.code, told(row, "name"), row.number or "", row.expires_on,
                sign * from_micro(row.unit_qty if sign > 0 else abs(row.unit_qty)), unit, told(row, "place"), "",
                _with_stage(reason, row.stage), row.note, amount if sign > 0 or amount is None else -amount,
            )
        )  # fmt: skip
    return found


def _with_stage(reason: Text | str, stage: str) -> Text | str:
    if stage not in tuple(WasteStage):
        return reason
    return _("{reason} · {stage}", reason=reason, stage=word(WasteStage(stage)))


def _paired(lines: Sequence[_Line]) -> list[_Line]:
    """A transfer's two entries of each line as one: from, to."""
    pairs = zip(lines[::2], lines[1::2], strict=False)
    return [
        _Line(
            out.kind, out.code, out.name, out.lot, out.expires_on, out.qty, out.unit,
            out.place, come.place, out.reason, out.note, None,
        )
        for out, come in pairs
    ]  # fmt: skip


def _tables(kind: K, lines: Sequence[_Line]) -> tuple[documents.PaperTable, ...]:
    if kind is not K.PRODUCTION_IN:
        return (_table(kind, lines, None),)
    used = [line for line in lines if line.kind is K.PRODUCTION_OUT]
    made = [line for line in lines if line.kind is K.PRODUCTION_IN]
    return (_table(kind, made, _("Produced")), _table(kind, used, _("Used")))


def _table(kind: K, lines: Sequence[_Line], title: Text | None) -> documents.PaperTable:
    Column = documents.Column
    has_lot = any(line.lot for line in lines)
    has_note = any(line.note for line in lines)
    has_amount = kind in PRICED and any(line.amount is not None for line in lines)
    columns = [Column("no", _("No."), "number", 9), Column("code", _("Code"), "text", 22), Column("name", _("Item"))]
    columns.append(Column("qty", _("Quantity"), "qty", 26))
    if has_lot:
        columns += [Column("lot", _("Lot"), "text"), Column("expires_on", _("Expires"), "date", 23)]
    columns.append(Column("place", _("From") if kind is K.TRANSFER else _("Place"), "text"))
    if kind is K.TRANSFER:
        columns.append(Column("to_place", _("To"), "text"))
    if kind is K.WASTE:
        columns.append(Column("reason", _("Reason"), "text"))
    if has_note:
        columns.append(Column("note", _("Note"), "text"))
    if has_amount:
        columns.append(Column("amount", _("Amount"), "money", 24))
    rows = []
    for number, line in enumerate(lines, start=1):
        cells: dict[str, documents.Cell] = {"no": number, "qty": documents.Measure(line.qty, line.unit)}
        cells.update((key, getattr(line, key)) for key in (column.key for column in columns) if key not in cells)
        rows.append(documents.Line(tuple(cells[column.key] for column in columns)))
    return documents.PaperTable(tuple(columns), tuple(rows), title)


def _totals(kind: K, lines: Sequence[_Line]) -> tuple[documents.Total, ...]:
    totals = [documents.Total(_("Lines"), len(lines), "number")]
    counted = [line for line in lines if line.kind is not K.PRODUCTION_OUT]
    if kind in PRICED and all(line.amount is not None for line in counted):
        value = sum((line.amount for line in counted if line.amount is not None), Decimal(0))
        totals.append(documents.Total(_("Total"), value, "money", strong=True))
    return tuple(totals)
