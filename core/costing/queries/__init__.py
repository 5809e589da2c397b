"""What a person can see of a period's cost."""

from core.costing.queries.review import get_review, list_review_entries

__all__ = ["get_review", "list_review_entries"]
