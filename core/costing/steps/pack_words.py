"""What stands on the pack of a month: names of checks, parts of the bridge, states."""

from __future__ import annotations

from collections.abc import Mapping

from core.costing.rules.bridge import BridgePart
from core.costing.types.checks import CheckKind, CheckLevel
from core.costing.types.figures import Against
from core.costing.types.months import MonthState
from core.i18n import Text, _

PART_TITLES: Mapping[BridgePart, Text] = {
    BridgePart.PLAN: _("Month before against budget"),
    BridgePart.PRICE: _("Price"),
    BridgePart.QUANTITY: _("Usage quantity"),
    BridgePart.MIX: _("Mix"),
    BridgePart.WASTE: _("Waste"),
    BridgePart.COUNTS: _("Count differences"),
    BridgePart.OTHER: _("Other adjustments"),
}
# Where a column is narrow.
SHORT_PARTS: Mapping[BridgePart, Text] = {
    **PART_TITLES,
    BridgePart.PLAN: _("Plan"),
    BridgePart.QUANTITY: _("Quantity"),
    BridgePart.COUNTS: _("Counts"),
    BridgePart.OTHER: _("Other"),
}
CHECK_TITLES: Mapping[CheckKind, Text] = {
    CheckKind.COUNTS_MISSING: _("Stock not counted"),
    CheckKind.COUNTS_OPEN: _("Counts not finished"),
    CheckKind.NEGATIVE_STOCK: _("Negative stock"),
    CheckKind.NOT_INVOICED: _("Receipts without invoice"),
    CheckKind.INVOICES_WITHOUT_RECEIPT: _("Invoices without receipt"),
    CheckKind.INVOICE_DIFFERENCES: _("Differences of invoices"),
    CheckKind.INVOICE_DRAFTS: _("Drafts of invoices"),
    CheckKind.INVOICES_UNAPPROVED: _("Invoices matched, not approved"),
    CheckKind.ORDERS_LATE: _("Orders overdue"),
    CheckKind.IN_TRANSIT: _("Transfers under way"),
    CheckKind.EXPIRED_IN_STOCK: _("Expired goods in stock"),
    CheckKind.QUARANTINE: _("Goods in quarantine"),
    CheckKind.ODD_COSTS: _("Odd unit costs"),
    CheckKind.OPEN_CLAIMS: _("Claims open"),
    CheckKind.EXPENSES_WAITING: _("Expense claims waiting"),
    CheckKind.UNVERIFIED: _("Balances that do not verify"),
}
LEVEL_TITLES: Mapping[CheckLevel, Text] = {
    CheckLevel.GOOD: _("In order"),
    CheckLevel.LOOK: _("To be looked at"),
    CheckLevel.BLOCK: _("Blocks closing"),
}
STATE_TITLES: Mapping[MonthState, Text] = {
    MonthState.RUNNING: _("Running"),
    MonthState.OPEN: _("Not closed"),
    MonthState.CLOSED: _("Month closed"),
    MonthState.REOPENED: _("Reopened"),
}
AGAINST_TITLES: Mapping[Against, Text] = {
    Against.PREVIOUS: _("Month before"),
    Against.LAST_YEAR: _("Year before"),
    Against.BUDGET: _("Budget"),
}


def check_title(kind: str) -> Text | str:
    """The name of a check; one that is not known any more by its word."""
    return CHECK_TITLES[CheckKind(kind)] if kind in tuple(CheckKind) else kind


def level_title(level: str) -> Text | str:
    """The result of a check."""
    return LEVEL_TITLES[CheckLevel(level)] if level in tuple(CheckLevel) else level
