"""Figures beside figures: the change against another period, and the share of a whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """How much a figure differs from the one before; `ratio` (0.125 is 12.5 % more) is None where nothing was before."""

    amount: Decimal
    ratio: Decimal | None


def change_of(now: Decimal, before: Decimal) -> Change:
    """The change from one figure to the next. Against a negative figure the ratio is taken of its size."""
    amount = now - before
    return Change(amount, share_of(amount, abs(before)))


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` as a share of `whole` (0.125 is 12.5 %); None of nothing."""
    return None if whole == 0 else part / whole
