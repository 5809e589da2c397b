"""Categories and units as lists."""

from __future__ import annotations

from sqlalchemy import func, select

from core.catalog.steps.categories import JOINT, Branch, load_branches
from core.catalog.types import CategoryRow, UnitRow
from core.pinyin import sort_key
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item, Unit
from db.enums import Permission


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
