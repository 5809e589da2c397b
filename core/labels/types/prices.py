"""Sale prices that change: what they are, what they will be, and what is due to be carried out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Name


@dataclass(frozen=True, slots=True)
class PriceChange:
    """An item's sale price now and after a change, of one base unit; `after` is None where nothing can be reckoned."""

    item_id: int
    code: str
    name: Name
    unit: str
    before: Decimal | None
    after: Decimal | None

    @property
    def id(self) -> int:
        """What a list knows the row by."""
        return self.item_id


@dataclass(frozen=True, slots=True)
class DuePrices:
    """Planned prices whose day has come. `request_id` is the same for every program that sees the same plans, so that
    the first one carries them out and the others get its answer."""

    count: int
    request_id: str = ""
