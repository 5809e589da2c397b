"""Whether a figure fits an item's own past: medians and median deviations, never means, so that one odd day in the past
neither hides nor makes another.

Source: B. Iglewicz and D. Hoaglin, "How to Detect and Handle Outliers" (1993), the modified z-score (deviation from the
median by 1.4826 times the median absolute deviation); figures that are counted are taken by their square root, whose spread
hardly depends on the level (M. S. Bartlett, 1936). Floats are only weighed here, never stored or summed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from math import gcd, log, sqrt
from statistics import median

WEEKS = 16
DAYS = WEEKS * 7
LEAST_WEEKS = 8
LIMIT = 4.5
REGULAR = 0.4
LEAST_SIZES = 8
LEAST_FEW = 3
LIMIT_FAR = 3.0
RUN_LIMIT = 11.5
LEAST_PRICES = 5
LEAST_COUNTS = 4
MISCOUNTED = 0.6
NORMAL = 1.4826
Days = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure against its past; `score` 0 when it fits. `days` is how many days the figure is of, `n` how many figures of
    the past it was held against."""

    value: int
    expected: int
    low: int
    high: int
    score: float
    days: int = 1
    n: int = 0

    @property
    def is_odd(self) -> bool:
        """Whether it does not fit."""
        return self.score >= LIMIT


FITS = Judged(0, 0, 0, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of all items together: days without trade, and by day how much more or less than usual all items move
    (a shift of the square root relative to it: 0.1 is about a fifth more)."""

    closed: frozenset[int] = frozenset()
    shift: Mapping[int, float] | None = None

    def common(self, day: int) -> float:
        """The shift of all items on a day."""
        return self.shift.get(day, 0.0) if self.shift else 0.0


NOTHING = Around()


def spread(residuals: Sequence[float]) -> float:
    """A robust standard deviation: 1.4826 times the median absolute deviation."""
    return NORMAL * median(abs(one) for one in residuals) if residuals else 0.0


def judge_day(days: Days, day: int, first: int, around: Around = NOTHING, last_year: float = 0.0) -> Judged:
    """A day's quantity against the same weekday of the weeks before (at most 16, at least 8), the spread taken from all
    days of that time; the level follows the last four weeks and what moves all items alike. Before the limit counts, the
    figure must be beyond every such weekday, and half as much again or half as little. `last_year` is how the item moved
    a year ago at this time of the year against the months before: where that explains the figure it is no oddity."""
    past = [day - 7 * back for back in range(1, WEEKS + 1)]
    known = [one for one in past if one >= first and one not in around.closed]
    value = days.get(day, 0)
    if len(known) < LEAST_WEEKS or day in around.closed:
        return FITS
    same = [days.get(one, 0) for one in known]
    if not (value > max(same) or value < min(same)):
        return FITS
    return _against_weekdays(days, day, first, around, same, last_year)


def _against_weekdays(
    days: Days, day: int, first: int, around: Around, same: Sequence[int], last_year: float
) -> Judged:
    centres = _centres(days, day, first, around)
    if day % 7 not in centres:
        return FITS
    residuals = [
        (sqrt(days.get(one, 0)) - centres[one % 7], one)
        for one in range(max(first, day - DAYS), day)
        if one not in around.closed and one % 7 in centres
    ]
    level = median(one for one, at in residuals if at >= day - 28) if residuals else 0.0
    centre = centres[day % 7] + level
    wide = max(spread([one - level for one, _at in residuals]), 0.5 * sqrt(_step(days)), 0.07 * centre)
    return _nearest(days.get(day, 0), centre, wide, (around.common(day), last_year), same)


def _nearest(value: int, centre: float, wide: float, shifts: Sequence[float], same: Sequence[int]) -> Judged:
    """Judged with and without the shifts that may explain it, the mildest verdict."""
    together = sum(shifts)
    verdicts = [_judged(value, max(centre * (1 + shift), 0.0), wide, len(same)) for shift in {0.0, *shifts, together}]
    mildest = min(verdicts, key=lambda one: one.score)
    is_far = value * 2 >= mildest.expected * 3 or value * 2 <= mildest.expected
    return mildest if is_far else FITS


def _judged(value: int, centre: float, wide: float, n: int) -> Judged:
    score = abs(sqrt(max(value, 0)) - centre) / wide if wide else 0.0
    low, high = max(centre - 2.5 * wide, 0.0), centre + 2.5 * wide
    return Judged(value, round(centre**2), round(low**2), round(high**2), score, 1, n)


def _centres(days: Days, day: int, first: int, around: Around) -> dict[int, float]:
    """By weekday the median of square roots over the weeks before."""
    found: dict[int, list[float]] = {}
    for one in range(max(first, day - DAYS), day):
        if one not in around.closed:
            found.setdefault(one % 7, []).append(sqrt(days.get(one, 0)))
    return {weekday: median(roots) for weekday, roots in found.items()}


def _step(days: Days) -> int:
    """The smallest quantity the item moves in: 1 piece, 12 of a case, 0.1 kg."""
    return reduce(gcd, days.values(), 0)


def is_regular(days: Days, day: int, first: int) -> bool:
    """Whether the item moves on at least two days of five."""
    start = max(first, day - DAYS)
    moved = sum(1 for one in days if start <= one < day and days[one])
    return moved >= REGULAR * max(day - start, 1)


def judge_week(days: Days, day: int, first: int, *, least_share: float = 0.5) -> Judged:
    """The sum of the seven days up to a day against the sums of the weeks before, for what moves now and then; only too
    much is told, and at least half as much again as the largest of them."""
    ends = [day - 7 * back for back in range(1, WEEKS)]
    known = [end for end in ends if end - 6 >= first]
    if len(known) < LEAST_WEEKS:
        return FITS
    sums = [sum(days.get(end - back, 0) for back in range(7)) for end in known]
    value = sum(days.get(day - back, 0) for back in range(7))
    moved = sum(1 for one in sums if one)
    if moved < least_share * len(sums) or value * 2 < max(sums) * 3:
        return FITS
    found = _against(value, sums, _step(days))
    return Judged(value, found.expected, found.low, found.high, found.score, 7, len(sums))


def judge_size(days: Days, day: int) -> Judged:
    """One day's quantity against the days on which anything moved at all, for what moves seldom; only too much is told: at
    least twice the largest of eight or more and clearly out, or more than three times the largest of three or more."""
    value = days.get(day, 0)
    if any(qty * 2 > value for one, qty in days.items() if day - DAYS <= one < day):
        return FITS
    sizes = [qty for one, qty in days.items() if day - DAYS <= one < day and qty > 0]
    if len(sizes) < LEAST_FEW or value < 2 * max(sizes):
        return FITS
    found = _against(value, sizes, _step(days))
    if value > 3 * max(sizes) and found.score >= LIMIT_FAR:
        return replace(found, score=max(found.score, LIMIT * found.score / LIMIT_FAR))
    return found if len(sizes) >= LEAST_SIZES else FITS


def judge_rare(wasted: Days, used: Days, day: int, first: int) -> Judged:
    """Waste of what is seldom wasted: three times the largest of at least four times before; or, where there were fewer,
    three times all before and more than two days' usage of an item known for eight weeks. Less than three of the smallest
    quantity the item moves in is never told. `n` 0 says it was held against usage, `high` then is a day's usage."""
    past = [qty for one, qty in wasted.items() if one < day]
    value = wasted.get(day, 0)
    if value < 3 * gcd(_step(used), _step(wasted)):
        return FITS
    if len(past) >= LEAST_SIZES // 2:
        found = _against(value, past, _step(wasted))
        return found if value >= 3 * max(past) and found.score >= LIMIT else FITS
    known = day - max(first, day - DAYS)
    a_day = sum(qty for one, qty in used.items() if one < day) // max(known, 1)
    if known < 7 * LEAST_WEEKS or not a_day or value <= max(2 * a_day, 3 * max(past, default=0)):
        return FITS
    return Judged(value, 0, 0, a_day, LIMIT * value / (2 * a_day), 1, 0)


def _against(value: int, past: Sequence[int], step: int) -> Judged:
    roots = [sqrt(one) for one in past]
    centre = median(roots)
    wide = max(spread([one - centre for one in roots]), 0.5 * sqrt(step), 0.1 * centre)
    return _judged(value, centre, wide, len(past))


def judge_run(days: Days, day: int, first: int, around: Around = NOTHING) -> Judged:
    """Days without anything in a row, up to a day: unusual when by the item's past, weekday by weekday, so many empty days
    come less than once in a hundred thousand. The past is the weeks before the run began."""
    run = _empty_until(days, day, first, around)
    if run < 3 or run < 1.5 * _longest_before(days, day - run, first, around):
        return FITS
    begin, surprise, counted = day - run, 0.0, 0
    for one in range(begin + 1, day + 1):
        if one in around.closed:
            continue
        past = [one - 7 * back for back in range(1, WEEKS + 1)]
        known = [at for at in past if first <= at <= begin and at not in around.closed]
        if len(known) < LEAST_WEEKS:
            return FITS
        empty = sum(1 for at in known if days.get(at, 0) == 0)
        surprise -= log((empty + 1) / (len(known) + 2))
        counted += 1
    if surprise < RUN_LIMIT or counted < 3:
        return FITS
    usual = [days.get(at, 0) for at in range(max(first, begin - 28), begin + 1) if at not in around.closed]
    expected = round(sum(usual) / max(len(usual), 1) * counted)
    return Judged(0, expected, expected // 2, expected * 2, LIMIT * surprise / RUN_LIMIT, counted, len(usual))


def _empty_until(days: Days, day: int, first: int, around: Around) -> int:
    """How many days in a row, up to a day, had nothing; days without trade are passed over."""
    run = 0
    while day - run >= first and run < DAYS // 2 and (days.get(day - run, 0) == 0 or day - run in around.closed):
        run += 1
    return run


def _longest_before(days: Days, day: int, first: int, around: Around) -> int:
    """The longest row of empty days in the weeks before, up to a day."""
    longest = run = 0
    for one in range(max(first, day - DAYS), day + 1):
        run = run + 1 if days.get(one, 0) == 0 or one in around.closed else 0
        longest = max(longest, run)
    return longest


def judge_price(prices: Sequence[float], value: float) -> tuple[float, float, float, float]:
    """A price against those paid before, oldest first (at least five): expected, low, high and score. Prices move in steps
    and drift, so the level is the median of the last five and the spread that of the steps between them, at least three
    per cent; less than a sixth up or down is never told."""
    if len(prices) < LEAST_PRICES or value <= 0 or min(prices) <= 0:
        return 0.0, 0.0, 0.0, 0.0
    level = median(prices[-5:])
    steps = [log(after / before) for before, after in pairwise(prices)]
    wide = max(NORMAL * median(abs(one) for one in steps), spread([log(one / level) for one in prices[-12:]]), 0.03)
    away = abs(log(value / level))
    last = abs(log(value / prices[-1]))
    score = min(away, last) / wide if min(away, last) >= 1 / 6 else 0.0
    factor = 2.718281828459045 ** (2.5 * wide)
    return level, level / factor, level * factor, score


def judge_count(shares: Sequence[float], value: float, step: float = 0.0) -> tuple[float, float, float]:
    """A count's difference by what was expected, against the item's earlier counts (at least four): low, high and score.
    `step` is the smallest quantity the item is counted in by what was expected: one or two pieces of few are soon
    miscounted. The spread is at least three per cent, and most of a step; less than a tenth is never told."""
    if len(shares) < LEAST_COUNTS or abs(value) < 0.1:
        return 0.0, 0.0, 0.0
    centre = median(shares)
    wide = max(spread([one - centre for one in shares]), 0.03, MISCOUNTED * step)
    beyond = value > max(shares) or value < min(shares)
    return centre - 2.5 * wide, centre + 2.5 * wide, abs(value - centre) / wide if beyond else 0.0


def common_shift(figures: Sequence[tuple[Days, int]], day: int, closed: frozenset[int]) -> float:
    """How all items move on a day against their own weekdays, by the median over those that move regularly (each with the
    first day it was known); 0 when they are fewer than ten."""
    found = []
    for days, first in figures:
        same = [sqrt(days.get(day - 7 * back, 0)) for back in range(1, WEEKS + 1) if day - 7 * back >= first]
        centre = median(same) if len(same) >= LEAST_WEEKS else 0.0
        if centre:
            found.append(sqrt(days.get(day, 0)) / centre - 1)
    return median(found) if len(found) >= 10 and day not in closed else 0.0


def season_shift(days: Days, day: int) -> float:
    """How the item moved a year ago (364 days, the same weekday) in the three weeks around this day against the two months
    before; 0 without at least ten days with movement in each."""
    then = day - 364
    around = [sqrt(days[one]) for one in range(then - 10, then + 11) if days.get(one, 0) > 0]
    before = [sqrt(days[one]) for one in range(then - 71, then - 10) if days.get(one, 0) > 0]
    if len(around) < 10 or len(before) < 10:
        return 0.0
    base = median(before)
    return min(max(median(around) / base - 1, -0.9), 3.0) if base else 0.0


def closed_days(totals: Mapping[int, int], first: int, last: int) -> frozenset[int]:
    """Days on which next to nothing moves on the whole site: fewer than a fifth of the items of a usual such weekday."""
    found = set()
    for day in range(first, last + 1):
        same = [totals.get(day + 7 * away, 0) for away in range(-6, 7) if away and first <= day + 7 * away <= last]
        if same and totals.get(day, 0) * 5 < median(same):
            found.add(day)
    return frozenset(found)
