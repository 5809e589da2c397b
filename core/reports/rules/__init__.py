"""Rules of reports: spans of time, when a schedule is due, what becomes of a run, how a pivot adds up."""

from __future__ import annotations

from core.reports.rules.spans import TICK, moment_from, month_start, span_of
from core.reports.types.asked import Span

__all__ = ["TICK", "Span", "moment_from", "month_start", "span_of"]
