"""Budgets by pure decision: what parents have from their children, what no budget covers, where a month will end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.values import round_half_up, split_by_weights

WHOLE = 0
"""Stands for all categories together where a category is named."""
HUNDRED = 100


class BudgetLevel(StrEnum):
    """How a category stands in a month: nothing set, within, going to be over at this pace, over already."""

    NONE = "none"
    GOOD = "good"
    WATCH = "watch"
    OVER = "over"


class BudgetSource(StrEnum):
    """What a copy starts from: the other month's budget, or what the other month really cost."""

    BUDGET = "budget"
    ACTUAL = "actual"


@dataclass(slots=True)
class Node:
    """A category, or the whole, while it is added up; amounts in minor units, None for nothing known."""

    own: int | None = None
    parts: int | None = None
    actual: int = 0
    without: int = 0
    expected: int | None = None
    children: list[int] = field(default_factory=list)

    @property
    def budget(self) -> int | None:
        """What is set, else the sum of what is set below."""
        return self.parts if self.own is None else self.own


def add_up(
    own: Mapping[int, int],
    spent: Mapping[int, int],
    expected: Mapping[int, int | None],
    parents: Mapping[int, int | None],
) -> dict[int, Node]:
    """Budgets and cost of every category and of the whole (0), each with everything below it.

    `own` are the budgets set, `spent` what each category's own items cost (0: items without category), `expected` what
    they will have cost at the end of the month, `parents` the category above each one. A budget covers all cost below
    it; what is covered by none stands in `without`. Cost of a category that is not there any more stands with the whole,
    so the whole's `actual` is always the sum of `spent`.
    """
    nodes = {key: Node(own.get(key), None, spent.get(key, 0), expected=expected.get(key)) for key in parents}
    loose = [key for key in {*spent, *expected} if key not in parents]
    late = [expected.get(key) for key in loose]
    known = sum(one if one is not None else spent.get(key, 0) for key, one in zip(loose, late, strict=True))
    whole = nodes[WHOLE] = Node(own.get(WHOLE), None, sum(spent.get(key, 0) for key in loose))
    whole.expected = known if any(one is not None for one in late) else None
    for key, parent in parents.items():
        (whole if parent is None else nodes[parent]).children.append(key)
    for key in reversed(order_of(nodes)):
        node = nodes[key]
        below = [nodes[child] for child in node.children]
        set_below = [child.budget for child in below if child.budget is not None]
        node.parts = sum(set_below) if set_below else None
        node.expected = _sum_known([node, *below])
        node.without = 0 if node.own is not None else node.actual + sum(child.without for child in below)
        node.actual += sum(child.actual for child in below)
    return nodes


def _sum_known(nodes: Sequence[Node]) -> int | None:
    """What is expected of all; where nothing is known of one, what it cost so far."""
    if all(node.expected is None for node in nodes):
        return None
    return sum(node.actual if node.expected is None else node.expected for node in nodes)


def order_of(nodes: Mapping[int, Node]) -> list[int]:
    """The whole, then every category, parents before children, siblings as they were added."""
    order, stack = [], [WHOLE]
    while stack:
        key = stack.pop()
        order.append(key)
        stack.extend(reversed(nodes[key].children))
    return order


def depths_of(nodes: Mapping[int, Node]) -> dict[int, int]:
    """How deep each category stands: 0 for the whole, 1 for a root."""
    depths = {WHOLE: 0}
    for key in order_of(nodes):
        for child in nodes[key].children:
            depths[child] = depths[key] + 1
    return depths


def scaled(amount: int, percent_hundredths: int) -> int:
    """An amount so many hundredths of a percent more (below zero: less), half-up to the minor unit, never below zero."""
    whole = HUNDRED * HUNDRED
    return max(0, round_half_up(amount * (whole + percent_hundredths), whole))


def level_of(budget: int | None, actual: int, expected: int | None) -> BudgetLevel:
    """Over when more is spent than may be; watch when it will be at this pace; a budget just met is good."""
    if budget is None:
        return BudgetLevel.NONE
    if actual > budget:
        return BudgetLevel.OVER
    return BudgetLevel.WATCH if expected is not None and expected > budget else BudgetLevel.GOOD


def share_to_come(to_come: int, usual: Mapping[int, int]) -> dict[int, int]:
    """What the days left of a month will cost, shared out among categories by what those days usually cost in each.

    Minor units; the shares sum to the whole exactly. Where no category is known, all stands with the whole.
    """
    known = {key: amount for key, amount in usual.items() if amount > 0}
    if not known:
        return {WHOLE: to_come} if to_come else {}
    return dict(zip(known, split_by_weights(to_come, list(known.values())), strict=True))
