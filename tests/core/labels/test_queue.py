"""The queue of labels fills itself with what is no longer true, and a thing stands on it once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import catalog, labels, stock
from core.clock import FixedClock
from core.devices import LabelPrinterSimulator
from core.errors import InvalidInput, NotFound, Refused
from core.labels import Amount, NewWish, run_job
from core.office import Office
from core.stock import NewLine
from db.enums import LabelJobState, LabelReason, LabelSubject
from tests.core.labels.printing import LAYOUT, QUICK, make_priced, make_printer
from tests.factories import make_place

SHELF, ITEM = LabelSubject.SHELF, LabelSubject.ITEM
TODAY = date(2026, 3, 4)


@pytest.fixture
def printer(office: Office) -> Iterator[LabelPrinterSimulator]:
    with LabelPrinterSimulator("tspl") as opened:
        make_printer(office, opened.address, "tspl")
        yield opened


def print_all(office: Office, on: date | None = None) -> int:
    """Start what is due and print it; answers how many labels came out."""
    jobs = office.do(labels.start_due_labels, on=on)
    runs = [run_job(office, job.job_id, pace=QUICK) for job in jobs]
    assert all(run.state is LabelJobState.DONE for run in runs)
    return sum(run.confirmed for run in runs)


def hang(office: Office, ids: tuple[int, ...], place: int = 0) -> None:
    """Print shelf labels of these items and let them hang."""
    wishes = [NewWish(SHELF, item_id, place, LAYOUT) for item_id in ids]
    office.do(labels.add_to_queue, wishes=wishes)
    print_all(office)


def change(office: Office, item_id: int, **changes: object) -> None:
    card = office.ask(catalog.get_item, item_id=item_id)
    office.do(catalog.update_item, item_id=item_id, version=card.version, changes=changes)


def test_what_is_printed_and_true_is_not_on_the_queue(office: Office, printer: LabelPrinterSimulator) -> None:
    hang(office, make_priced(office, 3))
    assert len(printer.printed) == 3
    due = office.ask(labels.count_stale_labels)
    assert (due.stale, due.wished, due.gone, due.asks) == (0, 0, 0, 0)
    assert office.ask(labels.list_queue) == []


def test_a_changed_price_or_name_comes_by_itself_and_says_what_differs(
    office: Office, printer: LabelPrinterSimulator
) -> None:
    first, second, _third = ids = make_priced(office, 3)
    hang(office, ids)
    change(office, first, sale_price=Decimal("9.90"))
    change(office, second, name="改名商品")
    rows = {row.subject_id: row for row in office.ask(labels.list_queue)}
    assert set(rows) == {first, second}
    prices = {one.field: (one.printed, one.true) for one in rows[first].differences}
    assert prices["price"] == ("1.50", "9.90")
    assert "name" in {one.field for one in rows[second].differences}
    assert all(row.reason is LabelReason.CHANGED and row.wish_id is None for row in rows.values())
    assert office.ask(labels.count_stale_labels).to_print == 2
    assert print_all(office) == 2 and office.ask(labels.list_queue) == []


def test_what_does_not_stand_on_the_label_does_not_make_it_stale(
    office: Office, printer: LabelPrinterSimulator
) -> None:
    (item_id,) = make_priced(office, 1)
    hang(office, (item_id,))
    change(office, item_id, note="只是备注", shelf_life_days=9, aliases="别名")
    assert office.ask(labels.list_stale_labels) == []


def test_another_barcode_or_pack_makes_a_label_stale_when_it_shows_it(
    office: Office, printer: LabelPrinterSimulator
) -> None:
    (item_id,) = make_priced(office, 1)
    hang(office, (item_id,))
    office.do(catalog.make_barcode, item_id=item_id)
    (row,) = office.ask(labels.list_stale_labels)
    assert "barcode" in {one.field for one in row.differences}


def test_a_label_of_an_item_out_of_use_is_to_be_taken_down(office: Office, printer: LabelPrinterSimulator) -> None:
    (item_id,) = make_priced(office, 1)
    hang(office, (item_id,))
    card = office.ask(catalog.get_item, item_id=item_id)
    office.do(catalog.retire_item, item_id=item_id, version=card.version)
    (row,) = office.ask(labels.list_stale_labels)
    assert row.is_gone and office.ask(labels.count_stale_labels).gone == 1
    assert office.ask(labels.list_queue) == []
    assert office.do(labels.take_down_labels, pairs=[(row.item_id, row.location_id)]) == 1
    assert office.ask(labels.list_stale_labels) == []


def test_a_thing_stands_once_and_may_be_dropped(office: Office, printer: LabelPrinterSimulator) -> None:
    ids = make_priced(office, 2)
    for _again in range(2):
        office.do(labels.add_to_queue, wishes=[NewWish(ITEM, one, 0, LAYOUT, 4) for one in ids])
    rows = office.ask(labels.list_queue)
    assert [row.copies for row in rows] == [4, 4]
    wish_ids = [row.wish_id for row in rows if row.wish_id is not None]
    assert office.do(labels.set_queue_copies, wish_ids=wish_ids[:1], copies=7) == 1
    assert sorted(row.copies for row in office.ask(labels.list_queue)) == [4, 7]
    with pytest.raises(InvalidInput):
        office.do(labels.set_queue_copies, wish_ids=wish_ids, copies=0)
    assert office.do(labels.drop_from_queue, wish_ids=wish_ids) == 2
    assert office.ask(labels.list_queue) == []


def test_what_is_stale_and_was_put_there_stands_once(office: Office, printer: LabelPrinterSimulator) -> None:
    (item_id,) = make_priced(office, 1)
    hang(office, (item_id,))
    change(office, item_id, sale_price=Decimal(7))
    office.do(labels.add_to_queue, wishes=[NewWish(SHELF, item_id)])
    (row,) = office.ask(labels.list_queue)
    assert row.reason is LabelReason.LIST and row.layout == LAYOUT
    due = office.ask(labels.count_stale_labels)
    assert (due.stale, due.wished) == (0, 1)


def test_items_get_their_usual_number(office: Office, printer: LabelPrinterSimulator) -> None:
    first, second = ids = make_priced(office, 2)
    office.do(labels.set_item_labels, item_ids=[first], copies=3, layout=LAYOUT)
    office.do(labels.add_to_queue, wishes=[NewWish(SHELF, one, 0, LAYOUT) for one in ids])
    assert {row.subject_id: row.copies for row in office.ask(labels.list_queue)} == {first: 3, second: 1}
    assert office.ask(labels.list_item_labels, item_ids=ids) == {first: (3, LAYOUT)}
    assert print_all(office) == 4
    change(office, first, sale_price=Decimal(7))
    (row,) = office.ask(labels.list_queue)
    assert row.copies == 3, "as many as hang there"


@pytest.mark.parametrize(("amount", "copies"), [(Amount.ONE, 1), (Amount.EACH, 24), (Amount.PACKS, 2)])
def test_a_receipt_asks_for_its_labels(
    office: Office, printer: LabelPrinterSimulator, amount: Amount, copies: int
) -> None:
    (item_id,) = make_priced(office, 1)
    card = office.ask(catalog.get_item, item_id=item_id)
    packs = [catalog.PackUnit("箱", Decimal(12))]
    office.do(
        catalog.set_pack_units, item_id=item_id, version=card.version, units=packs, confirmed=frozenset({"new_units"})
    )
    posted = office.do(stock.receive_goods, lines=(NewLine(item_id, Decimal(2), unit="箱", value=Decimal(24)),))
    office.do(labels.queue_receipt, posting_id=posted.posting_id, layout=LAYOUT, amount=amount, subject=ITEM)
    (row,) = office.ask(labels.list_queue)
    assert (row.copies, row.document, row.reason) == (copies, posted.number, LabelReason.RECEIPT)


def test_a_place_asks_for_the_labels_of_all_that_lies_there(office: Office, printer: LabelPrinterSimulator) -> None:
    ids = make_priced(office, 3)
    place = make_place(office, "RACK")
    office.do(
        stock.receive_goods,
        lines=tuple(NewLine(one, Decimal(1), location_id=place, value=Decimal(1)) for one in ids[:2]),
    )
    assert office.do(labels.queue_place, location_id=place, layout=LAYOUT) == 2
    assert {(row.subject_id, row.place) for row in office.ask(labels.list_queue)} == {(one, "RACK") for one in ids[:2]}
    print_all(office)
    assert office.do(labels.queue_place, location_id=place, layout=LAYOUT, only_missing=True) == 0
    with pytest.raises(NotFound):
        office.do(labels.queue_place, location_id=99_999)


def test_a_walk_says_true_or_stale_and_queues_what_is_not(office: Office, printer: LabelPrinterSimulator) -> None:
    first, second = ids = make_priced(office, 2)
    hang(office, (first,))
    assert office.do(labels.check_shelf_label, code="S-0001").word == "true"
    change(office, first, sale_price=Decimal(3))
    stale = office.do(labels.check_shelf_label, code="S-0001")
    assert stale.word == "stale" and stale.is_queued and "price" in {one.field for one in stale.differences}
    unknown = office.do(labels.check_shelf_label, code="S-0002", layout=LAYOUT)
    assert unknown.word == "unknown" and unknown.item_id == second
    assert {row.subject_id for row in office.ask(labels.list_queue)} == set(ids)
    print_all(office)
    damaged = office.do(labels.check_shelf_label, code="S-0001", is_damaged=True)
    assert damaged.word == "damaged" and damaged.is_queued
    with pytest.raises(NotFound):
        office.do(labels.check_shelf_label, code="NOBODY")


def test_labels_due_later_wait_and_late_ones_say_so(
    office: Office, printer: LabelPrinterSimulator, clock: FixedClock
) -> None:
    (item_id,) = make_priced(office, 1)
    wish = NewWish(ITEM, item_id, 0, LAYOUT)
    office.do(labels.add_to_queue, wishes=[wish], due_on=TODAY + timedelta(days=2))
    assert office.ask(labels.list_queue) == []
    assert [row.is_late for row in office.ask(labels.list_queue, on=TODAY + timedelta(days=2))] == [False]
    clock.advance(days=3)
    assert [row.is_late for row in office.ask(labels.list_queue)] == [True]


def test_tomorrows_price_is_printed_today_and_is_true_already(
    office: Office, printer: LabelPrinterSimulator, clock: FixedClock
) -> None:
    first, second = ids = make_priced(office, 2)
    hang(office, ids)
    tomorrow = TODAY + timedelta(days=1)
    assert office.do(labels.plan_prices, prices={first: Decimal("5.55")}, from_on=tomorrow) == 1
    assert office.ask(labels.list_queue) == []
    (row,) = office.ask(labels.list_queue, on=tomorrow)
    assert (row.subject_id, row.reason) == (first, LabelReason.PLANNED)
    assert print_all(office, on=tomorrow) == 1
    assert office.ask(labels.list_queue) == [] and office.ask(labels.list_queue, on=tomorrow) == []
    (plan,) = office.ask(labels.list_planned_prices)
    assert (plan.code, plan.price, plan.price_now) == ("S-0001", Decimal("5.55"), Decimal("1.5"))
    clock.advance(days=1)
    assert office.ask(labels.list_queue) == [], "true on the day itself, before the item took the price over"
    assert office.do(labels.take_over_prices) == 1
    assert office.ask(catalog.get_item, item_id=first).values["sale_price"] == Decimal("5.55")
    assert office.ask(labels.list_queue) == [] and office.ask(labels.list_planned_prices) == []
    change(office, second, sale_price=Decimal(8))
    assert [one.subject_id for one in office.ask(labels.list_queue)] == [second]


def test_a_plan_that_is_dropped_makes_its_labels_stale(office: Office, printer: LabelPrinterSimulator) -> None:
    (item_id,) = ids = make_priced(office, 1)
    hang(office, ids)
    tomorrow = TODAY + timedelta(days=1)
    office.do(labels.plan_prices, prices={item_id: Decimal(5)}, from_on=tomorrow)
    print_all(office, on=tomorrow)
    assert office.do(labels.drop_planned_prices, plans=[(item_id, tomorrow)]) == 1
    assert [row.subject_id for row in office.ask(labels.list_queue)] == [item_id]
    with pytest.raises(InvalidInput):
        office.do(labels.plan_prices, prices={item_id: Decimal(5)}, from_on=TODAY)
    with pytest.raises(InvalidInput):
        office.do(labels.plan_prices, prices={item_id: Decimal(-1)}, from_on=tomorrow)
    with pytest.raises(NotFound):
        office.do(labels.plan_prices, prices={77_777: Decimal(1)}, from_on=tomorrow)


def test_the_queue_goes_along_the_walk_by_printer_and_paper(office: Office, printer: LabelPrinterSimulator) -> None:
    ids = make_priced(office, 4)
    far, near = make_place(office, "FAR", walk_order=90), make_place(office, "NEAR", walk_order=10)
    wishes = [NewWish(SHELF, one, far if number % 2 else near, LAYOUT) for number, one in enumerate(ids)]
    office.do(labels.add_to_queue, wishes=wishes)
    rows = office.ask(labels.list_queue)
    assert [row.place for row in rows] == ["NEAR", "NEAR", "FAR", "FAR"]
    assert {(row.printer, row.stock) for row in rows} == {("P1", "60x40")}
    assert rows[0].printer == "P1"


def test_one_item_at_two_places_has_two_labels(office: Office, printer: LabelPrinterSimulator) -> None:
    (item_id,) = make_priced(office, 1)
    places = [make_place(office, "A1"), make_place(office, "B1")]
    office.do(labels.add_to_queue, wishes=[NewWish(SHELF, item_id, place, LAYOUT) for place in places])
    print_all(office)
    change(office, item_id, sale_price=Decimal(4))
    assert {row.place for row in office.ask(labels.list_queue)} == {"A1", "B1"}
    office.do(labels.start_due_labels, keys=[office.ask(labels.list_queue)[0].key])
    assert [row.place for row in office.ask(labels.list_queue)] == ["B1"], "the other one is on its way"


def test_what_cannot_be_printed_stays_and_says_why(office: Office, printer: LabelPrinterSimulator) -> None:
    ids = make_priced(office, 2)
    change(office, ids[0], sale_price=None)
    office.do(labels.add_to_queue, wishes=[NewWish(SHELF, one, 0, LAYOUT) for one in ids])
    assert print_all(office) == 1
    (row,) = office.ask(labels.list_queue)
    assert row.subject_id == ids[0]
    with pytest.raises(Refused) as told:
        office.do(labels.start_due_labels)
    assert "S-0001" in told.value.text.render("zh") and "Price" in told.value.text.render("en")


def test_wrong_wishes_are_refused(office: Office) -> None:
    (item_id,) = make_priced(office, 1)
    with pytest.raises(InvalidInput):
        office.do(labels.add_to_queue, wishes=[NewWish(SHELF, item_id)])
    with pytest.raises(InvalidInput):
        office.do(labels.add_to_queue, wishes=[NewWish(SHELF, item_id, 0, LAYOUT, 1000)])
    with pytest.raises(NotFound):
        office.do(labels.add_to_queue, wishes=[NewWish(SHELF, item_id, 0, "no-such-layout")])
    with pytest.raises(InvalidInput):
        office.do(labels.add_to_queue, wishes=[NewWish(LabelSubject.LOCATION, 1, 0, LAYOUT)])
    with pytest.raises(InvalidInput):
        office.do(labels.set_item_labels, item_ids=[item_id], copies=0)
    office.do(labels.add_to_queue, wishes=[NewWish(ITEM, item_id, 0, LAYOUT)])
    with pytest.raises(InvalidInput) as told:
        office.do(labels.start_due_labels)
    assert told.value.field == "printer" and "60x40" in told.value.text.render("en")
