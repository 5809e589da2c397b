"""What the sample's months may cost, by category and as a whole, as a careful owner wrote it down before they began."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from core import costing
from core.costing import WHOLE, BudgetCell, Month
from core.sample.demand import MONTH
from core.sample.need import prep_costs
from core.sample.tables import items
from core.sample.world import World

LEAN = {"食材/水产": 0.98, "食材/叶菜": 1.0, "耗材/打包餐具": 1.0, "酒水/酒类": 1.1}
USUAL = 1.06
STEP, WHOLE_STEP = 100, 1000
NOT_PLANNED = ("零售商品", "耗材/清洁用品")


def set_budgets(world: World) -> None:
    """Every month of the history and the next, category by category; shop goods have no budget of their own."""
    cells = []
    for month in costing.months_from_to(Month.of(world.first), Month.of(world.last).after):
        planned = _planned(month)
        cells += [
            BudgetCell(month.text, world.ids.branches[path], Decimal(amount))
            for path, amount in planned.items()
            if not path.startswith(NOT_PLANNED)
        ]
        cells.append(BudgetCell(month.text, WHOLE, _stepped(sum(planned.values()), WHOLE_STEP)))
    world.crew["accountant"].do(costing.set_budgets, cells=tuple(cells))


def _planned(month: Month) -> dict[str, int]:
    """Usual use at list prices, by branch."""
    costs = prep_costs()
    sums: defaultdict[str, float] = defaultdict(float)
    for spec in items().values():
        sums[spec.category] += spec.daily * costs[spec.code]
    days = _days(month) * MONTH[month.number - 1]
    found = {path: int(_stepped(sums[path] * days * LEAN.get(path, USUAL), STEP)) for path in sums}
    return {path: amount for path, amount in found.items() if amount}


def _days(month: Month) -> int:
    return (month.last - month.first).days + 1


def _stepped(amount: float, step: int) -> Decimal:
    return Decimal(max(round(amount / step), 1) * step)
