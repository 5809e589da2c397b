"""What the running month will probably cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """The month's end as it looks today. Days that are over count as they were; the days left, today among them, count as
    their weekday usually was in the `weeks` before.

    `opening + purchases + purchases_to_come - usage_to_come - what was used, lost and adjusted = closing`. The cost is
    expected between `low` and `high` in four of five months (80 %); both None where too little is known for a range.
    """

    as_of: date
    days_left: int
    weeks: int
    opening: Decimal
    purchases: Decimal
    purchases_to_come: Decimal
    cost_until_now: Decimal
    usage_to_come: Decimal
    closing: Decimal
    cost: Decimal
    low: Decimal | None
    high: Decimal | None
