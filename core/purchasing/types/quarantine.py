"""Goods that came and wait for somebody to look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A line of a delivery in quarantine. `id` is the receipt's line; quantities in `unit`, `left` of it is still in
    stock; `accrued` in the site's currency, None for who may not see costs."""

    id: int
    receipt_id: int
    number: str
    at: datetime
    supplier_id: int | None
    supplier: str
    supplier_en: str
    item_id: int
    code: str
    name: str
    name_en: str
    qty: Decimal
    left: Decimal
    unit: str
    lot_id: int
    lot: str
    expires_on: date | None
    place: str
    place_en: str
    accrued: Decimal | None
    note: str

    def title(self, language: str) -> str:
        """The item's name."""
        return (self.name_en or self.name) if language == "en" else self.name

    def supplier_title(self, language: str) -> str:
        """The supplier's name."""
        return (self.supplier_en or self.supplier) if language == "en" else self.supplier

    def place_title(self, language: str) -> str:
        """The place's name."""
        return (self.place_en or self.place) if language == "en" else self.place
