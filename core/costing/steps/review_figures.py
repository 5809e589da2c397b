"""The head figures of a month's review, and its budgets."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.costing.rules.bridge import PARTS
from core.costing.steps.bridge_rows import above
from core.costing.steps.bridges import END, KINDS
from core.costing.steps.month_frames import Frame
from core.costing.steps.month_lines import COUNTS, OTHER, USAGE, WASTE
from core.costing.steps.summary.facts import KEYS
from core.costing.types import Review
from core.costing.types.bridge import Bridge
from core.costing.types.figures import Against, Figure, FigureKey
from core.costing.types.month_review import BudgetLine
from core.values import from_minor

COLUMN_FIGURES = (FigureKey.OPENING, FigureKey.RECEIPTS, FigureKey.OTHER_IN, FigureKey.OTHER_OUT, FigureKey.CLOSING)
COST_FIGURES = {FigureKey.USAGE: USAGE, FigureKey.WASTE: WASTE, FigureKey.COUNTS: COUNTS, FigureKey.OTHER: OTHER}


def head_figures(frame: Frame, review: Review, whole: Bridge) -> tuple[Figure, ...]:
    """Cost, its kinds, the columns of the review and the parts of the bridge, each with its amount."""
    month, against = frame.spans.month.text, frame.against
    total, digits = review.total, whole.digits
    cells = [cell for by_section in frame.made.cells.values() for cell in by_section.values()]
    kinds = {key: sum(cell[KINDS + kind] for cell in cells) for key, kind in COST_FIGURES.items()}
    found: list[tuple[FigureKey, Decimal]] = [(FigureKey.COST, whole.end)]
    found += [(key, from_minor(amount, digits)) for key, amount in kinds.items()]
    found += [(key, total.value(key.value)) for key in COLUMN_FIGURES]
    found.append((FigureKey.CHANGE, from_minor(whole.end_minor - whole.start_minor, digits)))
    found += [(KEYS[part], whole.amount(part)) for part in PARTS if part in KEYS]
    if against is Against.BUDGET and frame.budget is not None:
        found.append((FigureKey.BUDGET, whole.start))
    return tuple(Figure(key, month, against, amount=amount) for key, amount in found)


def budget_lines(frame: Frame, digits: int) -> tuple[BudgetLine, ...]:
    """What was set for the month, the whole first, then the tree in its order, and what it cost."""
    costs: dict[int, int] = {}
    for item_id, steps in frame.made.items.items():
        for key in _keys(frame, item_id):
            costs[key] = costs.get(key, 0) + steps[END]
    order = [0, *frame.categories]
    return tuple(
        BudgetLine(key, *_names(frame, key), frame.budgets[key], costs.get(key, 0), digits, _depth(frame, key))
        for key in order
        if key in frame.budgets
    )


def _keys(frame: Frame, item_id: int) -> Iterable[int]:
    """The categories whose cost an item is part of, and the whole (0)."""
    return {0, *above(frame.rows[item_id].category_id, frame.categories)}


def _depth(frame: Frame, key: int) -> int:
    return len(above(key, frame.categories)) - 1 if key else 0


def _names(frame: Frame, key: int) -> tuple[str, str, str]:
    if not key:
        return "", "", ""
    facts = frame.categories[key]
    return facts.name, facts.name_en, facts.path
