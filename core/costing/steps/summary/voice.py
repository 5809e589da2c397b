"""How figures are said in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.costing.steps.words import WITHOUT_CATEGORY
from core.costing.types.figures import Against, Figure, FigureKey
from core.documents import Notation, format_money, format_number
from core.i18n import Name, Text
from core.values import to_minor


@dataclass(frozen=True, slots=True)
class Voice:
    """Says amounts in the site's currency, and makes figures of its month."""

    notation: Notation
    month: str
    against: Against

    def figure(self, key: FigureKey, **what: Any) -> Figure:
        """A figure of the month."""
        return Figure(key, self.month, self.against, **what)

    def money(self, amount: Decimal) -> str:
        """An amount with the currency's sign."""
        return format_money(amount, self.notation)

    def size(self, amount: Decimal) -> str:
        """An amount without minus, where the words say which way it goes."""
        return format_money(abs(amount), self.notation)

    def percent(self, percent: Decimal) -> str:
        """12.5 as 12.5%, without minus."""
        return f"{format_number(abs(percent), 1)}%"

    def category(self, name: str, name_en: str) -> Name | Text:
        """A category's name."""
        return Name(name, name_en) if name else WITHOUT_CATEGORY

    def minor(self, amount: Decimal) -> int:
        """How much money it is about, in minor units."""
        return abs(to_minor(amount, self.notation.digits))
