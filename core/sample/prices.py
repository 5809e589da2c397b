"""Prices that drift: vegetables by the week, fish a little, goods in tins by a step now and then."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

from core.sample.tables import ItemSpec
from core.values import round_decimal

DAILY_DRIFT = {"veg": 0.030, "seafood": 0.016, "pork": 0.009, "beef": 0.006, "poultry": 0.008, "egg": 0.006}
OTHER_DRIFT = 0.0
PULL = 0.965
STEP_CHANCE, STEP_SIZE = 0.006, 0.05
CREPT = {
    "veg": 0.055, "seafood": 0.045, "pork": -0.075, "beef": 0.085, "poultry": 0.02, "egg": 0.04, "grain": 0.03,
    "sauce": 0.025, "dried": 0.06, "drink": 0.02, "shop": 0.03, "house": 0.015,
}  # fmt: skip
"""How much dearer goods became in the year before the sample's own months; pork became cheaper."""


class Prices:
    """Today's price of every item, as a factor on its list price; `dearer` holds what is dearer today only."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._off: dict[str, float] = {}
        self._years = 0.0
        self.dearer: Mapping[str, float] = {}

    def next_day(self, specs: list[ItemSpec], *, back: int = 0) -> None:
        """A day passes, so many days before the sample's own months."""
        self._years = back / 365
        for spec in specs:
            drift = DAILY_DRIFT.get(spec.group, OTHER_DRIFT)
            off = self._off.get(spec.code, 0.0)
            if drift:
                self._off[spec.code] = off * PULL + self._chance.gauss(0, drift)
            elif self._chance.random() < STEP_CHANCE:
                self._off[spec.code] = self._chance.uniform(-STEP_SIZE / 2, STEP_SIZE)

    def of_base_unit(self, spec: ItemSpec) -> float:
        """What one base unit costs today."""
        crept: float = (1 + CREPT.get(spec.group, 0.0)) ** -self._years
        return spec.price * crept * (1 + self._off.get(spec.code, 0.0)) * self.dearer.get(spec.code, 1.0)

    def of_pack(self, spec: ItemSpec) -> Decimal:
        """What one purchase unit costs today, as a price list writes it."""
        price = self.of_base_unit(spec) * float(spec.pack)
        digits = 0 if price >= 200 else 1 if price >= 5 else 2
        return max(round_decimal(Decimal(f"{price:.6f}"), digits), Decimal("0.01"))
