"""The check of expense claims that nobody decided on: their cost is missing in the month's books."""

from __future__ import annotations

from core import expenses
from core.costing.steps.checks.frame import Found, Look
from core.costing.types.checks import CheckKind, CheckLevel, CheckLine, CheckRecord
from core.i18n import _, _n
from core.values import to_minor
from core.words import word


def expenses_waiting(look: Look) -> Found:
    """Claims with lines of the month that are drafts or wait for approval."""
    digits = look.uow.site.digits
    lines = [
        (
            to_minor(one.amount, digits),
            CheckLine(CheckRecord.EXPENSE, one.expense_id, one.number, one.by, day=one.first_day, note=word(one.state)),
        )
        for one in expenses.list_waiting(look.uow, look.month.first, look.last_day)
    ]
    if not lines:
        return Found(CheckKind.EXPENSES_WAITING, CheckLevel.GOOD, _("No expense claim waits."))
    words = _n(
        "{n} expense claim of the month is not approved. Decide on it; later its cost stands in a later month.",
        "{n} expense claims of the month are not approved. Decide on them; later their cost stands in a later month.",
        len(lines),
    )
    return Found(CheckKind.EXPENSES_WAITING, CheckLevel.LOOK, words, lines)
