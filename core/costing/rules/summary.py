"""What the written summary speaks of: the whole first, then why, then what is most money; at most eight sentences."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

MOST = 8
SMALLEST_SHARE = 400
"""What is less than 0.25 % of the month's cost is not spoken of."""


class Topic(StrEnum):
    """What a sentence is about."""

    TOTAL = "total"
    ESTIMATE = "estimate"
    BUDGET = "budget"
    PRICE = "price"
    QUANTITY = "quantity"
    MIX = "mix"
    WASTE = "waste"
    COUNTS = "counts"
    OTHER = "other"
    MOVERS = "movers"
    DEAD = "dead"
    ACCRUALS = "accruals"


FIRST = (Topic.TOTAL, Topic.ESTIMATE, Topic.BUDGET)
"""Spoken of whenever there is something to say, in this order."""
WHY = (Topic.PRICE, Topic.QUANTITY, Topic.MIX, Topic.WASTE, Topic.COUNTS, Topic.OTHER)
"""What made the cost other than before: the heaviest of these stands right behind the whole."""


def topics(weights: Mapping[Topic, int], cost: int) -> list[Topic]:
    """Which topics are spoken of, in order. `weights` is how much money each is about (minor units), `cost` what the month
    cost; a topic without weight has nothing to say."""
    leading = [topic for topic in FIRST if topic in weights]
    rest = [topic for topic in Topic if topic not in FIRST and topic in weights]
    least = abs(cost) // SMALLEST_SHARE
    heavy = [topic for topic in rest if abs(weights[topic]) > least]
    heavy.sort(key=lambda topic: -abs(weights[topic]))
    reason = next((topic for topic in heavy if topic in WHY), None)
    if reason is not None:
        heavy.remove(reason)
        heavy.insert(0, reason)
    return (leading + heavy)[:MOST]
