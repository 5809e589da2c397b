"""The review of a period by example."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from core import costing, identity, stock
from core.clock import FixedClock, day_ends_at, day_starts_at
from core.costing import Review, ReviewEntry, ReviewPart
from core.costing.rules import contribution
from core.errors import InvalidInput, NotAllowed
from core.identity import NewPerson, RoleGrant
from core.office import Office
from core.stock import LedgerFilter, NewLine
from db.enums import Permission
from db.enums import PostingKind as K
from tests.core.costing.house import Room, make_room
from tests.helpers.sites import PASSWORD

D = Decimal


@pytest.fixture
def room(office: Office) -> Room:
    return make_room(office)


def review_of(office: Office, clock: FixedClock, days: int = 30) -> Review:
    return office.ask(costing.get_review, start=clock.now() - timedelta(days=days), end=clock.now())


def entries_of(office: Office, review: Review, column: str, **part: object) -> list[ReviewEntry]:
    return office.ask(
        costing.list_review_entries,
        start=review.start,
        end=review.end,
        column=column,
        part=ReviewPart(**part),  # type: ignore[arg-type]
    )


def test_goods_used_before_they_came_are_bought_at_their_price_and_used(room: Room, clock: FixedClock) -> None:
    """Sold 4 before any came (nothing was known of their cost), then 10 for 50.00 arrive: 50 bought, 20 used, 30 left."""
    tomato, open_place = room.items[0], room.places[1]
    room.post(K.ISSUE, NewLine(tomato, D(4), location_id=open_place))
    clock.advance(hours=1)
    room.post(K.RECEIPT, NewLine(tomato, D(10), location_id=open_place, value=D(50)))
    review = review_of(room.office, clock)
    total = review.total
    assert (total.value("receipts"), total.value("usage"), total.value("closing")) == (D(50), D(20), D(30))
    usage = entries_of(room.office, review, "usage")
    assert [(entry.kind, entry.qty, entry.amount) for entry in usage] == [
        (K.RECEIPT, D(0), D(20)),
        (K.ISSUE, D(4), D(0)),
    ]
    assert [entry.amount for entry in entries_of(room.office, review, "receipts")] == [D(50)]


def test_a_reversal_stands_in_the_column_and_the_period_it_was_made_in(room: Room, clock: FixedClock) -> None:
    tomato = room.items[0]
    room.post(K.RECEIPT, NewLine(tomato, D(10), value=D(50)))
    clock.advance(days=1)
    wasted = room.post(K.WASTE, NewLine(tomato, D(2), reason="spoiled"))
    middle = clock.now()
    clock.advance(days=10)
    room.office.do(stock.reverse_posting, posting_id=wasted.posting_id)
    ask = room.office.ask
    before = ask(costing.get_review, start=middle - timedelta(days=5), end=middle)
    after = ask(costing.get_review, start=middle + timedelta(hours=1), end=clock.now())
    both = ask(costing.get_review, start=middle - timedelta(days=5), end=clock.now())
    assert [one.total.value("waste") for one in (before, after, both)] == [D(10), D(-10), D(0)]
    assert [row.value for row in after.waste] == [D(-10)]
    assert [entry.is_reversal for entry in entries_of(room.office, both, "waste")] == [True, False]
    assert before.ties and after.ties and both.ties


def test_categories_sum_what_is_below_them(room: Room, clock: FixedClock) -> None:
    tomato, cucumber, milk, gloves = room.items
    for item, value in ((tomato, "1.00"), (cucumber, "20.00"), (milk, "33.30"), (gloves, "4000.00")):
        room.post(K.RECEIPT, NewLine(item, D(10), value=D(value), lot="L1" if item == gloves else ""))
    review = review_of(room.office, clock)
    shown = [(b.depth, b.row.name, b.row.unit, b.row.value("receipts"), b.row.qty("receipts")) for b in review.tree]
    assert shown == [
        (0, "食品", "", D("54.30"), None),
        (1, "乳品", "", D("53.30"), None),
        (1, "蔬菜", "kg", D("1.00"), D(10)),
        (2, "叶菜", "kg", D("1.00"), D(10)),
        (0, "", "双", D("4000.00"), D(10)),
    ]
    assert [row.category for row in review.categories] == ["", "食品/乳品", "食品/蔬菜/叶菜"]
    food = review.tree[0].row.key
    assert [entry.amount for entry in entries_of(room.office, review, "closing", category_id=food)] == [
        D("33.30"),
        D("20.00"),
        D("1.00"),
    ]


def test_a_count_that_is_taken_back_is_less_gain_and_not_a_loss(room: Room, clock: FixedClock) -> None:
    tomato = room.items[0]
    room.post(K.RECEIPT, NewLine(tomato, D(10), value=D(50)))
    clock.advance(hours=1)
    found = room.post(K.COUNT, NewLine(tomato, D(12)))
    clock.advance(hours=1)
    room.office.do(stock.reverse_posting, posting_id=found.posting_id)
    clock.advance(hours=1)
    room.post(K.COUNT, NewLine(tomato, D(7)))
    (row,) = review_of(room.office, clock).counts
    assert (row.gain, row.loss, row.net, row.qty) == (D(0), D(15), D(-15), D(-3))


def test_what_an_entry_adds_is_the_same_in_the_rules_and_in_the_database(room: Room, clock: FixedClock) -> None:
    tomato, open_place = room.items[0], room.places[1]
    for kind, qty in ((K.ISSUE, 4), (K.RECEIPT, 3), (K.WASTE, 2), (K.RECEIPT, 10), (K.COUNT, 9)):
        clock.advance(hours=1)
        value = D(7) if kind is K.RECEIPT else None
        reason = "spoiled" if kind is K.WASTE else ""
        room.post(kind, NewLine(tomato, D(qty), location_id=open_place, value=value, reason=reason))
    review = review_of(room.office, clock)
    ledger = {entry.entry_id: entry for entry in room.office.ask(stock.list_ledger, wanted=LedgerFilter())}
    for column in costing.COLUMNS[1:]:
        for entry in entries_of(room.office, review, column):
            one = ledger[entry.entry_id]
            assert one.value is not None and one.settled is not None
            expected = contribution(column, one.kind, int(one.value * 100), int(one.settled * 100))
            assert entry.amount * 100 == expected


def test_more_entries_than_are_listed_stand_in_one_line(room: Room, clock: FixedClock) -> None:
    tomato = room.items[0]
    for number in range(5):
        clock.advance(minutes=1)
        room.post(K.RECEIPT, NewLine(tomato, D(1), value=D(number)))
    review = review_of(room.office, clock)
    given = {"start": review.start, "end": review.end, "column": "receipts", "limit": 2}
    found = room.office.ask(costing.list_review_entries, **given)
    assert [(entry.amount, entry.count) for entry in found] == [(D(4), 1), (D(3), 1), (D(3), 3)]
    assert found[-1].entry_id == 0 and found[-1].at is None


def test_a_business_day_ends_at_the_hour_of_the_site(room: Room, clock: FixedClock) -> None:
    """The site's day starts at four: what is used at two in the night belongs to the day before."""
    site, tomato = room.office.site, room.items[0]
    room.post(K.RECEIPT, NewLine(tomato, D(10), value=D(50)))
    today = clock.now().date()
    clock.at = day_ends_at(today, site.zone, site.day_start_hour) - timedelta(hours=2)
    room.post(K.ISSUE, NewLine(tomato, D(1)))
    clock.advance(hours=12)
    spans = [
        (day_starts_at(day, site.zone, site.day_start_hour), day_ends_at(day, site.zone, site.day_start_hour))
        for day in (today, today + timedelta(days=1))
    ]
    used = [room.office.ask(costing.get_review, start=start, end=end).total.value("usage") for start, end in spans]
    assert used == [D(5), D(0)]


def test_a_period_that_ends_before_it_starts_is_refused(office: Office, clock: FixedClock) -> None:
    with pytest.raises(InvalidInput, match="ends before it starts"):
        office.ask(costing.get_review, start=clock.now(), end=clock.now() - timedelta(days=1))


def test_nothing_is_told_without_the_right_to_see_costs(office: Office, clock: FixedClock) -> None:
    blind = next(role for role in office.ask(identity.list_roles) if Permission.COST_VIEW not in role.permissions)
    cook = NewPerson("厨师", password=PASSWORD, roles=(RoleGrant(blind.role_id),))
    office.do(identity.add_person, new=cook)
    office.sign_in("厨师", PASSWORD)
    now = clock.now()
    for asked, more in ((costing.get_review, {}), (costing.list_review_entries, {"column": "usage"})):
        with pytest.raises(NotAllowed):
            office.ask(asked, start=now, end=now, **more)


def test_an_empty_site_has_an_empty_review(office: Office, clock: FixedClock) -> None:
    review = review_of(office, clock)
    assert review.is_empty and review.ties and review.total.value("closing") == 0
