"""The catalogue: every report by its word."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import NotFound
from core.i18n import _
from core.reports.rules import Span
from core.reports.steps import not_invoiced, orders, review, stock_lists, suppliers
from core.reports.types import Reading, Report, ReportEntry
from core.uow import UnitOfWork

Maker = Callable[[UnitOfWork, Span, Reading], Report]
CATALOGUE: dict[str, tuple[ReportEntry, Maker]] = {
    entry.name: (entry, maker)
    for entry, maker in (
        (stock_lists.ON_HAND, stock_lists.on_hand),
        (stock_lists.VALUE, stock_lists.value),
        (stock_lists.LEDGER, stock_lists.ledger),
        (review.REVIEW, review.review),
        (orders.OPEN_ORDERS, orders.open_orders),
        (not_invoiced.NOT_INVOICED, not_invoiced.not_invoiced),
        (suppliers.PAYABLES, suppliers.payables),
        (suppliers.SCORECARD, suppliers.scorecard),
    )
}


def find(name: str) -> tuple[ReportEntry, Maker]:
    """A report and what makes it. Raises NotFound naming those there are."""
    if name not in CATALOGUE:
        raise NotFound(
            _("There is no report {name}. There are: {names}.", name=name[:40], names=", ".join(CATALOGUE)),
            field="report",
        )
    return CATALOGUE[name]
