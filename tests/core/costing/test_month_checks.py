"""The checklist of a month: every check finds what it is for, says how much money is in it, and names what to open."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from core import costing, counting, expenses, purchasing, stock
from core.clock import FixedClock
from core.costing import CheckKind, CheckLevel, CheckRecord, MonthCheck
from core.costing.rules.odd_costs import Oddity, odd_cost
from core.counting import CountPart, NewCount
from core.errors import Refused
from core.expenses import NewExpense, NewExpenseLine
from core.office import Office
from core.stock import NewLine
from db.columns import micros
from db.enums import CountKind
from db.enums import PostingKind as K
from tests.core.costing.closing import IN_APRIL, MARCH, asks, close, close_march, stored_entries
from tests.core.costing.house import Room, make_room
from tests.core.maintenance.test_verify import behind_the_back
from tests.core.purchasing.books import await_invoices, charge, goods, invoice, receive
from tests.factories import make_supplier

D = Decimal


@pytest.fixture
def room(office: Office) -> Room:
    return make_room(office)


def check(office: Office, kind: CheckKind, month: str = MARCH) -> MonthCheck:
    checks = office.ask(costing.list_month_checks, month=month)
    return next(one for one in checks.checks if one.kind is kind)


def test_an_empty_month_is_good_in_every_check(room: Room) -> None:
    checks = room.office.ask(costing.list_month_checks, month=MARCH)
    assert {one.level for one in checks.checks} == {CheckLevel.GOOD}
    assert (checks.blocks, checks.at_stake, checks.open_checks) == (0, None, ())
    assert {one.kind for one in checks.checks} == set(CheckKind) - {CheckKind.UNVERIFIED}
    for one in checks.checks:
        assert one.words.render("zh") != one.words.render("en")


def test_stock_that_was_not_counted_is_told_by_place(room: Room, clock: FixedClock) -> None:
    tomato, cucumber = room.items[:2]
    room.post(K.RECEIPT, NewLine(tomato, D(10), location_id=1, value=D(50)))
    room.post(K.RECEIPT, NewLine(cucumber, D(2), location_id=1, value=D(8)))
    clock.advance(hours=1)
    room.post(K.COUNT, NewLine(tomato, D(10), location_id=1))
    found = check(room.office, CheckKind.COUNTS_MISSING)
    assert (found.level, found.count, found.amount) == (CheckLevel.LOOK, 1, D(8))
    assert (found.rows[0].record, found.rows[0].location_id) == (CheckRecord.LOCATION, 1)
    room.post(K.COUNT, NewLine(cucumber, D(2), location_id=1))
    assert check(room.office, CheckKind.COUNTS_MISSING).level is CheckLevel.GOOD


def test_a_count_with_figures_of_the_month_keeps_it_open(room: Room, clock: FixedClock) -> None:
    office = room.office
    room.post(K.RECEIPT, NewLine(room.items[0], D(10), location_id=1, value=D(50)))
    clock.advance(hours=1)
    count = office.do(counting.start_count, new=NewCount(CountKind.FULL))
    line = office.ask(counting.list_count_lines, count_id=count)[0]
    office.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(9)),))
    assert check(office, CheckKind.COUNTS_OPEN).level is CheckLevel.LOOK
    clock.at = IN_APRIL
    found = check(office, CheckKind.COUNTS_OPEN)
    assert (found.level, found.count, found.rows[0].id) == (CheckLevel.BLOCK, 1, count)
    with pytest.raises(Refused, match="cannot be closed"):
        close(office)
    office.do(counting.cancel_count, count_id=count, confirmed=frozenset({"cancel_count"}))
    close(office)


def test_what_is_below_zero_is_found_at_its_last_cost(room: Room, clock: FixedClock) -> None:
    tomato, open_place = room.items[0], room.places[1]
    room.post(K.RECEIPT, NewLine(tomato, D(1), location_id=open_place, value=D(5)))
    clock.advance(hours=1)
    room.post(K.ISSUE, NewLine(tomato, D(4), location_id=open_place))
    found = check(room.office, CheckKind.NEGATIVE_STOCK)
    assert (found.count, found.amount) == (1, D(15))
    assert (found.rows[0].item_id, found.rows[0].location_id, found.rows[0].qty) == (tomato, open_place, D(-3))


def test_what_is_on_its_way_is_found(room: Room, clock: FixedClock) -> None:
    tomato = room.items[0]
    room.post(K.RECEIPT, NewLine(tomato, D(10), location_id=1, value=D(50)))
    clock.advance(hours=1)
    room.post(K.TRANSFER, NewLine(tomato, D(4), location_id=1, to_location_id=2))
    found = check(room.office, CheckKind.IN_TRANSIT)
    assert (found.count, found.amount) == (1, D(20))


def test_expired_goods_that_nobody_wasted_are_found(room: Room, clock: FixedClock) -> None:
    gloves = room.items[3]
    line = NewLine(gloves, D(4), location_id=1, value=D(40), lot="L-1", expires_on=date(2026, 3, 20))
    room.post(K.RECEIPT, line)
    assert check(room.office, CheckKind.EXPIRED_IN_STOCK).level is CheckLevel.GOOD
    clock.at = IN_APRIL
    found = check(room.office, CheckKind.EXPIRED_IN_STOCK)
    assert (found.count, found.amount, found.rows[0].day) == (1, D(40), date(2026, 3, 20))
    room.post(K.WASTE, NewLine(gloves, D(4), location_id=1, lot="L-1", reason="expired"))
    assert check(room.office, CheckKind.EXPIRED_IN_STOCK).count == 1  # at the end of March it was still there
    assert check(room.office, CheckKind.EXPIRED_IN_STOCK, "2026-04").count == 0


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((10, 5000), (10, 5000), None),
        ((10, 5000), (10, 14999), None),
        ((10, 5000), (10, 15000), Oddity.DEARER),
        ((10, 15000), (10, 5000), Oddity.CHEAPER),
        ((0, 0), (10, 5000), None),
        ((10, 5000), (10, 0), Oddity.FREE),
        ((10, 5000), (10, -1), Oddity.BELOW_NOTHING),
        ((10, 5000), (0, 3), Oddity.LEFT_OVER),
        ((10, 50), (10, 500), None),
        ((10, 5000), (-1, -500), None),
    ],
)
def test_odd_costs(before: tuple[int, int], now: tuple[int, int], said: Oddity | None) -> None:
    assert odd_cost((before[0] * 10**6, before[1]), (now[0] * 10**6, now[1])) is said


def test_a_slipped_decimal_in_a_price_is_found(room: Room, clock: FixedClock) -> None:
    tomato = room.items[0]
    room.post(K.RECEIPT, NewLine(tomato, D(10), location_id=1, value=D(50)))
    close_march(room.office, clock)
    room.post(K.RECEIPT, NewLine(tomato, D(10), location_id=1, value=D(500)))
    clock.advance(hours=1)
    found = check(room.office, CheckKind.ODD_COSTS, "2026-04")
    assert (found.count, found.rows[0].item_id) == (1, tomato)


def test_receipts_and_invoices_that_wait_for_each_other(room: Room, clock: FixedClock) -> None:
    office, tomato = room.office, room.items[0]
    await_invoices(office)
    supplier = make_supplier(office)
    receive(office, supplier, (tomato, "10", "100"))
    found = check(office, CheckKind.NOT_INVOICED)
    assert (found.count, found.amount) == (1, D(100))
    assert found.rows[0].name == "供应商 S1"
    made = invoice(office, supplier, "INV-1", goods(tomato, "15", "150"), gross=D(150))
    assert check(office, CheckKind.NOT_INVOICED).count == 0
    found = check(office, CheckKind.INVOICES_WITHOUT_RECEIPT)
    assert (found.count, found.amount, found.rows[0].id) == (1, D(50), made.invoice_id)
    lines = office.ask(costing.list_check_lines, month=MARCH, kind="invoices_without_receipt")
    assert [line.number for line in lines] == ["INV-1"]


def test_invoices_that_match_and_nobody_approved_are_told(room: Room) -> None:
    office, tomato = room.office, room.items[0]
    await_invoices(office)
    supplier = make_supplier(office)
    receive(office, supplier, (tomato, "10", "100"))
    made = invoice(office, supplier, "INV-1", goods(tomato, "10", "100", tax_rate=D(13)), gross=D(113))
    found = check(office, CheckKind.INVOICES_UNAPPROVED)
    assert (found.level, found.count, found.amount) == (CheckLevel.LOOK, 1, D(113))
    assert (found.rows[0].record, found.rows[0].id) == (CheckRecord.INVOICE, made.invoice_id)
    office.do(purchasing.approve_invoices, invoice_ids=(made.invoice_id,), confirmed=frozenset({"findings"}))
    assert check(office, CheckKind.INVOICES_UNAPPROVED).level is CheckLevel.GOOD


def test_an_invoice_of_a_closed_receipt_stands_in_the_open_month(room: Room, clock: FixedClock) -> None:
    """Freight and a dearer invoice come after closing: the closed month keeps its figures, the open one takes the rest."""
    office, tomato = room.office, room.items[0]
    await_invoices(office)
    supplier = make_supplier(office)
    receive(office, supplier, (tomato, "10", "100"))
    clock.advance(hours=1)
    room.post(K.ISSUE, NewLine(tomato, D(4), location_id=1))
    closed = close_march(office, clock)
    until = micros(office.site.closed_until)
    before = dict(office.ask(stored_entries).items())
    made = invoice(
        office, supplier, "INV-1", goods(tomato, "10", "120"), charge("10"), gross=D(130), invoiced_on=date(2026, 3, 20)
    )
    assert made.invoice_id
    after = office.ask(stored_entries)
    assert {key: row for key, row in after.items() if key in before} == before
    assert all(_moment(row) > until for key, row in after.items() if key not in before)
    assert office.ask(costing.get_reopened_differences, closing_id=closed.closing_id).is_same


def _moment(row: tuple[object, ...]) -> int:
    from db.base import table_of
    from db.stock import StockEntry

    return int(str(row[[column.name for column in table_of(StockEntry).columns].index("at")]))


def test_expense_claims_that_wait_are_told(room: Room) -> None:
    kind = room.office.ask(expenses.list_expense_kinds)[0]
    line = NewExpenseLine(date(2026, 3, 3), kind.id, D("12.50"))
    room.office.do(expenses.create_expense, new=NewExpense((line,)))
    found = check(room.office, CheckKind.EXPENSES_WAITING)
    assert (found.count, found.amount, found.rows[0].record) == (1, D("12.50"), CheckRecord.EXPENSE)


@pytest.mark.parametrize(
    "statement",
    [
        "update stock_balance set qty = qty + 1",
        "update item_cost set value = value + 1",
        "update cost_layer set qty = qty - 1",
        "update stock_entry set value = value + 1 where id = 1",
    ],
)
def test_balances_that_do_not_verify_keep_the_month_open(
    room: Room, clock: FixedClock, site_url: str, statement: str
) -> None:
    room.post(K.RECEIPT, NewLine(room.items[0], D(10), location_id=1, value=D(50)))
    clock.at = IN_APRIL
    assert room.office.ask(costing.verify_month, month=MARCH).level is CheckLevel.GOOD
    behind_the_back(site_url, statement)
    found = room.office.ask(costing.verify_month, month=MARCH)
    assert (found.level, found.count > 0) == (CheckLevel.BLOCK, True)
    with pytest.raises(Refused, match="cannot be closed"):
        close(room.office)


def test_a_changed_fact_breaks_the_chain(room: Room, clock: FixedClock, site_url: str) -> None:
    room.post(K.RECEIPT, NewLine(room.items[0], D(10), location_id=1, value=D(50)))
    behind_the_back(site_url, "update stock_posting set note = 'x'")
    found = room.office.ask(costing.verify_month, month=MARCH)
    assert found.rows[0].record is CheckRecord.POSTING


def test_what_the_checks_said_is_kept_with_the_closing(room: Room, clock: FixedClock) -> None:
    room.post(K.RECEIPT, NewLine(room.items[0], D(10), location_id=1, value=D(50)))
    clock.at = IN_APRIL
    assert asks(room.office, MARCH) is not None
    closed = close(room.office)
    said = {one.kind: one for one in room.office.ask(costing.get_closing, closing_id=closed.closing_id).checks}
    assert (said["counts_missing"].count, said["counts_missing"].amount) == (1, D(50))
    assert closed.at_stake == D(50)


def test_moments_of_figures_are_the_months_end(room: Room, clock: FixedClock) -> None:
    tomato, open_place = room.items[0], room.places[1]
    room.post(K.ISSUE, NewLine(tomato, D(4), location_id=open_place))
    clock.at = datetime(2026, 4, 2, 4, 0, tzinfo=clock.at.tzinfo)
    room.post(K.RECEIPT, NewLine(tomato, D(10), location_id=open_place, value=D(50)))
    assert check(room.office, CheckKind.NEGATIVE_STOCK).count == 1
    assert check(room.office, CheckKind.NEGATIVE_STOCK, "2026-04").count == 0
    assert room.office.ask(stock.list_values, item_id=tomato)[0].qty == D(6)
