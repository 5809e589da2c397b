"""When a schedule is due: once on each of its days, whatever clocks, months and pauses do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.reports.rules.due import checked_when, due_on, is_on_day, newest_due, next_due, time_of
from core.reports.rules.files import checked_folder, run_file_name, stem_of
from core.reports.rules.periods import span_of_month, span_of_period
from core.reports.types.schedules import When
from db.enums import Period, Rhythm

STOCKHOLM, SHANGHAI = "Europe/Stockholm", "Asia/Shanghai"
DAILY = When(Rhythm.DAILY, "02:30")
MOMENTS = st.integers(0, 315_000_000).map(lambda second: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=second))
WHENS = st.one_of(
    st.builds(When, st.just(Rhythm.DAILY), st.sampled_from(["00:00", "02:30", "06:00", "23:59"])),
    st.builds(When, st.just(Rhythm.WEEKLY), st.sampled_from(["02:30", "23:30"]), st.integers(1, 127)),
    st.builds(When, st.just(Rhythm.MONTHLY), st.just("03:00"), st.just(127), st.integers(1, 31)),
)


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_an_hour_that_does_not_exist_is_due_an_hour_later_and_once() -> None:
    spring = at("2026-03-29T01:00", STOCKHOLM)
    due = newest_due(DAILY, STOCKHOLM, after=spring, now=spring + timedelta(hours=12))
    assert due == (at("2026-03-29T03:30", STOCKHOLM), 0)
    assert newest_due(DAILY, STOCKHOLM, after=due[0], now=spring + timedelta(hours=20)) is None


def test_an_hour_that_comes_twice_is_due_the_first_time_only() -> None:
    before = at("2026-10-25T01:00", STOCKHOLM)
    due = newest_due(DAILY, STOCKHOLM, after=before, now=before + timedelta(hours=2))
    assert due is not None and due[0] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert newest_due(DAILY, STOCKHOLM, after=due[0], now=before + timedelta(hours=12)) is None


def test_a_clock_set_back_makes_nothing_due_again() -> None:
    done = at("2026-05-10T02:30", SHANGHAI)
    for back in (timedelta(minutes=1), timedelta(days=1), timedelta(days=400)):
        assert newest_due(DAILY, SHANGHAI, after=done, now=done - back) is None


def test_what_was_missed_is_due_once_and_says_how_many_it_stands_in_for() -> None:
    due = newest_due(DAILY, SHANGHAI, after=at("2026-05-01T02:30", SHANGHAI), now=at("2026-05-09T02:29", SHANGHAI))
    assert due == (at("2026-05-08T02:30", SHANGHAI), 6)


@pytest.mark.parametrize(("year", "month", "last"), [(2026, 2, 28), (2028, 2, 29), (2026, 4, 30), (2026, 12, 31)])
def test_the_thirty_first_is_the_last_day_of_every_month(year: int, month: int, last: int) -> None:
    when = When(Rhythm.MONTHLY, "23:00", month_day=31)
    days = [day for number in range(1, last + 1) if is_on_day(when, day := date(year, month, number))]
    assert days == [date(year, month, last)]


@given(when=WHENS, zone=st.sampled_from([STOCKHOLM, SHANGHAI, "America/New_York"]), moment=MOMENTS)
def test_every_next_due_is_the_newest_due_once_it_is_reached(when: When, zone: str, moment: datetime) -> None:
    due = next_due(when, zone, after=moment)
    assert due is not None and due > moment
    assert newest_due(when, zone, after=moment, now=due) == (due, 0)
    assert newest_due(when, zone, after=moment, now=due - timedelta(microseconds=1)) is None
    assert newest_due(when, zone, after=due, now=due) is None


@given(when=WHENS, zone=st.sampled_from([STOCKHOLM, SHANGHAI]), moment=MOMENTS, days=st.integers(0, 400))
def test_the_newest_due_counts_all_that_were_missed(when: When, zone: str, moment: datetime, days: int) -> None:
    now = moment + timedelta(days=days)
    found, after = [], moment
    while (due := next_due(when, zone, after=after)) is not None and due <= now:
        found.append(due)
        after = due
    expected = (found[-1], len(found) - 1) if found else None
    assert newest_due(when, zone, after=moment, now=now) == expected


@given(when=WHENS, day=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_day_has_one_due_moment(when: When, day: date) -> None:
    assert due_on(when, day, STOCKHOLM) < due_on(when, day + timedelta(days=1), STOCKHOLM)


def test_what_follows_a_closing_has_no_day() -> None:
    assert next_due(When(Rhythm.MONTH_CLOSED), SHANGHAI, after=at("2026-05-01T00:00", SHANGHAI)) is None


@pytest.mark.parametrize("text", ["", "25:00", "6", "06.30", "ab:cd", "06:60"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        time_of(text)
    assert caught.value.field == "at_time"


def test_days_that_cannot_be_are_refused() -> None:
    assert checked_when(When(Rhythm.DAILY, "6:5")).at_time == "06:05"
    with pytest.raises(InvalidInput):
        checked_when(When(Rhythm.WEEKLY, "06:00", 0))
    with pytest.raises(InvalidInput):
        checked_when(When(Rhythm.MONTHLY, "06:00", 127, 32))


def test_periods_are_whole_business_days_before_the_day_it_is_due() -> None:
    due = at("2026-03-04T06:00", SHANGHAI)

    def days(period: Period) -> tuple[str, str]:
        span = span_of_period(period, due, SHANGHAI, 4)
        assert span.end is not None
        zone = ZoneInfo(SHANGHAI)
        start = "" if span.start is None else f"{span.start.astimezone(zone):%m-%d %H:%M}"
        return start, f"{span.end.astimezone(zone):%m-%d %H:%M:%S}"

    assert days(Period.YESTERDAY) == ("03-03 04:00", "03-04 03:59:59")
    assert days(Period.LAST_WEEK) == ("02-23 04:00", "03-02 03:59:59")
    assert days(Period.LAST_7_DAYS) == ("02-25 04:00", "03-04 03:59:59")
    assert days(Period.WEEK_TO_DATE) == ("03-02 04:00", "03-04 06:00:00")
    assert days(Period.LAST_MONTH) == ("02-01 04:00", "03-01 03:59:59")
    assert days(Period.MONTH_TO_DATE) == ("03-01 04:00", "03-04 06:00:00")
    assert days(Period.YEAR_TO_DATE) == ("01-01 04:00", "03-04 06:00:00")
    assert days(Period.MOMENT) == ("", "03-04 06:00:00")


def test_before_the_day_begins_it_is_still_the_day_before() -> None:
    span = span_of_period(Period.YESTERDAY, at("2026-03-04T02:00", SHANGHAI), SHANGHAI, 4)
    assert span.start == at("2026-03-02T04:00", SHANGHAI)


def test_a_closed_month_is_its_business_days() -> None:
    span = span_of_month("2026-12", SHANGHAI, 4)
    assert (span.start, span.end) == (
        at("2026-12-01T04:00", SHANGHAI),
        at("2027-01-01T04:00", SHANGHAI) - timedelta(microseconds=1),
    )


def test_files_are_called_so_that_every_system_takes_it() -> None:
    due = at("2026-03-04T06:30", SHANGHAI)
    assert run_file_name("库存: 冷库/早班", due, SHANGHAI, "xlsx") == "库存_ 冷库_早班 2026-03-04 0630.xlsx"
    assert run_file_name("Books", due, SHANGHAI, "pdf", "2026-02") == "Books 2026-02 2026-03-04 063000.pdf"
    assert [stem_of(name) for name in ("CON", "a\nb", "..", "lpt1.x", " x. ")] == ["_CON", "a_b", "", "_lpt1.x", "x"]


@given(st.text(max_size=200))
def test_no_name_leaves_its_folder(name: str) -> None:
    stem = stem_of(name)
    assert not set(stem) & set('<>:"/\\|?*\0\n') and not stem.startswith(".") and len(stem.encode()) <= 151


def test_only_full_paths_are_folders() -> None:
    assert checked_folder(" /srv/reports ") == "/srv/reports"
    assert checked_folder("D:\\Reports") == "D:\\Reports"
    assert checked_folder("\\\\server\\share") == "\\\\server\\share"
    for wrong in ("", "reports", "./x", "/srv/\0x"):
        with pytest.raises(InvalidInput):
            checked_folder(wrong)
