"""Budgets from files."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core import catalog, costing, importing
from core.clock import FixedClock
from core.costing import BudgetCell
from core.errors import Refused
from core.office import Office
from core.registry import command
from core.uow import UnitOfWork
from db.enums import ImportKind
from tests.core.importing.helping import bring_in, faults_of

D = Decimal
KIND = ImportKind.BUDGETS


@command(None)
def make_categories_for_test(uow: UnitOfWork) -> dict[str, int]:
    """Make categories for a test."""
    return catalog.ensure_categories(uow, ["食品/蔬菜", "食品/乳品", "酒水/乳品"])


@pytest.fixture
def paths(office: Office) -> dict[str, int]:
    return office.do(make_categories_for_test)


def budgets(office: Office, month: str) -> dict[str, Decimal]:
    state = office.ask(costing.list_budget_state, month=month)
    return {row.place.name: row.budget for row in state.rows if row.budget is not None and not row.is_sum}


def test_a_file_sets_budgets_and_undo_brings_back_what_was(office: Office, paths: dict[str, int]) -> None:
    before = BudgetCell("2026-03", paths["食品/蔬菜"], D(50))
    office.do(costing.set_budgets, cells=(before,))
    content = '月份,分类,预算金额\n2026年3月,食品/蔬菜,"1,200.50"\n2026-04,蔬菜,1300\n2026-03,,9000\n2026-04-01,酒水 > 乳品,10\n'
    result = bring_in(office, KIND, content)
    assert (result.rows, result.posted, result.changed) == (4, 4, 4)
    assert [(one.row, one.before, one.after) for one in result.changes][:1] == [(1, "50.00", "1200.50")]
    assert budgets(office, "2026-03") == {"蔬菜": D("1200.50"), "": D(9000)}
    assert budgets(office, "2026-04") == {"蔬菜": D(1300), "乳品": D(10)}
    again = bring_in(office, KIND, content)
    assert (again.unchanged, again.changed) == (4, 0)
    office.do(importing.undo_import, run_id=result.run_id)
    assert budgets(office, "2026-03") == {"蔬菜": D(50)}
    assert budgets(office, "2026-04") == {}


def test_an_import_is_not_undone_over_what_somebody_changed_since(office: Office, paths: dict[str, int]) -> None:
    result = bring_in(office, KIND, "month,category,amount\n2026-03,all,9000\n")
    office.do(costing.set_budgets, cells=(BudgetCell("2026-03", 0, D(9100), D(9000)),))
    with pytest.raises(Refused):
        office.do(importing.undo_import, run_id=result.run_id)
    assert budgets(office, "2026-03") == {"": D(9100)}


def test_every_wrong_row_is_named_and_nothing_is_saved(office: Office, paths: dict[str, int]) -> None:
    content = "\n".join(
        [
            "month,category,amount",
            "2026-03,食品/蔬菜,100",
            "2026-03,乳品,100",
            "2026-03,食品/肉,100",
            "2026-13,食品/蔬菜,100",
            ",食品/蔬菜,100",
            "2026-04,食品/蔬菜,lots",
            "2026-05,食品/蔬菜,-3",
            "2026-05,食品/乳品,",
            "2026-03,食品/蔬菜,200",
            "2026-06,,0.001",
        ]
    )
    faults = faults_of(office, KIND, content)
    assert [(row, field) for row, field, _said in faults] == [
        (2, "category"), (3, "category"), (4, "month"), (5, "month"), (6, "amount"), (7, "amount"), (8, "amount"),
        (9, "category"), (10, "amount"),
    ]  # fmt: skip
    assert "several categories" in faults[0][2] and "no category 食品/肉" in faults[1][2]
    assert budgets(office, "2026-03") == {}


def test_only_the_known_months_of_the_calendar(office: Office, paths: dict[str, int], clock: FixedClock) -> None:
    clock.at = datetime(2026, 3, 31, 20, 30, tzinfo=UTC)
    bring_in(office, KIND, "期间,预算\n202604,12\n")
    assert budgets(office, "2026-04") == {"": D(12)}
