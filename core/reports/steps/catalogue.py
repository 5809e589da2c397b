"""The catalogue: every report by its word."""

from __future__ import annotations

from core.errors import NotFound
from core.i18n import _
from core.reports.steps import not_invoiced, orders, review, stock_lists, suppliers
from core.reports.steps.engine.definition import Definition
from core.reports.steps.stock import known, ledger

KNOWN = (
    Definition(stock_lists.ON_HAND, known.on_hand, stock_lists.on_hand),
    Definition(stock_lists.VALUE, known.value, stock_lists.value),
    Definition(stock_lists.LEDGER, ledger.entries, ledger.ledger),
    Definition(review.REVIEW, known.review, review.review),
    Definition(orders.OPEN_ORDERS, known.open_orders, orders.open_orders),
    Definition(not_invoiced.NOT_INVOICED, known.not_invoiced, not_invoiced.not_invoiced),
    Definition(suppliers.PAYABLES, known.payables, suppliers.payables),
    Definition(suppliers.SCORECARD, known.scorecard, suppliers.scorecard),
)
CATALOGUE: dict[str, Definition] = {definition.entry.name: definition for definition in KNOWN}


def find(name: str) -> Definition:
    """A report. Raises NotFound naming those there are."""
    if name not in CATALOGUE:
        raise NotFound(
            _("There is no report {name}. There are: {names}.", name=name[:40], names=", ".join(CATALOGUE)),
            field="report",
        )
    return CATALOGUE[name]
