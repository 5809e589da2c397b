"""How long stock lasts at its usual usage, with the goods that arrive before it is used up."""

from __future__ import annotations

from collections.abc import Sequence


def lasts_days(usable: int, used: int, within: int, arriving: Sequence[tuple[int, int]], days: int) -> int | None:
    """After how many whole days from today an item is used up, when that is within `days`; None when it lasts longer.

    `used` millionths within `within` days say how fast it goes; `arriving` are quantities with the days until they come.
    What comes while something is still there (or on the day it ends) counts; what is late or comes after that does not.
    """
    stock = max(usable, 0)
    for qty, ahead in sorted(arriving, key=lambda one: one[1]):
        if 0 <= ahead <= stock * within // used and ahead <= days:
            stock += qty
    lasting = stock * within // used
    # Exactly `days` is within it, a moment longer is not.
    return int(lasting) if stock * within <= days * used else None
