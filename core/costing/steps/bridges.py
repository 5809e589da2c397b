"""The bridges of a month: from lines of two months to what changed and why, by item, category, section and on the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from core.costing.rules.bridge import PARTS, ItemUse, Parts, Use, explain, share_out
from core.costing.steps.month_lines import OTHER, USAGE, spent
from core.costing.steps.month_pair import Pair
from core.costing.steps.section_names import Sections
from core.costing.types import ReviewRow
from core.uow import UnitOfWork
from core.values import to_micro
from db.catalog import Unit

KINDS = OTHER + 1
"""Kinds of cost: usage, waste, counts, other."""
WIDTH = 2 * KINDS + 2
"""A cell: usage, waste, counts, other of the month before, then of the month, in minor units; then the quantities used."""
START, END = len(PARTS), len(PARTS) + 1
EMPTY = (0,) * (len(PARTS) + 2)
Cell = list[int]
Steps = list[int]
"""A bridge while it is added up: the parts in the order of PARTS, then start and end."""


@dataclass(slots=True)
class Bridges:
    """Bridges of every item and section, and the cells they were made of: by item, then section."""

    items: dict[int, Steps] = field(default_factory=dict)
    sections: dict[str, Steps] = field(default_factory=dict)
    parts: dict[int, Parts] = field(default_factory=dict)
    cells: dict[int, dict[str, Cell]] = field(default_factory=dict)

    @property
    def whole(self) -> Steps:
        """All items together."""
        return add_up(self.items.values())


def add_up(bridges: Iterable[Sequence[int]]) -> Steps:
    """Several bridges as one."""
    rows = list(bridges)
    return [sum(places) for places in zip(*rows, strict=True)] if rows else list(EMPTY)


def cells_of(pair: Pair, sections: Sections) -> dict[int, dict[str, Cell]]:
    """What both months cost, by item and section."""
    found: dict[int, dict[str, Cell]] = {}
    for offset, lines in ((0, pair.lines_before), (KINDS, pair.lines)):
        qty_at = 2 * KINDS + (1 if offset else 0)
        for line in lines:
            for one in spent(line):
                key = sections.of_location(one.location_id) if one.purpose is None else sections.of_purpose(one.purpose)
                by_section = found.setdefault(one.item_id, {})
                cell = by_section.get(key)
                if cell is None:
                    cell = by_section[key] = [0] * WIDTH
                cell[offset + one.kind] += one.amount
                if one.kind == USAGE:
                    cell[qty_at] += one.qty
    return found


def bridges_of(uow: UnitOfWork, pair: Pair, sections: Sections) -> Bridges:
    """The bridges between two months."""
    cells = cells_of(pair, sections)
    rows = rows_of(pair, cells)
    made = Bridges(parts=explain(item_uses(uow, cells, rows)), cells=cells)
    for item_id, by_section in cells.items():
        whole = made.items[item_id] = list(EMPTY)
        uses = [use_of(cell) for cell in by_section.values()]
        shared = share_out(made.parts[item_id], uses)
        for (key, cell), parts in zip(by_section.items(), shared, strict=True):
            steps = steps_of(cell, parts)
            _add(whole, steps)
            _add(made.sections.setdefault(key, list(EMPTY)), steps)
    return made


def rows_of(pair: Pair, wanted: Mapping[int, Any]) -> dict[int, ReviewRow]:
    """The line of each item in the month's review, else in that of the month before."""
    found = {row.key: row for row in pair.before.items if row.key in wanted}
    found.update({row.key: row for row in pair.review.items if row.key in wanted})
    return found


def item_uses(
    uow: UnitOfWork, cells: Mapping[int, Mapping[str, Cell]], rows: Mapping[int, ReviewRow]
) -> dict[int, ItemUse]:
    """What of each item was used in both months; goods of a category are counted together where their units have one
    dimension, or are the same."""
    units = _dimensions(uow)
    found = {}
    for item_id, by_section in cells.items():
        row = rows[item_id]
        dimension, factor = units.get(row.unit, (row.unit, 1))
        use = use_of([sum(places) for places in zip(*by_section.values(), strict=True)])
        group = (row.category_id, dimension)
        found[item_id] = ItemUse(use, group, factor, (row.micros[0], row.minors[0]))
    return found


def use_of(cell: Sequence[int]) -> Use:
    """The usage in a cell."""
    return Use(cell[2 * KINDS], cell[USAGE], cell[2 * KINDS + 1], cell[KINDS + USAGE])


def steps_of(cell: Sequence[int], parts: Parts) -> Steps:
    """A cell's bridge: price, quantity and mix of its usage, and how much more was lost, counted and adjusted."""
    before, after = cell[:KINDS], cell[KINDS : 2 * KINDS]
    lost = [after[kind] - before[kind] for kind in range(USAGE + 1, KINDS)]
    return [0, parts.price, parts.quantity, parts.mix, *lost, sum(before), sum(after)]


def _dimensions(uow: UnitOfWork) -> dict[str, tuple[str, int]]:
    """Physical units: what they measure, and how much of it one is."""
    rows = uow.sql.execute(select(Unit.code, Unit.dimension, Unit.factor).where(Unit.dimension != ""))
    return {row.code: (f"={row.dimension}", to_micro(row.factor)) for row in rows}


def _add(run: Steps, steps: Sequence[int]) -> None:
    for place, step in enumerate(steps):
        run[place] += step
