"""Suppliers, categories and units as lists."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from core.catalog.steps.categories import JOINT, Branch, load_branches
from core.catalog.steps.finding import words_of
from core.catalog.types import CategoryRow, SupplierItemRow, SupplierRow, UnitRow
from core.errors import NotFound
from core.i18n import _
from core.pinyin import fold, initials, sort_key, syllables
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item, Supplier, SupplierTerm, Unit
from db.enums import Permission


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


def _suppliers() -> Select[int, int, str, str, str, str, str, str, str, str, str, bool, int]:
    s = Supplier
    items = select(func.count()).where(SupplierTerm.supplier_id == s.id).scalar_subquery()
    return select(
        s.id, s.version, s.code, s.name, s.name_en, s.contact, s.phone, s.email, s.address, s.language, s.note,
        s.is_active, items,
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
        raise NotFound(_("There is no such supplier ({supplier_id}).", supplier_id=supplier_id), field="supplier")
    return SupplierRow(*row)


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
        select(
            Item.id, Item.code, Item.name, Item.name_en, Item.is_active, t.supplier_code, t.unit, Item.purchase_unit,
            Item.base_unit, t.price, t.lead_days, t.minimum_qty, t.rank,
        )
        .join(t, t.item_id == Item.id)
        .where(t.supplier_id == supplier_id)
        .order_by(Item.sort_key, Item.id)
    )  # fmt: skip
    sees = uow.may(Permission.COST_VIEW) or uow.may(Permission.PRICE_EDIT)
    return [
        SupplierItemRow(
            row.id, row.code, row.name, row.name_en, row.is_active, row.supplier_code,
            row.unit or row.purchase_unit or row.base_unit, row.price if sees else None, row.lead_days,
            row.minimum_qty, row.rank,
        )
        for row in rows
    ]  # fmt: skip


@query(Permission.ITEM_VIEW)
def list_categories(uow: UnitOfWork) -> list[CategoryRow]:
    """The category tree, each branch before what hangs below it, in the order of the names; items counted by branch."""
    branches = load_branches(uow)
    counted = uow.sql.execute(select(Item.category_id, func.count()).where(Item.is_active).group_by(Item.category_id))
    own = {key: int(number) for key, number in counted}
    sums = dict.fromkeys(branches, 0)
    for key in branches:
        above: int | None = key
        while above is not None:
            sums[above] += own.get(key, 0)
            above = branches[above].parent_id
    ordered = sorted(branches.values(), key=lambda one: _tree_key(branches, one))
    return [_category_row(one, sums[one.id]) for one in ordered]


def _tree_key(branches: dict[int, Branch], one: Branch) -> list[tuple[str, int]]:
    key = [(sort_key(one.name), one.id)]
    while one.parent_id is not None:
        one = branches[one.parent_id]
        key.insert(0, (sort_key(one.name), one.id))
    return key


def _category_row(one: Branch, items: int) -> CategoryRow:
    return CategoryRow(
        one.id, one.version, one.parent_id, one.name, one.name_en, one.path, one.path_en, one.code_prefix,
        one.path.count(JOINT), items,
    )  # fmt: skip


@query(Permission.ITEM_VIEW)
def list_units(uow: UnitOfWork) -> list[UnitRow]:
    """The units of the site: physical ones first, then things that are counted."""
    u = Unit
    rows = [UnitRow(*row) for row in uow.sql.execute(select(u.code, u.name, u.name_en, u.dimension, u.factor))]
    return sorted(rows, key=lambda row: (row.dimension == "", row.dimension, -row.factor, sort_key(row.name), row.code))
