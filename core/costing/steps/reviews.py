"""Putting a review together from its lines, whether they come from the ledger or from what a closing stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import add
from typing import Any

from core.costing.rules import COLUMNS, Sums, roll_up
from core.costing.types import BranchRow, CountRow, Review, ReviewRow, WasteRow

STILL = (0,) * (len(COLUMNS) - 2)
"""The columns between opening and closing of goods that nothing happened to."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a review is made of: the lines by item in the order of codes; categories (parent, names, path) in the order of
    paths; and what stands beside."""

    rows: tuple[ReviewRow, ...]
    categories: Mapping[int, Any]
    waste: tuple[WasteRow, ...]
    counts: tuple[CountRow, ...]
    stock_minor: int
    units: Mapping[str, tuple[str, str]]


def compose(start: datetime, end: datetime, made_of: Material, digits: int) -> Review:
    """The review of a period: lines by item, by category, as a tree, and the whole."""
    own = _by_category(made_of.rows)
    whole = Sums()
    for one in own.values():
        whole.take_in(one)
    return Review(
        start=start,
        end=end,
        items=made_of.rows,
        categories=_own_rows(own, made_of.categories, digits),
        tree=_tree_rows(own, made_of.categories, digits),
        total=_row(whole, 0, ("", "", "", ""), digits),
        waste=made_of.waste,
        counts=made_of.counts,
        stock_minor=made_of.stock_minor,
        units=made_of.units,
    )


def _by_category(rows: Iterable[ReviewRow]) -> dict[int, Sums]:
    """What the lines of each category's own items add up to."""
    found: dict[int, Sums] = {}
    for _key, _code, _name, _name_en, _path, category_id, unit, micros, minors, variance, _digits in rows:
        one = found.get(category_id)
        if one is None:
            one = found[category_id] = Sums()
        if one.unit != unit:
            one.unit = unit if one.unit is None else ""
        qty, value = one.qty, one.value
        if minors[1:-1] == STILL and micros[1:-1] == STILL:
            qty[0] += micros[0]
            qty[-1] += micros[-1]
            value[0] += minors[0]
            value[-1] += minors[-1]
        else:
            one.qty, one.value = list(map(add, qty, micros)), list(map(add, value, minors))
        one.variance += variance
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
    return str(categories[key].name_en) if key else ""


def _row(one: Sums, key: int, names: tuple[str, str, str, str], digits: int) -> ReviewRow:
    return ReviewRow(key, *names, key, one.unit or "", tuple(one.qty), tuple(one.value), one.variance, digits)
