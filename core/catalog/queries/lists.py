"""The big item list: ids first, then the page that is seen; and how many items each filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from core.catalog.steps.finding import S, found_by, only, rank_of, words_of
from core.catalog.steps.rows import item_rows
from core.catalog.types import ItemFilter, ItemRow
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Category, Item, Supplier, SupplierTerm
from db.enums import Permission

_MAIN_SUPPLIER = (
    select(Supplier.name)
    .join(SupplierTerm, SupplierTerm.supplier_id == Supplier.id)
    .where(SupplierTerm.item_id == S.item_id)
    .order_by(SupplierTerm.rank, SupplierTerm.id)
    .limit(1)
    .scalar_subquery()
)
SORTS: Mapping[str, Callable[[], ColumnElement[Any]]] = {
    "name": lambda: S.sort_key.expression,
    "code": lambda: S.code.expression,
    "name_en": lambda: _of_item(func.lower(func.coalesce(func.nullif(Item.name_en, ""), Item.name))),
    "category": lambda: func.coalesce(
        select(Category.path).join(Item, Item.category_id == Category.id).where(Item.id == S.item_id).scalar_subquery(),
        "",
    ),
    "supplier": lambda: func.coalesce(_MAIN_SUPPLIER, ""),
    "sale_price": lambda: func.coalesce(_of_item(Item.sale_price), -1),
    "storage_kind": lambda: _of_item(Item.storage_kind),
    "base_unit": lambda: _of_item(Item.base_unit),
    "abc_class": lambda: _of_item(Item.abc_class),
}


def _of_item(column: Any) -> ColumnElement[Any]:
    return select(column).where(Item.id == S.item_id).scalar_subquery()


@query(Permission.ITEM_VIEW)
def list_item_ids(uow: UnitOfWork, *, filters: ItemFilter, sort: str = "name", descending: bool = False) -> list[int]:
    """The ids of all items that a filter leaves, in order; `sort` empty puts the best fit of the filter's text first."""
    words = words_of(filters.text)
    statement = only(select(S.item_id), filters)
    if words:
        statement = statement.where(found_by(words))
    if sort in SORTS:
        key = SORTS[sort]()
        statement = statement.order_by(key.desc() if descending else key)
    elif sort:
        raise InvalidInput(_("The list cannot be sorted by {sort}.", sort=sort), field="sort")
    elif words:
        statement = statement.order_by(rank_of(uow, filters.text))
    return list(uow.sql.execute(statement.order_by(S.sort_key, S.item_id)).scalars())


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
