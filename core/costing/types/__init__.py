"""What crosses the door of costing."""

from __future__ import annotations

from core.costing.types.review import BranchRow, CountRow, Review, ReviewEntry, ReviewPart, ReviewRow, WasteRow

__all__ = ["BranchRow", "CountRow", "Review", "ReviewEntry", "ReviewPart", "ReviewRow", "WasteRow"]
