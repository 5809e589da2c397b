"""What a person can see of counts."""

from core.counting.queries.counts import find_count, find_count_line, get_count, list_count_lines, list_counts
from core.counting.queries.papers import get_count_form, get_count_sheet, get_difference_sheet
from core.counting.queries.plan import list_count_risks, list_count_tolerances, list_key_items, preview_count
from core.counting.queries.results import get_count_accuracy, list_item_counts
from core.counting.queries.review import get_count_review
from core.counting.queries.story import get_line_story

__all__ = [
    "find_count",
    "find_count_line",
    "get_count",
    "get_count_accuracy",
    "get_count_form",
    "get_count_review",
    "get_count_sheet",
    "get_difference_sheet",
    "get_line_story",
    "list_count_lines",
    "list_count_risks",
    "list_count_tolerances",
    "list_counts",
    "list_item_counts",
    "list_key_items",
    "preview_count",
]
