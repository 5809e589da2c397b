"""The site's rules of purchasing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PurchaseSettings:
    """The rules as they stand, by field: tolerances and margins in per cent, money in the site's currency, limits of
    temperature in degrees Celsius, the account payments leave from."""

    version: int
    values: Mapping[str, object]
