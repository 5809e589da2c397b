"""Mistakes planted one by one: the detective finds each in the first place, and its mend puts it right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from core import counting, detective, purchasing, stock
from core.counting import CountPart
from core.detective import Case, Finding, FindingKind
from core.purchasing import NewOrder, NewOrderLine
from core.stock import NewLine
from db.enums import CountState, VarianceReason
from tests.core.counting.conftest import Store
from tests.factories import make_supplier

COMMANDS: dict[str, Callable[..., Any]] = {
    "stock.transfer_goods": stock.transfer_goods,
    "stock.receive_transfer": stock.receive_transfer,
    "stock.reverse_posting": stock.reverse_posting,
    "stock.adjust_stock": stock.adjust_stock,
    "counting.request_recount": counting.request_recount,
}


def count_all(store: Store, item: str, qty: str, unit: str = "", place: str = "", **others: str) -> int:
    """A count where one item (and `others`, by item) is counted so and all the rest as the book says."""
    count = store.start()
    store.enter(count, item, qty, unit, place)
    for other, figure in others.items():
        store.enter(count, other, figure)
    store.enter_rest(count)
    store.complete(count)
    return count


def look(store: Store, count: int, item: str, place: str = "") -> Case:
    line = store.line(count, item, place)
    return store.office.ask(detective.investigate, count_line_id=line.id)


def first(case: Case) -> Finding:
    assert case.findings, case.facts
    return case.findings[0]


def run(store: Store, finding: Finding) -> Any:
    mend = finding.mend
    assert mend is not None
    assert mend.command in COMMANDS, mend
    args: dict[str, Any] = dict(mend.args)
    return store.office.do(COMMANDS[mend.command], **args)


def post_with(store: Store, count: int) -> None:
    """Settle whatever is left and post the count."""
    store.clock.advance(minutes=30)
    review = store.office.ask(counting.get_count_review, count_id=count, only_differing=False)
    left = tuple(row.id for row in review.rows if row.needs_recount or row.needs_reason)
    if left:
        store.office.do(counting.give_reason, count_id=count, line_ids=left, reason=VarianceReason.UNKNOWN)
    store.office.do(counting.complete_count, count_id=count)
    store.office.do(counting.approve_count, count_id=count)


def difference(store: Store, count: int, item: str) -> list[D]:
    review = store.office.ask(counting.get_count_review, count_id=count)
    return [row.difference for row in review.rows if row.item_id == store.items[item] and row.difference]


def test_cases_entered_as_bottles_are_told_and_counted_again(store: Store) -> None:
    count = count_all(store, "OIL", "4")  # 48 bottles are 4 cases
    found = first(look(store, count, "OIL"))
    assert found.kind is FindingKind.PACK
    assert found.is_likely
    assert "4 counted, 48 in the book" in found.words.render("en")
    run(store, found)
    assert store.line(count, "OIL").needs_recount


def test_cases_and_loose_bottles_added_up_as_if_alike_are_told(store: Store) -> None:
    store.issue("OIL", "7")  # 41: 3 cases and 5
    count = count_all(store, "OIL", "8")
    assert first(look(store, count, "OIL")).kind is FindingKind.MIXED_PACK


@pytest.mark.parametrize(("qty", "kind"), [("1000", "ten"), ("10", "ten"), ("4", "pack")])
def test_a_digit_too_many_or_too_few_is_told(store: Store, qty: str, kind: str) -> None:
    count = count_all(store, "RICE", qty)
    assert first(look(store, count, "RICE")).kind == kind


def test_swapped_digits_are_told(store: Store) -> None:
    store.issue("OIL", "3")
    count = count_all(store, "OIL", "54")
    assert first(look(store, count, "OIL")).kind is FindingKind.SWAPPED


def test_a_part_entered_twice_is_told(store: Store) -> None:
    count = store.start()
    line = store.line(count, "RICE")
    store.office.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(63)), CountPart(D(37)), CountPart(D(37))))
    store.enter_rest(count)
    store.complete(count)
    found = first(look(store, count, "RICE"))
    assert found.kind is FindingKind.ENTERED_TWICE
    assert found.explains == 37


def test_goods_on_the_neighbour_shelf_are_told_and_moved_in_the_book(store: Store) -> None:
    store.receive("MILK", "30", "C-2")
    store.clock.advance(hours=1)
    count = store.start()
    store.enter(count, "MILK", "13", place="C-1")
    store.enter(count, "MILK", "37", place="C-2")
    store.enter_rest(count)
    store.complete(count)
    case = look(store, count, "MILK", "C-1")
    found = first(case)
    assert found.kind is FindingKind.NEIGHBOUR
    assert case.facts.difference == -7
    run(store, found)
    assert not difference(store, count, "MILK")
    assert store.held("MILK", "C-1") == 13
    assert store.held("MILK", "C-2") == 37


def test_a_count_on_the_wrong_lot_is_told(store: Store) -> None:
    store.receive("FISH", "6.5", "C-1", "40", lot="L3")
    count = store.start()
    lines = {line.lot: line for line in store.lines(count) if line.location_code == "C-1" and line.code == "FISH"}
    store.office.do(counting.enter_count, line_id=lines["L1"].id, parts=(CountPart(D("5.7")),))
    store.office.do(counting.enter_count, line_id=lines["L3"].id, parts=(CountPart(D("8.8")),))
    store.enter_rest(count)
    store.complete(count)
    case = store.office.ask(detective.investigate, count_line_id=lines["L1"].id)
    found = first(case)
    assert found.kind is FindingKind.OTHER_LOT
    run(store, found)
    again = [line for line in store.lines(count) if line.needs_recount]
    assert {line.lot for line in again if line.code == "FISH"} == {"L1", "L3"}


def test_two_lines_mixed_up_are_told(store: Store) -> None:
    store.issue("OIL", "17")  # 31
    count = count_all(store, "OIL", "10", SALT="31")
    found = first(look(store, count, "SALT"))
    assert found.kind is FindingKind.OTHER_ITEM
    assert "Olive oil" in found.words.render("en")


def test_an_order_that_came_and_was_not_received_is_told(store: Store) -> None:
    supplier = make_supplier(store.office)
    lines = (NewOrderLine(store.items["RICE"], D(75), price=D(6)),)
    order_id = store.office.do(purchasing.create_order, order=NewOrder(supplier, lines))
    count = count_all(store, "RICE", "175")
    draft = first(look(store, count, "RICE"))
    assert draft.kind is FindingKind.ORDER_DRAFT
    standing = store.office.ask(purchasing.get_order, order_id=order_id)
    store.office.do(purchasing.approve_order, order_id=order_id, version=standing.row.version)
    found = first(look(store, count, "RICE"))
    assert found.kind is FindingKind.OPEN_ORDER
    assert found.mend is not None
    assert (found.mend.page, found.mend.args["order_id"]) == ("purchasing.receive", order_id)


def test_a_transfer_that_arrived_unseen_is_told_and_received(store: Store) -> None:
    line = NewLine(store.items["RICE"], D(35), location_id=store.places["DRY"])
    sent = store.office.do(stock.send_transfer, lines=(line,), to_location_id=store.places["C-1"])
    store.clock.advance(hours=1)
    count = store.start()
    line_id = store.office.do(
        counting.add_count_line, count_id=count, item_id=store.items["RICE"], location_id=store.places["C-1"]
    )
    store.office.do(counting.enter_count, line_id=line_id, parts=(CountPart(D(35)),))
    store.enter_rest(count)
    store.complete(count)
    found = first(store.office.ask(detective.investigate, count_line_id=line_id))
    assert found.kind is FindingKind.ARRIVED
    assert sent.number in found.words.render("zh")
    run(store, found)
    assert not difference(store, count, "RICE")
    assert store.held("RICE", "C-1") == 35


def test_a_delivery_received_twice_is_told_and_taken_back(store: Store) -> None:
    supplier = make_supplier(store.office)
    for _time in range(2):
        store.clock.advance(minutes=20)
        lines = (
            NewLine(store.items["RICE"], D(60), location_id=store.places["DRY"], unit_cost=D(6)),
            NewLine(store.items["SALT"], D(8), location_id=store.places["DRY"], unit_cost=D(2)),
        )
        store.office.do(stock.receive_goods, lines=lines, supplier_id=supplier)
    store.clock.advance(hours=1)
    count = count_all(store, "RICE", "160", SALT="18")
    found = first(look(store, count, "RICE"))
    assert found.kind is FindingKind.RECEIPT_TWICE
    assert found.explains == -60
    store.clock.advance(minutes=10)
    run(store, found)
    assert not difference(store, count, "RICE")
    assert not difference(store, count, "SALT")
    post_with(store, count)
    assert store.held("RICE") == 160


def test_an_issue_posted_twice_is_told_and_taken_back(store: Store) -> None:
    for _time in range(2):
        store.issue("RICE", "12.5")
        store.clock.advance(minutes=3)
    count = count_all(store, "RICE", "87.5")
    found = first(look(store, count, "RICE"))
    assert found.kind is FindingKind.ISSUE_TWICE
    store.clock.advance(minutes=10)
    run(store, found)
    assert not difference(store, count, "RICE")
    post_with(store, count)
    assert store.held("RICE") == D("87.5")


def test_an_issue_posted_twice_is_taken_back_after_the_count_was_posted_too(store: Store) -> None:
    for _time in range(2):
        store.issue("RICE", "12.5")
        store.clock.advance(minutes=3)
    count = count_all(store, "RICE", "87.5")
    post_with(store, count)
    store.clock.advance(days=1)
    found = first(look(store, count, "RICE"))
    assert found.kind is FindingKind.ISSUE_TWICE
    run(store, found)
    assert store.held("RICE") == D("87.5")


@pytest.mark.parametrize("is_posted", [False, True])
def test_goods_moved_in_the_book_are_right_when_the_count_is_posted(store: Store, is_posted: bool) -> None:
    store.receive("MILK", "30", "C-2")
    store.clock.advance(hours=1)
    count = store.start()
    store.enter(count, "MILK", "13", place="C-1")
    store.enter(count, "MILK", "37", place="C-2")
    store.enter_rest(count)
    store.complete(count)
    if is_posted:
        post_with(store, count)
    store.clock.advance(hours=2)
    run(store, first(look(store, count, "MILK", "C-1")))
    if not is_posted:
        post_with(store, count)
    assert store.held("MILK", "C-1") == 13
    assert store.held("MILK", "C-2") == 37


def test_an_issue_in_the_wrong_unit_is_told(store: Store) -> None:
    store.issue("OIL", "2")  # two cases left the shelf
    count = count_all(store, "OIL", "24")
    found = first(look(store, count, "OIL"))
    assert found.kind is FindingKind.POSTED_UNIT
    assert found.mend is not None
    assert found.mend.page == "stock.posting"


def test_a_receipt_with_a_digit_too_many_is_told(store: Store) -> None:
    store.receive("SALT", "130")
    store.clock.advance(hours=1)
    count = count_all(store, "SALT", "23")
    found = first(look(store, count, "SALT"))
    assert found.kind is FindingKind.POSTED_TEN


def test_what_was_entered_late_is_told(store: Store) -> None:
    before = store.clock.at
    store.clock.advance(hours=1)
    count = count_all(store, "RICE", "100")
    line = NewLine(store.items["RICE"], D(23), location_id=store.places["DRY"])
    store.office.do(stock.issue_goods, lines=(line,), at=before + timedelta(minutes=1))
    found = first(look(store, count, "RICE"))
    assert found.kind is FindingKind.LATE


def test_a_wrong_count_is_told_by_the_next_one(store: Store) -> None:
    count = store.start()
    store.enter(count, "RICE", "86")
    store.enter_rest(count)
    store.approve(count)
    store.clock.advance(days=7)
    again = count_all(store, "RICE", "100")
    found = first(look(store, again, "RICE"))
    assert found.kind is FindingKind.COUNT_BEFORE
    assert found.evidence[0].id == count


def test_stock_below_zero_is_looked_into_without_a_count(store: Store) -> None:
    office = store.office
    supplier = make_supplier(office)
    row = next(one for one in office.ask(stock.list_locations) if one.code == "DRY")
    office.do(stock.update_location, location_id=row.location_id, version=row.version, changes={"allow_negative": True})
    store.issue("SALT", "16")
    office.do(
        purchasing.create_order,
        order=NewOrder(supplier, (NewOrderLine(store.items["SALT"], D(20), price=D(2)),)),
    )
    odd = office.ask(detective.list_odd)
    assert [(one.code, one.difference, one.kind) for one in odd] == [("SALT", D(6), detective.OddKind.NEGATIVE)]
    case = office.ask(detective.investigate, item_id=odd[0].item_id, location_id=odd[0].location_id)
    assert case.facts.counted is None
    assert FindingKind.ORDER_DRAFT in {one.kind for one in case.findings}


def test_a_line_without_any_mistake_accuses_nobody(store: Store) -> None:
    store.issue("RICE", "11.3")
    count = count_all(store, "RICE", "87.9")
    case = look(store, count, "RICE")
    assert not [one for one in case.findings if one.is_likely]
    assert case.facts.difference == D("-0.8")


def test_counts_outside_tolerance_stand_among_the_odd(store: Store) -> None:
    count = count_all(store, "OIL", "40")
    odd = store.office.ask(detective.list_odd)
    assert [(one.code, one.difference) for one in odd] == [("OIL", D(-8))]
    assert odd[0].value == -400
    assert store.office.ask(counting.get_count, count_id=count).row.state is CountState.TO_RESOLVE
