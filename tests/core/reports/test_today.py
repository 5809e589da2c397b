"""The first page's figures and work, as far as the person has the right."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from core import counting, identity, reports, stock
from core.catalog import NewItem, NewPolicy
from core.clock import FixedClock, day_ends_at
from core.counting import NewCount
from core.identity import NewPerson, RoleEdit, RoleGrant
from core.office import Office
from core.reports import FigureKind, Today, TodayFigure, WorkKind
from core.stock import Level, NewLine, NewPosting, StockFilter
from core.words import CountKind, Permission
from db.enums import PostingKind as K
from tests.core.costing.house import Room, make_room, post_for_test
from tests.factories import make_item, make_items
from tests.helpers.sites import PASSWORD

D = Decimal
DAY = timedelta(days=1)


@pytest.fixture
def room(office: Office) -> Room:
    return make_room(office)


def today_of(office: Office) -> Today:
    return office.ask(reports.get_today)


def figure(today: Today, kind: FigureKind) -> TodayFigure:
    return next(one for one in today.figures if one.kind is kind)


def test_a_new_site_has_nothing_yet(office: Office) -> None:
    today = today_of(office)
    assert today.is_new and today.work == ()
    assert [one.amount for one in today.figures] == [0] * 9


def test_money_flows_by_business_days(room: Room, clock: FixedClock) -> None:
    """Today is Wednesday 4 March; the site's day starts at four."""
    tomato, office, now = room.items[0], room.office, clock.now()
    for back, kind, qty, value in (
        (DAY * 20, K.RECEIPT, 100, "500"),
        (DAY * 9, K.ISSUE, 4, None),
        (DAY * 7 + timedelta(hours=2), K.ISSUE, 2, None),
        (DAY * 7 - timedelta(hours=2), K.ISSUE, 8, None),
        (DAY * 2, K.ISSUE, 6, None),
        (DAY * 1, K.WASTE, 1, None),
        (timedelta(hours=9), K.WASTE, 5, None),
        (timedelta(hours=1), K.WASTE, 2, None),
        (timedelta(hours=1), K.RECEIPT, 10, "70"),
    ):
        clock.at = now - back
        room.post(
            kind,
            NewLine(
                tomato, D(qty), value=None if value is None else D(value), reason="spoiled" if kind is K.WASTE else ""
            ),
        )
    clock.at = now
    today = today_of(office)
    assert today.day == date(2026, 3, 4) and not today.is_new
    worth = figure(today, FigureKind.STOCK_VALUE)
    held = sum(row.value for row in office.ask(stock.list_values))
    assert worth.amount == worth.trend[-1] == held and worth.trend[0] == D(500)
    site = office.site
    ends = [day_ends_at(date(2026, 3, 4) - timedelta(days=13 - at), site.zone, site.day_start_hour) for at in range(14)]
    assert list(worth.trend) == [sum(r.value for r in office.ask(stock.list_values, as_of=end)) for end in ends]
    usage = figure(today, FigureKind.USAGE)
    assert (usage.amount, usage.beside) == (D(30), D(30))  # Monday's 6; of last week 4 on Monday and 2 before this hour
    assert len(usage.trend) == 13 and sum(usage.trend) == D(100)
    waste = figure(today, FigureKind.WASTE)
    assert (waste.amount, waste.beside, waste.trend[-2:]) == (D(10), D(40), (D(30), D(10)))
    receipts = figure(today, FigureKind.RECEIPTS)
    assert (receipts.amount, receipts.beside, sum(receipts.trend)) == (D(1), D(70), D(1))


def test_a_receipt_taken_back_is_no_receipt(room: Room) -> None:
    posted = room.post(K.RECEIPT, NewLine(room.items[0], D(1), value=D(5)))
    room.office.do(stock.reverse_posting, posting_id=posted.posting_id)
    receipts = figure(today_of(room.office), FigureKind.RECEIPTS)
    assert (receipts.amount, receipts.beside) == (D(0), D(0))


def test_what_is_below_is_what_the_stock_list_says(room: Room, office: Office) -> None:
    """Goods on their way are not on hand; less than nothing is too little of anything."""
    tomato, open_place = room.items[0], room.places[1]
    wanted = [
        NewItem("少", "kg", "LOW", policy=NewPolicy(minimum=D(3), safety=D(5))),
        NewItem("够", "kg", "OK", policy=NewPolicy(safety=D(5))),
        NewItem("在途", "kg", "WAY", policy=NewPolicy(minimum=D(5))),
        NewItem("无", "kg", "NONE", policy=NewPolicy(minimum=D(1))),
        NewItem("不限", "kg", "FREE"),
    ]
    low, enough, on_way, none, free = make_items(office, wanted)
    for item, qty in ((low, 4), (enough, 5), (on_way, 6), (free, 1)):
        room.post(K.RECEIPT, NewLine(item, D(qty), value=D(1)))
    office.do(stock.send_transfer, lines=(NewLine(on_way, D(2)),), to_location_id=open_place)
    room.post(K.ISSUE, NewLine(tomato, D(1), location_id=open_place))
    today = today_of(office)
    listed = office.ask(stock.list_stock_ids, filters=StockFilter(level=Level.BELOW))
    assert sorted(listed) == sorted([tomato, low, on_way, none])
    assert figure(today, FigureKind.BELOW).amount == 4
    rows = {row.id: row for row in today.work if row.kind is WorkKind.BELOW}
    assert set(rows) == set(listed)
    assert (rows[low].qty, rows[low].floor, rows[low].unit, rows[low].number) == (D(4), D(5), "kg", "LOW")
    assert next(row.id for row in today.work if row.kind is WorkKind.BELOW) == tomato
    assert [row.kind for row in today.work] == [WorkKind.ARRIVAL, *[WorkKind.BELOW] * 4]
    assert figure(today, FigureKind.TRANSIT).amount == 1


def test_lots_that_expire_are_work_until_they_are_gone(office: Office) -> None:
    item = make_item(office, lot_tracked=True)
    day = date(2026, 3, 4)
    for number, days in enumerate([-2, -1, 0, 1, 3, 4]):
        line = NewLine(item, D(1), value=D(1), lot=f"L{number}", expires_on=day + timedelta(days=days))
        office.do(post_for_test, new=NewPosting(K.RECEIPT, (line,)))
    today = today_of(office)
    expiring = figure(today, FigureKind.EXPIRING)
    assert (expiring.amount, expiring.beside) == (D(3), D(2))
    shown = [(row.kind, row.number) for row in today.work]
    assert shown == [
        (WorkKind.EXPIRED, "L0"),
        (WorkKind.EXPIRED, "L1"),
        (WorkKind.EXPIRING, "L2"),
        (WorkKind.EXPIRING, "L3"),
        (WorkKind.EXPIRING, "L4"),
    ]
    office.do(stock.record_waste, lines=(NewLine(item, D(1), lot="L0", reason="expired"),))
    assert [row.number for row in today_of(office).work if row.kind is WorkKind.EXPIRED] == ["L1"]


def test_more_than_a_few_stand_in_one_line(office: Office) -> None:
    make_items(office, [NewItem(f"物料 {n}", "kg", f"N{n}", policy=NewPolicy(minimum=D(1))) for n in range(9)])
    rows = [row for row in today_of(office).work if row.kind is WorkKind.BELOW]
    assert [row.count for row in rows] == [1, 1, 1, 1, 1, 4] and rows[-1].id == 0


def test_counts_wait_for_who_can_bring_them_forward(room: Room) -> None:
    office = room.office
    room.post(K.RECEIPT, NewLine(room.items[0], D(10), value=D(10)))
    count_id = office.do(counting.start_count, new=NewCount(CountKind.FULL))
    today = today_of(office)
    assert figure(today, FigureKind.COUNTS).amount == 1
    (row,) = [row for row in today.work if row.kind is WorkKind.COUNT]
    assert (row.id, row.qty, row.floor) == (count_id, D(0), D(1))


@pytest.mark.parametrize(
    ("rights", "kinds"),
    [
        ((), set()),
        ((Permission.STOCK_WASTE,), {FigureKind.WASTE}),
        ((Permission.COUNT_ENTER,), {FigureKind.COUNTS}),
        ((Permission.STOCK_TRANSFER,), {FigureKind.TRANSIT}),
        (
            (Permission.STOCK_VIEW,),
            {FigureKind.WASTE, FigureKind.RECEIPTS, FigureKind.BELOW, FigureKind.EXPIRING},
        ),
    ],
)
def test_everybody_sees_what_their_role_allows_and_no_money(
    room: Room, rights: tuple[Permission, ...], kinds: set[FigureKind]
) -> None:
    office = room.office
    room.post(K.RECEIPT, NewLine(room.items[0], D(10), value=D(10)))
    room.post(K.WASTE, NewLine(room.items[0], D(2), reason="spoiled"))
    _sign_in(office, rights)
    today = today_of(office)
    assert {one.kind for one in today.figures} == kinds
    assert not any(one.is_money for one in today.figures)
    for one in today.figures:
        if one.kind is FigureKind.WASTE:
            assert (one.amount, one.beside) == (D(1), D(1))
        if one.kind is FigureKind.RECEIPTS:
            assert (one.amount, one.beside) == (D(1), None)


def _sign_in(office: Office, rights: tuple[Permission, ...]) -> None:
    role = office.do(identity.create_role, new=RoleEdit("窄", "Narrow", rights))
    office.do(identity.add_person, new=NewPerson("小陈", password=PASSWORD, roles=(RoleGrant(role),)))
    office.sign_in("小陈", PASSWORD)


def test_it_takes_few_statements_however_much_there_is(room: Room, office: Office) -> None:
    few = _statements(office)
    room.post(
        K.RECEIPT,
        *[NewLine(item, D(10), value=D(10), lot="L" if at == 3 else "") for at, item in enumerate(room.items)],
    )
    make_items(office, [NewItem(f"物料 {n}", "kg", f"N{n}", policy=NewPolicy(minimum=D(1))) for n in range(30)])
    assert _statements(office) <= few + 2 <= 40


def _statements(office: Office) -> int:
    seen: list[str] = []
    engine = office._reader

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        today_of(office)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(seen)
