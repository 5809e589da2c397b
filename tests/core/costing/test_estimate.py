"""The running month's estimate: by weekday, exact where every week is the same, and a range that holds four of five."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from core.clock import business_day
from core.costing.rules.estimate import HISTORY, WEEK, expected_of
from core.costing.steps.estimates import daily_figures
from core.office import Office
from core.registry import query
from core.uow import UnitOfWork


@query(None)
def list_days_for_test(uow: UnitOfWork) -> list[int]:
    """What each day of the sample cost, for a test."""
    return daily_figures(uow, business_day(uow.now, uow.site.zone, uow.site.day_start_hour))[0][:-1]


WEEKDAYS = [100, 200, 300, 400, 900, 1200, 0]


def test_weeks_that_are_the_same_are_expected_to_go_on() -> None:
    found = expected_of(WEEKDAYS * 8, 10)
    assert found is not None and found.amount == sum(WEEKDAYS) + 100 + 200 + 300
    assert found.low is not None and found.amount - found.low <= 1


def test_without_a_whole_week_nothing_is_said_and_with_two_no_range() -> None:
    assert expected_of(WEEKDAYS[:6], 10) is None
    found = expected_of(WEEKDAYS * 2, 10)
    assert found is not None and found.low is None and found.high is None and found.weeks == 2


@given(st.lists(st.integers(-(10**9), 10**9), min_size=21, max_size=130), st.integers(0, 31))
def test_the_range_holds_the_estimate_and_more_days_stay_whole_numbers(past: list[int], days_left: int) -> None:
    found = expected_of(past, days_left)
    assert found is not None and found.low is not None and found.high is not None
    assert found.low <= found.amount <= found.high


@given(st.lists(st.integers(10_000, 10**7), min_size=28, max_size=112), st.integers(1, 31), st.integers(2, 50))
def test_ten_times_the_money_is_ten_times_the_range(past: list[int], days_left: int, times: int) -> None:
    one, many = expected_of(past, days_left), expected_of([day * times for day in past], days_left)
    assert one is not None and many is not None and one.high is not None and many.high is not None
    assert abs(many.high - one.high * times) <= one.high * times // 200


def test_the_range_holds_about_four_of_five_outcomes() -> None:
    """On made-up sites whose weekdays differ, whose days scatter and whose level wanders from week to week."""
    chance = random.Random(5)
    held = tried = 0
    for _site in range(60):
        days: list[int] = []
        level = 1.0
        for week in range(26):
            level = max(0.3, level + chance.gauss(0, 0.04)) if week else level
            days += [max(0, round(100_000 * level * (1 + day / 3) * chance.gauss(1, 0.15))) for day in range(WEEK)]
        for days_left in (5, 12, 20, 27):
            until = HISTORY * WEEK + chance.randrange(0, 40)
            found = expected_of(days[:until], days_left)
            assert found is not None and found.low is not None and found.high is not None
            held += found.low <= sum(days[until : until + days_left]) <= found.high
            tried += 1
    assert 0.72 <= held / tried <= 0.92, held / tried


def test_on_the_sample_history_the_range_holds_about_four_of_five_outcomes(sample_office: Office) -> None:
    days = sample_office.ask(list_days_for_test)
    held = tried = 0
    for days_left in (5, 10, 15, 20):
        for until in range(3 * WEEK, len(days) - days_left + 1):
            found = expected_of(days[:until], days_left)
            assert found is not None and found.low is not None and found.high is not None
            held += found.low <= sum(days[until : until + days_left]) <= found.high
            tried += 1
    assert tried > 200 and 0.65 <= held / tried <= 0.95, (held, tried)
