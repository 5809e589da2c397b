"""Figures out of an item's own pattern: usage, waste, prices paid, counts."""

from __future__ import annotations

from datetime import date

from core.alerts.steps.unusual_paid import unusual_counts, unusual_prices
from core.alerts.steps.unusual_usage import unusual_usage, unusual_waste
from core.alerts.types.unusual import Unusual
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission

MOST_DAYS = 92


@query(Permission.STOCK_VIEW)
def find_unusual(uow: UnitOfWork, *, start: date, end: date | None = None) -> list[Unusual]:
    """Usage, waste, prices and counts that do not fit the item's own past, furthest out first.

    On the business days from `start` to `end` (None: that one day). A day's usage is held against the same weekday of up to
    sixteen weeks, with what moves all items alike and the same weeks of last year taken into account; what moves seldom
    against its weeks, or the times it moved; at least eight weeks must be known. Prices need the right to see cost. Each
    says what was found, what was to be expected, and the entries behind it. Raises InvalidInput for a span that ends
    before it starts or is longer than 92 days. Source: Iglewicz and Hoaglin (1993), modified z-scores.
    """
    last = end or start
    if last < start:
        raise InvalidInput(_("The period ends before it starts."), field="end")
    if (last - start).days >= MOST_DAYS:
        raise InvalidInput(_("At most {n} days at once.", n=MOST_DAYS), field="end")
    found = unusual_usage(uow, start, last) + unusual_waste(uow, start, last)
    if uow.may(Permission.COST_VIEW):
        found += unusual_prices(uow, start, last)
    found += unusual_counts(uow, start, last)
    return sorted(found, key=lambda one: (-one.score, one.item_id, one.day))
