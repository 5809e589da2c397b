"""Two people at two PCs: a month is closed once, and nothing slips into it while it is being closed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import select

from core import costing, stock
from core.clock import FixedClock
from core.costing import Closed, MonthState
from core.errors import CoreError, Refused
from core.office import Office
from core.registry import query
from core.stock import NewLine
from core.uow import UnitOfWork
from db.costing import MonthClosing
from db.enums import PostingKind as K
from tests.core.costing.closing import IN_APRIL, MARCH, close, stored_entries
from tests.core.costing.house import Room, make_room
from tests.helpers.sites import ADMIN, PASSWORD

D = Decimal


@query(None)
def count_closings(uow: UnitOfWork) -> int:
    """How many closings are stored."""
    return len(uow.sql.execute(select(MonthClosing.id)).all())


@pytest.fixture
def room(office: Office, clock: FixedClock) -> Room:
    made = make_room(office)
    made.post(K.RECEIPT, NewLine(made.items[0], D(1000), location_id=1, value=D(5000)))
    clock.at = IN_APRIL
    return made


def other_office(site: str, clock: FixedClock) -> Office:
    opened = Office.open(site, station="other", clock=clock)
    opened.sign_in(ADMIN, PASSWORD)
    return opened


def at_once(*tasks: Callable[[], object]) -> list[object]:
    """What each answered, or its error; all begin at the same moment."""
    gate = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        gate.wait(20)
        try:
            return task()
        except CoreError as fault:
            return fault

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [one.result(60) for one in [pool.submit(run, task) for task in tasks]]


def test_two_people_close_a_month_at_once_and_one_of_them_does(room: Room, site_url: str, clock: FixedClock) -> None:
    with other_office(site_url, clock) as other:
        answers = at_once(lambda: close(room.office), lambda: close(other))
    done = [one for one in answers if isinstance(one, Closed)]
    refused = [one for one in answers if isinstance(one, Refused)]
    assert (len(done), len(refused)) == (1, 1)
    assert "closed already" in refused[0].text.render("en")
    assert ADMIN in refused[0].text.render("zh")
    assert room.office.ask(count_closings) == 1


def test_closing_and_reopening_at_once_leaves_one_truth(room: Room, site_url: str, clock: FixedClock) -> None:
    close(room.office)
    clock.advance(minutes=1)
    with other_office(site_url, clock) as other:
        at_once(
            lambda: room.office.do(costing.reopen_month, month=MARCH, reason="one"),
            lambda: other.do(costing.reopen_month, month=MARCH, reason="two"),
            lambda: close(other),
        )
    state = room.office.ask(costing.list_months)[1].state
    assert (state is MonthState.CLOSED) == (room.office.site.closed_until is not None)


def test_what_is_posted_while_a_month_is_closed_is_in_it_or_refused(
    room: Room, site_url: str, clock: FixedClock
) -> None:
    inside = IN_APRIL - timedelta(days=20)

    def post(office: Office) -> list[object]:
        made: list[object] = []
        for _turn in range(6):
            line = NewLine(room.items[0], D(1), location_id=1)
            try:
                made.append(office.do(stock.issue_goods, lines=(line,), at=inside))
            except Refused as fault:
                made.append(fault)
        return made

    with other_office(site_url, clock) as other:
        answers = at_once(lambda: close(room.office), lambda: post(other))
    closed, made = answers
    assert isinstance(closed, Closed)
    assert isinstance(made, list)
    posted = [one for one in made if not isinstance(one, Refused)]
    assert all("closed month" in one.text.render("en") for one in made if isinstance(one, Refused))
    usage = dict(room.office.ask(costing.get_closing, closing_id=closed.closing_id).totals)["usage"]
    assert usage == D(5) * len(posted)
    assert len(room.office.ask(stored_entries)) == 1 + len(posted)
    assert room.office.ask(costing.get_reopened_differences, closing_id=closed.closing_id).is_same
