"""Questions about figures that look like slips of the hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.i18n import Text


class SlipKind(StrEnum):
    """What looks wrong."""

    NEGATIVE = "negative"
    PRICE_ZERO = "price_zero"
    TIMES_TEN = "times_ten"
    TIMES_HUNDRED = "times_hundred"
    TENTH = "tenth"
    HUNDREDTH = "hundredth"
    FAR = "far"
    PRICE_JUMP = "price_jump"
    FUTURE = "future"
    PASSED = "passed"
    LONG_AGO = "long_ago"
    BELOW_MINIMUM = "below_minimum"
    OFF_MULTIPLE = "off_multiple"


@dataclass(frozen=True, slots=True)
class Slip:
    """A question to who typed a figure. `usual` is what the figure was expected to be, `percent` how far it is off (signed,
    one decimal). Refused ones cannot be answered with yes."""

    kind: SlipKind
    field: str
    text: Text
    usual: Decimal | date | None = None
    percent: Decimal | None = None
    is_refused: bool = False

    @property
    def key(self) -> str:
        """Under what the question is answered when the same call is repeated."""
        return f"{self.field}_{self.kind}"
