"""What the pictures of this room show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from core import purchasing
from core.clock import business_day


def some_days(office: Any) -> tuple[date, date]:
    """The last 90 days of the site."""
    today = business_day(office.clock.now(), office.site.zone, 0)
    return today - timedelta(days=89), today


def some_supplier(office: Any) -> int | None:
    """The supplier who was ordered from most."""
    start, end = some_days(office)
    rows = office.ask(purchasing.list_scorecards, start=start, end=end)
    return rows[0].supplier_id if rows else None
