"""Budgets by category and month, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core import catalog, costing
from core.clock import FixedClock
from core.costing import BudgetCell, BudgetCopy, BudgetLevel, BudgetSource, BudgetState
from core.costing.steps.budgets import budget_of_month
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotAllowed, Refused
from core.office import Office
from core.registry import query
from core.stock import NewLine
from core.uow import UnitOfWork
from db.enums import PostingKind as K
from tests.core.costing.house import Room, make_room
from tests.core.purchasing.people import sign_in_as

D = Decimal
MARCH, FEBRUARY = "2026-03", "2026-02"


@query(None)
def ask_budget_for_test(uow: UnitOfWork, *, month: str) -> dict[int, int]:
    """The step other slices take."""
    return budget_of_month(uow, month)


@pytest.fixture
def room(office: Office, clock: FixedClock) -> Room:
    clock.at = datetime(2026, 2, 2, 4, 0, tzinfo=UTC)
    made = make_room(office)
    for item, value in zip(made.items[:3], (1000, 2000, 333), strict=True):
        made.post(K.RECEIPT, NewLine(item, D(100), location_id=made.places[1], value=D(value)))
    return made


def spend(room: Room, item: int, qty: str, kind: K = K.ISSUE) -> None:
    room.post(kind, NewLine(room.items[item], D(qty), location_id=room.places[1],
                            reason="spoiled" if kind is K.WASTE else ""))  # fmt: skip


def set_one(office: Office, month: str, key: int, amount: str | None, seen: str | None = None) -> costing.BudgetsSet:
    cell = BudgetCell(month, key, None if amount is None else D(amount), None if seen is None else D(seen))
    return office.do(costing.set_budgets, cells=(cell,))


def state_of(office: Office, month: str) -> dict[str, costing.BudgetRow]:
    state: BudgetState = office.ask(costing.list_budget_state, month=month)
    return {row.place.name: row for row in state.rows}


def test_parents_have_the_sum_of_what_is_set_below_until_they_have_their_own(room: Room) -> None:
    office, paths = room.office, room.categories
    leaves, dairy = paths["食品/蔬菜/叶菜"], paths["食品/乳品"]
    food = next(row.id for row in office.ask(catalog.list_categories) if row.path == "食品")
    set_one(office, FEBRUARY, leaves, "300")
    set_one(office, FEBRUARY, dairy, "200.50")
    asked = office.ask(ask_budget_for_test, month=FEBRUARY)
    assert (asked[0], asked[food], asked[leaves], asked[dairy]) == (50050, 50050, 30000, 20050)
    set_one(office, FEBRUARY, 0, "450")
    rows = state_of(office, FEBRUARY)
    assert (rows[""].budget, rows[""].is_sum, rows[""].parts, rows[""].is_less_than_parts) == (
        D(450),
        False,
        D("500.50"),
        True,
    )
    assert (rows["食品"].budget, rows["食品"].is_sum) == (D("500.50"), True)
    assert office.ask(ask_budget_for_test, month=MARCH) == {}


def test_cost_is_usage_and_waste_less_what_counts_found_as_in_the_review(room: Room, clock: FixedClock) -> None:
    office = room.office
    spend(room, 0, "10")
    spend(room, 1, "5", K.WASTE)
    room.post(K.COUNT, NewLine(room.items[2], D(90), location_id=room.places[1]))
    clock.at = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
    start, end = costing.period_moments(costing.last_month(clock.at.date()), "Asia/Shanghai", 4)
    total = office.ask(costing.get_review, start=start, end=end).total
    rows = state_of(office, FEBRUARY)
    assert rows[""].actual == total.value("usage") + total.value("waste") - total.value("adjustments") == D("233.30")
    assert rows[""].expected == rows[""].actual
    assert rows["叶菜"].actual == D(100)


def test_spending_without_a_budget_is_said_and_counts_against_the_whole(room: Room, clock: FixedClock) -> None:
    office = room.office
    set_one(office, FEBRUARY, room.categories["食品/蔬菜/叶菜"], "150")
    spend(room, 0, "10")
    spend(room, 1, "5")
    clock.at = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
    rows = state_of(office, FEBRUARY)
    assert (rows[""].budget, rows[""].actual, rows[""].without, rows[""].level) == (
        D(150),
        D(200),
        D(100),
        BudgetLevel.OVER,
    )
    assert (rows["叶菜"].left, rows["叶菜"].level) == (D(50), BudgetLevel.GOOD)
    assert rows["乳品"].level is BudgetLevel.NONE


def test_the_warning_comes_with_the_pace_and_not_only_at_the_end(room: Room, clock: FixedClock) -> None:
    office = room.office
    leaves = room.categories["食品/蔬菜/叶菜"]
    for day in range(2, 16):  # ten a day for fourteen days; the budget bears 260 in 28 days
        clock.at = datetime(2026, 2, day, 4, 0, tzinfo=UTC)
        spend(room, 0, "1")
    set_one(office, FEBRUARY, leaves, "260")
    clock.at = datetime(2026, 2, 16, 1, 0, tzinfo=UTC)
    row = state_of(office, FEBRUARY)["叶菜"]
    assert (row.actual, row.expected, row.level) == (D(140), D(270), BudgetLevel.WATCH)
    set_one(office, FEBRUARY, leaves, "270", "260")
    assert state_of(office, FEBRUARY)["叶菜"].level is BudgetLevel.GOOD
    set_one(office, FEBRUARY, leaves, "139.99", "270")
    assert state_of(office, FEBRUARY)["叶菜"].level is BudgetLevel.OVER


def test_undo_brings_back_what_was_there(room: Room) -> None:
    office, dairy = room.office, room.categories["食品/乳品"]
    set_one(office, MARCH, dairy, "100")
    done = office.do(costing.set_budgets, cells=(BudgetCell(MARCH, dairy, None, D(100)), BudgetCell(MARCH, 0, D(7))))
    assert office.ask(ask_budget_for_test, month=MARCH) == {0: 700}
    office.do(costing.set_budgets, cells=done.undo)
    assert state_of(office, MARCH)["乳品"].budget == D(100)
    assert state_of(office, MARCH)[""].is_sum
    assert office.do(costing.set_budgets, cells=(BudgetCell(MARCH, dairy, D(100), D(100)),)).cells == ()


def test_two_people_at_one_cell_are_told(room: Room) -> None:
    office, dairy = room.office, room.categories["食品/乳品"]
    set_one(office, MARCH, dairy, "100")
    with pytest.raises(Conflict) as fault:
        set_one(office, MARCH, dairy, "120", None)
    assert list(fault.value.theirs.values()) == [D(100)]
    set_one(office, MARCH, dairy, "100", None)  # both meant the same
    assert state_of(office, MARCH)["乳品"].budget == D(100)


def test_wrong_cells_are_named_by_their_row(room: Room) -> None:
    office = room.office
    good = BudgetCell(MARCH, 0, D(10))
    for wrong in (BudgetCell(MARCH, 99999, D(1)), BudgetCell(MARCH, 0, D(-1)), BudgetCell(MARCH, 0, D("0.001"))):
        with pytest.raises(InvalidInput) as fault:
            office.do(costing.set_budgets, cells=(good, wrong))
        assert fault.value.row == 2
    for month in ("2026-13", "March", "0000-01"):
        with pytest.raises(InvalidInput):
            office.do(costing.set_budgets, cells=(BudgetCell(month, 0, D(1)),))
    assert office.ask(ask_budget_for_test, month=MARCH) == {}


def test_a_month_is_copied_with_a_percentage_and_asks_before_it_replaces(room: Room) -> None:
    office, dairy = room.office, room.categories["食品/乳品"]
    set_one(office, FEBRUARY, dairy, "333.33")
    set_one(office, FEBRUARY, 0, "1000")
    done = office.do(costing.copy_budgets, copy=BudgetCopy((MARCH, "2026-04"), 1, D("2.5")))
    assert {(one.month, one.category_id): one.amount for one in done.cells} == {
        (MARCH, dairy): D("341.66"), (MARCH, 0): D("1025.00"),
        ("2026-04", dairy): D("350.20"), ("2026-04", 0): D("1050.63"),
    }  # fmt: skip
    with pytest.raises(NeedsConfirmation) as asked:
        office.do(costing.copy_budgets, copy=BudgetCopy((MARCH,), 1, D(0)))
    assert asked.value.key == "budgets.replace"
    kept = BudgetCopy((MARCH,), 1, D(0), is_kept=True)
    with pytest.raises(Refused):
        office.do(costing.copy_budgets, copy=kept)
    office.do(costing.copy_budgets, copy=BudgetCopy((MARCH,), 1, D(0)), confirmed=frozenset({"budgets.replace"}))
    assert state_of(office, MARCH)["乳品"].budget == D("333.33")
    office.do(costing.set_budgets, cells=done.undo[:0])
    with pytest.raises(Refused):
        office.do(costing.copy_budgets, copy=BudgetCopy((MARCH,), 12, D(0)))
    with pytest.raises(InvalidInput):
        office.do(costing.copy_budgets, copy=BudgetCopy((MARCH,), 1, D(-101)))


def test_what_a_month_cost_can_become_the_next_ones_budget(room: Room, clock: FixedClock) -> None:
    office = room.office
    spend(room, 0, "10")
    spend(room, 1, "5")
    clock.at = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
    office.do(costing.copy_budgets, copy=BudgetCopy((MARCH,), 1, D(-10), BudgetSource.ACTUAL))
    rows = state_of(office, MARCH)
    assert (rows["叶菜"].budget, rows["乳品"].budget, rows[""].budget) == (D(90), D(90), D(180))
    assert rows[""].is_sum


def test_the_grid_shows_months_side_by_side(room: Room, clock: FixedClock) -> None:
    office, dairy = room.office, room.categories["食品/乳品"]
    spend(room, 1, "5")
    set_one(office, FEBRUARY, dairy, "99")
    clock.at = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
    grid = office.ask(costing.list_budgets, first="2026-01", count=4)
    assert [(month.month, month.is_over, month.is_running) for month in grid.months] == [
        ("2026-01", True, False), (FEBRUARY, True, False), (MARCH, False, True), ("2026-04", False, False),
    ]  # fmt: skip
    cells = {row.place.category_id: row.cells for row in grid.rows}
    assert [cell.actual for cell in cells[dairy]] == [D(0), D(100), D(0), None]
    assert [cell.level for cell in cells[dairy]][1] is BudgetLevel.OVER
    assert grid.rows[0].place.category_id == 0 and grid.rows[0].cells[1].is_sum
    with pytest.raises(InvalidInput):
        office.ask(costing.list_budgets, first="2026-01", count=25)


def test_a_category_that_goes_takes_its_budget_along(room: Room) -> None:
    office, consumables = room.office, room.categories["耗材"]
    set_one(office, MARCH, consumables, "5")
    office.do(catalog.remove_category, category_id=consumables)
    assert office.ask(ask_budget_for_test, month=MARCH) == {}


def test_budgets_are_for_whoever_may_and_seen_by_whoever_sees_costs(room: Room) -> None:
    office = room.office
    sign_in_as(office, "Technician")
    with pytest.raises(NotAllowed):
        office.ask(costing.list_budget_state, month=MARCH)
    with pytest.raises(NotAllowed):
        set_one(office, MARCH, 0, "1")
    with pytest.raises(NotAllowed):
        office.do(costing.copy_budgets, copy=BudgetCopy((MARCH,)))


def test_a_closed_month_keeps_its_cost_and_its_budget(room: Room, clock: FixedClock) -> None:
    office, dairy = room.office, room.categories["食品/乳品"]
    spend(room, 1, "5")
    spend(room, 0, "10", K.WASTE)
    set_one(office, FEBRUARY, dairy, "120")
    clock.at = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
    before = state_of(office, FEBRUARY)
    office.do(costing.close_month, month=FEBRUARY, confirmed=frozenset({"open_checks"}))
    after = state_of(office, FEBRUARY)
    assert {name: row.actual for name, row in after.items()} == {name: row.actual for name, row in before.items()}
    grid = office.ask(costing.list_budgets, first=FEBRUARY, count=2)
    assert [month.is_closed for month in grid.months] == [True, False]
    assert grid.rows[0].cells[0].actual == D(200)
    with pytest.raises(Refused) as fault:
        set_one(office, FEBRUARY, dairy, "130", "120")
    assert "2026-02 is closed" in fault.value.text.render("en")
    with pytest.raises(Refused):
        office.do(costing.copy_budgets, copy=BudgetCopy((FEBRUARY,)))


def test_the_month_is_expected_to_cost_what_its_review_expects(room: Room, clock: FixedClock) -> None:
    office = room.office
    for day in range(2, 21):
        clock.at = datetime(2026, 2, day, 4, 0, tzinfo=UTC)
        spend(room, day % 2, "1")
    rows = state_of(office, FEBRUARY)
    estimate = office.ask(costing.get_month_review, month=FEBRUARY).estimate
    assert estimate is not None
    assert rows[""].expected == estimate.cost > rows[""].actual


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused_in_words(office: Office, amount: str) -> None:
    with pytest.raises(InvalidInput, match="too large"):
        office.do(costing.set_budgets, cells=(costing.BudgetCell("2026-03", 0, Decimal(amount)),))
