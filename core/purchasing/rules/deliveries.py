"""When a supplier comes next, and until when one can order for it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.purchasing.types.ordering import Slot, SupplierFacts

LOOK_AHEAD = 366
END_OF_DAY = time(23, 59)


def delivers_on(day: date, facts: SupplierFacts) -> bool:
    """Whether a supplier delivers on a day; without delivery days every day is one."""
    is_day = not facts.delivery_days or bool(facts.delivery_days >> day.weekday() & 1)
    return is_day and day not in facts.closed_on


def next_delivery(now: datetime, facts: SupplierFacts) -> Slot | None:
    """The next delivery that can still be ordered at `now`, an aware moment in the site's zone.

    Up to the cut-off an order counts as placed today, later as placed tomorrow; lead days are calendar days; then the
    first delivery day counts. None when the supplier delivers on no day of the next year.
    """
    last = facts.cutoff or END_OF_DAY
    is_late = now.time().replace(second=0, microsecond=0) > last
    earliest = now.date() + timedelta(days=facts.lead_days + is_late)
    for ahead in range(LOOK_AHEAD):
        day = earliest + timedelta(days=ahead)
        if delivers_on(day, facts):
            order_day = day - timedelta(days=facts.lead_days)
            return Slot(day, datetime.combine(order_day, last, now.tzinfo))
    return None
