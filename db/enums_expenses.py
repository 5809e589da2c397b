"""The stored words of expenses."""

from __future__ import annotations

from enum import StrEnum


class ExpenseState(StrEnum):
    """Where somebody's claim for money they laid out stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class RepayWay(StrEnum):
    """How money was paid back."""

    CASH = "cash"
    TRANSFER = "transfer"
    WAGES = "wages"
