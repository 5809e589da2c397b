"""The checklist of a month: every check by its kind, in the order of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.costing.rules.closing import state_of
from core.costing.rules.months import Month
from core.costing.steps.checks.buying_checks import (
    invoice_differences,
    invoice_drafts,
    invoices_unapproved,
    invoices_without_receipt,
    not_invoiced,
    open_claims,
    orders_late,
    quarantine,
)
from core.costing.steps.checks.count_checks import counts_missing, counts_open
from core.costing.steps.checks.expense_checks import expenses_waiting
from core.costing.steps.checks.frame import Found, Look, at_stake, finish
from core.costing.steps.checks.stock_checks import expired_in_stock, in_transit, negative_stock, odd_costs
from core.costing.steps.checks.verifying import unverified
from core.costing.steps.closings import Calendar, standing_of
from core.costing.types.checks import CheckKind, CheckLevel, MonthCheck, MonthChecks
from core.uow import UnitOfWork

__all__ = ["CHECKS", "Look", "checks_of", "finish", "look_at", "unverified"]

CHECKS: Mapping[CheckKind, Callable[[Look], Found]] = {
    CheckKind.COUNTS_MISSING: counts_missing,
    CheckKind.COUNTS_OPEN: counts_open,
    CheckKind.NEGATIVE_STOCK: negative_stock,
    CheckKind.NOT_INVOICED: not_invoiced,
    CheckKind.INVOICES_WITHOUT_RECEIPT: invoices_without_receipt,
    CheckKind.INVOICE_DIFFERENCES: invoice_differences,
    CheckKind.INVOICE_DRAFTS: invoice_drafts,
    CheckKind.INVOICES_UNAPPROVED: invoices_unapproved,
    CheckKind.ORDERS_LATE: orders_late,
    CheckKind.IN_TRANSIT: in_transit,
    CheckKind.EXPIRED_IN_STOCK: expired_in_stock,
    CheckKind.QUARANTINE: quarantine,
    CheckKind.ODD_COSTS: odd_costs,
    CheckKind.OPEN_CLAIMS: open_claims,
    CheckKind.EXPENSES_WAITING: expenses_waiting,
}
"""All but the one that reckons the ledger anew, which takes longer and is asked beside."""


def look_at(uow: UnitOfWork, month: Month, known: Calendar) -> Look:
    """A month to be checked."""
    return Look(uow, month, known)


def checks_of(look: Look, known: Calendar, *, verified: MonthCheck | None = None) -> MonthChecks:
    """The checklist of a month, with the verification where it was made."""
    checks = [finish(look, check(look)) for check in CHECKS.values()]
    if verified is not None:
        checks.append(verified)
    return MonthChecks(
        look.month.text,
        state_of(look.month, standing_of(known), was_closed=known.last_of(look.month) is not None),
        look.uow.now,
        tuple(checks),
        sum(1 for one in checks if one.level is CheckLevel.BLOCK),
        at_stake(checks),
    )
