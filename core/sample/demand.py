"""How busy a day is: the weekday, a slow season, and the day's own chance, from a real restaurant's figures."""

from __future__ import annotations

import math
from datetime import date
from functools import cache

from core.sample.tables import rows_of

WEEKDAY = (0.84, 0.86, 0.92, 0.95, 1.10, 1.22, 1.11)
MONTH = (1.06, 0.94, 0.97, 1.00, 1.03, 0.98, 1.02, 1.04, 0.99, 1.05, 0.97, 1.04)
SEASON = {"drink": (0.16, 205), "beef": (0.10, 15), "seafood": (0.06, 140)}
"""How much more of a group than over the year is asked for at its height, and the height's day of the year."""
CALMED = 0.55
BUSIEST, QUIETEST = 1.5, 0.62
COLUMN_OF_GROUP = {"seafood": "seafood", "poultry": "poultry", "beef": "beef", "pork": "pork"}


@cache
def _ratios() -> tuple[dict[str, float], ...]:
    return tuple({name: float(value) for name, value in row.items() if name != "weekday"} for row in rows_of("demand"))


def usual_of(day: date, group: str = "") -> float:
    """What a planner expects of a day, 1 for the mean of the year: cold drinks in summer, beef in winter."""
    more, height = SEASON.get(group, (0.0, 0))
    season = 1 + more * math.cos(2 * math.pi * (day.timetuple().tm_yday - height) / 365)
    return WEEKDAY[day.weekday()] * MONTH[day.month - 1] * season


def index_of(day: date, group: str = "") -> float:
    """How much was used on a day, 1 for the mean of the year: dishes of one group move together."""
    rows = _ratios()
    weeks = len(rows) // 7
    row = rows[(day.toordinal() - 1) // 7 % weeks * 7 + day.weekday()]
    house = row["total"] ** CALMED
    own = row[COLUMN_OF_GROUP.get(group, "total")] ** (CALMED / 2)
    return min(max(usual_of(day, group) * math.sqrt(house * own), QUIETEST), BUSIEST)
