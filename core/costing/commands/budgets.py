"""What a person can do with budgets: set them cell by cell, copy them from another month, undo either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.costing.rules.budgets import WHOLE, BudgetSource, scaled
from core.costing.rules.months import Month
from core.costing.steps.budgets import month_nodes, stored_budgets
from core.costing.steps.budgets_set import change_budgets, check_budget_month
from core.costing.types.budgets import BudgetCell, BudgetsSet
from core.errors import InvalidInput, Refused
from core.i18n import _, _n
from core.registry import command
from core.uow import UnitOfWork
from core.values import from_minor
from db.enums import Permission

A_YEAR = 12
MOST_PERCENT = Decimal(1000)


@dataclass(frozen=True, slots=True)
class BudgetCopy:
    """How budgets are copied: to each of `months` from the month so many months before (`back`: 1 last month, 12 last
    year), changed by `percent` (5 is five per cent more, -5 less). With `is_kept` budgets that are there already stay."""

    months: tuple[str, ...]
    back: int = 1
    percent: Decimal = Decimal(0)
    source: BudgetSource = BudgetSource.BUDGET
    is_kept: bool = False


@command(Permission.BUDGET_EDIT)
def set_budgets(uow: UnitOfWork, *, cells: Sequence[BudgetCell]) -> BudgetsSet:
    """Set budgets.

    Amounts in the site's currency by month and category; None takes one away. Answers what was changed; its `undo` are the
    cells that bring it back. Raises InvalidInput with the row for an amount below zero or a category that is not there,
    Refused for a closed month, Conflict when somebody else changed one of them meanwhile.
    """
    done = change_budgets(uow, cells)
    uow.note(changes={f"{one.month} {one.category_id}": [one.seen, one.amount] for one in done.cells[:40]})
    return done


@command(Permission.BUDGET_EDIT)
def copy_budgets(uow: UnitOfWork, *, copy: BudgetCopy) -> BudgetsSet:
    """Copy budgets from last month or last year.

    With a percentage, from the budget or from what it really cost. Answers what was changed, with its `undo`. Asks before
    it takes the place of budgets that are there. Raises InvalidInput, Refused for a closed month or when there is nothing
    to copy.
    """
    months = [Month.parse(text) for text in copy.months]
    if not months or len(months) > A_YEAR * 2 or not 1 <= copy.back <= A_YEAR * 2:
        raise InvalidInput(_("Choose the months the budget is copied to."), field="months")
    if not -100 <= copy.percent <= MOST_PERCENT:
        raise InvalidInput(_("A percentage lies between -100 and {most}.", most=MOST_PERCENT), field="percent")
    hundredths = int((copy.percent * 100).to_integral_value())
    stored = stored_budgets(uow, {*months, *(month.moved(-copy.back) for month in months)})
    there = {key: amount for key, amount in stored.items() if key[0] in {month.text for month in months}}
    wanted: dict[tuple[str, int], int] = {}
    for month in sorted(set(months)):
        check_budget_month(uow, month)
        for key, amount in _of(uow, copy, month.moved(-copy.back), {**stored, **wanted}).items():
            if not (copy.is_kept and (month.text, key) in there):
                wanted[month.text, key] = scaled(amount, hundredths)
    if not wanted:
        raise Refused(_("There is nothing to copy: those months have no budget and no cost."), field="months")
    _confirm(uow, there, wanted)
    digits = uow.site.digits
    cells = [
        BudgetCell(month, key, from_minor(amount, digits), _money(there.get((month, key)), digits))
        for (month, key), amount in wanted.items()
    ]
    done = change_budgets(uow, cells)
    uow.note(months=", ".join(copy.months), percent=copy.percent, changed=len(done.cells))
    return done


def _money(minor: int | None, digits: int) -> Decimal | None:
    return None if minor is None else from_minor(minor, digits)


def _of(uow: UnitOfWork, copy: BudgetCopy, month: Month, stored: Mapping[tuple[str, int], int]) -> dict[int, int]:
    """What a month offers to be copied, by category."""
    if copy.source is BudgetSource.BUDGET:
        return {key: amount for (text, key), amount in stored.items() if text == month.text}
    nodes, _weeks = month_nodes(uow, month, {})
    found = {}
    for key, node in nodes.items():
        own = node.actual - sum(nodes[child].actual for child in node.children)
        if node.actual > 0 and (own > 0 or (not node.children and key != WHOLE)):
            found[key] = node.actual
    return found


def _confirm(uow: UnitOfWork, there: Mapping[tuple[str, int], int], wanted: Mapping[tuple[str, int], int]) -> None:
    replaced = [key for key, amount in wanted.items() if key in there and there[key] != amount]
    if replaced:
        months = sorted({month for month, _key in replaced})
        question = _n(
            "{n} budget of {months} is there already. Put the copy in its place?",
            "{n} budgets of {months} are there already. Put the copy in their place?",
            len(replaced),
            months=", ".join(months[:4]) + (" …" if len(months) > 4 else ""),
        )
        uow.confirm("budgets.replace", question, field="months")
