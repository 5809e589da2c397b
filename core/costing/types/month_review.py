"""The review of a month: what it cost, why it cost that, and what to look at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.costing.types.accruals import Accruals
from core.costing.types.bridge import BranchBridge, Bridge, ItemBridge, SectionBridge
from core.costing.types.estimate import Estimate
from core.costing.types.figures import Against, Figure, Sentence
from core.costing.types.review import Review
from core.costing.types.sections import SectionRow
from core.costing.types.standing import DeadStock, Movers
from core.values import from_minor


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A category (0: the whole) with a budget, set or summed from those below it; depth 0 is the whole or a root."""

    category_id: int
    name: str
    name_en: str
    path: str
    budget_minor: int
    cost_minor: int
    digits: int
    depth: int = 0

    @property
    def budget(self) -> Decimal:
        """What it may cost."""
        return from_minor(self.budget_minor, self.digits)

    @property
    def cost(self) -> Decimal:
        """What it cost."""
        return from_minor(self.cost_minor, self.digits)

    @property
    def over(self) -> Decimal:
        """How much more than the budget; below zero: less."""
        return from_minor(self.cost_minor - self.budget_minor, self.digits)

    @property
    def left(self) -> Decimal:
        """What of the budget is left; below zero when it is exceeded."""
        return -self.over

    def title(self, language: str) -> str:
        """The category's name in a language; empty for the whole."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class MonthReview:
    """A month beside another one.

    The cost of a month is usage + waste + count losses less gains + other adjustments. `compared` is the month of `before`
    (against a budget: the month before). `is_running`: not over yet, then the figures are those until now. `budget` is empty
    without one, the whole stands first. `figures` are the head figures with their amounts; each opens.
    """

    month: str
    against: Against
    compared: str
    is_running: bool
    review: Review
    before: Review
    bridge: Bridge
    by_category: tuple[BranchBridge, ...]
    by_section: tuple[SectionBridge, ...]
    by_item: tuple[ItemBridge, ...]
    sections: tuple[SectionRow, ...]
    budget: tuple[BudgetLine, ...]
    movers: Movers
    dead: DeadStock
    accruals: Accruals
    estimate: Estimate | None
    summary: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
