"""Rules of reports: spans of time, when a schedule is due, what becomes of a run, how a pivot adds up."""

from __future__ import annotations

from core.reports.rules.spans import TICK, Span, moment_from, month_start, span_of

__all__ = ["TICK", "Span", "moment_from", "month_start", "span_of"]
