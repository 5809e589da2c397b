"""What a closed month keeps: its review with the names of then, sums that start from it, and the database's own lock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from core import costing, identity, stock
from core.clock import FixedClock
from core.costing import Closed, Review, ReviewPart
from core.costing.steps.closings import all_closings
from core.costing.steps.stored import is_intact
from core.errors import Refused
from core.office import Office
from core.registry import command, query
from core.stock import NewLine
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Category, Item
from db.columns import micros
from db.costing import MonthClosingItem
from db.engine import open_engine, url_of
from db.enums import PostingKind as K
from db.stock import StockClosed, StockClosedBalance, StockEntry, StockPosting
from tests.core.costing.closing import APRIL, IN_APRIL, IN_MAY, MARCH, close, close_march, stored_entries
from tests.core.costing.house import Room, make_room

D = Decimal


@command(None)
def rename_for_test(uow: UnitOfWork, *, item_id: int, category_id: int | None) -> None:
    """Rename an item and all categories for a test."""
    item, category = table_of(Item), table_of(Category)
    changed = {"name": "新名", "name_en": "New", "code": "NEW-1", "category_id": category_id}
    uow.sql.execute(update(item).where(item.c.id == item_id).values(**changed))
    uow.sql.execute(update(category).values(name="别的", path=category.c.path + "!"))


@query(None)
def moments_for_test(uow: UnitOfWork, *, month: str) -> tuple[datetime, datetime]:
    """The moments of a month."""
    return costing.month_moments(uow, costing.Month.parse(month))


@query(None)
def intact_for_test(uow: UnitOfWork) -> list[bool]:
    """Whether the rows of every closing still have their hash."""
    return [is_intact(uow.sql, one) for one in all_closings(uow)]


@query(None)
def ledger_sums_for_test(
    uow: UnitOfWork, *, as_of: datetime
) -> tuple[dict[tuple[int, int, int], int], dict[int, tuple[int, int]]]:
    """Quantities and values at a moment, from the entries alone."""
    quantities: dict[tuple[int, int, int], int] = {}
    values: dict[int, tuple[int, int]] = {}
    e = StockEntry
    rows = uow.sql.execute(select(e.item_id, e.location_id, e.lot_id, e.qty, e.value).where(e.at <= micros(as_of)))
    for item_id, place, lot, qty, value in rows:
        quantities[item_id, place, lot] = quantities.get((item_id, place, lot), 0) + qty
        before = values.get(item_id, (0, 0))
        values[item_id] = (before[0] + qty, before[1] + value)
    return {key: qty for key, qty in quantities.items() if qty}, values


@query(None)
def program_sums_for_test(
    uow: UnitOfWork, *, as_of: datetime
) -> tuple[dict[tuple[int, int, int], int], dict[int, tuple[int, int]]]:
    """The same as the program answers it."""
    values = stock.value_sums(uow, as_of=as_of)
    return dict(stock.quantity_sums(uow, as_of=as_of)), {key: one for key, one in values.items() if any(one)}


@pytest.fixture
def room(office: Office, clock: FixedClock) -> Room:
    made = make_room(office)
    for item in made.items[:3]:
        made.post(K.RECEIPT, NewLine(item, D(10), location_id=1, value=D(50)))
        clock.advance(hours=1)
        made.post(K.ISSUE, NewLine(item, D(4), location_id=1))
        made.post(K.WASTE, NewLine(item, D(1), location_id=1, reason="expired"))
        made.post(K.COUNT, NewLine(item, D("4.5"), location_id=1))
    return made


def review_of(office: Office, month: str = MARCH) -> Review:
    start, end = office.ask(moments_for_test, month=month)
    return office.ask(costing.get_review, start=start, end=end)


def test_the_review_of_a_closed_month_is_the_same_as_before_it_was_closed(room: Room, clock: FixedClock) -> None:
    clock.at = IN_APRIL
    before = review_of(room.office)
    close_march(room.office, clock)
    assert review_of(room.office) == before


def test_names_and_categories_of_a_closed_month_stay_as_they_were(room: Room, clock: FixedClock) -> None:
    close_march(room.office, clock)
    before = review_of(room.office)
    tomato, leaf, dairy = room.items[0], room.categories["食品/蔬菜/叶菜"], room.categories["食品/乳品"]
    room.office.do(rename_for_test, item_id=tomato, category_id=dairy)
    after = review_of(room.office)
    assert after == before
    for category in (leaf, dairy):
        row = next(branch.row for branch in after.tree if branch.row.key == category)
        entries = room.office.ask(
            costing.list_review_entries,
            start=after.start,
            end=after.end,
            column="usage",
            part=ReviewPart(category_id=category),
        )
        assert sum((one.amount for one in entries), D(0)) == row.value("usage")
    assert next(row for row in review_of(room.office, APRIL).items if row.key == tomato).name == "新名"


@pytest.mark.parametrize("hours", [-2000, -800, -30, -1, 0, 1, 30, 500])
def test_sums_of_any_moment_are_those_of_the_entries(room: Room, clock: FixedClock, hours: int) -> None:
    close_march(room.office, clock)
    for item in room.items[:3]:
        room.post(K.ISSUE, NewLine(item, D("0.5"), location_id=1))
        clock.advance(days=3)
        room.post(K.RECEIPT, NewLine(item, D(2), location_id=1, value=D(11)))
    close_at = room.office.site.closed_until
    assert close_at is not None
    at = close_at + timedelta(hours=hours)
    right, values = room.office.ask(ledger_sums_for_test, as_of=at)
    assert room.office.ask(program_sums_for_test, as_of=at) == (
        right,
        {key: one for key, one in values.items() if any(one)},
    )


def test_later_months_start_from_the_stored_closing(room: Room, clock: FixedClock) -> None:
    close_march(room.office, clock)
    room.post(K.ISSUE, NewLine(room.items[0], D(1), location_id=1))
    clock.at = IN_MAY
    march, april = review_of(room.office, MARCH), review_of(room.office, APRIL)
    assert april.total.value("opening") == march.total.value("closing")
    assert april.ties
    close(room.office, APRIL)
    assert review_of(room.office, APRIL) == april


def test_back_dating_into_a_closed_month_is_told_the_way_out(room: Room, clock: FixedClock) -> None:
    at = clock.now()
    close_march(room.office, clock)
    with pytest.raises(Refused) as refused:
        room.post(K.ISSUE, NewLine(room.items[0], D(1), location_id=1), at=at)
    words = refused.value.text.render("zh")
    assert refused.value.field == "at"
    assert "2026-04-01 04:00" in words
    assert "反结账" in words
    room.post(K.ISSUE, NewLine(room.items[0], D(1), location_id=1), at=at + timedelta(days=29))


def test_a_mistake_of_a_closed_month_is_taken_back_in_the_open_one(office: Office, clock: FixedClock) -> None:
    room = make_room(office)
    item = room.items[0]
    room.post(K.RECEIPT, NewLine(item, D(10), location_id=1, value=D(50)))
    clock.advance(hours=1)
    issue = room.post(K.ISSUE, NewLine(item, D(4), location_id=1))
    closed = close_march(office, clock)
    room.post(K.COUNT, NewLine(item, D(9), location_id=1))
    clock.advance(hours=1)
    before = office.ask(stored_entries)
    office.do(stock.reverse_posting, posting_id=issue.posting_id)
    after = office.ask(stored_entries)
    until = micros(office.site.closed_until)
    assert {key: row for key, row in before.items() if _at(row) <= until}.items() <= after.items()
    found = office.ask(stock.list_values, item_id=item)[0]
    assert (found.qty, found.value) == (D(9), D(45))
    assert office.ask(costing.get_reopened_differences, closing_id=closed.closing_id).is_same


def _at(row: tuple[object, ...]) -> int:
    names = [column.name for column in table_of(StockEntry).columns]
    return int(str(row[names.index("at")]))


def test_a_count_of_the_closed_month_keeps_its_mistakes(room: Room, clock: FixedClock) -> None:
    """What a count of the closed month set right already cannot be taken back without reopening it."""
    rows = room.office.ask(stock.list_postings)
    receipt = next(row for row in rows if row.kind == K.RECEIPT)
    close_march(room.office, clock)
    with pytest.raises(Refused, match="closed month"):
        room.office.do(stock.reverse_posting, posting_id=receipt.posting_id)


def test_opening_stock_found_later_stands_where_the_open_period_begins(room: Room, clock: FixedClock) -> None:
    close_march(room.office, clock)
    assert room.office.ask(opening_for_test) == room.office.site.closed_until + timedelta(microseconds=1)  # type: ignore[operator]


@query(None)
def opening_for_test(uow: UnitOfWork) -> datetime:
    """Where opening stock without a date stands."""
    return stock.opening_moment(uow)


def test_another_hour_of_the_day_leaves_no_gap_between_months(room: Room, clock: FixedClock) -> None:
    close_march(room.office, clock)
    before = room.office.ask(moments_for_test, month=MARCH)
    card = room.office.ask(identity.get_site)
    room.office.do(identity.update_site, version=card.version, new=replace(card.settings, day_start_hour=6))
    assert room.office.site.day_start_hour == 6
    assert room.office.ask(moments_for_test, month=MARCH) == before
    assert room.office.ask(moments_for_test, month=APRIL)[0] == before[1] + timedelta(microseconds=1)


def refuses(site: str, *statements: object) -> None:
    """Nobody can run these on the database itself."""
    engine = open_engine(url_of(site))
    try:
        for statement in statements:
            with pytest.raises(DBAPIError), engine.begin() as sql:
                sql.execute(statement)  # type: ignore[call-overload]
    finally:
        engine.dispose()


def test_the_database_itself_keeps_the_closed_month(room: Room, clock: FixedClock, site_url: str) -> None:
    inside = micros(clock.now())
    close_march(room.office, clock)
    entry, posting = table_of(StockEntry), table_of(StockPosting)
    stored = room.office.ask(stored_entries)
    row = dict(zip([column.name for column in entry.columns], stored[min(stored)], strict=True))
    refuses(
        site_url,
        insert(entry).values(**{**row, "id": 9999, "at": inside}),
        insert(posting).values(
            id=9999, number="XX", kind="issue", at=clock.now() - timedelta(days=30), posted_at=clock.now(), person_id=1,
            station="", request_id="x", document="", purpose="", note="", previous_hash="", hash="",
        ),
        update(entry).where(entry.c.id == min(stored)).values(value=entry.c.value + 1),
        update(entry).where(entry.c.id == min(stored)).values(settled=entry.c.settled + 1),
        update(entry).where(entry.c.id == min(stored)).values(variance=entry.c.variance + 1),
        update(table_of(MonthClosingItem)).values(name="x"),
        table_of(MonthClosingItem).delete(),
        update(table_of(StockClosedBalance)).values(qty=1),
        table_of(StockClosedBalance).delete(),
        table_of(StockClosed).delete(),
        update(table_of(StockClosed)).values(until_at=1),
    )  # fmt: skip
    assert room.office.ask(stored_entries) == stored


def test_what_a_closing_stored_can_be_proved(room: Room, clock: FixedClock) -> None:
    closed = close_march(room.office, clock)
    card = room.office.ask(costing.get_closing, closing_id=closed.closing_id)
    assert room.office.ask(intact_for_test) == [True]
    assert (card.items, len(card.rows_hash), len(card.ledger_hash)) == (3, 64, 64)
    assert dict(card.totals)["closing"] == review_of(room.office).total.value("closing")
    assert {check.kind for check in card.checks} >= {"counts_missing", "unverified"}


def test_a_reopened_month_says_what_became_different(room: Room, clock: FixedClock) -> None:
    office, tomato = room.office, room.items[0]
    at = clock.now() + timedelta(minutes=1)
    closed: Closed = close_march(office, clock)
    assert office.ask(costing.get_reopened_differences, closing_id=closed.closing_id).is_same
    office.do(costing.reopen_month, month=MARCH, reason="forgotten receipt")
    clock.advance(hours=1)
    late = room.post(K.RECEIPT, NewLine(tomato, D(2), location_id=1, value=D(12)), at=at)
    found = office.ask(costing.get_reopened_differences, closing_id=closed.closing_id)
    assert not found.is_same
    assert {row[0]: row[2] - row[1] for row in found.totals} == {"receipts": D(12), "closing": D(12)}
    assert {(row.item_id, row.column, row.change) for row in found.rows} == {
        (tomato, "receipts", D(12)),
        (tomato, "closing", D(12)),
    }
    assert [(one.posting_id, one.amount) for one in found.entries] == [(late.posting_id, D(12))]
    again = close(office)
    assert office.ask(costing.get_reopened_differences, closing_id=again.closing_id).is_same
    assert not office.ask(costing.get_reopened_differences, closing_id=closed.closing_id).is_same
    assert office.ask(intact_for_test) == [True, True]
