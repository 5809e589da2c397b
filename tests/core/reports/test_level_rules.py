"""When an item was out: from change to change the same as day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.reports.rules.levels import StockOut, stock_outs

FIRST = date(2026, 2, 20)


@given(
    closing=st.integers(-3, 5),
    moved=st.dictionaries(st.integers(0, 11), st.integers(-4, 4)),
    length=st.integers(1, 12),
)
def test_reckoned_from_change_to_change_as_day_by_day(closing: int, moved: dict[int, int], length: int) -> None:
    days = [FIRST + timedelta(days=number) for number in range(length)]
    changes = {
        FIRST + timedelta(days=number): qty for number, qty in sorted(moved.items(), reverse=True) if number < length
    }
    found = dict(stock_outs([(1, closing, changes)], days[0], days[-1]))
    assert found.get(1) == _day_by_day(closing, changes, days)


def _day_by_day(closing: int, moved: dict[date, int], days: list[date]) -> StockOut | None:
    level, levels = closing, []
    for day in reversed(days):
        levels.append(level)
        level -= moved.get(day, 0)
    levels.reverse()
    out = [at for at, one in enumerate(levels) if one <= 0]
    if not out or (closing > 0 and not moved):
        return None
    times = sum(1 for at in out if at + 1 == len(days) or levels[at + 1] > 0)
    return StockOut(len(out), times, days[out[0]], closing)
