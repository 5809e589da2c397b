"""Two months beside each other: what both have in common is read and made once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.costing.steps.closing_rows import stored_material
from core.costing.steps.closings import closing_over
from core.costing.steps.month_lines import month_lines, moves_of
from core.costing.steps.review_rows import Openings, ReviewMaker, Span
from core.costing.steps.reviews import Material
from core.costing.steps.sums import just_before
from core.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Pair:
    """Two months: what their reviews are made of, and what happened in each as lines (`month_lines`)."""

    now: Material
    before: Material
    lines: list[Any]
    lines_before: list[Any]


def pair_of(uow: UnitOfWork, span: Span, span_before: Span, *, only_moved: bool = False) -> Pair:
    """Two months. Closed ones are read as they were stored; with `only_moved` only the lines of items of which something
    happened in one of them, and what a month cost is made of no others."""
    lines_before, lines = month_lines(uow, *span_before), month_lines(uow, *span)
    moves_before, moves = moves_of(lines_before), moves_of(lines)
    only = moves_before.keys() | moves.keys() if only_moved else set[int]()
    maker = ReviewMaker(uow, (span_before, span) if only_moved else ())
    closed_before, closed = closing_over(uow, *span_before), closing_over(uow, *span)
    if closed_before is not None:
        before = stored_material(uow, closed_before, only)
    else:
        before = maker.make(span_before[1], Openings.at(uow, span_before[0]), moves_before, lines_before)
    if closed is not None:
        return Pair(stored_material(uow, closed, only), before, lines, lines_before)
    if just_before(span[0]) != span_before[1]:
        openings = Openings.at(uow, span[0])
    elif closed_before is not None:
        openings = Openings.after(before.rows)
    else:
        openings = Openings.with_still(before.rows, moves_before)
    return Pair(maker.make(span[1], openings, moves, lines), before, lines, lines_before)
