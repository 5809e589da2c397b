"""The policies of cost as worked examples, in whole units and cents."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.stock.rules.cost import CostState, Layer, Move, Origin, Outcome, apply, needs_replay, replay, unit_cost
from db.enums import CostMethod

AVERAGE, FIFO, LOT, STANDARD = CostMethod.AVERAGE, CostMethod.FIFO, CostMethod.LOT, CostMethod.STANDARD
U = 10**6
POOLS = [AVERAGE, FIFO, LOT]
ALL = [*POOLS, STANDARD]


def stock(state: CostState) -> list[tuple[int, int]]:
    return [(layer.qty // U, layer.value) for layer in state.layers]


@pytest.mark.parametrize("method", POOLS)
def test_three_for_a_hundred_go_out_to_the_cent(method: CostMethod) -> None:
    state = CostState(method)
    assert apply(state, Move(1, 3 * U, given=10000)) == Outcome(10000)
    issues = [apply(state, Move(entry, -U)).value for entry in (2, 3, 4)]
    assert issues == [-3333, -3334, -3333]
    assert state.layers == []


@pytest.mark.parametrize("method", POOLS)
def test_negative_stock_is_settled_when_goods_arrive(method: CostMethod) -> None:
    state = CostState(method, last_qty=U, last_value=1000)
    assert apply(state, Move(1, -5 * U)).value == -5000
    receipt = apply(state, Move(2, 10 * U, given=12000))
    assert (receipt.value, receipt.settled, receipt.book) == (11000, 1000, 12000)
    assert stock(state) == [(5, 6000)]


@pytest.mark.parametrize("method", POOLS)
def test_a_receipt_smaller_than_the_debt_settles_its_part(method: CostMethod) -> None:
    state = CostState(method, last_qty=U, last_value=1000)
    apply(state, Move(1, -5 * U))
    assert apply(state, Move(2, 2 * U, given=2400)) == Outcome(2000, 400)
    assert stock(state) == [(-3, -3000)]


@pytest.mark.parametrize("method", POOLS)
def test_goods_never_bought_cost_the_standard_or_nothing(method: CostMethod) -> None:
    assert apply(CostState(method), Move(1, -5 * U)).value == 0
    assert apply(CostState(method, standard=250 * U), Move(1, -5 * U)).value == -1250


def test_fifo_takes_the_oldest_first() -> None:
    state = CostState(FIFO)
    apply(state, Move(1, 10 * U, given=1000))
    apply(state, Move(2, 10 * U, given=2000))
    assert apply(state, Move(3, -15 * U)).value == -2000
    assert stock(state) == [(5, 1000)]


def test_layers_keep_the_order_of_time_when_an_earlier_entry_came_later() -> None:
    state = CostState(FIFO)
    apply(state, Move(9, U, given=100))
    apply(state, Move(5, U, given=200))
    assert [(layer.entry_id, layer.position) for layer in state.layers] == [(9, 9), (5, 10)]


@pytest.mark.parametrize("method", POOLS)
def test_free_goods_do_not_tell_what_goods_cost(method: CostMethod) -> None:
    state = CostState(method)
    apply(state, Move(1, U, given=100))
    apply(state, Move(2, -U))
    apply(state, Move(3, U, given=0))
    apply(state, Move(4, -U))
    assert apply(state, Move(5, -U)).value == -100


def test_average_mixes_what_came_in() -> None:
    state = CostState(AVERAGE)
    apply(state, Move(1, 10 * U, given=1000))
    apply(state, Move(2, 10 * U, given=2000))
    assert apply(state, Move(3, -15 * U)).value == -2250
    assert stock(state) == [(5, 750)]


def test_a_lot_keeps_its_own_cost() -> None:
    state = CostState(LOT)
    apply(state, Move(1, 10 * U, lot_id=7, given=1000))
    apply(state, Move(2, 10 * U, lot_id=8, given=2000))
    apply(state, Move(3, 4 * U, given=100))
    assert apply(state, Move(4, -5 * U, lot_id=8)).value == -1000
    assert apply(state, Move(5, -4 * U)).value == -100
    assert [(layer.lot_id, layer.qty // U, layer.value) for layer in state.layers] == [(7, 10, 1000), (8, 5, 1000)]


def test_a_lot_short_of_goods_goes_below_zero_alone() -> None:
    state = CostState(LOT)
    apply(state, Move(1, 10 * U, lot_id=7, given=1000))
    assert apply(state, Move(2, -2 * U, lot_id=8)).value == -200
    assert apply(state, Move(3, 3 * U, lot_id=8, given=450)) == Outcome(350, 100)
    assert (state.qty, state.value) == (11 * U, 1150)


def test_standard_books_the_difference_to_variance() -> None:
    state = CostState(STANDARD, standard=1000 * U)
    assert apply(state, Move(1, 10 * U, given=11000)) == Outcome(10000, 0, 1000)
    assert apply(state, Move(2, -3 * U)) == Outcome(-3000)
    assert apply(state, Move(3, 2 * U)) == Outcome(2000)
    assert stock(state) == [(9, 9000)]


def test_standard_knows_fractions_of_a_cent() -> None:
    state = CostState(STANDARD, standard=333_333)
    values = [apply(state, Move(entry, U)).value for entry in range(1, 7)]
    assert values == [0, 1, 0, 0, 1, 0]
    assert state.value == 2


@pytest.mark.parametrize(
    ("method", "cost"), [(FIFO, 20), (AVERAGE, 15), (LOT, 15), (STANDARD, 12)], ids=lambda given: str(given)
)
def test_goods_coming_in_without_a_value_cost_what_the_method_says(method: CostMethod, cost: int) -> None:
    state = CostState(method, standard=12 * U)
    apply(state, Move(1, 10 * U, given=100))
    apply(state, Move(2, 10 * U, given=200))
    assert apply(state, Move(3, 4 * U)) == Outcome(4 * cost)


@pytest.mark.parametrize("method", POOLS)
def test_a_supplier_return_leaves_at_its_receipts_cost(method: CostMethod) -> None:
    state = CostState(method)
    for entry, given in ((1, 1000), (2, 2000)):
        apply(state, Move(entry, 10 * U, given=given))
    back = apply(state, Move(3, -4 * U, link=2), Origin(10 * U, 2000))
    assert back == Outcome(-800, taken=back.taken)
    assert state.value == 2200


def test_a_supplier_return_of_goods_already_gone_settles_the_difference() -> None:
    fifo, average = CostState(FIFO), CostState(AVERAGE)
    for state in (fifo, average):
        apply(state, Move(1, 10 * U, given=1000))
        apply(state, Move(2, -10 * U))
        apply(state, Move(3, 10 * U, given=3000))
    one = apply(fifo, Move(4, -2 * U, link=1), Origin(10 * U, 1000))
    assert (one.value, one.settled) == (-600, 400)
    two = apply(average, Move(4, -10 * U, link=1), Origin(10 * U, 1000))
    assert (two.value, two.settled) == (-3000, 2000)


@pytest.mark.parametrize("method", [AVERAGE, LOT])
def test_a_supplier_return_never_takes_more_value_than_there_is(method: CostMethod) -> None:
    state = CostState(method, layers=[Layer(1, 1, None, 5 * U, 300)])
    assert apply(state, Move(2, -4 * U, link=1), Origin(10 * U, 1000)) == Outcome(-300, -100)
    assert stock(state) == [(1, 0)]


@pytest.mark.parametrize("method", POOLS)
def test_a_supplier_return_of_more_than_there_is_owes_the_rest_at_its_own_cost(method: CostMethod) -> None:
    state = CostState(method, layers=[Layer(1, 1, None, 2 * U, 300)])
    back = apply(state, Move(2, -5 * U, link=1), Origin(10 * U, 1000))
    assert (back.value, back.settled, back.book) == (-600, 100, -500)
    assert stock(state) == [(-3, -300)]


@pytest.mark.parametrize("method", ALL)
def test_returns_in_parts_sum_to_the_whole(method: CostMethod) -> None:
    state = CostState(method, standard=30 * U)
    apply(state, Move(1, 3 * U, given=100))
    book = [apply(state, Move(2 + done, -U, link=1), Origin(3 * U, 100, done * U)).book for done in range(3)]
    assert book == [-33, -34, -33]


def test_a_customer_return_is_the_newest_layer_at_its_issues_cost() -> None:
    state = CostState(FIFO)
    apply(state, Move(1, 10 * U, given=1000))
    apply(state, Move(2, 10 * U, given=2000))
    issue = apply(state, Move(3, -4 * U))
    assert apply(state, Move(4, 2 * U, link=3), Origin(-4 * U, issue.book)) == Outcome(200)
    assert stock(state) == [(6, 600), (10, 2000), (2, 200)]


def test_a_reversed_issue_goes_back_where_it_came_from() -> None:
    moves = [Move(1, 10 * U, given=1000), Move(2, 10 * U, given=2000), Move(3, -15 * U)]
    undone = Move(4, 15 * U, link=3, restore=True)
    outcomes, state = replay([*moves, undone, Move(5, -12 * U)], CostState(FIFO))
    assert outcomes[4] == Outcome(2000)
    assert outcomes[5].value == -1400
    assert stock(state) == [(8, 1600)]


def test_a_reversed_issue_whose_layers_are_unknown_goes_to_the_front() -> None:
    state = CostState(FIFO, layers=[Layer(1, 1, None, 10 * U, 2000)])
    undone = Move(4, 5 * U, link=3, restore=True)
    assert needs_replay(state, undone)
    with pytest.raises(ValueError, match="replay"):
        apply(state, undone, Origin(-5 * U, -500))
    _outcomes, after = replay([undone], state, {3: Origin(-5 * U, -500)})
    assert stock(after) == [(5, 500), (10, 2000)]
    assert [layer.position for layer in after.layers] == [0, 1]


def test_the_rest_of_a_partly_returned_issue_is_reversed_to_the_front() -> None:
    moves = [
        Move(1, 10 * U, given=1000),
        Move(2, 10 * U, given=2000),
        Move(3, -15 * U),
        Move(4, 6 * U, link=3),
        Move(5, 9 * U, link=3, restore=True),
    ]
    outcomes, state = replay(moves, CostState(FIFO))
    assert (outcomes[4].value, outcomes[5].value) == (800, 1200)
    assert stock(state) == [(9, 1200), (5, 1000), (6, 800)]


def test_a_return_that_was_reversed_can_be_made_again() -> None:
    moves = [Move(1, 10 * U, given=1000), Move(2, -6 * U), Move(3, 5 * U, link=2), Move(4, -5 * U, link=3)]
    outcomes, state = replay([*moves, Move(5, 6 * U, link=2)], CostState(AVERAGE))
    assert [outcomes[entry].book for entry in (3, 4, 5)] == [500, -500, 600]
    assert state.value == 1000


def test_a_new_method_keeps_the_value() -> None:
    state = CostState(FIFO)
    apply(state, Move(1, 10 * U, given=1000))
    apply(state, Move(2, 5 * U, given=2000))
    lots = ((7, 4 * U), (8, 11 * U))
    assert apply(state, Move(3, method=LOT, lot_qtys=lots)) == Outcome(0)
    assert [(layer.lot_id, layer.value) for layer in state.layers] == [(7, 800), (8, 2200)]
    assert apply(state, Move(4, method=AVERAGE)) == Outcome(0)
    assert stock(state) == [(15, 3000)]
    assert apply(state, Move(5, method=FIFO)) == Outcome(0)
    assert [layer.entry_id for layer in state.layers] == [5]


def test_a_new_standard_writes_the_stock_up_or_off() -> None:
    state = CostState(AVERAGE)
    apply(state, Move(1, 10 * U, given=1000))
    assert apply(state, Move(2, method=STANDARD, standard=90 * U)) == Outcome(-100, 0, 100)
    assert apply(state, Move(3, standard=95 * U)) == Outcome(50, 0, -50)
    assert apply(state, Move(4, method=AVERAGE)) == Outcome(0)
    apply(state, Move(5, -10 * U))
    assert apply(state, Move(6, -U)).value == -95


def test_a_new_method_without_stock_leaves_no_value_behind() -> None:
    state = CostState(LOT, layers=[Layer(1, 1, 7, 5 * U, 500), Layer(2, 2, 8, -5 * U, -300)])
    assert apply(state, Move(3, method=AVERAGE)) == Outcome(-200, 0, 200)
    assert state.layers == []


@pytest.mark.parametrize(
    "move",
    [
        Move(9, given=100, landed_on=1),
        Move(9, -U, given=100),
        Move(9, U, given=-1),
        Move(9, -U, link=1),
        Move(9, method=LOT),
        Move(9, method=LOT, lot_qtys=((1, 2 * U), (1, 3 * U))),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_changes_nothing(move: Move) -> None:
    state = CostState(FIFO, layers=[Layer(1, 1, None, 5 * U, 500)])
    before = state.key()
    with pytest.raises(ValueError, match="entry 9"):
        apply(state, move)
    assert state.key() == before


def test_what_is_taken_back_goes_the_other_way() -> None:
    state = CostState(FIFO)
    with pytest.raises(ValueError, match="same way"):
        apply(state, Move(2, U, link=1), Origin(U, 100))


def test_the_key_tells_what_matters_for_later_costs() -> None:
    one = CostState(LOT, layers=[Layer(1, 1, 7, U, 5), Layer(2, 2, None, U, 6)], last_qty=2, last_value=4)
    two = CostState(LOT, layers=[Layer(5, 2, None, U, 6), Layer(9, 3, 7, U, 5)], last_qty=1, last_value=2)
    assert one.key() == two.key()
    two.layers[0].value += 1
    assert one.key() != two.key()
    fifo = CostState(FIFO, layers=[Layer(1, 1, None, U, 5), Layer(2, 2, None, U, 5)])
    turned = CostState(FIFO, layers=[Layer(1, 2, None, U, 5), Layer(2, 1, None, U, 5)])
    assert fifo.key() != turned.key()


def test_a_unit_cost_has_six_decimals_at_most() -> None:
    assert unit_cost(0, 0, 2) is None
    assert unit_cost(3 * U, 10000, 2) == Decimal("33.333333")
    assert str(unit_cost(10 * U, 12000, 2)) == "12"
    assert unit_cost(-5 * U, -6250, 2) == Decimal("12.5")
    assert unit_cost(3 * U, 200, 0) == Decimal("66.666667")
