"""Where a row of a report leads: to its record, or to another report over the same time."""

from __future__ import annotations

from core.i18n import Text, _
from core.reports import Asked, Drill, DrillKind, Span
from desktop.context import AppContext

REPORT_ROUTE = "reports.report"
RECORDS: dict[DrillKind, tuple[str, str]] = {
    DrillKind.ITEM: ("catalog.item", "item_id"),
    DrillKind.LOT: ("stock.trace", "lot_id"),
    DrillKind.LOCATION: ("stock.places", "location_id"),
    DrillKind.SUPPLIER: ("catalog.supplier", "supplier_id"),
    DrillKind.ORDER: ("purchasing.order", "order_id"),
    DrillKind.RECEIPT: ("purchasing.receipts", "receipt_id"),
    DrillKind.INVOICE: ("purchasing.invoice", "invoice_id"),
    DrillKind.CLAIM: ("purchasing.claims", "claim_id"),
    DrillKind.COUNT: ("stock.count_review", "count_id"),
    DrillKind.POSTING: ("stock.posting", "posting_id"),
}
WORDS: dict[DrillKind, Text] = {
    DrillKind.ITEM: _("Open the item"),
    DrillKind.LOT: _("Open the lot"),
    DrillKind.LOCATION: _("Open the place"),
    DrillKind.SUPPLIER: _("Open the supplier"),
    DrillKind.ORDER: _("Open the order"),
    DrillKind.RECEIPT: _("Open the receipt"),
    DrillKind.INVOICE: _("Open the invoice"),
    DrillKind.CLAIM: _("Open the claim"),
    DrillKind.COUNT: _("Open the count"),
    DrillKind.POSTING: _("Open the posting"),
    DrillKind.REPORT: _("Open the lines"),
}
ENTRIES: dict[DrillKind, tuple[str, str]] = {
    DrillKind.ITEM: ("stock-ledger", "item"),
    DrillKind.LOCATION: ("stock-ledger", "location"),
    DrillKind.SUPPLIER: ("receipts-log", "supplier"),
}
"""The report of the entries behind the figures of a record, and its filter."""


def can_open(context: AppContext, drill: Drill | None) -> bool:
    """Whether this person can go where a row leads."""
    if drill is None:
        return False
    route = REPORT_ROUTE if drill.kind is DrillKind.REPORT else RECORDS[drill.kind][0]
    return context.shell.can_go(route)


def open_drill(context: AppContext, drill: Drill | None, asked: Asked, span: Span) -> None:
    """Go to the record, or ask the report it leads to over the same time."""
    if drill is None or not can_open(context, drill):
        return
    if drill.kind is DrillKind.REPORT:
        further = Asked(span, drill.filters, language=asked.language)
        context.shell.go(REPORT_ROUTE, name=drill.report, asked=further)
        return
    route, key = RECORDS[drill.kind]
    context.shell.go(route, **{key: drill.id})


def entries_of(drill: Drill | None, span: Span) -> tuple[str, Asked] | None:
    """The report that lists the entries behind a row's figures; None where there is none but the record itself."""
    if drill is None:
        return None
    if drill.kind is DrillKind.REPORT:
        return drill.report, Asked(span, drill.filters)
    if drill.kind not in ENTRIES:
        return None
    name, key = ENTRIES[drill.kind]
    return name, Asked(span, ((key, (drill.id,)),))
