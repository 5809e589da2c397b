"""Pure decisions: tolerance, the detective, what is due, the walk, figures from paper."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.counting.rules import plan
from core.counting.rules.detect import Neighbour, Surroundings, is_swapped, look
from core.counting.rules.entry import row_and_figure
from core.counting.rules.plan import Candidate, Spot
from core.counting.rules.states import check_countable, wants_recount
from core.counting.rules.tolerance import Tolerance, check_tolerance, is_within, tolerance_for
from core.counting.types import FlagKind
from core.errors import InvalidInput, Refused
from db.enums import CountState

U = 1_000_000
LOOSE = Tolerance(D(5), D(0))


@pytest.mark.parametrize(
    ("expected", "counted", "value", "tolerance", "within"),
    [
        (100, 95, -500, LOOSE, True),
        (100, 94, -600, LOOSE, False),
        (100, 105, 500, Tolerance(D(5), D(5)), True),
        (100, 105, 501, Tolerance(D(5), D(5)), False),
        (0, 0, 0, Tolerance(D(0), D(0)), True),
        (0, 1, 1, Tolerance(D(100), D(0)), False),
        (-3, 0, 0, Tolerance(D(100), D(0)), False),
        (3, 3, 0, Tolerance(D(0), D(0)), True),
    ],
)
def test_a_difference_is_within_when_both_limits_hold(
    expected: int, counted: int, value: int, tolerance: Tolerance, within: bool
) -> None:
    assert is_within(expected * U, counted * U, value, tolerance, 2) is within


def test_the_item_beats_its_class_which_beats_the_count() -> None:
    item, abc = Tolerance(D(1), D(0)), Tolerance(D(2), D(0))
    special = {(7, ""): item, (0, "A"): abc}
    assert tolerance_for(7, "A", special, LOOSE) is item
    assert tolerance_for(8, "A", special, LOOSE) is abc
    assert tolerance_for(8, "", special, LOOSE) is LOOSE


@pytest.mark.parametrize(("pct", "amount"), [(D(-1), D(0)), (D(101), D(0)), (D(5), D(-1))])
def test_tolerances_that_make_no_sense_are_refused(pct: D, amount: D) -> None:
    with pytest.raises(InvalidInput):
        check_tolerance(pct, amount)


@pytest.mark.parametrize(
    ("counted", "expected", "kind"),
    [
        (40, 100, FlagKind.BELOW_HALF),
        (250, 100, FlagKind.ABOVE_DOUBLE),
        (0, 100, FlagKind.ZERO),
        (5, 0, FlagKind.UNEXPECTED),
        (4, 48, FlagKind.PACK),
        (576, 48, FlagKind.PACK),
        (80, 800, FlagKind.TEN),
        (45, 54, FlagKind.SWAPPED),
    ],
)
def test_the_detective_says_what_would_explain_a_figure(counted: int, expected: int, kind: FlagKind) -> None:
    around = Surroundings(expected * U, packs={"case": 12 * U})
    assert look(counted * U, around, sees_book=True)[0].kind is kind


def test_the_detective_sees_lines_mixed_up_and_documents() -> None:
    around = Surroundings(30 * U, neighbours=[Neighbour("盐", 27 * U, None)], movements={"RC-1": 3 * U})
    assert [(flag.kind, flag.about) for flag in look(27 * U, around, sees_book=True)] == [
        (FlagKind.NEIGHBOUR, "盐"),
        (FlagKind.MOVEMENT, "RC-1"),
    ]


@given(st.integers(0, 10**12), st.integers(-(10**12), 10**12), st.one_of(st.none(), st.integers(0, 10**12)))
def test_who_counts_blind_hears_the_same_whatever_the_book_says(counted: int, expected: int, last: int | None) -> None:
    told = look(counted, Surroundings(expected, last), sees_book=False)
    assert told == look(counted, Surroundings(0, last), sees_book=False)
    assert all(flag.kind is FlagKind.LOOK_AGAIN and not flag.about for flag in told)


@given(st.integers(0, 10**9))
def test_a_figure_as_expected_is_never_odd(qty: int) -> None:
    assert look(qty, Surroundings(qty, packs={"case": 12 * U}), sees_book=True) == ()


def test_swapped_digits() -> None:
    assert is_swapped(1243, 1423)
    assert not is_swapped(1243, 1243)
    assert not is_swapped(12, 122)
    assert not is_swapped(1234, 4231)


def _candidate(item: int, **over: int | str | None) -> Candidate:
    facts = {"item_id": item, "location_id": 1, "lot_id": 0, "qty": U, "value": 100, "abc_class": "C", "days": 0}
    return Candidate(**{**facts, **over})  # type: ignore[arg-type]


def test_classes_by_value() -> None:
    assert plan.classes_by_value({1: 700, 2: 200, 3: 60, 4: 40, 5: 0}) == {1: "A", 2: "A", 3: "B", 4: "C", 5: "C"}


def test_what_is_due_by_class() -> None:
    lines = [
        _candidate(1, abc_class="A", days=30),
        _candidate(2, abc_class="A", days=29),
        _candidate(3, abc_class="B", days=91),
        _candidate(4, abc_class="C", days=181),
        _candidate(5, abc_class="C", days=None),
    ]
    assert {one.item_id for one in plan.due_lines(lines, None)} == {1, 3, 5}
    assert [one.item_id for one in plan.due_lines(lines, 1)] == [5]


def test_the_riskiest_lines_come_first() -> None:
    lines = [
        _candidate(1, days=10, value=100),
        _candidate(2, days=100, value=100),
        _candidate(3, days=10, value=100_000),
        _candidate(4, days=10, value=100, error=5000),
        _candidate(5, qty=-U, value=0),
    ]
    assert [place[0] for place in plan.ranked_places(lines)] == [5, 3, 4, 2, 1]
    assert [one.item_id for one in plan.riskiest_lines(lines, D(50), None)] == [5, 3, 4]
    assert [one.item_id for one in plan.riskiest_lines(lines, D(1), None)] == [5]
    with pytest.raises(InvalidInput):
        plan.riskiest_lines(lines, D(60), None)


def test_lots_of_one_place_are_counted_together() -> None:
    lines = [_candidate(1, lot_id=1), _candidate(2, value=1), _candidate(1, lot_id=2)]
    assert [one.item_id for one in plan.riskiest_lines(lines, D(50), None)] == [1, 1]


def test_the_walk_goes_through_the_tree() -> None:
    ranks = plan.walk_ranks(
        {1: (None, 0, "S"), 2: (1, 2, "DRY"), 3: (1, 1, "COLD"), 4: (3, 9, "C-1"), 5: (2, 0, "D-1")}
    )
    assert sorted(ranks, key=lambda place: ranks[place]) == [1, 3, 4, 2, 5]


def test_in_a_place_the_order_is_as_learned_then_by_name() -> None:
    spots = [Spot(1, None, "b", "B"), Spot(1, 5, "z", "Z"), Spot(1, None, "a", "A"), Spot(1, 2, "y", "Y")]
    assert plan.shelf_order(spots, {1: 0}) == [3, 1, 2, 0]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("17 3", (17, "3")), ("17=2*12+5", (17, "2*12+5")), (" 4  1.5 kg", (4, "1.5 kg")), ("173", None), ("17", None)],
)
def test_row_numbers_from_paper(typed: str, read: tuple[int, str] | None) -> None:
    assert row_and_figure(typed) == read


def test_when_a_line_is_counted_again() -> None:
    assert wants_recount(is_within=False, is_impossible=False, rounds=1, reason="")
    assert not wants_recount(is_within=False, is_impossible=False, rounds=2, reason="")
    assert not wants_recount(is_within=False, is_impossible=False, rounds=1, reason="theft")
    assert wants_recount(is_within=True, is_impossible=True, rounds=2, reason="theft")


def test_figures_are_taken_while_counting_only() -> None:
    check_countable(CountState.COUNTING, "CS-1", needs_recount=False)
    check_countable(CountState.TO_RESOLVE, "CS-1", needs_recount=True)
    for state in (CountState.TO_RESOLVE, CountState.TO_APPROVE, CountState.POSTED, CountState.CANCELLED):
        with pytest.raises(Refused):
            check_countable(state, "CS-1", needs_recount=False)
