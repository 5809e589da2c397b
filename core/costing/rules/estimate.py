"""What the days left of a month will probably cost, and how sure that is.

Each day is taken to cost what its weekday did on average in the weeks before. The range is a prediction interval: it holds
four of five outcomes (80 %) when days keep differing from their weekday's mean, and weeks from each other, as they did.
Source: the prediction interval of a mean with Student's t (as in Montgomery, Runger: Applied Statistics and Probability for
Engineers, "Prediction interval for a future observation"), with the larger of the spreads seen between days and between
weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from core.values import round_half_up

WEEK = 7
WEEKS = 8
"""So many weeks before today say what a weekday costs."""
FEWEST_WEEKS = 3
"""With fewer there is no range."""
# The value that Student's t exceeds with 10 %, in thousandths, by degrees of freedom from 1.
_T_TENTH = (3078, 1886, 1638, 1533, 1476, 1440, 1415, 1397, 1383, 1372)
_T_MANY = 1300


@dataclass(frozen=True, slots=True)
class Expected:
    """What days will cost, in minor units; `low` and `high` hold it in four of five cases, None when too little is known."""

    amount: int
    low: int | None
    high: int | None
    weeks: int


def whole_weeks(days: int) -> int:
    """How many whole weeks so many days of history give, at most `WEEKS`."""
    return min(WEEKS, days // WEEK)


def expected_of(past: Sequence[int], days_left: int) -> Expected | None:
    """What the next `days_left` days will cost. `past` is what every day cost until yesterday, the oldest first; its last
    whole weeks count. None when there is not one whole week."""
    weeks = whole_weeks(len(past))
    if not weeks:
        return None
    days = list(past[-weeks * WEEK :])
    means = [Fraction(sum(days[place::WEEK]), weeks) for place in range(WEEK)]
    ahead = [days_left // WEEK + (1 if place < days_left % WEEK else 0) for place in range(WEEK)]
    exact = sum((count * mean for count, mean in zip(ahead, means, strict=True)), Fraction(0))
    amount = round_half_up(exact.numerator, exact.denominator)
    if weeks < FEWEST_WEEKS:
        return Expected(amount, None, None, weeks)
    reach = _reach(days, means, ahead)
    return Expected(amount, amount - reach, amount + reach, weeks)


def _reach(days: Sequence[int], means: Sequence[Fraction], ahead: Sequence[int]) -> int:
    """How far the cost of the days ahead may lie from what is expected, rounded up."""
    weeks = len(days) // WEEK
    by_day = sum(((day - means[place % WEEK]) ** 2 for place, day in enumerate(days)), Fraction(0))
    by_day /= WEEK * (weeks - 1)
    sums = [sum(days[start : start + WEEK]) for start in range(0, len(days), WEEK)]
    middle = Fraction(sum(sums), weeks)
    by_week = sum(((one - middle) ** 2 for one in sums), Fraction(0)) / (weeks - 1)
    count = sum(ahead)
    day_spread = by_day * (count + Fraction(sum(one * one for one in ahead), weeks))
    share = Fraction(count, WEEK)
    week_spread = by_week * (share + share * share / weeks)
    spread = max(day_spread, week_spread)
    freedom = WEEK * (weeks - 1) if day_spread >= week_spread else weeks - 1
    t = _T_TENTH[freedom - 1] if freedom <= len(_T_TENTH) else _T_MANY
    scaled = spread * t * t
    return -(-(isqrt(scaled.numerator // scaled.denominator) + 1) // 1000)
