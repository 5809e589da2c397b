"""Building blocks: cells of the grid of budgets, checked and written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.costing.rules.budgets import WHOLE
from core.costing.rules.months import Month
from core.costing.steps.budgets import hold_budgets, is_closed, stored_budgets, write_budgets
from core.costing.steps.sums import category_facts
from core.costing.types.budgets import BudgetCell, BudgetsSet
from core.errors import Conflict, CoreError, InvalidInput, Refused
from core.i18n import _
from core.uow import UnitOfWork
from core.values import from_minor, to_minor

Place = tuple[str, int]


def check_budget_month(uow: UnitOfWork, month: Month) -> None:
    """A month's budget may still be changed. Raises Refused for a closed one."""
    if is_closed(uow, month):
        raise Refused(
            _("{month} is closed: its budget stays as it was. Reopen the month to change it.", month=month.text),
            field="month",
        )


def change_budgets(uow: UnitOfWork, cells: Sequence[BudgetCell]) -> BudgetsSet:
    """Write the cells that differ from what is stored; answers them with what was there before.

    Raises InvalidInput or Refused with the row (1 is the first cell), Conflict when somebody else changed one of them to
    something else since it was `seen`.
    """
    hold_budgets(uow)
    months = {cell.month: Month.parse(cell.month) for cell in cells}
    _check_each(uow, cells, months)
    wanted = _wanted(uow, cells, months)
    stored = stored_budgets(uow, set(months.values()))
    changed = {place: amount for place, amount in wanted.items() if stored.get(place) != amount}
    digits = uow.site.digits
    seen = {(months[cell.month].text, cell.category_id): cell.seen for cell in cells}
    done = []
    for place, amount in changed.items():
        before = stored.get(place)
        was = None if before is None else from_minor(before, digits)
        now = None if amount is None else from_minor(amount, digits)
        if was != seen[place]:
            _conflict(place, seen[place], now, was)
        done.append(BudgetCell(*place, amount=now, seen=was))
    write_budgets(uow, changed)
    return BudgetsSet(tuple(done))


def _check_each(uow: UnitOfWork, cells: Iterable[BudgetCell], months: dict[str, Month]) -> None:
    for month in set(months.values()):
        check_budget_month(uow, month)
    known = {WHOLE, *category_facts(uow)}
    for number, cell in enumerate(cells, start=1):
        if cell.category_id not in known:
            raise InvalidInput(_("This category is not there any more."), field="category_id", row=number)


def _wanted(uow: UnitOfWork, cells: Iterable[BudgetCell], months: dict[str, Month]) -> dict[Place, int | None]:
    wanted: dict[Place, int | None] = {}
    for number, cell in enumerate(cells, start=1):
        try:
            wanted[months[cell.month].text, cell.category_id] = _minor(uow, cell)
        except CoreError as fault:
            raise fault.in_row(number) from None
    return wanted


def _minor(uow: UnitOfWork, cell: BudgetCell) -> int | None:
    if cell.amount is None:
        return None
    if cell.amount.is_finite() and cell.amount < 0:
        raise InvalidInput(_("A budget is not below zero."), field="amount")
    return to_minor(cell.amount, uow.site.digits)


def _conflict(place: Place, base: object, mine: object, theirs: object) -> None:
    key = f"{place[0]} {place[1]}"
    raise Conflict(
        _("Somebody else changed the budget of {month} meanwhile. Look at it again.", month=place[0]),
        base={key: base}, mine={key: mine}, theirs={key: theirs},
    )  # fmt: skip
