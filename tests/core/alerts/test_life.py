"""The life of an alert: what a pass does with it, and what people may do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alerts.rules.life import RANKS, Changed, Live, after, check_until, compare, worst
from core.alerts.types.inbox import Found
from core.errors import InvalidInput, Refused
from db.enums import AlertEvent, AlertState, AlertUrgency

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
KEYS = st.tuples(st.sampled_from(["item", "lot"]), st.integers(1, 6), st.sampled_from(["", "a"]))
URGENCIES = st.sampled_from(list(AlertUrgency))
FOUND = st.builds(
    lambda key, qty, urgency: (Found(key[0], key[1], {}, key[2], urgency), {"qty": qty}),
    KEYS,
    st.integers(0, 2),
    st.none() | URGENCIES,
)
STATES = st.sampled_from([AlertState.OPEN, AlertState.ACKNOWLEDGED, AlertState.SNOOZED])
LIVE = st.builds(
    lambda key, urgency, state, hours, qty: Live(
        hash(key),
        key,
        urgency,
        state,
        NOW + timedelta(hours=hours) if state is AlertState.SNOOZED else None,
        {"qty": qty},
    ),
    KEYS,
    URGENCIES,
    STATES,
    st.integers(-2, 2),
    st.integers(0, 2),
)


@given(st.lists(LIVE, unique_by=lambda one: one.key), st.lists(FOUND), URGENCIES)
def test_after_a_pass_exactly_what_was_found_is_live(
    live: list[Live], found: list[tuple[Found, dict[str, int]]], urgency: AlertUrgency
) -> None:
    made = compare(live, found, urgency, NOW)
    known = {one.key for one in live}
    opened = [key for key, _urgency, _facts in made.opened]
    gone = [one.key for one in made.gone]
    assert len(opened) == len(set(opened))
    assert (known - set(gone)) | set(opened) == {one.key for one, _facts in found}
    assert not set(opened) & known and set(gone) <= known


@given(st.lists(FOUND), URGENCIES)
def test_looking_a_second_time_changes_nothing(
    found: list[tuple[Found, dict[str, int]]], urgency: AlertUrgency
) -> None:
    first = compare([], found, urgency, NOW)
    live = [Live(n, key, level, AlertState.OPEN, None, facts) for n, (key, level, facts) in enumerate(first.opened)]
    second = compare(live, found, urgency, NOW)
    assert not second.opened and not second.changed and not second.gone


@given(st.lists(LIVE, unique_by=lambda one: one.key), st.lists(FOUND), URGENCIES)
def test_people_are_told_again_only_of_what_is_worse_or_of_what_they_asked_to_be_reminded_of(
    live: list[Live], found: list[tuple[Found, dict[str, int]]], urgency: AlertUrgency
) -> None:
    for one in compare(live, found, urgency, NOW).changed:
        is_worse = RANKS[one.urgency] < RANKS[one.before.urgency]
        rest = one.before.snoozed_until
        assert one.is_told == (is_worse or (rest is not None and rest <= NOW))


def test_an_alert_at_rest_is_woken_and_a_worse_one_is_raised() -> None:
    rests = Live(1, ("item", 1, ""), AlertUrgency.HIGH, AlertState.SNOOZED, NOW, {})
    found: list[tuple[Found, dict[str, int]]] = [(Found("item", 1), {})]
    assert [one.event for one in compare([rests], found, AlertUrgency.HIGH, NOW).changed] == [AlertEvent.WOKEN]
    assert [one.event for one in compare([rests], found, AlertUrgency.URGENT, NOW).changed] == [AlertEvent.RAISED]
    early: tuple[Changed, ...] = compare([rests], found, AlertUrgency.HIGH, NOW - timedelta(seconds=1)).changed
    assert early == ()


@pytest.mark.parametrize("event", [AlertEvent.ACKNOWLEDGED, AlertEvent.SNOOZED, AlertEvent.REOPENED])
def test_nothing_is_done_with_what_is_over(event: AlertEvent) -> None:
    with pytest.raises(Refused, match="over"):
        after(AlertState.CLOSED, event)


def test_what_people_do_leads_where_it_should() -> None:
    assert after(AlertState.OPEN, AlertEvent.ACKNOWLEDGED) is AlertState.ACKNOWLEDGED
    assert after(AlertState.ACKNOWLEDGED, AlertEvent.SNOOZED) is AlertState.SNOOZED
    assert after(AlertState.SNOOZED, AlertEvent.REOPENED) is AlertState.OPEN
    with pytest.raises(Refused, match="open as it is"):
        after(AlertState.OPEN, AlertEvent.REOPENED)


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(seconds=-1), timedelta(days=91)])
def test_a_rest_ends_soon_and_in_the_future(ahead: timedelta) -> None:
    with pytest.raises(InvalidInput):
        check_until(NOW + ahead, NOW)
    check_until(NOW + timedelta(days=90), NOW)


def test_the_worst_of_several() -> None:
    assert worst([AlertUrgency.LOW, AlertUrgency.URGENT, AlertUrgency.HIGH]) is AlertUrgency.URGENT
    assert worst([]) is AlertUrgency.LOW
