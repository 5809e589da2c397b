"""Two people at one cell of the budget at the same moment, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from decimal import Decimal as D

from core import costing
from core.clock import FixedClock
from core.costing import BudgetCell
from core.errors import Conflict
from core.office import Office
from tests.helpers.sites import ADMIN, PASSWORD


def test_one_of_two_sets_an_empty_cell_and_the_other_is_told(site_url: str, clock: FixedClock) -> None:
    with ExitStack() as stack:
        offices = [stack.enter_context(Office.open(site_url, station=name, clock=clock)) for name in "ab"]
        for office in offices:
            office.sign_in(ADMIN, PASSWORD)
        for month in ("2026-04", "2026-05", "2026-06"):

            def act(pair: tuple[Office, int], month: str = month) -> str:
                office, amount = pair
                try:
                    office.do(costing.set_budgets, cells=(BudgetCell(month, 0, D(amount)),))
                except Conflict:
                    return "told"
                return f"set {amount}"

            with ThreadPoolExecutor(2) as pool:
                done = sorted(pool.map(act, zip(offices, (1, 2), strict=True)))
            stored = offices[0].ask(costing.list_budget_state, month=month).whole.budget
            assert done == [f"set {stored:.0f}", "told"]
