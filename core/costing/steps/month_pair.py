"""The reviews of two months beside each other: what both have in common is read and made once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core import stock
from core.costing.queries.review import get_review
from core.costing.steps import sums
from core.costing.steps.month_lines import month_lines, moves_of
from core.costing.steps.review_rows import Openings, ReviewMaker, Span
from core.costing.types import Review
from core.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Pair:
    """Two months: their reviews, and what happened in each as lines (`month_lines`)."""

    review: Review
    before: Review
    lines: list[Any]
    lines_before: list[Any]


def pair_of(uow: UnitOfWork, span: Span, span_before: Span) -> Pair:
    """The reviews of two months. Those of closed months are read as they were stored."""
    lines_before, lines = month_lines(uow, *span_before), month_lines(uow, *span)
    maker = ReviewMaker(uow)
    moves_before = moves_of(lines_before)
    before = (
        None
        if _is_stored(uow, span_before)
        else maker.make(span_before, _openings(uow, span_before), moves_before, maker.losses(lines_before))
    )
    openings = None
    if before is not None and sums.just_before(span[0]) == span_before[1]:
        openings = Openings(before=before, moved=moves_before)
    review = (
        None
        if _is_stored(uow, span)
        else maker.make(span, openings or _openings(uow, span), moves_of(lines), maker.losses(lines))
    )
    return Pair(
        review or get_review(uow, start=span[0], end=span[1]),
        before or get_review(uow, start=span_before[0], end=span_before[1]),
        lines,
        lines_before,
    )


def _openings(uow: UnitOfWork, span: Span) -> Openings:
    return Openings(stock.value_sums(uow, as_of=sums.just_before(span[0])))


def _is_stored(uow: UnitOfWork, span: Span) -> bool:
    """Whether a period is over and closed, so that a closing may have stored it."""
    closed = uow.site.closed_until
    return closed is not None and span[1] <= closed
