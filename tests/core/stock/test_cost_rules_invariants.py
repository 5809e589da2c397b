"""What always holds of cost, whatever happens to an item: nothing is lost, and booking one by one equals the replay."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.stock.rules.cost import CostState, Move, own_cost, replay, value_at_standard
from db.enums import CostMethod
from tests.core.stock.cost_histories import (
    IN_ORDER,
    QTY,
    REVALUED,
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


def check_state(state: CostState, moves: list[Move]) -> None:
    """The shape of a state, and its quantity by lot."""
    positions = [layer.position for layer in state.layers]
    assert all(earlier < later for earlier, later in pairwise(positions))
    assert all(layer.qty for layer in state.layers)
    assert state.qty == sum(move.qty for move in moves)
    if state.method is CostMethod.LOT:
        held = {lot_id: qty for lot_id, qty in lot_qtys(moves) if qty}
        assert {layer.lot_id: layer.qty for layer in state.layers} == held
        return
    if state.qty == 0:
        assert state.layers == []
    if state.method is CostMethod.FIFO:
        assert len(state.layers) == 1 or all(layer.qty > 0 for layer in state.layers)
        return
    assert len(state.layers) <= 1
    if state.method is CostMethod.STANDARD:
        assert state.value == value_at_standard(state.qty, state.standard)


@MANY
@given(methods, steps(REVALUED))
def test_nothing_is_lost_at_any_step(method: CostMethod, drawn: list[Step]) -> None:
    moves = moves_of(drawn)
    ledger = Ledger(opening(method))
    for count, move in enumerate(moves, start=1):
        own = None if move.link is None else own_cost(ledger.origin(move.link), abs(move.qty))
        outcome = ledger.post(move)
        assert sum(one.value for one in ledger.outcomes.values()) == ledger.state.value
        check_state(ledger.state, moves[:count])
        if move.given is not None:
            assert outcome.book == move.given
        if own is not None:
            assert outcome.book == (own if move.qty > 0 else -own)
        if move.qty == 0:
            assert outcome.book == 0


@MANY
@given(methods, steps(REVALUED))
def test_booking_one_by_one_equals_the_replay(method: CostMethod, drawn: list[Step]) -> None:
    moves = moves_of(drawn)
    ledger = Ledger(opening(method))
    for move in moves:
        ledger.post(move)
    outcomes, state = replay(moves, opening(method))
    assert outcomes == ledger.outcomes
    assert state == ledger.state


@MANY
@given(methods, steps(REVALUED), st.integers(0, 25))
def test_a_replay_in_two_windows_equals_the_whole(method: CostMethod, drawn: list[Step], cut: int) -> None:
    moves = moves_of(drawn)
    ledger = Ledger(opening(method))
    for move in moves[:cut]:
        ledger.post(move)
    before = ledger.state.key()
    origins = {entry_id: ledger.origin(entry_id) for entry_id in ledger.moves}
    second, state = replay(moves[cut:], ledger.state, origins)
    whole, at_once = replay(moves, opening(method))
    assert ledger.outcomes | second == whole
    assert state == at_once
    assert ledger.state.key() == before


@MANY
@given(methods, steps(REVALUED), st.integers(1, 60), st.sampled_from([None, 7, 8]))
def test_an_issue_reversed_right_away_leaves_everything_as_it_was(
    method: CostMethod, drawn: list[Step], quarters: int, lot_id: int | None
) -> None:
    moves = moves_of(drawn)
    ledger = Ledger(opening(method))
    for move in moves:
        ledger.post(move)
    if ledger.state.method is CostMethod.STANDARD:
        ledger.post(Move(len(moves) + 1, QTY))  # from then on the standard is the last known cost
    before, entry_id, qty = ledger.state.key(), len(moves) + 2, quarters * QTY
    issue = ledger.post(Move(entry_id, -qty, lot_id=lot_id))
    undone = ledger.post(Move(entry_id + 1, qty, lot_id=lot_id, link=entry_id, restore=True))
    assert (undone.value, undone.settled, undone.variance) == (-issue.value, 0, 0)
    assert ledger.state.key() == before


@MANY
@given(pool_methods, st.integers(1, 40), st.integers(0, 10**6), st.lists(st.integers(1, 5), min_size=1, max_size=40))
@example(CostMethod.AVERAGE, 3, 10000, [1, 1, 1])
def test_what_came_in_goes_out_to_the_cent(method: CostMethod, qty: int, amount: int, parts: list[int]) -> None:
    ledger = Ledger(CostState(method))
    ledger.post(Move(1, qty, given=amount))
    entry_id = 1
    for part in (*parts, qty):
        taken = min(part, ledger.state.qty)
        if taken:
            entry_id += 1
            ledger.post(Move(entry_id, -taken))
    assert sum(one.value for one in ledger.outcomes.values()) == 0
    assert ledger.state.layers == []


trade = st.lists(st.tuples(st.booleans(), st.integers(1, 12), st.integers(0, 500)), max_size=30)


@MANY
@given(trade)
def test_fifo_equals_a_queue_of_single_pieces(history: list[tuple[bool, int, int]]) -> None:
    ledger, queue = Ledger(CostState(CostMethod.FIFO)), list[int]()
    for entry_id, (is_receipt, drawn, price) in enumerate(history, start=1):
        qty = drawn if is_receipt else min(drawn, len(queue))
        if is_receipt:
            queue += [price] * qty
            assert ledger.post(Move(entry_id, qty, given=qty * price)).value == qty * price
        elif qty:
            assert ledger.post(Move(entry_id, -qty)).value == -sum(queue[:qty])
            del queue[:qty]
        assert ledger.state.value == sum(queue)


@MANY
@given(st.sampled_from([CostMethod.AVERAGE, CostMethod.LOT]), trade, st.lists(st.sampled_from([None, 7]), min_size=30))
def test_an_average_stays_within_rounding_of_exact_fractions(
    method: CostMethod, history: list[tuple[bool, int, int]], lots: list[int | None]
) -> None:
    ledger, scale = Ledger(CostState(method)), 10**9
    pools: dict[int | None, tuple[int, Fraction]] = {}
    for entry_id, (is_receipt, drawn, price) in enumerate(history, start=1):
        lot_id = lots[entry_id - 1]
        name = lot_id if method is CostMethod.LOT else None
        held, value = pools.get(name, (0, Fraction(0)))
        if is_receipt:
            ledger.post(Move(entry_id, drawn, lot_id=lot_id, given=drawn * price * scale))
            pools[name] = (held + drawn, value + drawn * price * scale)
        elif held:
            qty = min(drawn, held)
            ledger.post(Move(entry_id, -qty, lot_id=lot_id))
            pools[name] = (held - qty, value - value * qty / held)
        exact = sum((value for _held, value in pools.values()), Fraction(0))
        assert abs(ledger.state.value - exact) <= Fraction(len(ledger.moves), 2)


@MANY
@given(pool_methods, trade)
def test_owed_goods_are_settled_within_rounding_of_exact_fractions(
    method: CostMethod, history: list[tuple[bool, int, int]]
) -> None:
    """One piece after another: owed pieces are paid first, each at the average that is owed."""
    ledger, last = Ledger(CostState(method)), Fraction(0)
    owed: list[Fraction] = []
    for entry_id, (is_receipt, drawn, price) in enumerate(history, start=1):
        cost = Fraction(price * 10**9)
        if is_receipt and owed:
            covered = min(drawn, len(owed))
            average = sum(owed, Fraction(0)) / len(owed)
            owed = [average] * (len(owed) - covered)
            outcome = ledger.post(Move(entry_id, covered, given=int(covered * cost)))
            assert abs(outcome.settled - covered * (cost - average)) <= entry_id
            last = cost if method is not CostMethod.AVERAGE and cost else last
        elif not is_receipt:
            owed += [last] * drawn
            ledger.post(Move(entry_id, -drawn))
        assert abs(ledger.state.value + sum(owed, Fraction(0))) <= entry_id


@MANY
@given(methods, steps(IN_ORDER))
def test_an_entry_taken_back_in_any_parts_returns_all_of_its_amount(method: CostMethod, drawn: list[Step]) -> None:
    ledger = Ledger(opening(method))
    for move in moves_of(drawn):
        ledger.post(move)
    undoing = {move.link for move in ledger.moves.values() if move.link is not None}
    for entry_id, move in ledger.moves.items():
        back = [one for one in ledger.moves.values() if one.link == entry_id]
        if back and sum(abs(one.qty) for one in back) == abs(move.qty) and not undoing & {one.entry_id for one in back}:
            assert sum(ledger.outcomes[one.entry_id].book for one in back) == -ledger.outcomes[entry_id].book
