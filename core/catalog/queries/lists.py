"""The big item list: ids first, then the page that is seen; and how many items each filter leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from core.catalog.steps.categories import load_branches
from core.catalog.steps.finding import S, found_by, only, rank_of, words_of
from core.catalog.steps.rows import item_rows
from core.catalog.types import ItemFilter, ItemRow
from core.errors import InvalidInput
from core.i18n import _
from core.pinyin import sort_key
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item, Supplier, SupplierTerm
from db.enums import Permission

_MAIN_SUPPLIER = (
    select(SupplierTerm.supplier_id)
    .where(SupplierTerm.item_id == S.item_id)
    .order_by(SupplierTerm.rank, SupplierTerm.id)
    .limit(1)
    .scalar_subquery()
)
# Sorted by the database, in the same order on both.
STORED: Mapping[str, Any] = {"name": S.sort_key, "code": S.code}
# Sorted here, so that Chinese stands where its sound is and both databases agree.
SHOWN: Mapping[str, Any] = {
    "name_en": func.coalesce(func.nullif(Item.name_en, ""), Item.name),
    "category": Item.category_id,
    "supplier": _MAIN_SUPPLIER,
    "sale_price": Item.sale_price,
    "storage_kind": Item.storage_kind,
    "base_unit": Item.base_unit,
    "abc_class": Item.abc_class,
}


@query(Permission.ITEM_VIEW)
def list_item_ids(uow: UnitOfWork, *, filters: ItemFilter, sort: str = "name", descending: bool = False) -> list[int]:
    """The ids of all items that a filter leaves, in order; `sort` empty puts the best fit of the filter's text first."""
    words = words_of(filters.text)
    columns = [S.item_id, SHOWN[sort].label("shown")] if sort in SHOWN else [S.item_id]
    statement = only(select(*columns), filters, with_item=sort in SHOWN)
    if words:
        statement = statement.where(found_by(words))
    if sort in STORED:
        statement = statement.order_by(STORED[sort].desc() if descending else STORED[sort])
    elif sort and sort not in SHOWN:
        raise InvalidInput(_("The list cannot be sorted by {sort}.", sort=sort), field="sort")
    elif words and not sort:
        statement = statement.order_by(rank_of(uow, filters.text))
    statement = statement.order_by(S.sort_key, S.item_id)
    if sort not in SHOWN:
        return list(uow.sql.execute(statement).scalars())
    return _sorted(uow, uow.sql.execute(statement).all(), sort, descending=descending)


def _sorted(uow: UnitOfWork, rows: Sequence[Any], sort: str, *, descending: bool) -> list[int]:
    """Ids by what a column shows; what shows nothing stands last either way, equals stay in the order of their names."""
    keys = _sort_keys(uow, {row.shown for row in rows if row.shown is not None}, sort)
    full = [row for row in rows if row.shown is not None and row.shown != ""]
    bare = [row.item_id for row in rows if row.shown is None or row.shown == ""]
    return [row.item_id for row in sorted(full, key=lambda row: keys[row.shown], reverse=descending)] + bare


def _sort_keys(uow: UnitOfWork, values: set[Any], sort: str) -> dict[Any, Any]:
    names: Mapping[Any, str] = {}
    if sort == "category":
        names = {key: one.path for key, one in load_branches(uow).items()}
    elif sort == "supplier":
        names = {row.id: row.name for row in uow.sql.execute(select(Supplier.id, Supplier.name))}
    shown = {value: names.get(value, value) for value in values}
    return {value: sort_key(name) if isinstance(name, str) else name for value, name in shown.items()}


@query(Permission.ITEM_VIEW)
def list_items_page(uow: UnitOfWork, *, ids: Sequence[int]) -> list[ItemRow]:
    """The rows of these items, in the order of the ids."""
    return item_rows(uow, ids)


@query(Permission.ITEM_VIEW)
def count_items(uow: UnitOfWork, *, filters: ItemFilter) -> int:
    """How many items a filter leaves."""
    statement = only(select(func.count()).select_from(S), filters)
    words = words_of(filters.text)
    return int(uow.sql.execute(statement.where(found_by(words)) if words else statement).scalar_one())


@query(Permission.ITEM_VIEW)
def count_items_by(uow: UnitOfWork, *, filters: ItemFilter, by: str) -> dict[str, int]:
    """How many items there are by category, supplier (ids as text), storage kind, class or state; empty key: none."""
    columns: dict[str, Any] = {
        "category": Item.category_id,
        "storage_kind": Item.storage_kind,
        "abc_class": Item.abc_class,
        "is_active": Item.is_active,
        "lot_tracked": Item.lot_tracked,
    }
    ids = only(select(S.item_id), filters)
    words = words_of(filters.text)
    wanted = (ids.where(found_by(words)) if words else ids).subquery()
    if by == "supplier":
        column: Any = SupplierTerm.supplier_id
        statement = select(column, func.count()).join(wanted, wanted.c.item_id == SupplierTerm.item_id)
    elif by in columns:
        column = columns[by]
        statement = select(column, func.count()).join(wanted, wanted.c.item_id == Item.id)
    else:
        raise InvalidInput(_("Items cannot be counted by {by}.", by=by), field="by")
    rows = uow.sql.execute(statement.group_by(column))
    return {"" if key is None else str(key): int(number) for key, number in rows}
