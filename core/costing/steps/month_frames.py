"""A month beside the one it is compared with: spans, reviews, bridges, budgets; what the review and its figures start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.clock import business_day
from core.costing.rules import Days
from core.costing.rules.months import Month
from core.costing.steps.bridges import Bridges, bridges_of
from core.costing.steps.budgets import budget_of_month
from core.costing.steps.closings import month_moments
from core.costing.steps.month_pair import Pair, pair_of
from core.costing.steps.periods import period_moments
from core.costing.steps.review_rows import Span
from core.costing.steps.section_names import Sections
from core.costing.steps.sums import category_facts
from core.costing.types import ReviewRow
from core.costing.types.figures import Against
from core.errors import InvalidInput
from core.i18n import _
from core.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Spans:
    """Which moments are compared. `is_running`: the month is not over; then it is compared with as much of the other."""

    month: Month
    other: Month
    now: Span
    before: Span
    is_running: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A month and the one compared with, read and explained."""

    spans: Spans
    against: Against
    pair: Pair
    sections: Sections
    made: Bridges
    categories: Mapping[int, Any]
    budgets: Mapping[int, int]

    @property
    def rows(self) -> Mapping[int, ReviewRow]:
        """The line of each item that cost something."""
        return self.made.rows

    @property
    def budget(self) -> int | None:
        """The whole site's budget that the bridge starts from; None when it does not start from one."""
        return self.budgets.get(0) if self.against is Against.BUDGET else None


def spans_of(uow: UnitOfWork, month: Month, against: Against) -> Spans:
    """The moments of a month and of the one it is compared with. Raises InvalidInput for a month that has not begun."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    start, end = month_moments(uow, month)
    if start > uow.now:
        raise InvalidInput(_("The month {month} has not begun.", month=month.text), field="month")
    other = month.a_year_before if against is Against.LAST_YEAR else month.before
    before = month_moments(uow, other)
    if uow.now >= end:
        return Spans(month, other, (start, end), before, False)
    today = business_day(uow.now, zone, hour)
    left = period_moments(Days(today, today), zone, hour)[1] - uow.now
    same_day = other.first + timedelta(days=min(today.day, other.last.day) - 1)
    until = period_moments(Days(other.first, same_day), zone, hour)[1] - left
    return Spans(month, other, (start, uow.now), (before[0], until), True)


def frame_of(uow: UnitOfWork, month: Month, against: Against, *, only_moved: bool = False) -> Frame:
    """Everything a month's review starts from; with `only_moved` lines of items of which something happened (`pair_of`)."""
    spans = spans_of(uow, month, against)
    pair = pair_of(uow, spans.now, spans.before, only_moved=only_moved)
    sections = Sections(uow)
    made = bridges_of(uow, pair, sections)
    return Frame(
        spans=spans,
        against=against,
        pair=pair,
        sections=sections,
        made=made,
        categories=category_facts(uow),
        budgets=budget_of_month(uow, month),
    )
