"""Oddities planted in a small store: each is told with its reason and the entries behind it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from core import alerts, stock
from core.alerts import Unusual, UnusualKind
from core.clock import FixedClock
from core.errors import InvalidInput
from core.office import Office
from core.registry import command
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.enums import PostingKind as K
from tests.factories import make_item, make_supplier

WEEKS = 12


@command(None)
def post_for_test(uow: UnitOfWork, *, postings: tuple[NewPosting, ...]) -> int:
    """Post several for a test."""
    return len(stock.post_all(uow, postings))


@pytest.fixture
def kitchen(office: Office, clock: FixedClock) -> int:
    """Tomatoes issued every day for twelve weeks: 10 kg, 20 at the weekend, bought every Monday at 4 a kilo."""
    item = make_item(office, "TOM-001", name_en="Tomatoes")
    supplier = make_supplier(office)
    clock.at -= timedelta(weeks=WEEKS)
    postings = [NewPosting(K.OPENING, (NewLine(item, D(5000), value=D(20000)),), clock.at - timedelta(hours=1))]
    for day in range(7 * WEEKS):
        at = clock.at + timedelta(days=day)
        qty = (20 if at.weekday() >= 5 else 10) + day % 3
        postings.append(NewPosting(K.ISSUE, (NewLine(item, D(qty)),), at, purpose="厨房"))
        if at.weekday() == 0:
            price = D(4) + D(day % 2) / 10
            postings.append(NewPosting(K.RECEIPT, (NewLine(item, D(50), unit_cost=price),), at, supplier_id=supplier))
    clock.at += timedelta(weeks=WEEKS)
    office.do(post_for_test, postings=tuple(postings))
    return item


def found(office: Office, day: date, **over: date) -> list[Unusual]:
    return office.ask(alerts.find_unusual, start=day, **over)


def test_an_ordinary_week_says_nothing(office: Office, clock: FixedClock, kitchen: int) -> None:
    office.do(stock.issue_goods, lines=(NewLine(kitchen, D(11)),))
    assert not found(office, clock.at.date() - timedelta(days=7), end=clock.at.date())


def test_three_times_the_usual_usage_is_told_with_its_entries(office: Office, clock: FixedClock, kitchen: int) -> None:
    for qty in ("20", "16"):
        office.do(stock.issue_goods, lines=(NewLine(kitchen, D(qty)),))
    (one,) = found(office, clock.at.date())
    assert (one.kind, one.item_id, one.value, one.day) == (UnusualKind.USAGE, kitchen, D(36), clock.at.date())
    assert one.is_above
    assert one.low <= one.expected <= one.high < one.value
    assert len(one.entries) == 2
    assert "36 kg used on 2026-03-04. On a Wednesday" in one.words.render("en")
    assert "用了 36 kg" in one.words.render("zh")


def test_a_day_that_is_not_over_is_not_blamed_for_what_is_still_to_come(
    office: Office, clock: FixedClock, kitchen: int
) -> None:
    assert not found(office, clock.at.date())
    salt = make_item(office, "SALT")
    opening = NewPosting(K.OPENING, (NewLine(salt, D(500), value=D(500)),), clock.at - timedelta(days=90))
    uses = [
        NewPosting(K.ISSUE, (NewLine(salt, D(1)),), clock.at - timedelta(days=back)) for back in reversed(range(80))
    ]
    office.do(post_for_test, postings=(opening, *uses))
    assert not found(office, clock.at.date())
    clock.advance(days=1)
    assert [one.day for one in found(office, clock.at.date() - timedelta(days=1))] == [date(2026, 3, 4)]


def test_what_was_taken_back_is_not_told(office: Office, clock: FixedClock, kitchen: int) -> None:
    posted = office.do(stock.issue_goods, lines=(NewLine(kitchen, D(90)),))
    office.do(stock.issue_goods, lines=(NewLine(kitchen, D(11)),))
    assert [one.value for one in found(office, clock.at.date())] == [D(101)]
    office.do(stock.reverse_posting, posting_id=posted.posting_id)
    assert not found(office, clock.at.date())


def test_days_without_bookings_are_told(office: Office, clock: FixedClock, kitchen: int) -> None:
    salt = make_item(office, "SALT", name_en="Salt")
    uses = [
        NewPosting(K.ISSUE, (NewLine(salt, D(1)),), clock.at - timedelta(days=back) + timedelta(days=5))
        for back in reversed(range(80))
    ]
    clock.advance(days=5)
    opening = NewPosting(K.OPENING, (NewLine(salt, D(500), value=D(500)),), clock.at - timedelta(days=90))
    office.do(post_for_test, postings=(opening, *uses))
    told = [one for one in found(office, clock.at.date()) if one.value == 0]
    assert told
    assert not told[0].entries
    assert any("Not booked?" in one.words.render("en") for one in told)


def test_waste_of_what_was_hardly_ever_wasted_is_told(office: Office, clock: FixedClock, kitchen: int) -> None:
    reason = office.ask(stock.list_waste_reasons)[0].code
    office.do(stock.issue_goods, lines=(NewLine(kitchen, D(11)),))
    office.do(stock.record_waste, lines=(NewLine(kitchen, D(60), reason=reason, note="冰箱坏了"),))
    (one,) = found(office, clock.at.date())
    assert (one.kind, one.value) == (UnusualKind.WASTE, D(60))
    assert len(one.entries) == 1


def test_a_price_out_of_its_past_is_told_to_who_may_see_cost(office: Office, clock: FixedClock, kitchen: int) -> None:
    office.do(stock.issue_goods, lines=(NewLine(kitchen, D(11)),))
    office.do(stock.receive_goods, lines=(NewLine(kitchen, D(50), unit_cost=D("5.60")),))
    (one,) = found(office, clock.at.date())
    assert (one.kind, one.value) == (UnusualKind.PRICE, D("5.6"))
    assert one.low < D("4.2") < one.high < D("5.6")


def test_a_span_must_make_sense(office: Office) -> None:
    with pytest.raises(InvalidInput):
        found(office, date(2026, 3, 4), end=date(2026, 3, 3))
    with pytest.raises(InvalidInput):
        found(office, date(2026, 1, 1), end=date(2026, 12, 31))
