"""What the days left of a month will probably cost, and how sure that is.

Each day is taken to cost what its weekday did on average in the weeks before. The range holds four of five outcomes (80 %):
it is as wide as days differed from their weekday's mean, as weeks differed from each other, and as this very estimate would
have been wrong in the weeks before, whichever is widest. Source: the prediction interval of a mean with Student's t (as in
Montgomery, Runger: Applied Statistics and Probability for Engineers, "Prediction interval for a future observation"), and
forecast errors from a rolling origin (Hyndman, Athanasopoulos: Forecasting: Principles and Practice, "Time series
cross-validation").
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
HISTORY = 16
"""So many weeks before today say how wrong the estimate would have been."""
FEWEST_WEEKS = 3
"""With fewer there is no range."""
# The value that Student's t exceeds with 10 %, in thousandths, by degrees of freedom from 1.
_T_TENTH = (3078, 1886, 1638, 1533, 1476, 1440, 1415, 1397, 1383, 1372)
_T_MANY = 1300
FEWEST_TRIED = 3
"""From so few earlier estimates nothing is concluded."""
LEAST_LEARNED = 4 * WEEK
"""An earlier estimate stands on at least so many days."""
MILLION = 1_000_000


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
    amount = _foreseen(past, days_left)
    if weeks < FEWEST_WEEKS:
        return Expected(amount, None, None, weeks)
    days = past[-weeks * WEEK :]
    reach = max(_reach(days, _means(days), days_ahead(days_left)), _missed(past, days_left, abs(amount)))
    return Expected(amount, amount - reach, amount + reach, weeks)


def _means(days: Sequence[int]) -> list[Fraction]:
    """What each weekday cost on average; the first is that of the day after `days`."""
    weeks = len(days) // WEEK
    return [Fraction(sum(days[place::WEEK]), weeks) for place in range(WEEK)]


def days_ahead(days_left: int) -> list[int]:
    """How often each weekday is among the days left; the first is that of the first day left."""
    return [days_left // WEEK + (1 if place < days_left % WEEK else 0) for place in range(WEEK)]


def _foreseen(past: Sequence[int], days_left: int) -> int:
    """What so many days after `past` cost, each like its weekday in the last weeks."""
    means = _means(past[-whole_weeks(len(past)) * WEEK :])
    exact = sum((count * mean for count, mean in zip(days_ahead(days_left), means, strict=True)), Fraction(0))
    return round_half_up(exact.numerator, exact.denominator)


def _missed(past: Sequence[int], days_left: int, amount: int) -> int:
    """How far the estimate may lie off if it is as wrong as it would have been in the weeks before, in proportion; 0 where
    too few weeks are known to tell."""
    known = past[-HISTORY * WEEK :]
    squares = []
    for until in range(len(known) - days_left, LEAST_LEARNED - 1, -WEEK):
        foreseen = _foreseen(known[:until], days_left)
        if foreseen > 0:
            error = (sum(known[until : until + days_left]) - foreseen) * MILLION // foreseen
            squares.append(error * error)
    if len(squares) < FEWEST_TRIED:
        return 0
    apart = max(1, round_half_up(len(squares) * WEEK, max(days_left, WEEK)))
    usual = isqrt(sum(squares) // len(squares)) + 1
    return -(-amount * usual * _t(apart) // (MILLION * 1000))


def _t(freedom: int) -> int:
    """Student's t with 10 % above it, in thousandths."""
    return _T_TENTH[freedom - 1] if freedom <= len(_T_TENTH) else _T_MANY


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
    t = _t(freedom)
    scaled = spread * t * t
    return -(-(isqrt(scaled.numerator // scaled.denominator) + 1) // 1000)
