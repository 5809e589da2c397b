"""What a person posts: each kind does what it says, and what is wrong is refused with a sentence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from sqlalchemy import func, select

from core import stock
from core.clock import FixedClock
from core.errors import CoreError, NeedsConfirmation
from core.office import Office
from core.registry import command, query
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.enums import CostMethod, PostingKind
from db.stock import StockBalance
from tests.core.stock.test_ledger_machine import post_count_for_test
from tests.factories import make_item, make_place, make_supplier


@query(None)
def count_balance_rows_for_test(uow: UnitOfWork, *, item_id: int) -> int:
    """How many balance rows an item has, zeros included."""
    rows = select(func.count()).select_from(StockBalance).where(StockBalance.item_id == item_id)
    return int(uow.sql.execute(rows).scalar_one())


def receive(office: Office, item: int, qty: str, value: str, **over: Any) -> stock.Posted:
    return office.do(stock.receive_goods, lines=(NewLine(item, D(qty), value=D(value), **over),))


def worth(office: Office, item: int) -> tuple[D, D]:
    row = office.ask(stock.list_values, item_id=item)[0]
    return row.qty, row.value


def test_three_for_a_hundred_go_out_as_thirds_that_sum(office: Office) -> None:
    item = make_item(office)
    receive(office, item, "3", "100")
    out = [office.do(stock.issue_goods, lines=(NewLine(item, D(1)),)).value for _number in range(3)]
    assert out == [D("-33.33"), D("-33.34"), D("-33.33")]
    assert worth(office, item) == (D(0), D("0.00"))


@pytest.mark.parametrize(
    ("method", "value"),
    [(CostMethod.FIFO, "-115.00"), (CostMethod.AVERAGE, "-120.00"), (CostMethod.STANDARD, "-150.00")],
)
def test_an_issue_costs_what_the_method_says(office: Office, method: CostMethod, value: str) -> None:
    item = make_item(office, cost_method=method, standard_cost=D(15))
    receive(office, item, "5", "50")
    receive(office, item, "10", "130")
    assert office.do(stock.issue_goods, lines=(NewLine(item, D(10)),)).value == D(value)


@command(None)
def post_one_after_the_other_for_test(uow: UnitOfWork, *, lines: tuple[NewLine, ...]) -> list[D]:
    """Post several lines at one desk, each as a posting of its own; a line with a value comes in, any other leaves."""
    kinds = [PostingKind.ISSUE if line.value is None else PostingKind.RECEIPT for line in lines]
    postings = [NewPosting(kind, (line,)) for kind, line in zip(kinds, lines, strict=True)]
    return [posted.value for posted in stock.post_all(uow, postings)]


def test_the_oldest_leaves_first_however_many_deliveries_there_are(office: Office) -> None:
    item = make_item(office)
    for value in ("10", "20", "30", "40", "50"):
        receive(office, item, "1", value)
    lines = (NewLine(item, D(2)), NewLine(item, D(1), value=D(99)), NewLine(item, D(1)), NewLine(item, D("2.5")))
    worths = office.do(post_one_after_the_other_for_test, lines=lines)
    assert worths == [D("-30.00"), D("99.00"), D("-30.00"), D("-139.50")]
    assert worth(office, item) == (D("0.5"), D("49.50"))


def test_by_lot_an_issue_takes_its_own_lots_cost(office: Office) -> None:
    item = make_item(office, cost_method=CostMethod.LOT, lot_tracked=True)
    receive(office, item, "5", "50", lot="A", expires_on=date(2026, 4, 1))
    receive(office, item, "5", "90", lot="B", expires_on=date(2026, 3, 20))
    assert office.do(stock.issue_goods, lines=(NewLine(item, D(1), lot="A"),)).value == D("-10.00")
    assert office.do(stock.issue_goods, lines=(NewLine(item, D(1)),)).value == D("-18.00")  # B expires first


def test_negative_stock_is_settled_when_the_goods_arrive(office: Office) -> None:
    item = make_item(office)
    place = make_place(office, allow_negative=True)
    receive(office, item, "1", "10", location_id=place)
    office.do(stock.issue_goods, lines=(NewLine(item, D(6), location_id=place),))
    assert worth(office, item) == (D(-5), D("-50.00"))
    posted = receive(office, item, "10", "120", location_id=place)
    line = office.ask(stock.get_posting, posting_id=posted.posting_id).lines[0]
    assert (line.value, line.settled) == (D("110.00"), D("10.00"))
    assert worth(office, item) == (D(5), D("60.00"))


def test_a_back_dated_receipt_gives_what_entering_in_time_would_have(office: Office, clock: FixedClock) -> None:
    late, intime = make_item(office, "A-1"), make_item(office, "A-2")
    receive(office, late, "10", "200")
    receive(office, intime, "10", "200")
    early = clock.now() - timedelta(minutes=30)
    office.do(stock.issue_goods, lines=(NewLine(late, D(4)),))
    office.do(
        stock.receive_goods, lines=(NewLine(late, D(5), value=D(50)), NewLine(intime, D(5), value=D(50))), at=early
    )
    office.do(stock.issue_goods, lines=(NewLine(intime, D(4)),))
    assert worth(office, late) == worth(office, intime) == (D(11), D("210.00"))


def test_a_count_stays_what_was_counted_when_something_earlier_is_entered_later(
    office: Office, clock: FixedClock
) -> None:
    item = make_item(office)
    receive(office, item, "10", "100")
    clock.advance(minutes=10)
    office.do(post_count_for_test, lines=(NewLine(item, D(8)),), at=clock.now())
    office.do(stock.issue_goods, lines=(NewLine(item, D(2)),), at=clock.now() - timedelta(minutes=5))
    assert worth(office, item) == (D(8), D("80.00"))
    differences = [
        e.qty for e in office.ask(stock.list_ledger, wanted=stock.LedgerFilter(item_id=item)) if e.kind == "count"
    ]
    assert sum(differences) == D(0)


def test_returns_leave_and_come_back_at_their_own_cost(office: Office) -> None:
    item = make_item(office)
    first = receive(office, item, "4", "40")
    receive(office, item, "4", "80")
    entry = office.ask(stock.get_posting, posting_id=first.posting_id).lines[0].entry_id
    assert office.do(stock.return_to_supplier, lines=(NewLine(item, D(1), link_id=entry),)).value == D("-10.00")
    with pytest.raises(CoreError, match="Only 3 of that line"):
        office.do(stock.return_to_supplier, lines=(NewLine(item, D(4), link_id=entry),))
    issue = office.do(stock.issue_goods, lines=(NewLine(item, D(5)),))
    assert issue.value == D("-70.00")
    entry = office.ask(stock.get_posting, posting_id=issue.posting_id).lines[0].entry_id
    assert office.do(stock.return_from_customer, lines=(NewLine(item, D(5), link_id=entry),)).value == D("70.00")


def test_landed_cost_restates_what_left_already(office: Office) -> None:
    item = make_item(office)
    receipt = receive(office, item, "10", "100")
    issue = office.do(stock.issue_goods, lines=(NewLine(item, D(4)),))
    office.do(stock.add_landed_cost, receipt_id=receipt.posting_id, amount=D(20))
    assert office.ask(stock.get_posting, posting_id=issue.posting_id).row.value == D("-48.00")
    assert worth(office, item) == (D(6), D("72.00"))


def test_landed_cost_stands_at_its_receipts_lot_and_leaves_no_empty_balance(office: Office) -> None:
    item = make_item(office, cost_method=CostMethod.LOT, lot_tracked=True)
    receipt = receive(office, item, "10", "100", lot="A")
    freight = office.do(stock.add_landed_cost, receipt_id=receipt.posting_id, amount=D(20))
    assert office.ask(stock.get_posting, posting_id=freight.posting_id).lines[0].lot == "A"
    assert [(row.lot, row.qty) for row in office.ask(stock.list_on_hand, item_id=item)] == [("A", D(10))]
    assert office.do(stock.issue_goods, lines=(NewLine(item, D(5), lot="A"),)).value == D("-60.00")
    assert office.ask(count_balance_rows_for_test, item_id=item) == 1


def test_what_was_made_costs_what_was_used(office: Office) -> None:
    flour, bread = make_item(office, "FLOUR"), make_item(office, "BREAD", base_unit="个", lot_tracked=True)
    receive(office, flour, "10", "50")
    made = (NewLine(bread, D(20), lot="B1", expires_on=date(2026, 3, 6)),)
    office.do(stock.produce_goods, made=made, used=(NewLine(flour, D(4)),))
    assert worth(office, bread) == (D(20), D("20.00"))
    lot = office.ask(stock.list_lots, item_id=bread)[0]
    card = office.ask(stock.trace_lot, lot_id=lot.lot_id)
    assert [row.qty for row in card.left] == [D(20)]


def test_a_transfer_moves_no_value_and_waits_in_transit(office: Office) -> None:
    item, cold = make_item(office), make_place(office, "COLD")
    receive(office, item, "10", "100")
    sent = office.do(stock.send_transfer, lines=(NewLine(item, D(4)),), to_location_id=cold)
    row = office.ask(stock.get_availability, item_id=item)
    assert (row.on_hand, row.in_transit, row.available) == (D(6), D(4), D(6))
    assert [t.posting_id for t in office.ask(stock.list_in_transit)] == [sent.posting_id]
    office.do(stock.receive_transfer, posting_id=sent.posting_id, to_location_id=cold)
    assert office.ask(stock.list_in_transit) == []
    assert {row.location_code: row.qty for row in office.ask(stock.list_on_hand)} == {"MAIN": D(6), "COLD": D(4)}
    assert worth(office, item) == (D(10), D("100.00"))
    with pytest.raises(CoreError, match="arrived"):
        office.do(stock.receive_transfer, posting_id=sent.posting_id, to_location_id=cold)


def test_what_a_request_became_is_found_by_its_id(office: Office) -> None:
    item = make_item(office)
    lines = (NewLine(item, D(1), value=D(1)),)
    assert office.ask(stock.find_posted, request_id="r-1") is None
    posted = office.do(stock.receive_goods, request_id="r-1", lines=lines)
    assert office.ask(stock.find_posted, request_id="r-1") == posted
    office.do(stock.create_location, request_id="r-2", new=stock.NewLocation("BAR", "吧台"))
    assert office.ask(stock.find_posted, request_id="r-2") is None, "that was no posting"


def test_the_sentence_names_the_unit_in_the_readers_language(office: Office) -> None:
    item = make_item(office, base_unit="听")
    receive(office, item, "3", "30")
    with pytest.raises(CoreError) as error:
        office.do(stock.issue_goods, lines=(NewLine(item, D(4)),))
    assert "3 can of" in error.value.text.render("en")
    assert "3 听" in error.value.text.render("zh")


def test_reversal_takes_everything_back_once(office: Office) -> None:
    item = make_item(office)
    receive(office, item, "3", "10")
    waste = office.do(stock.record_waste, lines=(NewLine(item, D(1), reason="spoiled", stage="storage"),))
    office.do(stock.reverse_posting, posting_id=waste.posting_id)
    assert worth(office, item) == (D(3), D("10.00"))
    with pytest.raises(CoreError, match="reversed already"):
        office.do(stock.reverse_posting, posting_id=waste.posting_id)


def test_two_items_that_are_one_become_one_with_their_stock(office: Office) -> None:
    keep, drop = make_item(office, "OIL-1"), make_item(office, "OIL-2")
    receive(office, keep, "1", "9")
    receive(office, drop, "2", "20")
    receive(office, drop, "1", "11", location_id=make_place(office, "BAR"))
    office.do(stock.merge_items, keep_id=keep, drop_id=drop)
    assert worth(office, keep) == (D(4), D("40.00"))
    assert worth(office, drop) == (D(0), D("0.00"))
    assert len(office.ask(stock.list_ledger, wanted=stock.LedgerFilter(item_id=drop))) == 4


def test_the_same_delivery_note_is_asked_about(office: Office) -> None:
    item = make_item(office)
    lines = (NewLine(item, D(1), value=D(1)),)
    supplier = make_supplier(office)
    office.do(stock.receive_goods, lines=lines, supplier_id=supplier, document="DN-1")
    with pytest.raises(NeedsConfirmation) as asked:
        office.do(stock.receive_goods, lines=lines, supplier_id=supplier, document="DN-1")
    office.do(
        stock.receive_goods, lines=lines, supplier_id=supplier, document="DN-1", confirmed=frozenset({asked.value.key})
    )
    assert worth(office, item)[0] == D(2)


def test_bad_input_gets_a_sentence_and_saves_nothing(office: Office, clock: FixedClock) -> None:
    item = make_item(office, "FISH", lot_tracked=True)
    locked = make_place(office, "LOCK")
    version = next(row.version for row in office.ask(stock.list_locations) if row.location_id == locked)
    office.do(
        stock.update_location, location_id=locked, version=version, changes={"is_locked": True, "lock_note": "维修"}
    )
    receive(office, item, "5", "50", lot="L1", expires_on=date(2026, 3, 1))
    before = office.ask(stock.list_ledger, wanted=stock.LedgerFilter())
    good = NewLine(item, D(1), lot="L2", value=D(1))
    wrong: list[tuple[str, Any, dict[str, Any]]] = [
        ("which lot", stock.receive_goods, {"lines": (NewLine(item, D(1), value=D(1)),)}),
        ("What did it cost", stock.receive_goods, {"lines": (NewLine(item, D(1), lot="L2"),)}),
        ("above zero", stock.receive_goods, {"lines": (NewLine(item, D(-1), lot="L2", value=D(1)),)}),
        ("no unit case", stock.receive_goods, {"lines": (NewLine(item, D(1), unit="case", lot="L2", value=D(1)),)}),
        ("in the future", stock.receive_goods, {"lines": (good,), "at": clock.now() + timedelta(days=1)}),
        (
            "expires on 2026-03-01",
            stock.receive_goods,
            {"lines": (NewLine(item, D(1), lot="L1", value=D(1), expires_on=date(2026, 5, 1)),)},
        ),
        (
            "locked: 维修",
            stock.receive_goods,
            {"lines": (NewLine(item, D(1), lot="L2", value=D(1), location_id=locked),)},
        ),
        ("expired on 2026-03-01", stock.issue_goods, {"lines": (NewLine(item, D(1), lot="L1"),)}),
        ("expired or blocked", stock.issue_goods, {"lines": (NewLine(item, D(1)),)}),
        ("has no lot L9", stock.issue_goods, {"lines": (NewLine(item, D(1), lot="L9"),)}),
        ("no such item", stock.issue_goods, {"lines": (NewLine(999, D(1)),)}),
        ("nothing to post", stock.issue_goods, {"lines": ()}),
        ("one of the reasons", stock.record_waste, {"lines": (NewLine(item, D(1), reason="x"),)}),
        ("needs a note", stock.record_waste, {"lines": (NewLine(item, D(1), reason="other"),)}),
        ("Where to", stock.transfer_goods, {"lines": (NewLine(item, D(1), lot="L1"),)}),
        (
            "same place",
            stock.transfer_goods,
            {"lines": (NewLine(item, D(1), lot="L1", location_id=1, to_location_id=1),)},
        ),
        ("belongs to a receipt", stock.add_landed_cost, {"receipt_id": 999, "amount": D(1)}),
    ]
    for sentence, posting, arguments in wrong:
        with pytest.raises(CoreError, match=sentence):
            office.do(posting, **arguments)
    assert office.ask(stock.list_ledger, wanted=stock.LedgerFilter()) == before
    office.do(stock.record_waste, lines=(NewLine(item, D(1), reason="expired"),))  # an expired lot can be wasted


def test_stock_is_reserved_and_proposed_from_where_it_can_be_spared(office: Office) -> None:
    item = make_item(office)
    receive(office, item, "5", "50")
    reservation = office.do(stock.reserve_stock, item_id=item, qty=D(3), purpose="宴会 7 号厅")
    assert office.ask(stock.get_availability, item_id=item).available == D(2)
    with pytest.raises(CoreError, match="Only 2 is available"):
        office.do(stock.reserve_stock, item_id=item, qty=D(3), purpose="again")
    kit = office.ask(stock.check_kit, lines=(stock.KitLine(item, D(4)),))
    assert kit[0].missing == D(2)
    office.do(stock.close_reservation, reservation_id=reservation, is_used=False)
    assert office.ask(stock.list_reservations) == []


def test_the_same_request_posts_once(office: Office) -> None:
    item = make_item(office)
    lines = (NewLine(item, D(1), value=D(1)),)
    first = office.do(stock.receive_goods, request_id="r-1", lines=lines)
    again = office.do(stock.receive_goods, request_id="r-1", lines=lines)
    assert first == again
    assert worth(office, item)[0] == D(1)


def test_a_clock_set_back_does_not_post(office: Office, clock: FixedClock) -> None:
    item = make_item(office)
    receive(office, item, "1", "1")
    clock.advance(days=-1)
    with pytest.raises(CoreError, match="clock is behind"):
        receive(office, item, "1", "1")
