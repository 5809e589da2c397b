"""The quantities of one item at one place and lot along time, to judge what is posted with an earlier date."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field


@dataclass(order=True, frozen=True, slots=True)
class Point:
    """A change at (moment, entry); `is_count` when it set the quantity rather than changed it."""

    at: int
    entry_id: int
    delta: int = field(compare=False)
    is_count: bool = field(compare=False, default=False)


class Timeline:
    """Points in order of time. Quantities are millionths of the base unit."""

    def __init__(self, points: list[Point] | None = None) -> None:
        self.points: list[Point] = sorted(points or [])

    def add(self, point: Point) -> None:
        """Put a point in its place."""
        insort(self.points, point)

    def qty_at(self, at: int) -> int:
        """What was there after everything up to and at this moment."""
        return sum(point.delta for point in self.points[: self._after(at)])

    def lowest_from(self, at: int) -> int:
        """The least that was there at this moment or later, until a count set it anew."""
        run = lowest = self.qty_at(at)
        for point in self.points[self._after(at) :]:
            if point.is_count:
                break
            run += point.delta
            lowest = min(lowest, run)
        return lowest

    def next_count(self, at: int) -> Point | None:
        """The first count later than this moment."""
        return next((point for point in self.points[self._after(at) :] if point.is_count), None)

    def _after(self, at: int) -> int:
        return bisect_right(self.points, at, key=lambda point: point.at)
