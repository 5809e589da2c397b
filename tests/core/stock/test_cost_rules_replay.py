"""Landed cost and back-dated entries: the replay gives what would have been, had everything been known in time."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.stock.rules.cost import CostState, Layer, Move, Origin, Outcome, needs_replay, replay
from db.enums import CostMethod
from tests.core.stock.cost_histories import (
    EVERYTHING,
    LANDED,
    Ledger,
    Step,
    lot_qtys,
    methods,
    moves_of,
    opening,
    pool_methods,
    steps,
)

MANY = settings(max_examples=400, deadline=None)
U = 10**6


@pytest.mark.parametrize("method", [CostMethod.FIFO, CostMethod.AVERAGE, CostMethod.LOT])
def test_landed_cost_restates_what_was_issued_since_the_receipt(method: CostMethod) -> None:
    moves = [Move(1, 10 * U, given=1000), Move(2, -5 * U), Move(3, given=200, landed_on=1)]
    outcomes, state = replay(moves, CostState(method))
    assert [outcomes[entry].value for entry in (1, 2, 3)] == [1000, -600, 200]
    assert state.value == 600


def test_landed_cost_on_a_receipt_that_settled_a_debt() -> None:
    moves = [Move(1, -5 * U), Move(2, 10 * U, given=12000), Move(3, given=2000, landed_on=2)]
    outcomes, state = replay(moves, CostState(CostMethod.AVERAGE, last_qty=U, last_value=1000))
    assert outcomes[2] == Outcome(10000, 2000)
    assert outcomes[3] == Outcome(2000)
    assert state.value == 7000


def test_landed_cost_under_standard_is_variance() -> None:
    moves = [Move(1, 10 * U, given=1000), Move(2, given=50, landed_on=1), Move(3, given=-20, landed_on=1)]
    outcomes, state = replay(moves, CostState(CostMethod.STANDARD, standard=90 * U))
    assert [outcomes[entry] for entry in (1, 2, 3)] == [Outcome(900, 0, 100), Outcome(0, 0, 50), Outcome(0, 0, -20)]
    assert state.value == 900


@pytest.mark.parametrize(
    ("method", "layers", "kept"),
    [
        (CostMethod.FIFO, [Layer(1, 1, None, 4 * U, 400), Layer(2, 2, None, 9 * U, 900)], 40),
        (CostMethod.FIFO, [Layer(2, 2, None, 9 * U, 900)], 0),
        (CostMethod.AVERAGE, [Layer(1, 1, None, 13 * U, 1300)], 80),
        (CostMethod.AVERAGE, [Layer(1, 1, None, 3 * U, 300)], 30),
        (CostMethod.AVERAGE, [Layer(1, 1, None, -3 * U, -300)], 0),
        (CostMethod.LOT, [Layer(1, 1, 7, 5 * U, 500), Layer(2, 2, 8, 9 * U, 900)], 50),
    ],
)
def test_landed_cost_of_a_closed_period_stays_with_what_is_left(
    method: CostMethod, layers: list[Layer], kept: int
) -> None:
    landed = Move(9, lot_id=7 if method is CostMethod.LOT else None, given=100, landed_on=1)
    state = CostState(method, layers=layers)
    outcomes, after = replay([landed], state, {1: Origin(10 * U, 1000, returned_qty=2 * U)})
    assert outcomes[9] == Outcome(kept, 100 - kept)
    assert after.value == state.value + kept


def test_landed_cost_of_a_closed_period_counts_for_later_returns() -> None:
    state = CostState(CostMethod.FIFO, layers=[Layer(1, 1, None, 10 * U, 1000)])
    moves = [Move(5, given=100, landed_on=1), Move(6, -4 * U, link=1)]
    outcomes, after = replay(moves, state, {1: Origin(10 * U, 1000)})
    assert (outcomes[6].value, outcomes[6].settled) == (-440, 0)
    assert after.value == 660


@pytest.mark.parametrize(
    "moves",
    [
        [Move(1, U, given=5), Move(1, -U)],
        [Move(1, given=5, landed_on=9)],
        [Move(1, U, given=5), Move(2, landed_on=1)],
        [Move(1, U, given=5), Move(2, U, given=5, landed_on=1)],
        [Move(1, -U), Move(2, given=5, landed_on=1)],
        [Move(1, U, given=5), Move(2, given=5, landed_on=1), Move(3, given=5, landed_on=2)],
        [Move(1, -U, link=2), Move(2, U, given=5)],
    ],
)
def test_a_history_that_cannot_be_is_refused(moves: list[Move]) -> None:
    with pytest.raises(ValueError, match="entry"):
        replay(moves, CostState(CostMethod.AVERAGE))


@MANY
@given(methods, steps(EVERYTHING))
def test_nothing_is_lost_with_landed_cost(method: CostMethod, drawn: list[Step]) -> None:
    moves = moves_of(drawn)
    outcomes, state = replay(moves, opening(method))
    assert outcomes.keys() == {move.entry_id for move in moves}
    assert sum(one.value for one in outcomes.values()) == state.value
    assert state.qty == sum(move.qty for move in moves)
    for move in moves:
        if move.given is not None:
            assert outcomes[move.entry_id].book == move.given


@MANY
@given(methods, steps(EVERYTHING))
def test_landed_cost_equals_a_receipt_that_had_included_it(method: CostMethod, drawn: list[Step]) -> None:
    moves = moves_of(drawn)
    landed: dict[int | None, int] = {}
    for move in moves:
        landed[move.landed_on] = landed.get(move.landed_on, 0) + (move.given or 0)
    from_the_start = [
        replace(move, given=move.given + landed[move.entry_id])
        if move.given is not None and move.entry_id in landed
        else move
        for move in moves
        if move.landed_on is None
    ]
    later, late_state = replay(moves, opening(method))
    sooner, soon_state = replay(from_the_start, opening(method))
    assert late_state == soon_state
    for move in from_the_start:
        if move.entry_id not in landed:
            assert later[move.entry_id] == sooner[move.entry_id]
        else:
            assert later[move.entry_id].settled == sooner[move.entry_id].settled
            assert sooner[move.entry_id].book == later[move.entry_id].book + landed[move.entry_id]


@MANY
@given(pool_methods, st.integers(0, 60), st.integers(0, 10**5), st.integers(1, 40), st.integers(0, 40))
def test_landed_cost_of_a_closed_period_is_split_exactly(
    method: CostMethod, held: int, amount: int, came: int, returned: int
) -> None:
    layers = [Layer(1, 1, None, held, 7 * held)] if held else []
    origin = Origin(came, 7 * came, returned_qty=min(returned, came))
    outcomes, after = replay([Move(2, given=amount, landed_on=1)], CostState(method, layers=layers), {1: origin})
    assert outcomes[2].book == amount
    assert after.value == 7 * held + outcomes[2].value
    assert outcomes[2].value * came <= amount * min(held, came) + came


class BackdatingLedger(Ledger):
    """Books entries in any order: the latest is applied where that is enough, otherwise the item is replayed."""

    def enter(self, move: Move, start: CostState) -> None:
        is_latest = all(other < move.entry_id for other in self.moves)
        if is_latest and not needs_replay(self.state, move):
            self.post(move)
            return
        self.moves[move.entry_id] = move
        in_time = [self.moves[entry_id] for entry_id in sorted(self.moves)]
        self.outcomes, self.state = replay(in_time, start)


@MANY
@given(methods, steps(LANDED, max_size=12), st.randoms(use_true_random=False))
def test_whatever_the_order_of_entry_the_result_is_the_same(
    method: CostMethod, drawn: list[Step], random: Random
) -> None:
    moves = moves_of(drawn)
    shuffled = list(moves)
    random.shuffle(shuffled)
    ledger = BackdatingLedger(opening(method))
    while shuffled:
        ready = next(move for move in shuffled if {move.link, move.landed_on} - {None} <= ledger.moves.keys())
        shuffled.remove(ready)
        ledger.enter(ready, opening(method))
    outcomes, state = replay(moves, opening(method))
    assert ledger.outcomes == outcomes
    assert ledger.state.key() == state.key()


def test_a_change_of_method_is_replayed_with_the_lots_it_finds() -> None:
    moves = [Move(1, 4 * U, lot_id=7, given=400), Move(3, 6 * U, lot_id=8, given=1200)]
    change = Move(4, method=CostMethod.LOT, lot_qtys=lot_qtys(moves))
    _outcomes, state = replay([*moves, change], CostState(CostMethod.AVERAGE))
    assert [(layer.lot_id, layer.value) for layer in state.layers] == [(7, 640), (8, 960)]
