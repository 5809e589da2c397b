"""States of purchasing: every way is defined, refusals say what is possible, an order follows its lines."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.purchasing.rules import states
from core.purchasing.rules.state_words import event_word
from core.purchasing.types.states import Event, LineProgress
from core.words import word
from db.enums import ClaimState, InspectionState, InvoiceState, OrderState, ProposalState, RequestState, RfqState

MACHINES: list[tuple[type[Any], Mapping[Any, Mapping[Event, Any]], Any]] = [
    (RequestState, states.REQUEST, RequestState.DRAFT),
    (OrderState, states.ORDER, OrderState.DRAFT),
    (RfqState, states.RFQ, RfqState.DRAFT),
    (InspectionState, states.INSPECTION, InspectionState.ACCEPTED),
    (ClaimState, states.CLAIM, ClaimState.OPEN),
    (InvoiceState, states.INVOICE, InvoiceState.DRAFT),
    (ProposalState, states.PROPOSAL, ProposalState.DRAFT),
]
QTY = st.integers(0, 20).map(D)
LINES = st.lists(st.builds(LineProgress, QTY, QTY, st.booleans()), min_size=1, max_size=4)
ON_ITS_WAY = st.sampled_from([OrderState.SENT, OrderState.CONFIRMED, OrderState.PART_RECEIVED, OrderState.RECEIVED])


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine[0].__name__)
@given(events=st.lists(st.sampled_from(list(Event)), max_size=30))
def test_no_sequence_of_events_leaves_the_table(machine: tuple[Any, Any, Any], events: list[Event]) -> None:
    kind, moves, state = machine
    for event in events:
        before = state
        try:
            state = states.state_after(moves, state, event, "X-1")
        except Refused as refused:
            assert not states.can(moves, before, event)
            assert state is before
            assert "X-1" in refused.text.render("en") and "X-1" in refused.text.render("zh")
        else:
            assert states.can(moves, before, event)
        assert isinstance(state, kind)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine[0].__name__)
def test_every_state_is_in_the_table_and_can_be_reached(machine: tuple[Any, Any, Any]) -> None:
    kind, moves, start = machine
    assert set(moves) == set(kind)
    reached, waiting = {start}, [start]
    while waiting:
        new = set(moves[waiting.pop()].values()) - reached
        reached |= new
        waiting += new
    assert reached == set(kind)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine[0].__name__)
def test_every_state_and_event_has_its_word_in_both_languages(machine: tuple[Any, Any, Any]) -> None:
    texts = [word(state) for state in machine[0]] + [event_word(event) for event in Event]
    assert all(text.render("zh") != text.render("en") for text in texts)


def test_a_refusal_names_the_ways_a_person_has_and_not_what_follows_by_itself() -> None:
    with pytest.raises(Refused, match=r"PO-7 is “Received”: cancelling is not possible. Possible: closing\."):
        states.state_after(states.ORDER, OrderState.RECEIVED, Event.CANCEL, "PO-7")
    with pytest.raises(Refused, match=r"PO-7 is “Closed”: receiving is not possible. Possible: opening again\."):
        states.state_after(states.ORDER, OrderState.CLOSED, Event.PART_ARRIVED, "PO-7")


@given(state=ON_ITS_WAY, lines=LINES, is_confirmed=st.booleans())
def test_an_order_on_its_way_follows_its_lines(
    state: OrderState, lines: list[LineProgress], is_confirmed: bool
) -> None:
    after = states.order_state_from_lines(
        state, lines, "PO-1", is_confirmed=is_confirmed or state is OrderState.CONFIRMED
    )
    if all(line.is_closed or line.received >= line.ordered for line in lines):
        assert after is OrderState.RECEIVED
    elif any(line.received for line in lines):
        assert after is OrderState.PART_RECEIVED
    else:
        assert after in (OrderState.SENT, OrderState.CONFIRMED)
        assert (after is OrderState.CONFIRMED) == (is_confirmed or state is OrderState.CONFIRMED)


def test_a_reversed_receipt_puts_the_order_back() -> None:
    nothing, part = [LineProgress(D(10), D(0))], [LineProgress(D(10), D(4))]
    assert states.order_state_from_lines(OrderState.RECEIVED, part, "PO", is_confirmed=True) is OrderState.PART_RECEIVED
    back = states.order_state_from_lines(OrderState.PART_RECEIVED, nothing, "PO", is_confirmed=True)
    assert back is OrderState.CONFIRMED
    assert states.order_state_after_reopening(part, "PO", is_confirmed=False) is OrderState.PART_RECEIVED


@pytest.mark.parametrize(("tolerance", "is_complete"), [(D(0), False), (D(5), True), (D("4.99"), False)])
def test_a_little_short_may_count_as_all(tolerance: D, is_complete: bool) -> None:
    assert states.is_line_complete(LineProgress(D(100), D(95)), tolerance) is is_complete


@pytest.mark.parametrize("state", [OrderState.DRAFT, OrderState.CLOSED, OrderState.CANCELLED])
def test_goods_do_not_arrive_for_an_order_that_is_not_on_its_way(state: OrderState) -> None:
    with pytest.raises(Refused):
        states.order_state_from_lines(state, [LineProgress(D(1), D(1))], "PO", is_confirmed=False)
