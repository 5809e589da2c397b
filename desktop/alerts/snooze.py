"""Until when an alert may rest: choices a person needs no calendar for, at the site's clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.i18n import Text, _
from desktop.widgets import local_time

MORNING, EVENING = 8, 18
EVENING_UNTIL = 17
Choice = tuple[Text, datetime]


def rests(now: datetime) -> tuple[Choice, ...]:
    """The choices at a moment, shortest first; each a later moment (aware)."""
    here = local_time(now)
    day = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    found: list[Choice] = [(_("For an hour"), here + timedelta(hours=1))]
    if here.hour < EVENING_UNTIL:
        found.append((_("Until this evening (18:00)"), day.replace(hour=EVENING)))
    to_monday = 7 - day.weekday()
    return (
        *found,
        (_("Until tomorrow morning (08:00)"), day + timedelta(days=1)),
        (_("For three days"), day + timedelta(days=3)),
        (_("Until Monday morning"), day + timedelta(days=to_monday)),
        (_("For a week"), day + timedelta(days=7)),
        (_("For a month"), day + timedelta(days=30)),
    )


def tomorrow(now: datetime) -> datetime:
    """Tomorrow morning, what the key means."""
    here = local_time(now)
    return here.replace(hour=MORNING, minute=0, second=0, microsecond=0) + timedelta(days=1)
