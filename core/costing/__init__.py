"""Costing: what a period cost, from the ledger alone.

Promises: opening + receipts + other in - usage - waste + adjustments - other out = closing, for every item, every category
and the whole, to the cent; every figure is the sum of ledger entries that can be listed.
"""

from core.costing.queries import get_review, list_review_entries
from core.costing.rules import COLUMNS, column_of
from core.costing.types import CountRow, Review, ReviewRow, WasteRow

__all__ = [
    "COLUMNS",
    "CountRow",
    "Review",
    "ReviewRow",
    "WasteRow",
    "column_of",
    "get_review",
    "list_review_entries",
]
