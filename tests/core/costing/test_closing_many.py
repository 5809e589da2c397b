"""Years brought in: all months up to one are closed in order, each by itself, until one cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from core import costing
from core.clock import FixedClock
from core.costing import ClosedMany, MonthState
from core.errors import InvalidInput, Refused
from core.i18n import Text
from core.office import Office
from core.registry import query
from core.stock import NewLine
from core.uow import UnitOfWork
from db.costing import MonthClosing
from db.enums import PostingKind as K
from db.journal import Journal
from tests.core.costing.closing import close
from tests.core.costing.house import Room, make_room
from tests.core.costing.test_closing_at_once import at_once, other_office

D = Decimal
MAY = datetime(2026, 5, 20, 4, tzinfo=UTC)


@query(None)
def closings_for_test(uow: UnitOfWork) -> list[str]:
    """The months of all closings, in the order they were made."""
    return list(uow.sql.execute(select(MonthClosing.month).order_by(MonthClosing.id)).scalars())


@query(None)
def trail_for_test(uow: UnitOfWork) -> list[dict[str, Any]]:
    """What the trail says of closings, in their order."""
    told = select(Journal.facts).where(Journal.command.endswith("close_month")).order_by(Journal.id)
    return [facts.get("note", facts) for facts in uow.sql.execute(told).scalars()]


@pytest.fixture
def room(office: Office, clock: FixedClock) -> Room:
    """Goods since November; it is May."""
    made = make_room(office)
    made.post(
        K.RECEIPT, NewLine(made.items[0], D(100), location_id=1, value=D(500)), at=datetime(2025, 11, 3, tzinfo=UTC)
    )
    clock.at = MAY
    return made


def close_up_to(office: Office, up_to: str, said: list[str] | None = None, *, is_sure: bool = True) -> ClosedMany:
    confirmed = frozenset({costing.OPEN_CHECKS}) if is_sure else frozenset[str]()

    def report(_share: float, words: Text) -> None:
        if said is not None:
            said.append(words.render("en"))

    return costing.close_in_order(
        office.ask(costing.list_months_to_close, up_to=up_to),
        lambda month: office.do(costing.close_month, month=month, up_to=up_to, confirmed=confirmed),
        report,
    )


def test_all_months_are_closed_in_order_and_the_trail_says_together_with_which(room: Room) -> None:
    office, said = room.office, list[str]()
    found = close_up_to(office, "2026-04", said)
    months = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"]
    assert [one.month for one in found.closed] == office.ask(closings_for_test) == months
    assert (found.stopped_at, found.why) == ("", None)
    assert said[1] == "Closing 2025-12, 2 of 6…"
    assert [row.state for row in office.ask(costing.list_months)][:2] == [MonthState.RUNNING, MonthState.CLOSED]
    trail = office.ask(trail_for_test)
    assert [(facts["month"], facts["up_to"]) for facts in trail] == [(month, "2026-04") for month in months]
    assert close_up_to(office, "2026-04") == ClosedMany(())


def test_it_stops_where_checks_are_open_unless_said_otherwise(room: Room) -> None:
    office = room.office
    found = close_up_to(office, "2026-04", is_sure=False)
    assert (found.closed, found.stopped_at) == ((), "2025-11")
    assert found.why is not None
    assert "is open" in found.why.render("en")
    assert len(close_up_to(office, "2026-01").closed) == 3


def test_it_stops_at_the_first_month_that_cannot_be_closed(room: Room, clock: FixedClock) -> None:
    office = room.office
    close(office, "2025-11")
    clock.at = datetime(2025, 12, 20, tzinfo=UTC)
    assert close_up_to(office, "2025-11") == ClosedMany(())
    with pytest.raises(Refused, match="is not over yet"):
        close_up_to(office, "2025-12")
    clock.at = datetime(2026, 5, 19, tzinfo=UTC)
    found = close_up_to(office, "2026-04")
    assert (found.closed, found.stopped_at) == ((), "2025-12")
    assert found.why is not None
    assert "clock" in found.why.render("en")


def test_what_is_no_month_over_or_begun_is_said(room: Room) -> None:
    for month, why in (("2026-05", "is not over yet"), ("2025-10", "Goods move since 2025-11 only")):
        with pytest.raises(Refused, match=why):
            room.office.ask(costing.list_months_to_close, up_to=month)
    with pytest.raises(InvalidInput):
        room.office.ask(costing.list_months_to_close, up_to="soon")


def test_stopping_between_two_months_keeps_what_is_closed(room: Room) -> None:
    office = room.office
    with pytest.raises(InterruptedError):
        costing.close_in_order(
            office.ask(costing.list_months_to_close, up_to="2026-04"),
            lambda month: close(office, month),
            _stop_at(3),
        )
    assert office.ask(closings_for_test) == ["2025-11", "2025-12"]


def _stop_at(call: int) -> Callable[[float, Text], None]:
    calls: list[float] = []

    def report(share: float, _words: Text) -> None:
        calls.append(share)
        if len(calls) == call:
            raise InterruptedError

    return report


def test_two_people_at_once_close_each_month_once(room: Room, site_url: str, clock: FixedClock) -> None:
    with other_office(site_url, clock) as other:
        answers = at_once(lambda: close_up_to(room.office, "2026-04"), lambda: close_up_to(other, "2026-04"))
    done = [one for one in answers if isinstance(one, ClosedMany)]
    assert len(done) == 2
    closed = room.office.ask(closings_for_test)
    assert closed == sorted(set(closed))
    assert sorted(one.month for several in done for one in several.closed) == closed
    for one in done:
        if one.why is not None:
            assert "closed already" in one.why.render("en")


def test_a_month_reopened_twice_shows_every_closing_and_what_changed_each_time(room: Room, clock: FixedClock) -> None:
    office, item = room.office, room.items[0]
    first = last = close(office, "2025-11")
    for day, qty in ((5, 10), (6, 20)):
        office.do(costing.reopen_month, month="2025-11", reason=f"late {qty}")
        room.post(K.ISSUE, NewLine(item, D(qty), location_id=1), at=datetime(2025, 11, day, tzinfo=UTC))
        clock.advance(hours=1)
        last = close(office, "2025-11")
    history = office.ask(costing.get_closing, closing_id=last.closing_id).history
    assert [(row.reason, row.closing_value, row.usage_change) for row in history] == [
        ("", D("350.00"), None), ("late 20", D("450.00"), D("100.00")), ("late 10", D("500.00"), D("50.00")),
    ]  # fmt: skip
    second = history[1].closing_id
    for closing_id, qty, following in ((first.closing_id, 10, history[1].number), (second, 20, history[0].number)):
        found = office.ask(costing.get_reopened_differences, closing_id=closing_id)
        assert (found.following, [entry.qty for entry in found.entries]) == (following, [D(-qty)])
        usage = next(row for row in found.rows if row.column == "usage")
        assert usage.now_qty - usage.stored_qty == qty
    assert office.ask(costing.get_reopened_differences, closing_id=last.closing_id).is_same
