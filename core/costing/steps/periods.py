"""Business days as moments, on the site's clock."""

from __future__ import annotations

from datetime import datetime

from core.clock import day_ends_at, day_starts_at
from core.costing.rules import Days


def period_moments(days: Days, zone: str, day_start_hour: int) -> tuple[datetime, datetime]:
    """The first and the last moment of a period of business days."""
    return day_starts_at(days.first, zone, day_start_hour), day_ends_at(days.last, zone, day_start_hour)
