"""Which column of the review an entry belongs to, what it adds there, and how the columns add up."""

from __future__ import annotations

from collections.abc import Sequence

from db.enums import PostingKind as K

COLUMNS = ("opening", "receipts", "other_in", "usage", "waste", "adjustments", "other_out", "closing")
SIGNS = {"opening": 1, "receipts": 1, "other_in": 1, "usage": -1, "waste": -1, "adjustments": 1, "other_out": -1}
_KINDS: dict[str, frozenset[K]] = {
    "receipts": frozenset({K.RECEIPT, K.LANDED_COST}),
    "other_in": frozenset({K.OPENING, K.RETURN_FROM_CUSTOMER, K.PRODUCTION_IN}),
    "usage": frozenset({K.ISSUE}),
    "waste": frozenset({K.WASTE}),
    "adjustments": frozenset({K.ADJUSTMENT, K.COUNT, K.REVALUATION}),
    "other_out": frozenset({K.RETURN_TO_SUPPLIER, K.PRODUCTION_OUT}),
}
_COLUMN_OF = {kind: column for column, kinds in _KINDS.items() for kind in kinds}
_PART_KINDS: dict[str, frozenset[K]] = {**_KINDS, **dict.fromkeys(("counts", "gain", "loss"), frozenset({K.COUNT}))}

# Figures that open their entries: the columns, the counts among the adjustments, and the difference to standard cost.
WHY_COLUMNS = (*COLUMNS, "counts", "gain", "loss", "variance")


def column_of(kind: K) -> str | None:
    """The column an entry of this kind stands in; None for a transfer, which changes nothing on the whole.

    A reversal stands in the column of what it takes back. Cost of goods that were gone before they arrived (settled)
    stands in usage, so that receipts show what was paid.
    """
    return _COLUMN_OF.get(kind)


def kinds_of(column: str) -> frozenset[K]:
    """The kinds of entries that make a column; empty for opening and closing, which all entries make."""
    return _PART_KINDS.get(column, frozenset())


def contribution(column: str, kind: K, value: int, settled: int) -> int:
    """What an entry adds to a column, in minor units with the column's sign: usage of 5.00 is 500.

    An entry adds value and what it settled to its own column, and what it settled to usage besides: the goods it pays
    for were used before they came. So an issue that settles nothing adds its value, a receipt that pays for goods
    already gone adds to receipts and to usage.
    """
    if column in ("opening", "closing"):
        return value
    own = SIGNS.get(column, 1) * (value + settled) if kind in kinds_of(column) else 0
    return own + (settled if column == "usage" else 0)


def closing_of(parts: Sequence[int]) -> int:
    """What the columns before it add up to: opening + receipts + other in - usage - waste + adjustments - other out."""
    opening, receipts, other_in, usage, waste, adjustments, other_out, *_closing = parts
    return opening + receipts + other_in - usage - waste + adjustments - other_out
