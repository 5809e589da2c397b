"""Whether there is enough of an item, seen from its stock policy."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NEAR = Decimal("1.2")


class Level(StrEnum):
    """How stock stands against its policy. NONE: nobody said how much should be there."""

    BELOW = "below"
    SOON = "soon"
    OVER = "over"
    GOOD = "good"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Policy:
    """How much should be there, in base units; what is None was not said."""

    minimum: Decimal | None = None
    safety: Decimal | None = None
    maximum: Decimal | None = None
    reorder_point: Decimal | None = None

    @property
    def floor(self) -> Decimal | None:
        """What stock must not fall below: the higher of minimum and safety stock."""
        said = [level for level in (self.minimum, self.safety) if level is not None]
        return max(said) if said else None

    @property
    def near(self) -> Decimal | None:
        """From here down it is time to order: the reorder point, else a fifth above the floor."""
        if self.reorder_point is not None:
            return self.reorder_point
        return None if self.floor is None else self.floor * NEAR


def level_of(qty: Decimal, policy: Policy | None) -> Level:
    """How a quantity in base units stands against a policy; less than nothing is always too little."""
    if qty < 0:
        return Level.BELOW
    if policy is None or (policy.near is None and policy.maximum is None):
        return Level.NONE
    if policy.floor is not None and qty < policy.floor:
        return Level.BELOW
    if policy.near is not None and qty <= policy.near:
        return Level.SOON
    if policy.maximum is not None and qty > policy.maximum:
        return Level.OVER
    return Level.GOOD
