"""What a person can do with counts."""

from core.counting.commands.enter import clear_count, enter_count
from core.counting.commands.settings import mark_key_items, remove_count_tolerance, set_count_tolerance
from core.counting.commands.settle import approve_count, complete_count, give_reason, request_recount
from core.counting.commands.start import add_count_line, cancel_count, reopen_count, start_count

__all__ = [
    "add_count_line",
    "approve_count",
    "cancel_count",
    "clear_count",
    "complete_count",
    "enter_count",
    "give_reason",
    "mark_key_items",
    "remove_count_tolerance",
    "reopen_count",
    "request_recount",
    "set_count_tolerance",
    "start_count",
]
