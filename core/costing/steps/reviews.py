"""Putting a review together: from sums over the ledger, or from what a closing stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.costing.rules import Sums, roll_up
from core.costing.steps import sums
from core.costing.types import BranchRow, CountRow, Review, ReviewRow, WasteRow
from core.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Material:
    """What a review is made of: sums by item; code, names, unit and category of items in the order of codes; categories
    (parent, names, path) in the order of paths; and what stands beside."""

    by_item: Mapping[int, Sums]
    items: Iterable[Any]
    categories: Mapping[int, Any]
    waste: tuple[WasteRow, ...]
    counts: tuple[CountRow, ...]
    stock_minor: int
    units: Mapping[str, tuple[str, str]]


def from_ledger(uow: UnitOfWork, start: datetime, end: datetime) -> Material:
    """The material of a period from the ledger, with names and categories of today."""
    return Material(
        by_item=sums.sums_by_item(uow, start, end),
        items=sums.item_facts(uow),
        categories=sums.category_facts(uow),
        waste=sums.waste_by_reason(uow, start, end),
        counts=sums.count_differences(uow, start, end),
        stock_minor=sums.stock_minor_at(uow, end),
        units=sums.unit_names(uow),
    )


def compose(start: datetime, end: datetime, made_of: Material, digits: int) -> Review:
    """The review of a period: lines by item, by category, as a tree, and the whole."""
    rows = _item_rows(made_of, digits)
    by_category: dict[int, Sums] = defaultdict(Sums)
    whole = Sums()
    for row in rows:
        by_category[row.category_id].take_in(made_of.by_item[row.key])
    for one in by_category.values():
        whole.take_in(one)
    return Review(
        start=start,
        end=end,
        items=tuple(rows),
        categories=_own_rows(by_category, made_of.categories, digits),
        tree=_tree_rows(by_category, made_of.categories, digits),
        total=_row(whole, 0, ("", "", "", ""), digits),
        waste=made_of.waste,
        counts=made_of.counts,
        stock_minor=made_of.stock_minor,
        units=made_of.units,
    )


def _item_rows(made_of: Material, digits: int) -> list[ReviewRow]:
    paths: dict[int | None, str] = {key: facts.path for key, facts in made_of.categories.items()}
    paths[None] = paths[0] = ""
    found: list[ReviewRow] = []
    for key, code, name, name_en, unit, category_id in made_of.items:
        one = made_of.by_item.get(key)
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


def _own_rows(own: Mapping[int, Sums], categories: Mapping[int, Any], digits: int) -> tuple[ReviewRow, ...]:
    paths = {key: categories[key].path if key else "" for key in own}
    return tuple(
        _row(own[key], key, ("", paths[key], _name_en(categories, key), paths[key]), digits)
        for key in sorted(own, key=lambda key: paths[key])
    )


def _tree_rows(own: Mapping[int, Sums], categories: Mapping[int, Any], digits: int) -> tuple[BranchRow, ...]:
    parents = {key: facts.parent_id for key, facts in categories.items()}
    found = []
    for branch in roll_up(own, parents, list(categories)):
        key = branch.key
        path, name = (categories[key].path, categories[key].name) if key else ("", "")
        row = _row(branch.sums, key, ("", name, _name_en(categories, key), path), digits)
        found.append(BranchRow(row, branch.depth, branch.has_children))
    return tuple(found)


def _name_en(categories: Mapping[int, Any], key: int) -> str:
    return categories[key].name_en if key else ""


def _row(one: Sums, key: int, names: tuple[str, str, str, str], digits: int) -> ReviewRow:
    return ReviewRow(key, *names, key, one.unit or "", tuple(one.qty), tuple(one.value), one.variance, digits)
