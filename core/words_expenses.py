"""Names of the stored words of expenses. Read them from `core.words`."""

from __future__ import annotations

from enum import Enum

from core.i18n import Text, _
from db.enums import ExpenseState, RepayWay

EXPENSE_WORDS: dict[type[Enum], dict[str, Text]] = {
    ExpenseState: {
        ExpenseState.DRAFT: _("Draft"),
        ExpenseState.SUBMITTED: _("Waits for approval"),
        ExpenseState.APPROVED: _("Approved"),
        ExpenseState.REFUSED: _("Turned down"),
        ExpenseState.PAID: _("Paid back"),
        ExpenseState.WITHDRAWN: _("Withdrawn"),
    },
    RepayWay: {
        RepayWay.CASH: _("In cash"),
        RepayWay.TRANSFER: _("By transfer"),
        RepayWay.WAGES: _("With the wages"),
    },
}
