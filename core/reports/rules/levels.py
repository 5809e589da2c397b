"""When an item was out of stock, from its quantity at the end and what moved on each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


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


def stock_outs(
    items: Iterable[tuple[int, int, Mapping[date, int]]], first: date, last: date
) -> Iterator[tuple[int, StockOut]]:
    """The items that were out at the end of some of the days from `first` to `last`, of (item, quantity at the end of the
    last day, changes by day with the last day first). Reckoned backwards from the end, so nothing before the period is
    needed."""
    for key, closing, moved in items:
        if closing > 0 and not moved:
            continue
        out = _of_one(closing, moved, (first, last))
        if out is not None:
            yield key, out


def _of_one(closing: int, moved: Mapping[date, int], period: tuple[date, date]) -> StockOut | None:
    """From change to change: between two of them the quantity at the end of the days is the same."""
    begin, until = period
    left, out_days, times, first, was_out = closing, 0, 0, until, False
    for day, qty in moved.items():
        if day <= begin:
            break
        if left <= 0:
            out_days, first, times = out_days + (until - day).days + 1, day, times + (not was_out)
        was_out, until = left <= 0, day - DAY
        left -= qty
    if left <= 0:
        out_days, first, times = out_days + (until - begin).days + 1, begin, times + (not was_out)
    return StockOut(out_days, times, first, closing) if out_days else None
