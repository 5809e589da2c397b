"""Where a row of a report leads: to its record, or to another report over the same time."""

from __future__ import annotations

from dataclasses import replace

from core.i18n import Text, _
from core.reports import Asked, Chosen, Drill, DrillKind, FilterKind, ReportEntry
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


def can_open(context: AppContext, drill: Drill | None) -> bool:
    """Whether this person can go where a row leads."""
    if drill is None:
        return False
    route = REPORT_ROUTE if drill.kind is DrillKind.REPORT else RECORDS[drill.kind][0]
    return context.shell.can_go(route)


def open_drill(context: AppContext, drill: Drill | None, asked: Asked) -> None:
    """Go to the record, or ask the report it leads to as well over the same time and with the same filters."""
    if drill is None or not can_open(context, drill):
        return
    if drill.kind is DrillKind.REPORT:
        filters = {**dict(asked.filters), **dict(drill.filters)}
        context.shell.go(REPORT_ROUTE, name=drill.report, asked=replace(asked, filters=tuple(filters.items())))
        return
    route, key = RECORDS[drill.kind]
    context.shell.go(route, **{key: drill.id})


def shared_filters(asked: Asked, target: ReportEntry | None) -> tuple[tuple[str, Chosen], ...]:
    """What of a report's filters another report has as well; words that are searched for are those of its own rows."""
    there = set() if target is None else {one.key for one in target.filters if one.kind is not FilterKind.TEXT}
    return tuple((key, values) for key, values in asked.filters if key in there)
