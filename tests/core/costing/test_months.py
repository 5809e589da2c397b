"""Months: closing, reopening, who may, what is refused, what is stored."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from core import costing, identity, stock
from core.clock import FixedClock
from core.costing import MonthState
from core.errors import InvalidInput, NeedsConfirmation, NotAllowed, NotFound, Refused
from core.identity import NewPerson, RoleEdit, RoleGrant
from core.office import Office
from core.registry import query
from core.stock import NewLine
from core.uow import UnitOfWork
from db.enums import Permission
from db.enums import PostingKind as K
from tests.core.costing.closing import APRIL, IN_APRIL, IN_MAY, MARCH, asks, close, close_march
from tests.core.costing.house import Room, make_room
from tests.helpers.sites import PASSWORD

D = Decimal


@pytest.fixture
def room(office: Office, clock: FixedClock) -> Room:
    """Goods of March: tomatoes 10 for 50.00, 4 used, 1 wasted."""
    made = make_room(office)
    tomato = made.items[0]
    made.post(K.RECEIPT, NewLine(tomato, D(10), location_id=1, value=D(50)))
    clock.advance(hours=1)
    made.post(K.ISSUE, NewLine(tomato, D(4), location_id=1))
    made.post(K.WASTE, NewLine(tomato, D(1), location_id=1, reason="expired"))
    return made


@query(None)
def moments_for_test(uow: UnitOfWork, *, month: str) -> tuple[datetime, datetime]:
    """The moments of a month."""
    return costing.month_moments(uow, costing.Month.parse(month))


def sign_in_with(office: Office, *rights: Permission) -> None:
    role = office.do(identity.create_role, new=RoleEdit("mine", "Mine", rights))
    office.do(identity.add_person, new=NewPerson("Lin", password=PASSWORD, roles=(RoleGrant(role),)))
    office.sign_in("Lin", PASSWORD)


def test_a_month_goes_from_running_to_open_to_closed_to_reopened(room: Room, clock: FixedClock) -> None:
    office = room.office
    assert [(row.month, row.state) for row in office.ask(costing.list_months)] == [(MARCH, MonthState.RUNNING)]
    clock.at = IN_APRIL
    rows = office.ask(costing.list_months)
    assert [(row.month, row.state, row.is_next) for row in rows] == [
        (APRIL, MonthState.RUNNING, False),
        (MARCH, MonthState.OPEN, True),
    ]
    closed = close(office)
    row = office.ask(costing.list_months)[1]
    assert (row.state, row.closing_id, row.closed_by, row.closing_number) == (
        MonthState.CLOSED, closed.closing_id, "Admin", closed.number,
    )  # fmt: skip
    assert (row.closing_value, row.usage) == (D("25.00"), D("20.00"))
    office.do(costing.reopen_month, month=MARCH, reason="  invoice   came late ")
    row = office.ask(costing.list_months)[1]
    assert (row.state, row.reason, row.reopened_by, row.is_next) == (
        MonthState.REOPENED, "invoice came late", "Admin", True,
    )  # fmt: skip
    again = close(office)
    assert again.closing_id != closed.closing_id
    assert office.ask(costing.list_months)[1].state is MonthState.CLOSED


def test_a_month_that_is_not_over_is_not_closed(room: Room) -> None:
    with pytest.raises(Refused) as refused:
        close(room.office)
    assert "2026-04-01" in refused.value.text.render("en")


def test_months_are_closed_one_after_the_other(room: Room, clock: FixedClock) -> None:
    clock.at = IN_MAY
    with pytest.raises(Refused) as refused:
        close(room.office, APRIL)
    assert MARCH in refused.value.text.render("en")
    close(room.office, MARCH)
    close(room.office, APRIL)
    with pytest.raises(Refused, match="locked already"):
        close(room.office, "2026-02")


def test_a_month_is_closed_once_and_the_second_hears_by_whom(room: Room, clock: FixedClock) -> None:
    close_march(room.office, clock)
    clock.advance(hours=1)
    with pytest.raises(Refused) as refused:
        close(room.office)
    assert "Admin" in refused.value.text.render("en")
    assert "2026-04-08 12:00" in refused.value.text.render("zh")


def test_opening_stock_at_the_beginning_of_the_books_does_not_make_300_months(
    office: Office, clock: FixedClock
) -> None:
    room = make_room(office)
    line = NewLine(room.items[0], D(3), location_id=1, value=D(9))
    room.post(K.OPENING, line, at=stock.BOOKS_BEGIN)
    assert [row.month for row in office.ask(costing.list_months)] == [MARCH]
    close_march(office, clock)
    start, end = office.ask(moments_for_test, month=MARCH)
    assert office.ask(costing.get_review, start=start, end=end).total.value("opening") == D(9)


def test_nothing_to_close_where_nothing_moved(office: Office, clock: FixedClock) -> None:
    clock.at = IN_APRIL
    with pytest.raises(Refused):
        close(office)


def test_open_checks_are_asked_about_with_their_money(room: Room, clock: FixedClock) -> None:
    clock.at = IN_APRIL
    question = asks(room.office, MARCH)
    assert isinstance(question, NeedsConfirmation)
    assert (question.key, question.field) == ("open_checks", "month")
    assert "25.00" in question.text.render("zh")
    assert room.office.ask(costing.list_months)[1].state is MonthState.OPEN


@pytest.mark.parametrize("days", [1, 40])
def test_a_clock_set_back_closes_nothing(room: Room, clock: FixedClock, days: int) -> None:
    clock.at = IN_MAY
    room.post(K.ISSUE, NewLine(room.items[0], D(1), location_id=1))
    clock.at -= timedelta(days=days)
    with pytest.raises(Refused, match=r"clock|over"):
        close(room.office)


def test_a_clock_set_back_behind_the_last_closing_closes_nothing(room: Room, clock: FixedClock) -> None:
    clock.at = IN_MAY + timedelta(days=2)
    close(room.office, MARCH)
    clock.at = IN_MAY
    with pytest.raises(Refused, match="clock"):
        close(room.office, APRIL)


def test_who_has_no_right_closes_and_reopens_nothing(room: Room, clock: FixedClock) -> None:
    close_march(room.office, clock)
    sign_in_with(room.office, Permission.MONTH_CLOSE, Permission.REPORT_VIEW)
    with pytest.raises(NotAllowed):
        room.office.do(costing.reopen_month, month=MARCH, reason="why")
    row = room.office.ask(costing.list_months)[1]
    assert (row.state, row.closing_value, row.usage) == (MonthState.CLOSED, None, None)
    checks = room.office.ask(costing.list_month_checks, month=MARCH)
    assert checks.at_stake is None
    assert all(check.amount is None for check in checks.checks)
    assert all(line.amount is None for check in checks.checks for line in check.rows)


def test_who_may_not_see_costs_may_close(room: Room, clock: FixedClock) -> None:
    clock.at = IN_APRIL
    sign_in_with(room.office, Permission.MONTH_CLOSE)
    question = asks(room.office, MARCH)
    assert question is not None
    assert "25" not in question.text.render("en")
    assert close(room.office).at_stake is None


def test_only_the_newest_month_is_reopened_and_with_a_reason(room: Room, clock: FixedClock) -> None:
    office = room.office
    with pytest.raises(Refused):
        office.do(costing.reopen_month, month=MARCH, reason="why")
    clock.at = IN_MAY
    close(office, MARCH)
    close(office, APRIL)
    with pytest.raises(InvalidInput):
        office.do(costing.reopen_month, month=APRIL, reason="   ")
    with pytest.raises(Refused) as refused:
        office.do(costing.reopen_month, month=MARCH, reason="why")
    assert APRIL in refused.value.text.render("zh")
    office.do(costing.reopen_month, month=APRIL, reason="why")
    assert office.site.closed_until == office.ask(moments_for_test, month=MARCH)[1]
    office.do(costing.reopen_month, month=MARCH, reason="why")
    assert office.site.closed_until is None


def test_what_is_no_month_is_said(room: Room) -> None:
    for text in ("", "2026-13", "October", "1-1", "2026-1-1"):
        with pytest.raises(InvalidInput):
            room.office.ask(costing.list_month_checks, month=text)
    with pytest.raises(InvalidInput):
        room.office.ask(costing.list_check_lines, month=MARCH, kind="nothing")
    with pytest.raises(NotFound):
        room.office.ask(costing.get_closing, closing_id=99)
