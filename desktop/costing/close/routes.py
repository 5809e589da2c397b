"""Where each check of a month is mended: the list of its kind, and the record of one of its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.costing import CheckKind, CheckLine, CheckRecord, MonthCheck
from desktop.context import ShellDoor

Way = tuple[str, dict[str, Any]]

LISTS: Mapping[CheckKind, Way] = {
    CheckKind.COUNTS_MISSING: ("stock.counts", {}),
    CheckKind.COUNTS_OPEN: ("stock.counts", {}),
    CheckKind.NEGATIVE_STOCK: ("stock.odd", {}),
    CheckKind.NOT_INVOICED: ("purchasing.not_invoiced", {}),
    CheckKind.INVOICES_WITHOUT_RECEIPT: ("purchasing.differences", {}),
    CheckKind.INVOICE_DIFFERENCES: ("purchasing.differences", {}),
    CheckKind.INVOICE_DRAFTS: ("purchasing.invoices", {"state": "draft"}),
    CheckKind.INVOICES_UNAPPROVED: ("purchasing.invoices", {"state": "matched"}),
    CheckKind.ORDERS_LATE: ("purchasing.orders", {"overdue": True}),
    CheckKind.IN_TRANSIT: ("stock.transit", {}),
    CheckKind.EXPIRED_IN_STOCK: ("stock.lots", {"board": "expired"}),
    CheckKind.QUARANTINE: ("purchasing.quarantine", {}),
    CheckKind.OPEN_CLAIMS: ("purchasing.claims", {}),
    CheckKind.EXPENSES_WAITING: ("month_end.expenses", {}),
}
"""Checks that have a list of their own elsewhere; the lines of others (odd costs, the ledger) are shown beside."""

RECORDS: Mapping[CheckRecord, Callable[[CheckLine], Way]] = {
    CheckRecord.ITEM: lambda line: ("catalog.item", {"item_id": line.item_id or line.id}),
    CheckRecord.LOCATION: lambda line: ("stock.on_hand", {"location_id": line.id}),
    CheckRecord.COUNT: lambda line: ("stock.count", {"count_id": line.id}),
    CheckRecord.RECEIPT: lambda line: ("purchasing.receipts", {"receipt_id": line.id}),
    CheckRecord.INVOICE: lambda line: ("purchasing.invoice", {"invoice_id": line.id}),
    CheckRecord.ORDER: lambda line: ("purchasing.order", {"order_id": line.id}),
    CheckRecord.POSTING: lambda line: ("stock.posting", {"posting_id": line.id}),
    CheckRecord.LOT: lambda line: ("stock.lots", {"lot_id": line.id}),
    CheckRecord.INSPECTION: lambda _line: ("purchasing.quarantine", {}),
    CheckRecord.CLAIM: lambda line: ("purchasing.claims", {"claim_id": line.id}),
    CheckRecord.EXPENSE: lambda line: ("month_end.expenses", {"expense_id": line.id}),
    CheckRecord.LEDGER: lambda _line: ("settings.maintenance", {}),
}
BY_KIND: Mapping[CheckKind, Callable[[CheckLine], Way]] = {
    CheckKind.NEGATIVE_STOCK: lambda line: ("stock.odd", {"item_id": line.item_id, "location_id": line.location_id}),
    CheckKind.ODD_COSTS: lambda line: ("stock.ledger", {"item_id": line.item_id}),
    CheckKind.IN_TRANSIT: lambda _line: ("stock.transit", {}),
}
"""Lines that are mended elsewhere than where their record is usually seen."""


def list_way(check: MonthCheck, shell: ShellDoor) -> Way | None:
    """The list that mends a check: of a single record the record itself. None where there is none, or not for this person."""
    only = check.rows[0] if check.count == 1 and check.rows else None
    if only is not None and only.record in (
        CheckRecord.COUNT,
        CheckRecord.INVOICE,
        CheckRecord.ORDER,
        CheckRecord.CLAIM,
    ):
        way = line_way(check.kind, only, shell)
        if way is not None:
            return way
    found = LISTS.get(check.kind)
    return found if found is not None and shell.can_go(found[0]) else None


def line_way(kind: CheckKind, line: CheckLine, shell: ShellDoor) -> Way | None:
    """Where one line of a check is mended; None when the person cannot go there."""
    found = BY_KIND.get(kind, RECORDS[line.record])(line)
    return found if shell.can_go(found[0]) else None
