"""Budgets as a file: the year's grid in the form that can be brought in again, or a month against its budgets."""

from __future__ import annotations

from core.costing import WHOLE, BudgetGrid, BudgetPlace, BudgetState
from core.documents import Cell, Fact, Sheet
from core.documents import Column as FileColumn
from core.i18n import Language, Text, _
from desktop.costing.budgets.words import LEVELS
from desktop.printing.list_file import MakeSheet


def budget_sheet(grid: BudgetGrid | None, state: BudgetState | None, said: Language) -> MakeSheet:
    """The month when one is shown, else the year."""
    return lambda: _of_month(state, said) if state is not None else _of_year(grid, said)


def _paths(places: list[BudgetPlace], said: Language) -> dict[int, str]:
    """The way down the tree to each category, as a file names it (A/B/C); empty for the whole."""
    found: dict[int, str] = {}
    above: list[str] = []
    for place in places:
        above = above[: max(0, place.depth - 1)]
        if place.category_id != WHOLE:
            above.append(place.title(said))
        found[place.category_id] = "/".join(above)
    return found


def _of_year(grid: BudgetGrid | None, said: Language) -> Sheet:
    columns = (
        FileColumn("month", _("Month")), FileColumn("category", _("Category")),
        FileColumn("amount", _("Budget"), "money"), FileColumn("actual", _("Cost"), "money"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    if grid is not None:
        paths = _paths([row.place for row in grid.rows], said)
        for at, month in enumerate(grid.months):
            for row in grid.rows:
                cell = row.cells[at]
                if cell.budget is not None and not cell.is_sum:
                    rows.append((month.month, paths[row.place.category_id], cell.budget, cell.actual))
    return Sheet(_("Budgets"), columns, rows)


def _of_month(state: BudgetState, said: Language) -> Sheet:
    columns = (
        FileColumn("category", _("Category")), FileColumn("budget", _("Budget"), "money", dash=False),
        FileColumn("actual", _("Cost so far"), "money"), FileColumn("expected", _("At month end"), "money"),
        FileColumn("left", _("Left"), "money", dash=False), FileColumn("level", _("State")),
    )  # fmt: skip
    paths = _paths([row.place for row in state.rows], said)
    whole: Text = _("Whole site")
    rows = [
        (paths[row.place.category_id] or whole, row.budget, row.actual, row.expected, row.left, LEVELS[row.level][0])
        for row in state.rows
    ]
    return Sheet(_("Budgets"), columns, rows, (Fact(_("Month"), state.month),))
