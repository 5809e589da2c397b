"""Workbooks whose figures are alive: cells that reckon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from core.documents.types.papers import Cell, Column, Notation
from core.i18n import Text


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell reckons, without the equals sign, in the form all spreadsheets read (English names, commas). `value` is what
    it comes to, for programs that show without reckoning; None is empty."""

    expression: str
    value: Decimal | None


LiveCell: TypeAlias = Cell | Formula


@dataclass(frozen=True, slots=True)
class LiveSheet:
    """One worksheet: heads in row 1, rows from row 2, totals right under them."""

    title: Text
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[LiveCell]]
    totals: tuple[LiveCell, ...]
    notation: Notation
