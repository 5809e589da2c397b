"""The review of a period: opening + receipts - closing = usage, by item and category, from sums over the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.costing.rules import Sums, roll_up
from core.costing.steps import sums
from core.costing.types import BranchRow, Review, ReviewRow
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission


@query(Permission.COST_VIEW)
def get_review(uow: UnitOfWork, *, start: datetime, end: datetime) -> Review:
    """Review of a period.

    From the first to the last moment, both included; every line adds up to the ledger. Raises InvalidInput when the
    period ends before it starts.
    """
    if end < start:
        raise InvalidInput(_("The period ends before it starts."), field="end")
    by_item = sums.sums_by_item(uow, start, end)
    categories = sums.category_facts(uow)
    rows = _item_rows(uow, by_item, categories)
    by_category: dict[int, Sums] = defaultdict(Sums)
    whole = Sums()
    for row in rows:
        by_category[row.category_id].take_in(by_item[row.key])
    for one in by_category.values():
        whole.take_in(one)
    return Review(
        start=start,
        end=end,
        items=tuple(rows),
        categories=_own_rows(uow, by_category, categories),
        tree=_tree_rows(uow, by_category, categories),
        total=_row(uow, whole, 0, ("", "", "", ""), 0),
        waste=sums.waste_by_reason(uow, start, end),
        counts=sums.count_differences(uow, start, end),
        stock_minor=sums.stock_minor_at(uow, end),
        units=sums.unit_names(uow),
    )


def _item_rows(uow: UnitOfWork, by_item: Mapping[int, Sums], categories: Mapping[int, Any]) -> list[ReviewRow]:
    digits = uow.site.digits
    paths: dict[int | None, str] = {key: facts.path for key, facts in categories.items()}
    paths[None] = ""
    found: list[ReviewRow] = []
    for key, code, name, name_en, unit, category_id in sums.item_facts(uow):
        one = by_item.get(key)
        if one is None:
            continue
        one.unit = unit
        found.append(
            ReviewRow(
                key, code, name, name_en, paths[category_id], category_id or 0, unit,
                tuple(one.qty), tuple(one.value), one.variance, digits,
            )
        )  # fmt: skip
    return found


def _own_rows(uow: UnitOfWork, own: Mapping[int, Sums], categories: Mapping[int, Any]) -> tuple[ReviewRow, ...]:
    paths = {key: categories[key].path if key else "" for key in own}
    return tuple(
        _row(uow, own[key], key, ("", paths[key], _name_en(categories, key), paths[key]), key)
        for key in sorted(own, key=lambda key: paths[key])
    )


def _tree_rows(uow: UnitOfWork, own: Mapping[int, Sums], categories: Mapping[int, Any]) -> tuple[BranchRow, ...]:
    parents = {key: facts.parent_id for key, facts in categories.items()}
    found = []
    for branch in roll_up(own, parents, list(categories)):
        key = branch.key
        path, name = (categories[key].path, categories[key].name) if key else ("", "")
        row = _row(uow, branch.sums, key, ("", name, _name_en(categories, key), path), key)
        found.append(BranchRow(row, branch.depth, branch.has_children))
    return tuple(found)


def _name_en(categories: Mapping[int, Any], key: int) -> str:
    return categories[key].name_en if key else ""


def _row(uow: UnitOfWork, one: Sums, key: int, names: tuple[str, str, str, str], category_id: int) -> ReviewRow:
    unit = one.unit or ""
    digits = uow.site.digits
    return ReviewRow(key, *names, category_id, unit, tuple(one.qty), tuple(one.value), one.variance, digits)
