"""The reviews of two months beside each other: what both have in common is read and made once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core import stock
from core.costing.queries.review import get_review
from core.costing.steps import sums
from core.costing.steps.month_lines import month_lines, moves_of
from core.costing.steps.review_rows import ReviewMaker, Span, Stock
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
    before = _review(uow, maker, span_before, lines_before, None)
    follows = sums.just_before(span[0]) == span_before[1]
    review = _review(uow, maker, span, lines, before if follows else None)
    return Pair(review, before, lines, lines_before)


def _review(uow: UnitOfWork, maker: ReviewMaker, span: Span, lines: list[Any], earlier: Review | None) -> Review:
    """One review; `earlier` is the one that ends where this begins."""
    closed = uow.site.closed_until
    if closed is not None and span[1] <= closed:
        return get_review(uow, start=span[0], end=span[1])
    openings: Stock
    if earlier is None:
        openings = stock.value_sums(uow, as_of=sums.just_before(span[0]))
    else:
        openings = {row.key: (row.micros[-1], row.minors[-1]) for row in earlier.items}
    return maker.make(span, openings, moves_of(lines), maker.losses(lines))
