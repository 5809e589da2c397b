"""The age of stock: what is there is taken to be what came in last."""

from __future__ import annotations

from collections.abc import Sequence

BOUNDS = (30, 90, 180, 365)
DAY = 86_400_000_000


def age_shares(qty: int, arrivals: Sequence[tuple[int, int]], now: int) -> list[int]:
    """`qty` millionths spread over the ages 0-30, 31-90, 91-180, 181-365 days and older; the parts sum to `qty`.

    `arrivals` are (moment in microseconds, millionths), newest first; stock nobody can explain counts as oldest.
    """
    shares = [0] * (len(BOUNDS) + 1)
    for at, take in age_parts(qty, arrivals):
        shares[-1 if at is None else bucket_of((now - at) // DAY)] += take
    return shares


def age_parts(qty: int, arrivals: Sequence[tuple[int, int]]) -> list[tuple[int | None, int]]:
    """What of `qty` came in with which arrival, newest first: (its moment, millionths); None for what nobody explains."""
    parts: list[tuple[int | None, int]] = []
    left = qty
    for at, came in arrivals:
        if left <= 0:
            break
        take = min(left, came)
        parts.append((at, take))
        left -= take
    return [*parts, (None, left)] if left > 0 else parts


def bucket_of(days: int) -> int:
    """Which age a number of days belongs to."""
    return sum(1 for bound in BOUNDS if days > bound)
