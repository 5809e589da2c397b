"""Which backups are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.maintenance.rules.retention import backups_to_drop

START = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # a Monday


def every_day(days: int) -> list[tuple[datetime, datetime]]:
    moments = [START + timedelta(days=day) for day in range(days)]
    return [(moment, moment) for moment in moments]


def test_the_newest_of_each_day_and_week_stays() -> None:
    gone = backups_to_drop(every_day(28), days=5, weeks=3)
    kept = [moment for moment, _what in every_day(28) if moment not in gone]
    assert [moment.day for moment in kept] == [15, 22, 25, 26, 27, 28, 29]


def test_of_one_day_only_the_newest_stays() -> None:
    three = [(START + timedelta(hours=hour), hour) for hour in (0, 5, 9)]
    assert sorted(backups_to_drop(three, days=14, weeks=8)) == [0, 5]


def test_a_long_pause_drops_nothing() -> None:
    rare = [(START + timedelta(days=100 * number), number) for number in range(5)]
    assert backups_to_drop(rare, days=7, weeks=4) == []


@given(st.lists(st.integers(0, 1000), unique=True), st.integers(0, 20), st.integers(0, 20))
def test_the_newest_of_all_always_stays_and_no_more_are_kept_than_said(hours: list[int], days: int, weeks: int) -> None:
    backups = [(START + timedelta(hours=hour), hour) for hour in hours]
    gone = backups_to_drop(backups, days=days, weeks=weeks)
    assert set(gone) <= set(hours) and len(set(gone)) == len(gone)
    if hours:
        assert max(hours) not in gone
        assert len(hours) - len(gone) <= max(days + weeks, 1)


def test_dropping_twice_drops_no_more() -> None:
    first = set(backups_to_drop(every_day(60), days=14, weeks=8))
    left = [one for one in every_day(60) if one[1] not in first]
    assert backups_to_drop(left, days=14, weeks=8) == []
