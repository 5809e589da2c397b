"""Figures out of an item's own pattern."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from core.alerts.queries.unusual import find_unusual
from core.alerts.steps.stand import Stand
from core.alerts.types.inbox import UNUSUAL, Found

MOST_ENTRIES = 50


def unusual(stand: Stand, limits: Mapping[str, Decimal]) -> list[Found]:
    """What was out of the usual on the last business days, today too: usage, waste, prices, counts of each item."""
    start = stand.today - timedelta(days=int(limits["days"]) - 1)
    return [
        Found(
            UNUSUAL,
            one.item_id,
            {
                "item": one.item, "words": one.words, "figure": str(one.kind), "day": one.day,
                "entries": one.entries[:MOST_ENTRIES],
            },
            part=f"{one.kind}:{one.day.isoformat()}",
        )
        for one in find_unusual(stand.uow, start=start, end=stand.today)
    ]  # fmt: skip
