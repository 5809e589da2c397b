"""What a figure of the month's review is made of: its parts, then its entries; both sum to it exactly."""

from __future__ import annotations

from core import purchasing
from core.costing.queries.entries import list_review_entries
from core.costing.rules.bridge import BridgePart
from core.costing.rules.months import Month
from core.costing.steps.accruals import open_in
from core.costing.steps.entry_rows import entry_rows, rest_row
from core.costing.steps.figure_entries import added_by
from core.costing.steps.figure_parts import cost_parts, plan_of, row_parts, supplier_parts
from core.costing.steps.month_frames import frame_of, spans_of
from core.costing.steps.words import PART_TITLES
from core.costing.types import ReviewEntry, ReviewPart
from core.costing.types.figures import Against, Figure, FigureKey, FigurePart
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission

COLUMN_KEYS = {
    FigureKey.OPENING, FigureKey.RECEIPTS, FigureKey.OTHER_IN, FigureKey.ADJUSTMENTS, FigureKey.OTHER_OUT, FigureKey.CLOSING,
}  # fmt: skip
OF_STOCK = {FigureKey.OPENING, FigureKey.CLOSING, FigureKey.DEAD}
"""Figures of goods that lay still too."""
WITHOUT_ENTRIES = {FigureKey.BUDGET, FigureKey.ESTIMATE}


@query(Permission.COST_VIEW)
def list_figure_parts(uow: UnitOfWork, *, figure: Figure, limit: int = 500) -> list[FigurePart]:
    """The parts of a figure, the largest first; they sum to it exactly.

    Figures of cost and change open by item, then by kind of cost or part of the bridge, then by section; of the review's
    columns by item; accruals by supplier. What stands beyond `limit` is one last part that opens no further. A figure
    without parts (a budget, an item's column) has none: open its entries.
    """
    if figure.key in WITHOUT_ENTRIES:
        return []
    month = Month.parse(figure.month)
    if figure.key is FigureKey.ACCRUAL:
        return supplier_parts(uow, open_in(uow, month), figure)
    frame = frame_of(uow, month, figure.against, only_moved=figure.key not in OF_STOCK)
    if figure.key in COLUMN_KEYS or figure.key in (FigureKey.MOVER, FigureKey.DEAD):
        return row_parts(uow, frame, figure, limit)
    return cost_parts(uow, frame, figure, limit)


@query(Permission.COST_VIEW)
def list_figure_entries(uow: UnitOfWork, *, figure: Figure, limit: int = 1000) -> list[ReviewEntry]:
    """The entries behind a figure, newest first; what they add to it sums to it exactly.

    Entries beyond `limit` stand in one last line. A budget and an estimate have no entries. Dead stock and the price,
    quantity or mix of the whole are best opened by their parts first. Raises InvalidInput for dead stock of more than an
    item, and for a column of the review in a section.
    """
    if figure.key in WITHOUT_ENTRIES:
        return []
    month = Month.parse(figure.month)
    if figure.key in COLUMN_KEYS or figure.key is FigureKey.DEAD:
        return _of_column(uow, month, figure, limit)
    if figure.key is FigureKey.ACCRUAL:
        return _accrued(uow, month, figure, limit)
    frame = frame_of(uow, month, figure.against, only_moved=True)
    rows = entry_rows(uow, added_by(uow, frame, figure), limit)
    if figure.key is FigureKey.CHANGE and figure.against is Against.BUDGET:
        plan = plan_of(frame, figure)
        if plan:
            rows.append(rest_row(uow.money(plan), note=PART_TITLES[BridgePart.PLAN].render(uow.actor.language)))
    return rows


def _of_column(uow: UnitOfWork, month: Month, figure: Figure, limit: int) -> list[ReviewEntry]:
    """The entries of a column of the review; of dead stock those that make what is there of the item."""
    if figure.section is not None:
        raise InvalidInput(_("This figure is not known by section."), field="section")
    is_dead = figure.key is FigureKey.DEAD
    if is_dead and figure.item_id is None:
        raise InvalidInput(_("Open dead stock by item first."), field="item_id")
    column = FigureKey.CLOSING.value if is_dead else figure.key.value
    start, end = spans_of(uow, month, figure.against).now
    part = ReviewPart(figure.item_id, figure.category_id)
    return list_review_entries(uow, start=start, end=end, column=column, part=part, limit=limit)


def _accrued(uow: UnitOfWork, month: Month, figure: Figure, limit: int) -> list[ReviewEntry]:
    """The receipts' entries that wait for an invoice, with what is open of each."""
    suppliers = None if figure.supplier_id is None else [figure.supplier_id]
    end = spans_of(uow, month, figure.against).now[1]
    found = purchasing.not_invoiced(uow, supplier_ids=suppliers, as_of=end)
    added = {one.received.line_id: (one.received.not_invoiced, one.received.open_qty) for one in found}
    return entry_rows(uow, added, limit)
