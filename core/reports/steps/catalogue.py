"""The catalogue: every report by its word."""

from __future__ import annotations

from dataclasses import replace

from core.errors import NotFound
from core.i18n import _
from core.reports.steps import not_invoiced, orders, review, stock_lists, suppliers
from core.reports.steps.behind import BEHIND
from core.reports.steps.buying import bought, deliveries, invoices, prices
from core.reports.steps.engine.definition import Definition
from core.reports.steps.losses import counts, waste
from core.reports.steps.month import ends
from core.reports.steps.stock import ages, known, ledger, levels, structure
from core.reports.steps.usage import figures, moved, used

KNOWN = (
    Definition(stock_lists.ON_HAND, known.on_hand, classic=stock_lists.on_hand),
    Definition(stock_lists.VALUE, known.value, classic=stock_lists.value),
    Definition(stock_lists.LEDGER, select=ledger.entries, classic=ledger.ledger),
    Definition(review.REVIEW, known.review, classic=review.review, is_stored=True, has_paper=True),
    Definition(orders.OPEN_ORDERS, known.open_orders, classic=orders.open_orders),
    Definition(not_invoiced.NOT_INVOICED, select=not_invoiced.lines, classic=not_invoiced.not_invoiced),
    Definition(suppliers.PAYABLES, known.payables, classic=suppliers.payables),
    Definition(suppliers.SCORECARD, known.scorecard, classic=suppliers.scorecard),
)
CATALOGUE: dict[str, Definition] = {
    definition.entry.name: replace(
        definition, entry=replace(definition.entry, behind=BEHIND.get(definition.entry.name, ()))
    )
    for definition in (
        *KNOWN,
        *structure.REPORTS,
        *levels.REPORTS,
        *ages.REPORTS,
        *used.REPORTS,
        *moved.REPORTS,
        *figures.REPORTS,
        *waste.REPORTS,
        *counts.REPORTS,
        *bought.REPORTS,
        *prices.REPORTS,
        *deliveries.REPORTS,
        *invoices.REPORTS,
        *ends.REPORTS,
    )
}
REPORT_NAMES = tuple(CATALOGUE)


def find(name: str) -> Definition:
    """A report. Raises NotFound naming those there are."""
    if name not in CATALOGUE:
        raise NotFound(
            _("There is no report {name}. There are: {names}.", name=name[:40], names=", ".join(CATALOGUE)),
            field="report",
        )
    return CATALOGUE[name]
