"""Usage and waste out of an item's own pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.alerts.rules import unusual as rules
from core.alerts.rules import unusual_words as words
from core.alerts.rules.unusual import DAYS, FITS, Around, Judged
from core.alerts.steps.unusual_facts import ItemName, load_names
from core.alerts.steps.unusual_series import USAGE, WASTE, Series, active_items, entries_behind, load_series
from core.alerts.types.unusual import Unusual, UnusualKind
from core.clock import business_day
from core.i18n import Text
from core.uow import UnitOfWork
from core.values import from_micro, round_decimal

MOST_COMMON = 300
SEASON = timedelta(days=440)
YEAR_AGO = timedelta(days=350)
NOT_MOVED = 28
LEAST_MOVED = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A figure of an item that does not fit. `how` is the test that says so: day, week, size, run or first."""

    item_id: int
    day: int
    how: str
    judged: Judged


def unusual_usage(uow: UnitOfWork, start: date, end: date) -> list[Unusual]:
    """Usage out of pattern on the days from `start` to `end`: too much, too little, or nothing for days. Of a business day
    that is not over only too much is told."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    over = min(end, today - timedelta(days=1))
    used = load_series(uow, USAGE, start - timedelta(days=DAYS), end)
    around = _around(used, start, over)
    hits = [
        one
        for one in _days(used, around, start, end)
        if one.judged.is_odd and (one.day < today.toordinal() or one.judged.value > one.judged.expected)
    ]
    hits += [one for one in _runs(used, around, over) if one.judged.is_odd]
    return _told(uow, UnusualKind.USAGE, _by_season(uow, used, around, hits, end), start)


def unusual_waste(uow: UnitOfWork, start: date, end: date) -> list[Unusual]:
    """Waste out of pattern on those days: only too much of it."""
    wasted = load_series(uow, WASTE, start - timedelta(days=DAYS), end)
    items = [item_id for item_id, one in wasted.items() if any(_in(day, start, end) for day in one.days)]
    used = load_series(uow, USAGE, start - timedelta(days=DAYS), end, items)
    hits = []
    for item_id in items:
        own, usage = wasted[item_id], used.get(item_id, Series())
        first = min(own.first, usage.first or own.first)
        for day in sorted(one for one in own.days if _in(one, start, end)):
            how, judged = _waste(own, usage, day, first)
            if judged.is_odd:
                hits.append(Hit(item_id, day, how, judged))
    return _told(uow, UnusualKind.WASTE, hits, start)


def _waste(own: Series, usage: Series, day: int, first: int) -> tuple[str, Judged]:
    if rules.is_regular(own.days, day, first):
        judged = rules.judge_day(own.days, day, first)
        return "day", judged if judged.value > judged.expected else FITS
    judged = rules.judge_week(own.days, day, first)
    if judged.is_odd:
        return "week", judged
    judged = rules.judge_rare(own.days, usage.days, day, first)
    return ("first" if judged.n == 0 else "size"), judged


def _around(used: Mapping[int, Series], start: date, end: date) -> Around:
    """Closed days, and how all items move together on the days that are looked at; told by those that move most often."""
    first = start.toordinal() - DAYS
    closed = rules.closed_days(active_items(used), first, end.toordinal())
    often = sorted(used.values(), key=lambda one: -len(one.days))[:MOST_COMMON]
    figures = [(one.days, one.first) for one in often]
    days = range(start.toordinal(), end.toordinal() + 1)
    return Around(closed, {day: rules.common_shift(figures, day, closed) for day in days})


def _days(used: Mapping[int, Series], around: Around, start: date, end: date) -> Iterator[Hit]:
    """Figures of single days, or of seven days where an item moves only now and then."""
    begin, last = start.toordinal(), end.toordinal()
    for item_id, one in used.items():
        is_regular = rules.is_regular(one.days, begin, one.first)
        for day in range(begin, last + 1):
            if not is_regular and day not in one.days:
                continue
            judged = _pattern(one, day, around, is_regular=is_regular)
            yield Hit(item_id, day, "day" if is_regular else "week", judged)
            if day in one.days and not judged.is_odd:
                yield Hit(item_id, day, "size", rules.judge_size(one.days, day))


def _pattern(one: Series, day: int, around: Around, *, is_regular: bool) -> Judged:
    if is_regular:
        return rules.judge_day(one.days, day, one.first, around)
    return rules.judge_week(one.days, day, one.first)


def _runs(used: Mapping[int, Series], around: Around, end: date) -> Iterator[Hit]:
    """Rows of empty days that still last; after four weeks the item is idle, which others tell."""
    last = end.toordinal()
    for item_id, one in used.items():
        if len(one.days) < LEAST_MOVED or any(day in one.days for day in range(last - 2, last + 1)):
            continue
        judged = rules.judge_run(one.days, last, one.first, around)
        if judged.is_odd and judged.days <= NOT_MOVED:
            yield Hit(item_id, last, "run", judged)


def _by_season(uow: UnitOfWork, used: Mapping[int, Series], around: Around, hits: list[Hit], end: date) -> list[Hit]:
    """Drop what the same weeks of last year explain."""
    ids = {one.item_id for one in hits if one.how == "day"}
    before = load_series(uow, USAGE, end - SEASON, end - YEAR_AGO, ids) if ids else {}
    kept = []
    for one in hits:
        past = before.get(one.item_id)
        shift = rules.season_shift(past.days, one.day) if past is not None and one.how == "day" else 0.0
        own = used[one.item_id]
        if not shift or rules.judge_day(own.days, one.day, own.first, around, shift).is_odd:
            kept.append(one)
    return kept


def _in(day: int, start: date, end: date) -> bool:
    return start.toordinal() <= day <= end.toordinal()


def _told(uow: UnitOfWork, kind: UnusualKind, hits: Iterable[Hit], start: date) -> list[Unusual]:
    """The figures with names, words and the entries behind them."""
    found = list(hits)
    if not found:
        return []
    ids = {one.item_id for one in found}
    names = load_names(uow, ids)
    last = date.fromordinal(max(one.day for one in found))
    kinds = WASTE if kind is UnusualKind.WASTE else USAGE
    behind = entries_behind(uow, kinds, start - timedelta(days=6), last, ids)
    return [_unusual(kind, one, names[one.item_id], behind) for one in found]


def _unusual(kind: UnusualKind, hit: Hit, name: ItemName, behind: Mapping[tuple[int, int], list[int]]) -> Unusual:
    judged = hit.judged
    days = 7 if hit.how == "week" else 1
    entries = [one for back in range(days) for one in behind.get((hit.item_id, hit.day - back), [])]
    figures = (from_micro(one) for one in (judged.value, judged.expected, judged.low, judged.high))
    value, expected, low, high = figures
    return Unusual(
        kind, hit.item_id, name.name, date.fromordinal(hit.day), value, expected, low, high,
        round_decimal(Decimal(str(judged.score)), 1), _words(kind, hit, name), name.unit, tuple(sorted(entries)),
    )  # fmt: skip


def _words(kind: UnusualKind, hit: Hit, name: ItemName) -> Text:
    judged, day, is_waste = hit.judged, date.fromordinal(hit.day), kind is UnusualKind.WASTE
    if hit.how == "run":
        return words.run_words(day, judged.days, judged.expected, name.unit)
    if hit.how == "week":
        return words.week_words(day, judged.value, judged.high, name.unit, n=judged.n, is_waste=is_waste)
    if hit.how == "size":
        return words.size_words(day, judged.value, judged.high, name.unit, n=judged.n, is_waste=is_waste)
    if hit.how == "first":
        return words.first_waste_words(day, judged.value, judged.high, name.unit)
    return words.day_words(day, judged, name.unit, is_waste=is_waste)
