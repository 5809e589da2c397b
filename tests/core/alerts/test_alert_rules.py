"""Limits, quiet hours, cover, and the life of a message: pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alerts.rules.cover import lasts_days
from core.alerts.rules.kinds import KINDS, checked_rule, first_rules, limits_of
from core.alerts.rules.outbox import (
    GIVE_UP_AFTER,
    LONGEST_WAIT,
    MOVES,
    MessageEvent,
    Outgoing,
    after,
    event_of,
    queued,
    unsure_question,
    wait_after,
)
from core.alerts.rules.quiet import checked_quiet, told_at
from core.alerts.types.channels import Delivery
from core.alerts.types.rules import QuietHours, RuleEdit
from core.errors import InvalidInput, Refused
from core.i18n import _
from db.enums import AlertKind, AlertUrgency, MessageState

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
ZONE = "Asia/Shanghai"
NIGHT = QuietHours("22:00", "07:00")


def test_there_is_a_first_rule_of_each_kind_with_the_limits_people_expect() -> None:
    rules = {edit.kind: checked_rule(edit) for edit in first_rules()}
    assert set(rules) == set(KINDS) == set(AlertKind)
    assert rules[AlertKind.RUNNING_OUT].limits["days"] == 3
    assert rules[AlertKind.NOT_MOVED].limits["days"] == 180
    assert rules[AlertKind.COUNT_DIFFERENCE].limits["percent"] == 5
    assert rules[AlertKind.SUPPLIER_LATE].limits["days"] == 2
    assert rules[AlertKind.BELOW_SAFETY].urgency is AlertUrgency.URGENT
    assert all(edit.is_on and edit.roles for edit in rules.values())


def test_a_limit_that_came_later_has_its_usual_value() -> None:
    assert limits_of(AlertKind.RUNNING_OUT, {"days": Decimal(5)}) == {"days": 5, "usage_days": 28}


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        ({"days": Decimal(0)}, "days"),
        ({"days": Decimal("2.5")}, "days"),
        ({"days": Decimal(4000)}, "days"),
        ({"days": Decimal("NaN")}, "days"),
        ({"speed": Decimal(1)}, "limits"),
    ],
)
def test_limits_out_of_bounds_are_refused(limits: dict[str, Decimal], field: str) -> None:
    with pytest.raises(InvalidInput) as fault:
        checked_rule(RuleEdit(AlertKind.RUNNING_OUT, AlertUrgency.HIGH, limits))
    assert fault.value.field == field


def test_a_name_too_long_is_refused_and_others_are_tidied() -> None:
    with pytest.raises(InvalidInput):
        checked_rule(RuleEdit(AlertKind.EXPIRY, AlertUrgency.HIGH, name="x" * 81))
    edit = RuleEdit(AlertKind.EXPIRY, AlertUrgency.HIGH, name="  cold  room ", roles=("a", "a"), people=(3, 3))
    found = checked_rule(edit)
    assert (found.name, found.roles, found.people) == ("cold room", ("a",), (3,))


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("21:59", "21:59"),
        ("22:00", "07:00"),
        ("23:30", "07:00"),
        ("06:59", "07:00"),
        ("07:00", "07:00"),
        ("12:00", "12:00"),
    ],
)
def test_quiet_hours_over_midnight(clock: str, expected: str) -> None:
    hour, minute = map(int, clock.split(":"))
    now = datetime(2026, 3, 4, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    told = told_at(now, ZONE, NIGHT, breaks=False)
    assert f"{told.astimezone(ZoneInfo(ZONE)):%H:%M}" == expected
    assert timedelta() <= told - now <= timedelta(hours=9)
    assert told_at(now, ZONE, NIGHT, breaks=True) == now


@given(
    st.integers(0, 365 * 24 * 60),
    st.integers(0, 23),
    st.integers(0, 23),
    st.sampled_from([ZONE, "Europe/Stockholm", "America/New_York", "UTC"]),
)
def test_quiet_hours_end_within_a_day_and_are_never_early(minutes: int, first: int, last: int, zone: str) -> None:
    if first == last:
        return
    now = NOW + timedelta(minutes=minutes)
    quiet = QuietHours(f"{first:02d}:00", f"{last:02d}:00")
    told = told_at(now, zone, quiet, breaks=False)
    assert now <= told <= now + timedelta(hours=25)
    if told != now:
        assert told.astimezone(ZoneInfo(zone)).hour == last or told.astimezone(ZoneInfo(zone)).minute == 0
    assert told_at(now, zone, QuietHours(), breaks=False) == now


@pytest.mark.parametrize(
    "wrong", [("22:00", ""), ("", "07:00"), ("25:00", "07:00"), ("22", "07:00"), ("08:00", "8:00")]
)
def test_quiet_hours_that_are_none_are_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(InvalidInput):
        checked_quiet(QuietHours(*wrong))
    assert checked_quiet(QuietHours(" 9:05 ", "22：00")) == QuietHours("09:05", "22:00")


@pytest.mark.parametrize(
    ("usable", "arriving", "expected"),
    [
        (30, [], 3),  # 10 a day for 3 days: exactly the limit
        (31, [], None),
        (0, [], 0),
        (-5, [], 0),
        (20, [(20, 1)], None),  # comes in time, lasts 4 days
        (20, [(20, 2)], None),  # comes on the day it ends
        (20, [(20, 3)], 2),  # comes too late
        (20, [(20, -1)], 2),  # is late already
        (5, [(5, 0), (15, 1)], 2),
    ],
)
def test_how_long_stock_lasts_with_what_comes_in_time(
    usable: int, arriving: list[tuple[int, int]], expected: int | None
) -> None:
    assert lasts_days(usable, 280, 28, arriving, 3) == expected


@given(st.integers(-50, 500), st.integers(1, 500), st.lists(st.tuples(st.integers(1, 100), st.integers(-5, 10))))
def test_more_on_the_way_never_lasts_shorter(usable: int, used: int, arriving: list[tuple[int, int]]) -> None:
    without = lasts_days(usable, used, 28, [], 3)
    with_more = lasts_days(usable, used, 28, arriving, 3)
    assert without is not None or with_more is None
    assert with_more is None or 0 <= with_more <= 3


@given(st.lists(st.sampled_from(list(MessageEvent)), max_size=12), st.lists(st.integers(0, 100_000), max_size=12))
def test_a_message_is_sent_at_most_once_unless_a_person_or_its_id_says_so(
    events: list[MessageEvent], seconds: list[int]
) -> None:
    message, now, taken = queued(NOW), NOW, 0
    told_again = {MessageEvent.SEND_AGAIN, MessageEvent.PUT_OFF, MessageEvent.AGAIN_BY_ID}
    allowed = 1
    for event, step in zip(events, seconds, strict=False):
        now += timedelta(seconds=step)
        try:
            message = after(message, event, now)
        except Refused:
            continue
        taken += event is MessageEvent.TAKE
        allowed += event in told_again
        assert taken <= allowed
    if message.state in (MessageState.SENT, MessageState.WITHDRAWN):
        assert not MOVES[message.state]


def test_waiting_grows_and_ends() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 12)]
    assert waits == sorted(waits) and waits[0] == timedelta(minutes=1) and waits[-1] == LONGEST_WAIT
    sending = Outgoing(MessageState.SENDING, NOW, NOW, 3, NOW)
    assert after(sending, MessageEvent.PUT_OFF, NOW, timedelta(minutes=30)).next_at == NOW + timedelta(minutes=30)
    late = NOW + GIVE_UP_AFTER
    assert after(sending, MessageEvent.PUT_OFF, late).state is MessageState.FAILED
    assert after(sending, MessageEvent.AGAIN_BY_ID, late).state is MessageState.UNSURE
    assert "Look there" in unsure_question("Kitchen").render("en")


@pytest.mark.parametrize(
    ("outcome", "is_of_channel", "is_repeatable", "event"),
    [
        ("sent", False, False, MessageEvent.ACCEPTED),
        ("later", True, False, MessageEvent.PUT_OFF),
        ("refused", False, False, MessageEvent.REFUSED),
        ("refused", True, False, MessageEvent.PUT_OFF),
        ("unsure", False, False, MessageEvent.NO_ANSWER),
        ("unsure", False, True, MessageEvent.AGAIN_BY_ID),
    ],
)
def test_what_a_try_means(outcome: str, is_of_channel: bool, is_repeatable: bool, event: MessageEvent) -> None:
    delivery = Delivery(outcome, _("The receiver has it."), is_of_channel)  # type: ignore[arg-type]
    assert event_of(delivery, is_repeatable=is_repeatable) is event
