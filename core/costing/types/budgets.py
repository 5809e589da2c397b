"""Budgets: what may be spent by category and month, and how a month stands against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.costing.rules.budgets import BudgetLevel


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """One budget to be set: `amount` None takes it away. `seen` is what the person saw there before, None for nothing."""

    month: str
    category_id: int
    amount: Decimal | None
    seen: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BudgetsSet:
    """What was changed; with `seen` as it was before."""

    cells: tuple[BudgetCell, ...]

    @property
    def undo(self) -> tuple[BudgetCell, ...]:
        """The cells that bring everything back as it was."""
        return tuple(BudgetCell(one.month, one.category_id, one.seen, one.amount) for one in self.cells)


@dataclass(frozen=True, slots=True)
class BudgetPlace:
    """A line of the grid: a category by its place in the tree, `category_id` 0 for the whole site (depth 0)."""

    category_id: int
    name: str
    name_en: str
    depth: int
    has_children: bool

    def title(self, language: str) -> str:
        """The category's name in a language; empty for the whole."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A category (or the whole) in one month, with everything below it.

    `budget` is None where neither it nor anything below it has one; `is_sum` when it is the sum of those below it rather
    than set itself. `actual` is what the month cost so far (usage + waste - count differences and adjustments), and
    `without` the part of it that no budget covers. `expected` is what it will have cost at the end of the month;
    the cost itself once the month is over, None before anything can be said. `parts` is what the budgets
    below add up to, to be compared with a budget set on it.
    """

    place: BudgetPlace
    budget: Decimal | None
    is_sum: bool
    parts: Decimal | None
    actual: Decimal
    without: Decimal
    expected: Decimal | None
    level: BudgetLevel

    @property
    def left(self) -> Decimal | None:
        """What of the budget is not spent yet; below zero when it is exceeded."""
        return None if self.budget is None else self.budget - self.actual

    @property
    def is_less_than_parts(self) -> bool:
        """Whether the budgets below add up to more than the budget set here."""
        return self.budget is not None and self.parts is not None and not self.is_sum and self.parts > self.budget


@dataclass(frozen=True, slots=True)
class BudgetState:
    """A month against its budgets: the whole first, then the tree of categories with budgets or cost.

    `days_done` are the business days that are over, of `days`; `weeks` before today say by weekday what the days left will
    cost (0: nothing is known yet, or the month does not run).
    """

    month: str
    first: date
    last: date
    days: int
    days_done: int
    is_over: bool
    is_closed: bool
    weeks: int
    rows: tuple[BudgetRow, ...]

    @property
    def whole(self) -> BudgetRow:
        """All categories together."""
        return self.rows[0]

    @property
    def is_empty(self) -> bool:
        """Whether no budget is set for this month."""
        return all(row.budget is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A budget in the grid: as set, or the sum of those below (`is_sum`); None for nothing. `actual` is None for months
    that have not begun; `expected` is what the running month will have cost at its end."""

    budget: Decimal | None
    is_sum: bool
    actual: Decimal | None
    level: BudgetLevel
    expected: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GridMonth:
    """A month of the grid: whether it is closed (its budget stays as it is), is over, is now."""

    month: str
    is_closed: bool
    is_over: bool
    is_running: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line of the grid, a cell for each month."""

    place: BudgetPlace
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class BudgetGrid:
    """Budgets of several months by category: the whole first, then every category of the tree, parents before children."""

    months: tuple[GridMonth, ...]
    rows: tuple[GridRow, ...]
