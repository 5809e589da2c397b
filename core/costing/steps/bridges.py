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
    """Bridges of every item and section, and the cells they were made of: by item, then section. `rows` is the line of each
    item."""

    rows: Mapping[int, ReviewRow]
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
    for which, lines in enumerate((pair.lines_before, pair.lines)):
        for line in lines:
            for kind, purpose, qty, amount in spent(line):
                key = sections.of_location(line.location_id) if purpose is None else sections.of_purpose(purpose)
                by_section = found.get(line.item_id)
                if by_section is None:
                    by_section = found[line.item_id] = {}
                cell = by_section.get(key)
                if cell is None:
                    cell = by_section[key] = [0] * WIDTH
                cell[which * KINDS + kind] += amount
                cell[2 * KINDS + which] += qty
    return found


def bridges_of(uow: UnitOfWork, pair: Pair, sections: Sections) -> Bridges:
    """The bridges between two months."""
    cells = cells_of(pair, sections)
    rows = rows_of(pair, cells)
    made = Bridges(rows, parts=explain(item_uses(uow, cells, rows)), cells=cells)
    for item_id, by_section in cells.items():
        parts = made.parts[item_id]
        if len(by_section) == 1:
            ((key, cell),) = by_section.items()
            steps = made.items[item_id] = steps_of(cell, parts)
            _take_in(made.sections, key, steps)
            continue
        made.items[item_id] = _by_section(made, by_section, parts)
    return made


def _by_section(made: Bridges, by_section: Mapping[str, Cell], parts: Parts) -> Steps:
    """The bridge of an item that several sections used, its parts shared out to them."""
    whole = list(EMPTY)
    shared = share_out(parts, [use_of(cell) for cell in by_section.values()])
    for (key, cell), own in zip(by_section.items(), shared, strict=True):
        steps = steps_of(cell, own)
        _add(whole, steps)
        _take_in(made.sections, key, steps)
    return whole


def _take_in(sections: dict[str, Steps], key: str, steps: Steps) -> None:
    found = sections.get(key)
    if found is None:
        sections[key] = list(steps)
    else:
        _add(found, steps)


def rows_of(pair: Pair, wanted: Mapping[int, Any]) -> dict[int, ReviewRow]:
    """The line of each item in the month's review, else in that of the month before."""
    found = {row.key: row for row in pair.before.rows if row.key in wanted}
    found.update({row.key: row for row in pair.now.rows if row.key in wanted})
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
        use = use_of(whole_cell(by_section))
        found[item_id] = ItemUse(use, (row.category_id, dimension), factor, (row.micros[0], row.minors[0]))
    return found


def whole_cell(by_section: Mapping[str, Cell]) -> Cell:
    """The cells of an item as one."""
    if len(by_section) == 1:
        return next(iter(by_section.values()))
    return [sum(places) for places in zip(*by_section.values(), strict=True)]


def use_of(cell: Sequence[int]) -> Use:
    """The usage in a cell."""
    return Use(cell[2 * KINDS], cell[USAGE], cell[2 * KINDS + 1], cell[KINDS + USAGE])


def steps_of(cell: Sequence[int], parts: Parts) -> Steps:
    """A cell's bridge: price, quantity and mix of its usage, and how much more was lost, counted and adjusted."""
    before, after = cell[:KINDS], cell[KINDS : 2 * KINDS]
    _usage, waste0, counts0, other0 = before
    _usage, waste1, counts1, other1 = after
    lost = (waste1 - waste0, counts1 - counts0, other1 - other0)
    return [0, parts.price, parts.quantity, parts.mix, *lost, sum(before), sum(after)]


def _dimensions(uow: UnitOfWork) -> dict[str, tuple[str, int]]:
    """Physical units: what they measure, and how much of it one is."""
    rows = uow.sql.execute(select(Unit.code, Unit.dimension, Unit.factor).where(Unit.dimension != ""))
    return {row.code: (f"={row.dimension}", to_micro(row.factor)) for row in rows}


def _add(run: Steps, steps: Sequence[int]) -> None:
    for place, step in enumerate(steps):
        run[place] += step
