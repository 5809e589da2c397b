"""Suppliers: in lists, each with everything on its card, and what they sell."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, func, select

from core.catalog.rules.suppliers import SECRET_FIELDS, SUPPLIER_FIELDS
from core.catalog.steps.finding import words_of
from core.catalog.steps.suppliers import no_supplier
from core.catalog.types import Break, ClosedDay, ContactRow, SupplierCard, SupplierItemRow, SupplierRow
from core.pinyin import fold, initials, sort_key, syllables
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item, PriceBreak, Supplier, SupplierClosedDay, SupplierContact, SupplierTerm
from db.enums import Permission

EMPTY: dict[str, object] = {"monthly_budget": None}


@query(Permission.ITEM_VIEW)
def list_suppliers(uow: UnitOfWork, *, text: str = "", is_active: bool | None = True) -> list[SupplierRow]:
    """Suppliers in the order of their names; found by code, parts of a name, contact, pinyin or initials."""
    statement = _suppliers()
    if is_active is not None:
        statement = statement.where(Supplier.is_active == is_active)
    rows = [SupplierRow(*row) for row in uow.sql.execute(statement)]
    words = words_of(text)
    found = [row for row in rows if all(word in _found_by(row) for word in words)] if words else rows
    return sorted(found, key=lambda row: (sort_key(row.name), row.code))


def _suppliers() -> Select[*tuple[Any, ...]]:
    s = Supplier
    items = select(func.count()).where(SupplierTerm.supplier_id == s.id).scalar_subquery()
    return select(
        s.id, s.version, s.code, s.name, s.name_en, s.contact, s.phone, s.email, s.address, s.language, s.note,
        s.is_active, items, s.currency, s.is_blocked,
    )  # fmt: skip


def _found_by(row: SupplierRow) -> str:
    name = fold(row.name)
    sounds = syllables(name)
    return "\n".join((fold(row.code), name, fold(row.name_en), fold(row.contact), "".join(sounds), initials(sounds)))


@query(Permission.ITEM_VIEW)
def get_supplier(uow: UnitOfWork, *, supplier_id: int) -> SupplierRow:
    """One supplier. Raises NotFound."""
    row = uow.sql.execute(_suppliers().where(Supplier.id == supplier_id)).first()
    if row is None:
        raise no_supplier(supplier_id)
    return SupplierRow(*row)


@query(Permission.ITEM_VIEW)
def get_supplier_card(uow: UnitOfWork, *, supplier_id: int) -> SupplierCard:
    """Everything about one supplier: its fields, contacts and days without delivery. Its files are attachments of the
    owner kind "supplier". Raises NotFound."""
    stored = uow.sql.execute(select(Supplier.__table__).where(Supplier.id == supplier_id)).first()
    if stored is None:
        raise no_supplier(supplier_id)
    sees = uow.may(Permission.COST_VIEW) or uow.may(Permission.SUPPLIER_EDIT)
    values = {name: stored._mapping[name] for name in SUPPLIER_FIELDS}
    if not sees:
        values.update({name: EMPTY.get(name, "") for name in SECRET_FIELDS})
    c, d = SupplierContact, SupplierClosedDay
    people: Select[*tuple[Any, ...]] = select(
        c.id, c.version, c.name, c.role, c.phone, c.email, c.gets_orders, c.gets_claims, c.note, c.rank
    )  # fmt: skip
    contacts = uow.sql.execute(people.where(c.supplier_id == supplier_id).order_by(c.rank, c.id))
    closed = uow.sql.execute(select(d.day, d.note).where(d.supplier_id == supplier_id).order_by(d.day))
    return SupplierCard(
        stored.id,
        stored.version,
        SupplierRow(*uow.sql.execute(_suppliers().where(Supplier.id == supplier_id)).one()),
        values,
        stored.is_blocked,
        stored.block_note,
        tuple(ContactRow(*row) for row in contacts),
        tuple(ClosedDay(*row) for row in closed),
        sees,
    )


@query(Permission.ITEM_VIEW)
def list_supplier_items(uow: UnitOfWork, *, supplier_id: int) -> list[int]:
    """The ids of the items a supplier sells, in the order of their names."""
    statement = (
        select(Item.id)
        .join(SupplierTerm, SupplierTerm.item_id == Item.id)
        .where(SupplierTerm.supplier_id == supplier_id)
        .order_by(Item.sort_key, Item.id)
    )
    return list(uow.sql.execute(statement).scalars())


@query(Permission.ITEM_VIEW)
def list_supplier_terms(uow: UnitOfWork, *, supplier_id: int) -> list[SupplierItemRow]:
    """What a supplier sells and how, in the order of the items' names. Prices are left out for who may not see costs.

    `unit` is the one the price is for: the term's, else the item's purchase unit, else its base unit.
    """
    t = SupplierTerm
    rows = uow.sql.execute(
        select(t.__table__, Item.code, Item.name, Item.name_en, Item.is_active, Item.purchase_unit, Item.base_unit)
        .join(t, t.item_id == Item.id)
        .where(t.supplier_id == supplier_id)
        .order_by(Item.sort_key, Item.id)
    )
    sees = uow.may(Permission.COST_VIEW) or uow.may(Permission.PRICE_EDIT)
    breaks = _breaks(uow, supplier_id) if sees else {}
    return [
        SupplierItemRow(
            row.item_id, row.code, row.name, row.name_en, row.is_active, row.supplier_code,
            row.unit or row.purchase_unit or row.base_unit, row.price if sees else None, row.lead_days,
            row.minimum_qty, row.rank, row.id, row.version, row.multiple_qty, tuple(breaks.get(row.id, ())),
            row.valid_from, row.valid_to,
        )
        for row in rows
    ]  # fmt: skip


def _breaks(uow: UnitOfWork, supplier_id: int) -> dict[int, list[Break]]:
    b = PriceBreak
    own = select(SupplierTerm.id).where(SupplierTerm.supplier_id == supplier_id)
    found: dict[int, list[Break]] = defaultdict(list)
    listed = select(b.term_id, b.from_qty, b.price).where(b.term_id.in_(own)).order_by(b.term_id, b.from_qty)
    for row in uow.sql.execute(listed):
        found[row.term_id].append(Break(row.from_qty, row.price))
    return found
