"""What a shipping notice changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.i18n import Text


@dataclass(frozen=True, slots=True)
class NoticeTaken:
    """A supplier's shipping notice as it was taken in: its number, when the goods come (None: not said), the orders whose
    lines it names (id, number), how many lines were found, and what to look at: short, too much, not ordered."""

    number: str
    arrives_on: date | None
    orders: tuple[tuple[int, str], ...]
    lines: int
    remarks: tuple[Text, ...]
