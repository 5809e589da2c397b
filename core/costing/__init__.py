"""Costing: what a period cost, from the ledger alone.

Promises: opening + receipts + other in - usage - waste + adjustments - other out = closing, for every item, every category
and the whole, to the cent; every figure is the sum of ledger entries that can be listed.
"""

from core.costing.queries import get_review, get_review_paper, list_review_entries, list_review_sheets
from core.costing.rules import (
    COLUMNS,
    WHY_COLUMNS,
    Change,
    Days,
    change_of,
    column_of,
    contribution,
    days_before,
    last_month,
    month_to_date,
    share_of,
)
from core.costing.steps.periods import period_moments
from core.costing.steps.words import SHORT_TITLES, TITLES, WITHOUT_CATEGORY, WITHOUT_REASON
from core.costing.types import BranchRow, CountRow, Review, ReviewEntry, ReviewPart, ReviewRow, WasteRow

__all__ = [
    "COLUMNS",
    "SHORT_TITLES",
    "TITLES",
    "WHY_COLUMNS",
    "WITHOUT_CATEGORY",
    "WITHOUT_REASON",
    "BranchRow",
    "Change",
    "CountRow",
    "Days",
    "Review",
    "ReviewEntry",
    "ReviewPart",
    "ReviewRow",
    "WasteRow",
    "change_of",
    "column_of",
    "contribution",
    "days_before",
    "get_review",
    "get_review_paper",
    "last_month",
    "list_review_entries",
    "list_review_sheets",
    "month_to_date",
    "period_moments",
    "share_of",
]
