"""Figures held against an item's own past, as pure values."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alerts.rules import unusual as rules
from core.alerts.rules.unusual import Around

KG = 1_000_000
LAST = 738_000


def weekly(seed: int = 1, weeks: int = 20, *, weekend: float = 2.0) -> dict[int, int]:
    """A busy weekend and a little chance, in whole kilograms."""
    chance = random.Random(seed)
    return {
        day: max(round((20 * (weekend if day % 7 in (0, 6) else 1)) * chance.uniform(0.85, 1.15)), 1) * KG
        for day in range(LAST - 7 * weeks, LAST + 1)
    }


@pytest.mark.parametrize("factor", [3, 10])
def test_three_times_the_usual_is_told(factor: int) -> None:
    days = weekly()
    days[LAST] *= factor
    judged = rules.judge_day(days, LAST, min(days))
    assert judged.is_odd
    assert judged.low < judged.expected < judged.high < judged.value


def test_what_is_usual_on_a_sunday_is_not_usual_on_a_monday() -> None:
    days = weekly(weekend=4.0)
    sunday = next(day for day in range(LAST, LAST - 7, -1) if day % 7 == 0)
    assert not rules.judge_day(days, sunday, min(days)).is_odd
    monday = sunday - 6
    days[monday] = days[sunday]
    assert rules.judge_day(days, monday, min(days)).is_odd


def test_less_than_eight_weeks_say_nothing() -> None:
    days = weekly(weeks=7)
    days[LAST] *= 10
    assert rules.judge_day(days, LAST, min(days)) is rules.FITS


def test_what_moves_all_items_alike_is_no_oddity() -> None:
    days = weekly()
    days[LAST] *= 3
    assert not rules.judge_day(days, LAST, min(days), Around(shift={LAST: 3**0.5 - 1})).is_odd


def test_what_happened_a_year_ago_as_well_is_no_oddity() -> None:
    days = weekly(weeks=80)
    for day in range(LAST - 364 - 10, LAST - 364 + 11):
        days[day] *= 3
    shift = rules.season_shift(days, LAST)
    assert shift == pytest.approx(3**0.5 - 1, abs=0.2)
    days[LAST] *= 3
    assert rules.judge_day(days, LAST, min(days)).is_odd
    assert not rules.judge_day(days, LAST, min(days), last_year=shift).is_odd


def test_a_day_without_trade_is_neither_judged_nor_learned_from() -> None:
    items = dict.fromkeys(range(LAST - 60, LAST + 1), 100)
    items[LAST - 3] = 2
    closed = rules.closed_days(items, LAST - 60, LAST)
    assert closed == {LAST - 3}
    days = weekly()
    days.pop(LAST - 3)
    assert not rules.judge_day(days, LAST - 3, min(days), Around(closed)).is_odd


def test_days_without_anything_are_told_where_something_moves_every_day() -> None:
    days = weekly()
    for back in range(6):
        days.pop(LAST - back)
    judged = rules.judge_run(days, LAST, min(days))
    assert judged.is_odd
    assert judged.days == 6
    seldom = dict.fromkeys(range(LAST - 140, LAST - 20, 9), KG)
    assert not rules.judge_run(seldom, LAST, min(seldom)).is_odd


def test_what_moves_seldom_is_held_against_the_times_it_moved() -> None:
    days = {day: (2 + day % 3) * KG for day in range(LAST - 110, LAST, 11)}
    days[LAST] = 30 * KG
    assert not rules.is_regular(days, LAST, LAST - 112)
    assert rules.judge_size(days, LAST).is_odd
    days[LAST] = 5 * KG
    assert not rules.judge_size(days, LAST).is_odd


def test_much_waste_of_what_was_never_wasted_is_held_against_usage() -> None:
    used = weekly()
    assert not rules.judge_rare({LAST: 30 * KG}, used, LAST, min(used)).is_odd
    judged = rules.judge_rare({LAST: 80 * KG}, used, LAST, min(used))
    assert judged.is_odd
    assert judged.n == 0


def test_a_price_out_of_its_steps_is_told() -> None:
    prices = [10.0, 10.2, 10.2, 9.9, 10.4, 10.3]
    assert rules.judge_price(prices, 13.5)[3] >= rules.LIMIT
    assert rules.judge_price(prices, 11.2)[3] == 0
    jumpy = [10.0, 14.0, 9.0, 15.0, 10.0, 13.0]
    assert rules.judge_price(jumpy, 13.5)[3] < rules.LIMIT


def test_a_count_out_of_its_own_differences_is_told() -> None:
    assert rules.judge_count([0.0, -0.02, 0.01, 0.0, -0.01], -0.4)[2] >= rules.LIMIT
    assert rules.judge_count([-0.3, 0.25, -0.4, 0.1, 0.35], -0.4)[2] < rules.LIMIT
    assert rules.judge_count([0.0, 0.0], -0.4)[2] == 0
    exact = [0.0] * 6
    assert rules.judge_count(exact, -2 / 8, 1 / 8)[2] < rules.LIMIT, "one or two of eight pieces are soon miscounted"
    assert rules.judge_count(exact, -4 / 8, 1 / 8)[2] >= rules.LIMIT
    assert rules.judge_count(exact, -0.3, 0.05 / 12)[2] >= rules.LIMIT, "a scale does not miscount"


@given(st.dictionaries(st.integers(LAST - 120, LAST), st.integers(0, 10**12)), st.integers(1, 9))
def test_nothing_in_the_past_breaks_a_test_and_scale_does_not_matter(days: dict[int, int], factor: int) -> None:
    first = min(days, default=LAST)
    judged = rules.judge_day(days, LAST, first)
    assert judged.score >= 0
    assert judged.low <= judged.high
    scaled = rules.judge_day({day: qty * factor**2 for day, qty in days.items()}, LAST, first)
    assert scaled.is_odd == judged.is_odd or abs(scaled.score - judged.score) < 1e-6
    rules.judge_week(days, LAST, first)
    rules.judge_size(days, LAST)
    rules.judge_run(days, LAST, first)
    rules.judge_rare(days, days, LAST, first)
