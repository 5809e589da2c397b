"""Counting while goods move: what was counted stays what was counted, whatever happens before, between and after."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import counting, stock
from core.counting import CountPart
from core.errors import InvalidInput
from core.office import Office
from core.stock import NewLine
from db.enums import CountState, VarianceReason
from tests.core.counting.conftest import Store
from tests.helpers.sites import ADMIN
from tests.helpers.sites import PASSWORD as SIGN_IN

ITEMS = ("RICE", "SALT", "OIL")
Step = tuple[str, str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "issue", "count", "count", "late_receive", "late_issue"]),
        st.sampled_from(ITEMS),
        st.integers(0, 30),
        st.integers(1, 50),
    ),
    min_size=1,
    max_size=10,
)


def test_what_moves_after_a_line_was_counted_is_untouched(store: Store) -> None:
    count = store.start(location_ids=(store.places["DRY"],))
    store.enter(count, "RICE", "95")
    store.clock.advance(minutes=1)
    store.issue("RICE", "20")
    store.clock.advance(minutes=1)
    store.enter(count, "SALT", "10")
    store.receive("OIL", "12", cost="50")
    store.clock.advance(minutes=1)
    store.enter(count, "OIL", "60")
    posted = store.approve(count)
    assert (store.held("RICE"), store.held("SALT"), store.held("OIL")) == (D(75), D(10), D(60))
    assert posted.differing == 1
    entries = store.office.ask(stock.get_posting, posting_id=posted.posting_id).lines
    assert {entry.item_code: entry.qty for entry in entries} == {"RICE": -5, "SALT": 0, "OIL": 0}
    assert len({entry.at for entry in entries}) == 3


def test_a_delivery_entered_late_changes_the_difference_not_the_count(store: Store) -> None:
    store.clock.advance(hours=1)
    before = store.clock.at
    store.clock.advance(hours=1)
    count = store.start(location_ids=(store.places["DRY"],))
    store.enter(count, "RICE", "150")
    store.clock.advance(minutes=5)
    line = NewLine(store.items["RICE"], D(50), location_id=store.places["DRY"], unit_cost=D(6))
    store.office.do(stock.receive_goods, lines=(line,), at=before)
    row = store.office.ask(counting.get_count_review, count_id=count, only_differing=False).rows[0]
    assert (row.expected, row.late, row.difference) == (D(150), D(50), D(0))
    store.enter_rest(count)
    assert store.approve(count).differing == 0
    assert store.held("RICE") == 150


def test_an_entry_dated_before_a_posted_count_leaves_the_counted_quantity(store: Store) -> None:
    before = store.clock.at
    store.clock.advance(hours=1)
    count = store.start(location_ids=(store.places["DRY"],))
    store.enter(count, "RICE", "90")
    store.enter_rest(count)
    store.approve(count)
    store.clock.advance(hours=1)
    line = NewLine(store.items["RICE"], D(7), location_id=store.places["DRY"])
    store.office.do(stock.issue_goods, lines=(line,), at=before)
    assert store.held("RICE") == 90
    shown = store.office.ask(counting.list_item_counts, item_id=store.items["RICE"])[0]
    assert (shown.counted, shown.expected, shown.difference) == (D(90), D(100), D(-10))


def test_less_than_was_taken_away_since_is_counted_again(store: Store) -> None:
    count = store.start(location_ids=(store.places["DRY"],), tolerance_pct=D(100))
    store.enter(count, "SALT", "2")
    store.clock.advance(minutes=1)
    store.issue("SALT", "6")
    store.enter_rest(count)
    assert store.complete(count).to_recount == 1
    row = next(one for one in store.office.ask(counting.get_count_review, count_id=count).rows if one.code == "SALT")
    assert row.is_impossible
    store.office.do(counting.give_reason, count_id=count, line_ids=(row.id,), reason=VarianceReason.UNKNOWN)
    assert store.complete(count).state is CountState.TO_RESOLVE
    store.enter(count, "SALT", "3")
    assert store.complete(count).state is CountState.TO_APPROVE
    store.office.do(counting.approve_count, count_id=count)
    assert store.held("SALT") == 3


def test_figures_from_paper_belong_to_the_time_they_were_counted(store: Store) -> None:
    count = store.start(location_ids=(store.places["DRY"],))
    store.clock.advance(minutes=10)
    counted_at = store.clock.at
    store.clock.advance(minutes=10)
    store.issue("RICE", "30")
    store.clock.advance(minutes=10)
    done = store.enter(count, "RICE", "100", at=counted_at)
    assert done.expected == 100
    for wrong in (store.clock.at + timedelta(minutes=1), counted_at - timedelta(hours=1)):
        with pytest.raises(InvalidInput) as fault:
            store.enter(count, "SALT", "1", at=wrong)
        assert fault.value.field == "at"
    store.enter_rest(count)
    assert store.approve(count).differing == 0
    assert store.held("RICE") == 70


def test_several_people_count_at_once(store: Store, sign_in: Callable[..., Office]) -> None:
    count = store.start(location_ids=(store.places["DRY"],))
    first, second = sign_in("小李", "Storekeeper"), sign_in("小王", "Back-office operator")
    for office, code, qty in ((first, "RICE", 100), (second, "OIL", 48), (first, "SALT", 10)):
        line = store.line(count, code)
        office.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(qty)),))
    card = store.office.ask(counting.get_count, count_id=count)
    assert card.row.counted == 3
    assert {name for place in card.places for name in place.by} == {"小李", "小王"}


def test_two_counters_on_one_line_both_count(store: Store, sign_in: Callable[..., Office]) -> None:
    count = store.start(location_ids=(store.places["DRY"],))
    line = store.line(count, "RICE")
    for name, qty in (("小李", 40), ("小王", 60)):
        office = sign_in(name, "Storekeeper")
        onto = counting.Onto.ADD if qty == 60 else counting.Onto.FIRST
        office.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(qty)),), onto=onto)
    story = store.office.ask(counting.get_line_story, line_id=line.id)
    assert [(tally.by, tally.qty) for tally in story.tallies] == [("小李", D(40)), ("小王", D(60))]
    assert store.line(count, "RICE").counted == 100


def test_two_programs_count_one_line_at_the_same_time(store: Store, site_url: str) -> None:
    """Ten figures from two programs at once: none is lost, none counts twice, nobody sees an error."""
    count = store.start(location_ids=(store.places["DRY"],))
    line = store.line(count, "RICE")
    store.enter(count, "RICE", "0")
    faults: list[BaseException] = []

    def count_five() -> None:
        try:
            with Office.open(site_url, station="other", clock=store.clock) as office:
                office.sign_in(ADMIN, SIGN_IN)
                for _turn in range(5):
                    office.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(3)),), onto=counting.Onto.ADD)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=count_five) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert store.line(count, "RICE").counted == 30


@given(STEPS, STEPS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_was_counted_is_what_was_there_at_that_moment(store: Store, before: list[Step], after: list[Step]) -> None:
    """Trade and count, post the count, trade on: each counted item holds what was counted and what moved since."""
    _open_yard(store)
    store.clock.advance(hours=2)
    count = store.start(location_ids=(store.places["YARD"],), tolerance_pct=D(100))
    counted: dict[str, tuple[D, datetime]] = {}
    moves = _trade(store, before, 1, count, counted)
    if not counted:
        store.office.do(counting.cancel_count, count_id=count)
        return
    store.clock.advance(minutes=1)
    store.approve(count)
    moves += _trade(store, [step for step in after if step[0] != "count"], 3, count, counted)
    for item, (qty, at) in counted.items():
        moved = [qty for one, when, qty in moves if one == item and when > at]
        assert store.held(item, "YARD") == qty + sum(moved, D(0))


def _open_yard(store: Store) -> None:
    """A place where stock may go below zero, so that every movement is taken."""
    if "YARD" not in store.places:
        yard = stock.NewLocation("YARD", "后院", allow_negative=True)
        store.places["YARD"] = store.office.do(stock.create_location, new=yard)
        for item in ITEMS:
            store.receive(item, "50", "YARD")


def _trade(
    store: Store, steps: list[Step], back: int, count: int, counted: dict[str, tuple[D, datetime]]
) -> list[tuple[str, datetime, D]]:
    moves = []
    for verb, item, qty, minutes in steps:
        store.clock.advance(minutes=minutes)
        if verb == "count":
            store.enter(count, item, str(qty), onto=counting.Onto.REPLACE)
            counted[item] = D(qty), store.clock.at
        else:
            moves.append(_move(store, verb, item, qty + 1, timedelta(minutes=minutes * back)))
    return moves


def _move(store: Store, verb: str, item: str, qty: int, back: timedelta) -> tuple[str, datetime, D]:
    """Post a movement, now or with an earlier moment; answers the item, when, and what it moved."""
    is_receipt = verb.endswith("receive")
    # A second off, because of two entries of one moment the later one counts as later.
    at = store.clock.at - back - timedelta(seconds=1) if verb.startswith("late") else store.clock.at
    place = store.places["YARD"]
    line = NewLine(store.items[item], D(qty), location_id=place, unit_cost=D(1) if is_receipt else None)
    store.office.do(stock.receive_goods if is_receipt else stock.issue_goods, lines=(line,), at=at)
    return item, at, D(qty if is_receipt else -qty)
