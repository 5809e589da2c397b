"""What a person can see of stock."""

from core.stock.queries.ledger import LedgerFilter, count_ledger, find_posting, get_posting, list_ledger, list_postings
from core.stock.queries.on_hand import list_on_hand, list_quantities, list_values

__all__ = [
    "LedgerFilter",
    "count_ledger",
    "find_posting",
    "get_posting",
    "list_ledger",
    "list_on_hand",
    "list_postings",
    "list_quantities",
    "list_values",
]
