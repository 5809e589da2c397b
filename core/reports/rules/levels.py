"""When an item was out of stock, from its quantity at the end and what moved on each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StockOut:
    """Days at whose end nothing was there, how often it ran out, the first of them, and what was there at the end."""

    days: int
    times: int
    first: date
    last: int

    @property
    def is_out(self) -> bool:
        """Whether it was out on the last day."""
        return self.last <= 0


def stock_outs(items: Mapping[int, tuple[int, Mapping[date, int]]], days: Sequence[date]) -> dict[int, StockOut]:
    """The items that were out at the end of some of the days (oldest first), from (quantity at the end of the last day,
    changes by day). Reckoned backwards from the end, so nothing before the period is needed."""
    found = {}
    for key, (closing, moved) in items.items():
        out = _of_one(closing, moved, days)
        if out is not None:
            found[key] = out
    return found


def _of_one(closing: int, moved: Mapping[date, int], days: Sequence[date]) -> StockOut | None:
    left, out_days, times, first, was_out = closing, 0, 0, None, False
    if closing > 0 and not moved:
        return None
    for day in reversed(days):
        is_out = left <= 0
        if is_out:
            out_days, first = out_days + 1, day
            times += not was_out
        was_out = is_out
        left -= moved.get(day, 0)
    return None if first is None else StockOut(out_days, times, first, closing)
