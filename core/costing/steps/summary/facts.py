"""What the summary is made from: the figures of a month and who is behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.costing.rules.bridge import PARTS, BridgePart
from core.costing.types.accruals import Accruals
from core.costing.types.bridge import BranchBridge, Bridge, ItemBridge
from core.costing.types.estimate import Estimate
from core.costing.types.figures import Against, Figure, FigureKey
from core.costing.types.month_review import BudgetLine
from core.costing.types.standing import DeadStock, Movers
from core.documents import Notation
from core.i18n import Name, Text

KEYS = {
    BridgePart.PRICE: FigureKey.PRICE,
    BridgePart.QUANTITY: FigureKey.QUANTITY,
    BridgePart.MIX: FigureKey.MIX,
    BridgePart.WASTE: FigureKey.WASTE_CHANGE,
    BridgePart.COUNTS: FigureKey.COUNTS_CHANGE,
    BridgePart.OTHER: FigureKey.OTHER_CHANGE,
}
BY_CATEGORY = (BridgePart.QUANTITY, BridgePart.MIX)
SECOND = 5
"""Who is second behind a part is named only from a fifth of the first one's amount on."""


@dataclass(frozen=True, slots=True)
class Driver:
    """Who is behind a part of the bridge: its name, and the figure that opens it."""

    title: Name | Text
    figure: Figure


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """A month as far as its summary goes. `drivers` by part: those that pull the way the part goes, the strongest first."""

    month: str
    compared: str
    against: Against
    is_running: bool
    bridge: Bridge
    drivers: Mapping[BridgePart, tuple[Driver, ...]]
    budget: tuple[BudgetLine, ...]
    movers: Movers
    dead: DeadStock
    accruals: Accruals
    estimate: Estimate | None
    notation: Notation

    @property
    def before_minor(self) -> int:
        """What the month compared with cost, in minor units: against a budget the one the bridge goes by way of."""
        return self.bridge.start_minor + self.bridge.steps[PARTS.index(BridgePart.PLAN)]

    @property
    def is_against_budget(self) -> bool:
        """Whether the bridge starts from a budget."""
        return self.against is Against.BUDGET and bool(self.budget)


def drivers_of(
    bridge: Bridge, items: Sequence[ItemBridge], branches: Sequence[BranchBridge], empty: Figure, without: Text
) -> dict[BridgePart, tuple[Driver, ...]]:
    """Who is behind each part: categories of quantity and mix, items of the others. `empty` is a figure of the month with
    nothing else said, `without` the words for goods without category."""
    found = {}
    leaves = [one for one in branches if not one.has_children]
    for part, key in KEYS.items():
        place, whole = PARTS.index(part), bridge.steps[PARTS.index(part)]
        if part in BY_CATEGORY:
            sizes = [(one.bridge.steps[place], number) for number, one in enumerate(leaves)]
            strongest = [leaves[number] for number in _strongest(sizes, whole)]
            found[part] = tuple(_category(one, key, part, empty, without) for one in strongest)
        else:
            sizes = [(one.bridge.steps[place], number) for number, one in enumerate(items)]
            found[part] = tuple(_item(items[number], key, part, empty) for number in _strongest(sizes, whole))
    return found


def _strongest(sizes: Iterable[tuple[int, int]], whole: int) -> list[int]:
    """The one that pulls most the way the whole goes, and the second where it matters beside it."""
    same = [(abs(size), number) for size, number in sizes if size * whole > 0]
    same.sort(key=lambda one: (-one[0], one[1]))
    return [number for size, number in same[:2] if size * SECOND >= same[0][0]]


def _item(one: ItemBridge, key: FigureKey, part: BridgePart, empty: Figure) -> Driver:
    amount = one.bridge.amount(part)
    figure = Figure(key, empty.month, empty.against, item_id=one.row.key, amount=amount)
    return Driver(Name(one.row.name, one.row.name_en), figure)


def _category(one: BranchBridge, key: FigureKey, part: BridgePart, empty: Figure, without: Text) -> Driver:
    amount = one.bridge.amount(part)
    figure = Figure(key, empty.month, empty.against, category_id=one.key, amount=amount)
    return Driver(Name(one.name, one.name_en) if one.key else without, figure)
