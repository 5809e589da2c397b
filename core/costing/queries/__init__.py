"""What a person can see of a period's cost."""

from core.costing.queries.entries import list_review_entries
from core.costing.queries.papers import get_review_paper, list_review_sheets
from core.costing.queries.review import get_review

__all__ = ["get_review", "get_review_paper", "list_review_entries", "list_review_sheets"]
