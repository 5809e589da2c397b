"""Pure decisions of costing: columns, periods, the tree of categories, changes against another period."""

from core.costing.rules.columns import COLUMNS, SIGNS, WHY_COLUMNS, closing_of, column_of, contribution, kinds_of
from core.costing.rules.figures import Change, change_of, share_of
from core.costing.rules.periods import Days, days_before, last_month, month_to_date
from core.costing.rules.tree import Branch, Sums, roll_up

__all__ = [
    "COLUMNS",
    "SIGNS",
    "WHY_COLUMNS",
    "Branch",
    "Change",
    "Days",
    "Sums",
    "change_of",
    "closing_of",
    "column_of",
    "contribution",
    "days_before",
    "kinds_of",
    "last_month",
    "month_to_date",
    "roll_up",
    "share_of",
]
