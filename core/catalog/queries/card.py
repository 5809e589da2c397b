"""Everything about one item on one card."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from sqlalchemy import select

from core.catalog.rules.barcodes import barcode_kind
from core.catalog.rules.codes import DEFAULT_PREFIX, next_codes, next_variant
from core.catalog.rules.units import UnitTable
from core.catalog.steps.categories import code_prefix_of, load_branches
from core.catalog.steps.gaps import all_gaps, gap_condition
from core.catalog.steps.records import has_entries, load_packs, load_record, shown_values
from core.catalog.steps.rows import item_rows
from core.catalog.steps.taken import taken_codes
from core.catalog.steps.units import load_unit_table
from core.catalog.types import BarcodeRow, Break, ItemCard, PolicyRow, PriceRow, SubstituteRow, TermRow
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, PriceBreak, PriceHistory, StockPolicy, Substitute, Supplier, SupplierTerm
from db.documents import Attachment
from db.enums import Permission


@query(Permission.ITEM_VIEW)
def get_item(uow: UnitOfWork, *, item_id: int) -> ItemCard:
    """One item with its units, barcodes, suppliers, policies, substitutes, and what is missing. Raises NotFound.

    Prices of suppliers and the standard cost are left out for who may not see costs.
    """
    record = load_record(uow, item_id)
    values = shown_values(record.values)
    if not _sees_prices(uow):
        values["standard_cost"] = None
    photo = (Attachment.owner_kind == "item", Attachment.owner_id == item_id, Attachment.is_photo)
    return ItemCard(
        id=item_id,
        version=record.version,
        row=item_rows(uow, [item_id])[0],
        values=values,
        units=tuple(load_packs(uow, item_id)),
        barcodes=_barcodes(uow, item_id),
        terms=_terms(uow, item_id),
        policies=_policies(uow, item_id),
        substitutes=_substitutes(uow, item_id),
        gaps=_gaps(uow, item_id),
        has_entries=has_entries(uow, item_id),
        photo_id=uow.sql.execute(select(Attachment.id).where(*photo).limit(1)).scalar(),
        merged_into_id=record.merged_into_id,
        created_at=uow.sql.execute(select(Item.created_at).where(Item.id == item_id)).scalar_one(),
    )


def _sees_prices(uow: UnitOfWork) -> bool:
    return uow.may(Permission.COST_VIEW) or uow.may(Permission.PRICE_EDIT)


def _barcodes(uow: UnitOfWork, item_id: int) -> tuple[BarcodeRow, ...]:
    rows = uow.sql.execute(
        select(Barcode.id, Barcode.code, Barcode.unit, Barcode.is_internal, Barcode.valid_to, Supplier.name)
        .outerjoin(Supplier, Supplier.id == Barcode.supplier_id)
        .where(Barcode.item_id == item_id)
        .order_by(Barcode.id)
    )
    return tuple(
        BarcodeRow(row.id, row.code, row.unit, barcode_kind(row.code), row.is_internal, row.name or "", row.valid_to)
        for row in rows
    )


def _terms(uow: UnitOfWork, item_id: int) -> tuple[TermRow, ...]:
    t = SupplierTerm
    rows = uow.sql.execute(
        select(t.__table__, Supplier.name.label("supplier"), Supplier.currency)
        .join(Supplier, Supplier.id == t.supplier_id)
        .where(t.item_id == item_id)
        .order_by(t.rank, t.id)
    ).all()
    steps: dict[int, list[Break]] = defaultdict(list)
    wanted = (
        select(PriceBreak.term_id, PriceBreak.from_qty, PriceBreak.price)
        .where(PriceBreak.term_id.in_([row.id for row in rows]))
        .order_by(PriceBreak.from_qty)
    )
    sees = _sees_prices(uow)
    for step in uow.sql.execute(wanted) if sees else ():
        steps[step.term_id].append(Break(step.from_qty, step.price))
    return tuple(
        TermRow(
            row.id, row.version, item_id, row.supplier_id, row.supplier, row.supplier_code, row.unit,
            row.price if sees else None, row.lead_days, row.minimum_qty, row.multiple_qty, row.rank,
            tuple(steps[row.id]), row.valid_from, row.valid_to, row.currency,
        )
        for row in rows
    )  # fmt: skip


def _policies(uow: UnitOfWork, item_id: int) -> tuple[PolicyRow, ...]:
    p = StockPolicy
    rows = uow.sql.execute(
        select(p.id, p.version, p.location_id, p.minimum, p.safety, p.maximum, p.par, p.reorder_point, p.order_qty)
        .where(p.item_id == item_id)
        .order_by(p.location_id)
    )
    return tuple(PolicyRow(*row) for row in rows)


def _substitutes(uow: UnitOfWork, item_id: int) -> tuple[SubstituteRow, ...]:
    s = Substitute
    rows = uow.sql.execute(
        select(s.id, Item.id, Item.code, Item.name, Item.name_en, s.rank, s.factor, s.note)
        .join(Item, Item.id == s.substitute_id)
        .where(s.item_id == item_id)
        .order_by(s.rank, s.id)
    )
    return tuple(SubstituteRow(*row) for row in rows)


def _gaps(uow: UnitOfWork, item_id: int) -> tuple[str, ...]:
    columns = [gap_condition(word).label(word) for word in all_gaps()]
    row = uow.sql.execute(select(*columns).select_from(Item).where(Item.id == item_id)).one()
    return tuple(word for word in all_gaps() if row._mapping[word])


@query(Permission.ITEM_VIEW)
def list_item_units(uow: UnitOfWork, *, item_id: int) -> UnitTable:
    """The units one item can be written in. Raises NotFound."""
    return load_unit_table(uow, item_id)


@query(Permission.ITEM_VIEW)
def propose_code(uow: UnitOfWork, *, category_id: int | None = None, like: str = "") -> str:
    """The next free code of a category (BRK-002), or with `like` the next variant of an item's code (BRK-001-A)."""
    if like.strip():
        return next_variant(like.strip(), taken_codes(uow, like.strip().rpartition("-")[0] or like.strip()))
    prefix = code_prefix_of(load_branches(uow), category_id) or DEFAULT_PREFIX
    return next_codes(prefix, taken_codes(uow, prefix))[0]


@query(Permission.COST_VIEW)
def list_prices(uow: UnitOfWork, *, item_id: int, supplier_id: int | None = None, limit: int = 200) -> list[PriceRow]:
    """Past prices of one base unit without tax, the newest first; each with its change since the same supplier's price
    before in that currency."""
    h = PriceHistory
    statement = (
        select(h.at, h.supplier_id, h.price, h.source, h.currency, Supplier.name)
        .outerjoin(Supplier, Supplier.id == h.supplier_id)
        .where(h.item_id == item_id)
        .order_by(h.at, h.id)
    )
    if supplier_id is not None:
        statement = statement.where(h.supplier_id == supplier_id)
    found: list[PriceRow] = []
    last: dict[tuple[int | None, str], Decimal] = {}
    for row in uow.sql.execute(statement):
        before = last.get((row.supplier_id, row.currency))
        change = round(row.price / before - 1, 6) if before else None
        found.append(PriceRow(row.at, row.name or "", row.price, row.source, change, row.currency))
        last[row.supplier_id, row.currency] = row.price
    return found[::-1][:limit]
