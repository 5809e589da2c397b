"""Goods that do not move: the band an item stands in is always the one its own days say, to the first moment of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from core import costing
from core.clock import FixedClock, day_starts_at
from core.costing.rules.dead import BANDS
from core.office import Office
from core.stock import NewLine
from db.enums import PostingKind as K
from tests.core.costing.house import make_room

D = Decimal
LAST, JUNE = date(2026, 5, 31), datetime(2026, 6, 20, 4, tzinfo=UTC)
BEGIN = datetime(2025, 1, 10, 4, tzinfo=UTC)


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize(("days", "moved"), [(0, 0), (0, -1), (0, 1), (1, 0), (-1, 0)])
def test_the_first_moment_of_a_day_belongs_to_that_day(
    office: Office, clock: FixedClock, band: int, days: int, moved: int
) -> None:
    """Used so many days before the month's end, at the very start of the day or a microsecond beside it."""
    room, site = make_room(office), office.site
    day = LAST - timedelta(days=band + days)
    at = day_starts_at(day, site.zone, site.day_start_hour) + timedelta(microseconds=moved)
    clock.at = JUNE
    item = room.items[0]
    room.post(K.RECEIPT, NewLine(item, D(10), location_id=1, value=D(50)), at=BEGIN)
    room.post(K.ISSUE, NewLine(item, D(1), location_id=1), at=at.astimezone(UTC))
    unused = band + days + (moved < 0)
    wanted = next((one for one in BANDS if unused >= one), None)
    found = office.ask(costing.get_month_review, month="2026-05").dead
    assert [row.days for row in found.rows] == ([unused] if wanted else [])
    assert [one.days for one in found.bands if one.items] == ([wanted] if wanted else [])
