"""A count from its start to its posting."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from core import counting, stock
from core.counting import CountPart, NewCount, NotCounted, Onto
from core.errors import Conflict, InvalidInput, NeedsConfirmation, Refused
from db.enums import CountKind, CountState, PostingKind, Uncounted, VarianceReason
from tests.core.counting.conftest import Store


def test_lines_stand_in_the_order_of_the_walk(store: Store) -> None:
    count = store.start()
    walked = [(line.position, line.location_code, line.code) for line in store.lines(count)]
    assert walked == [
        (1, "C-1", "FISH"),
        (2, "C-1", "MILK"),
        (3, "C-2", "FISH"),
        (4, "DRY", "RICE"),
        (5, "DRY", "OIL"),
        (6, "DRY", "SALT"),
    ]


def test_a_place_is_walked_as_on_its_last_good_count(store: Store) -> None:
    first = store.start()
    for code in ("SALT", "OIL", "RICE"):
        store.clock.advance(seconds=20)
        store.enter(first, code, str(store.line(first, code).expected))
    store.enter_rest(first)
    store.approve(first)
    second = store.start()
    assert [line.code for line in store.lines(second) if line.location_code == "DRY"] == ["SALT", "OIL", "RICE"]


def test_a_count_takes_in_the_places_and_categories_named(store: Store) -> None:
    count = store.start(location_ids=(store.places["COLD"],))
    assert {line.location_code for line in store.lines(count)} == {"C-1", "C-2"}
    with pytest.raises(InvalidInput):
        store.start(location_ids=(999,))


def test_several_units_add_up(store: Store) -> None:
    count = store.start()
    line = store.line(count, "OIL")
    assert [unit.unit for unit in line.units] == ["case", "bottle"]
    parts = (CountPart(D(3), "case"), CountPart(D(7), "bottle"))
    done = store.office.do(counting.enter_count, line_id=line.id, parts=parts)
    assert done.counted == 43
    assert store.line(count, "OIL").parts == parts


def test_counting_again_is_asked_once_and_replaces(store: Store) -> None:
    count = store.start()
    store.enter(count, "SALT", "4")
    with pytest.raises(NeedsConfirmation) as asked:
        store.enter(count, "SALT", "5")
    assert asked.value.key == "counted_again"
    assert store.enter(count, "SALT", "5", confirmed=frozenset({"counted_again"})).counted == 5


def test_counting_again_may_add(store: Store) -> None:
    count = store.start()
    store.enter(count, "SALT", "4")
    assert store.enter(count, "SALT", "5", onto=Onto.ADD).counted == 9
    assert [part.qty for part in store.line(count, "SALT").parts] == [4, 5]
    assert store.enter(count, "SALT", "7", onto=Onto.REPLACE).counted == 7
    assert [part.qty for part in store.line(count, "SALT").parts] == [7]


def test_a_part_after_goods_moved_is_asked_about(store: Store) -> None:
    count = store.start()
    store.enter(count, "RICE", "60")
    store.clock.advance(minutes=3)
    store.issue("RICE", "5")
    with pytest.raises(NeedsConfirmation) as asked:
        store.enter(count, "RICE", "40", onto=Onto.ADD)
    assert asked.value.key == "moved_between"
    assert store.enter(count, "RICE", "40", onto=Onto.ADD, confirmed=frozenset({"moved_between"})).counted == 100


def test_the_first_figure_of_somebody_else_is_not_overwritten(store: Store) -> None:
    count = store.start()
    store.enter(count, "SALT", "9", onto=Onto.FIRST)
    with pytest.raises(Conflict) as clash:
        store.enter(count, "SALT", "3", onto=Onto.FIRST)
    assert clash.value.theirs == {"qty": D(9)}
    assert store.line(count, "SALT").counted == 9


def test_a_figure_at_the_wrong_line_is_taken_back(store: Store) -> None:
    count = store.start()
    store.enter(count, "SALT", "9")
    store.office.do(counting.clear_count, line_id=store.line(count, "SALT").id)
    assert store.line(count, "SALT").is_open
    assert store.enter(count, "SALT", "8").counted == 8


@pytest.mark.parametrize("qty", ["-1", "0.0000001"])
def test_figures_that_cannot_be_are_refused(store: Store, qty: str) -> None:
    count = store.start()
    with pytest.raises(InvalidInput):
        store.enter(count, "SALT", qty)
    with pytest.raises(InvalidInput):
        store.office.do(counting.enter_count, line_id=store.line(count, "SALT").id, parts=())
    with pytest.raises(InvalidInput):
        store.enter(count, "SALT", "1", "litre of moonshine")


def test_uncounted_lines_are_asked_about(store: Store) -> None:
    count = store.start()
    store.enter(count, "SALT", "10")
    with pytest.raises(NotCounted) as asked:
        store.complete(count, None)
    assert asked.value.lines == len(store.lines(count)) - 1
    done = store.complete(count, Uncounted.KEEP)
    assert (done.state, done.lines) == (CountState.TO_APPROVE, 1)


def test_uncounted_lines_may_be_taken_as_zero(store: Store) -> None:
    count = store.start(location_ids=(store.places["C-2"],))
    done = store.complete(count, Uncounted.ZERO)
    assert (done.state, done.need_reason, done.to_recount) == (CountState.TO_RESOLVE, 1, 0)
    line = store.lines(count)[0]
    assert line.is_assumed
    store.office.do(counting.give_reason, count_id=count, line_ids=(line.id,), reason=VarianceReason.THEFT)
    store.complete(count)
    store.office.do(counting.approve_count, count_id=count)
    assert store.held("FISH", "C-2") == 0


def test_small_differences_pass_and_large_ones_are_counted_again(store: Store) -> None:
    count = store.start(tolerance_pct=D(5))
    store.enter(count, "RICE", "97")
    store.enter(count, "OIL", "40")
    store.enter_rest(count)
    done = store.complete(count)
    assert (done.state, done.differing, done.to_recount) == (CountState.TO_RESOLVE, 2, 1)
    with pytest.raises(Refused, match="counted again"):
        store.complete(count)
    with pytest.raises(Refused):
        store.enter(count, "RICE", "98")
    again = store.enter(count, "OIL", "46")
    assert again.round == 2
    assert store.complete(count).state is CountState.TO_APPROVE
    row = next(row for row in store.office.ask(counting.get_count_review, count_id=count).rows if row.code == "OIL")
    assert (row.first_counted, row.counted, row.is_within) == (D(40), D(46), True)


def test_a_difference_that_stays_needs_a_reason(store: Store) -> None:
    count = store.start()
    store.enter(count, "OIL", "30")
    store.enter_rest(count)
    store.complete(count)
    store.enter(count, "OIL", "30")
    with pytest.raises(InvalidInput) as fault:
        store.complete(count)
    assert fault.value.field == "reason"
    line = store.line(count, "OIL")
    store.office.do(
        counting.give_reason, count_id=count, line_ids=(line.id,), reason=VarianceReason.ISSUE_MISSING, note="周末外卖"
    )
    assert store.complete(count).state is CountState.TO_APPROVE
    posted = store.office.do(counting.approve_count, count_id=count)
    assert posted.value == D("-900.00")
    card = store.office.ask(stock.get_posting, posting_id=posted.posting_id)
    entry = next(one for one in card.lines if one.item_code == "OIL")
    assert (entry.qty, entry.reason, entry.note) == (D(-18), "issue_missing", "周末外卖")


def test_no_difference_is_posted_as_evidence(store: Store) -> None:
    count = store.start()
    store.enter_rest(count)
    posted = store.approve(count)
    assert (posted.lines, posted.differing, posted.value) == (6, 0, D(0))
    card = store.office.ask(stock.get_posting, posting_id=posted.posting_id)
    assert card.row.kind is PostingKind.COUNT
    assert [entry.qty for entry in card.lines] == [0] * 6


def test_whoever_runs_the_count_may_have_lines_counted_again(store: Store) -> None:
    count = store.start()
    store.enter_rest(count)
    store.complete(count)
    line = store.line(count, "SALT")
    store.office.do(counting.request_recount, count_id=count, line_ids=(line.id,))
    assert store.office.ask(counting.get_count, count_id=count).row.state is CountState.TO_RESOLVE
    store.enter(count, "SALT", "10")
    assert store.complete(count).state is CountState.TO_APPROVE


def test_what_changed_since_it_was_looked_at_is_asked_about(store: Store) -> None:
    count = store.start()
    store.enter_rest(count)
    store.complete(count)
    seen = store.office.ask(counting.get_count_review, count_id=count).digest
    line = received(store, "SALT", "2")
    store.clock.advance(minutes=5)
    store.office.do(stock.receive_goods, lines=(line,), at=store.clock.at.replace(minute=1, hour=4))
    with pytest.raises(NeedsConfirmation) as asked:
        store.office.do(counting.approve_count, count_id=count, seen=seen)
    assert asked.value.key == "differences_changed"
    store.office.do(counting.approve_count, count_id=count, seen=seen, confirmed=frozenset({"differences_changed"}))
    assert store.held("SALT") == 10


def received(store: Store, item: str, qty: str) -> stock.NewLine:
    return stock.NewLine(store.items[item], D(qty), location_id=store.places["DRY"], unit_cost=D(1))


def test_a_posted_count_stays_as_it_is(store: Store) -> None:
    count = store.start()
    store.enter_rest(count)
    store.approve(count)
    for call in (counting.complete_count, counting.approve_count, counting.reopen_count, counting.cancel_count):
        with pytest.raises(Refused, match="posted"):
            store.office.do(call, count_id=count)
    with pytest.raises(Refused, match="posted"):
        store.enter(count, "SALT", "1")


def test_a_count_is_reopened_and_cancelled(store: Store) -> None:
    count = store.start()
    store.enter(count, "SALT", "10")
    store.complete(count, Uncounted.ZERO)
    store.office.do(counting.reopen_count, count_id=count)
    assert store.line(count, "RICE").is_open
    assert not store.line(count, "SALT").is_open
    with pytest.raises(NeedsConfirmation):
        store.office.do(counting.cancel_count, count_id=count)
    store.office.do(counting.cancel_count, count_id=count, confirmed=frozenset({"cancel_count"}))
    assert store.office.ask(counting.list_counts, states=(CountState.CANCELLED,))[0].id == count
    assert store.held("SALT") == 10


def test_goods_found_where_nobody_expected_them_are_added(store: Store) -> None:
    count = store.start(location_ids=(store.places["COLD"],))
    add: dict[str, Any] = {"count_id": count, "item_id": store.items["OIL"], "location_id": store.places["C-2"]}
    line_id = store.office.do(counting.add_count_line, **add)
    assert store.office.do(counting.add_count_line, **add) == line_id
    store.office.do(counting.enter_count, line_id=line_id, parts=(CountPart(D(1), "case"),))
    with pytest.raises(InvalidInput) as fault:
        store.office.do(
            counting.add_count_line, count_id=count, item_id=store.items["FISH"], location_id=store.places["COLD"]
        )
    assert fault.value.field == "lot"
    store.office.do(
        counting.add_count_line, count_id=count, item_id=store.items["FISH"], location_id=store.places["C-2"], lot="L9"
    )
    store.enter_rest(count)
    store.approve(count, VarianceReason.WRONG_PLACE)
    assert store.held("OIL", "C-2") == 12


def test_lines_of_an_open_count_are_left_out_or_asked_about(store: Store) -> None:
    store.start(location_ids=(store.places["COLD"],))
    with pytest.raises(NeedsConfirmation) as asked:
        store.start()
    assert asked.value.key == "on_other_count"
    plan = store.office.ask(counting.preview_count, new=NewCount(CountKind.SPOT, share=D(50)))
    assert plan.in_other >= 1
    spot = store.start(CountKind.SPOT, share=D(50))
    assert {line.location_code for line in store.lines(spot)} == {"DRY"}


def test_nothing_counted_is_not_completed(store: Store) -> None:
    count = store.start()
    with pytest.raises(Refused, match="Nothing"):
        store.complete(count, Uncounted.KEEP)


def test_the_same_request_counts_once(store: Store) -> None:
    count = store.start()
    line = store.line(count, "SALT")
    for _turn in range(2):
        done = store.office.do(
            counting.enter_count, line_id=line.id, parts=(CountPart(D(4)),), onto=Onto.ADD, request_id="one-request"
        )
        assert done.counted == 4
