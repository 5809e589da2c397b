"""Stock: places, lots, the ledger with its costs, reservations and counts.

Promises: every change of stock is an entry that is never edited or deleted; the balance is always the sum of the entries;
the value is a pure function of them, by the item's method; postings are chained by hashes.
"""

from core.stock.steps import SITE_CODE, TRANSIT_CODE, Desk, post, post_all, post_reversal, seed_stock
from core.stock.types import NewLine, NewPosting, Posted

__all__ = [
    "SITE_CODE",
    "TRANSIT_CODE",
    "Desk",
    "NewLine",
    "NewPosting",
    "Posted",
    "post",
    "post_all",
    "post_reversal",
    "seed_stock",
]
