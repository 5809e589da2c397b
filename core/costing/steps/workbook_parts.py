"""What the live workbook of a month is put together from: rows that know where they stand, and sums over them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.costing.rules.figures import change_of, share_of
from core.documents import Formula, LiveCell, column_letter

FIRST = 2  # the row under the heads
ZERO = Decimal(0)


def cell_at(column: int, row: int) -> str:
    """A cell's name: column from 0, row as the spreadsheet counts."""
    return f"{column_letter(column)}{row}"


def summed(rows: Sequence[Sequence[LiveCell]], column: int) -> LiveCell:
    """The sum of a column under its rows; nothing of no rows."""
    if not rows:
        return ZERO
    letter = column_letter(column)
    return Formula(
        f"SUM({letter}{FIRST}:{letter}{FIRST + len(rows) - 1})", sum((amount(row[column]) for row in rows), ZERO)
    )


def summed_if(rows: Sequence[Sequence[LiveCell]], column: int, test: int, wanted: int) -> LiveCell:
    """The sum of a column over the rows that have `wanted` in the column `test`: the first level of a tree."""
    if not rows:
        return ZERO
    last = FIRST + len(rows) - 1
    a, b = column_letter(test), column_letter(column)
    value = sum((amount(row[column]) for row in rows if row[test] == wanted), ZERO)
    return Formula(f"SUMIF({a}{FIRST}:{a}{last},{wanted},{b}{FIRST}:{b}{last})", value)


def amount(cell: LiveCell) -> Decimal:
    """What a cell comes to; nothing for words and empty ones."""
    found = cell.value if isinstance(cell, Formula) else cell
    return Decimal(found) if isinstance(found, Decimal | int) else ZERO


def less(first: str, second: str, values: tuple[Decimal, Decimal]) -> Formula:
    """One cell less another."""
    return Formula(f"{first}-{second}", values[0] - values[1])


def ratio(now: str, was: str, values: tuple[Decimal, Decimal]) -> Formula:
    """How much one cell is more than another, as a share of its size; empty where there was nothing."""
    return Formula(f'IF({was}=0,"",({now}-{was})/ABS({was}))', change_of(*values).ratio)


def share(part: str, whole: str, values: tuple[Decimal, Decimal]) -> Formula:
    """One cell as a share of another; empty of nothing."""
    return Formula(f'IF({whole}=0,"",{part}/{whole})', share_of(*values))
