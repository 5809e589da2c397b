"""Bridges as rows that people read: items by size, the tree of categories, sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.costing.rules.bridge import PARTS, BridgePart
from core.costing.steps.bridges import EMPTY, END, KINDS, START, Bridges, Cell, Steps
from core.costing.steps.month_lines import COUNTS, OTHER, USAGE, WASTE
from core.costing.steps.section_names import Sections
from core.costing.types.bridge import BranchBridge, Bridge, ItemBridge, SectionBridge
from core.costing.types.sections import SectionRow

PLAN = PARTS.index(BridgePart.PLAN)
Budgets = Mapping[int, int]


def bridge(steps: Sequence[int], digits: int, budget: int | None = None) -> Bridge:
    """A bridge as it is shown; from a budget it goes by way of the month before."""
    parts, start = list(steps[: len(PARTS)]), steps[START]
    if budget is not None:
        parts[PLAN], start = start - budget, budget
    return Bridge(start, tuple(parts), steps[END], digits)


def item_rows(made: Bridges, digits: int) -> tuple[ItemBridge, ...]:
    """Every item that cost something in either month, the largest change first."""
    found = [
        ItemBridge(made.rows[item_id], bridge(steps, digits)) for item_id, steps in made.items.items() if any(steps)
    ]
    found.sort(key=lambda one: (-abs(one.bridge.end_minor - one.bridge.start_minor), one.row.code))
    return tuple(found)


def branch_rows(
    made: Bridges, categories: Mapping[int, Any], budgets: Budgets, digits: int
) -> tuple[BranchBridge, ...]:
    """The tree of categories that cost something or have a budget; each with everything below it."""
    sums: dict[int, Steps] = {}
    for item_id, steps in made.items.items():
        if any(steps):
            for key in above(made.rows[item_id].category_id, categories):
                _add(sums.setdefault(key, list(EMPTY)), steps)
    for key in budgets:
        if key in categories:
            for one in above(key, categories):
                sums.setdefault(one, list(EMPTY))
    return tuple(_branches(sums, categories, budgets, digits))


def above(key: int, categories: Mapping[int, Any]) -> list[int]:
    """A category and all above it, itself first; 0 where it is not known any more."""
    found = []
    at: int | None = key if key in categories else 0
    while at:
        found.append(at)
        at = categories[at].parent_id
    return found or [0]


def _branches(
    sums: Mapping[int, Steps], categories: Mapping[int, Any], budgets: Budgets, digits: int
) -> Iterable[BranchBridge]:
    below: dict[int | None, list[int]] = defaultdict(list)
    for key in categories:
        if key in sums:
            below[categories[key].parent_id].append(key)
    stack = [(key, 0) for key in reversed(below[None])]
    while stack:
        key, depth = stack.pop()
        facts, budget = categories[key], budgets.get(key)
        shown = bridge(sums[key], digits, budget)
        yield BranchBridge(key, facts.name, facts.name_en, facts.path, depth, bool(below[key]), shown)
        stack.extend((child, depth + 1) for child in reversed(below[key]))
    if 0 in sums:
        yield BranchBridge(0, "", "", "", 0, False, bridge(sums[0], digits))


def section_bridges(made: Bridges, sections: Sections, digits: int) -> tuple[SectionBridge, ...]:
    """Every section that cost something in either month, the dearest first, what belongs to none last."""
    found = [
        SectionBridge(sections.section(key), bridge(steps, digits))
        for key, steps in made.sections.items()
        if any(steps)
    ]
    return tuple(sorted(found, key=lambda one: (one.section.key == "", -one.bridge.end_minor, one.section.key)))


def section_rows(cells: Mapping[int, Mapping[str, Cell]], sections: Sections, digits: int) -> tuple[SectionRow, ...]:
    """What each section cost, by kind of cost, in the same order."""
    sums: dict[str, list[int]] = {}
    for by_section in cells.values():
        for key, cell in by_section.items():
            _add(sums.setdefault(key, [0] * len(cell)), cell)
    found = []
    for key, cell in sums.items():
        now = cell[KINDS:]
        row = SectionRow(
            sections.section(key), now[USAGE], now[WASTE], now[COUNTS], now[OTHER], sum(cell[:KINDS]), digits
        )
        if any(cell[: 2 * KINDS]):
            found.append(row)
    return tuple(sorted(found, key=lambda one: (one.section.key == "", -one.cost_minor, one.section.key)))


def _add(run: list[int], parts: Sequence[int]) -> None:
    for place, part in enumerate(parts):
        run[place] += part
