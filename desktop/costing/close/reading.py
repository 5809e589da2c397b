"""What the cockpit reads of a month: its checks, the ledger's verification beside them, its closing, what it cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from core import costing
from core.costing import Against, ClosingCard, MonthCheck, MonthChecks, MonthRow, MonthState
from core.words import Permission
from desktop.context import AppContext
from desktop.costing.close.rows import CheckRow, check_rows, stored_rows
from desktop.widgets import PageBase

QUICK_S = 2.0


class Reading:
    """`shown()` after each answer about checks, `reviewed(review)` when the review is there."""

    def __init__(
        self, context: AppContext, page: PageBase, shown: Callable[[], object], reviewed: Callable[[Any], object]
    ) -> None:
        self._context, self._page, self._shown, self._reviewed = context, page, shown, reviewed
        self._checks: MonthChecks | None = None
        self._card: ClosingCard | None = None
        self._verified: MonthCheck | None = None
        self._took = 0.0

    def forget(self) -> None:
        """Another month, or everything anew: nothing is known."""
        self._checks, self._card, self._verified, self._took = None, None, None, 0.0

    def rows(self) -> list[CheckRow] | None:
        """The checks as rows; None before the first answer."""
        if self._card is not None:
            return stored_rows(self._card)
        return None if self._checks is None else check_rows(self._checks.checks, self._verified)

    def ask(self, row: MonthRow, against: Against) -> None:
        """Ask about a month: of a closed one what its closing stored, of any other its checks as they are now."""
        ask, page, sees = self._context.ops.ask, self._page, self._context.shell.may(Permission.COST_VIEW)
        if row.state is MonthState.CLOSED and sees:
            ask(
                page,
                costing.get_closing,
                closing_id=row.closing_id,
                then=self._take_card,
                key="checks",
                failed=page.show_error,
            )
        else:
            ask(
                page,
                costing.list_month_checks,
                month=row.month,
                then=self._take_checks,
                key="checks",
                failed=page.show_error,
            )
            self._verify(row.month)
        if sees:
            ask(page, costing.get_month_review, month=row.month, against=against, then=self._reviewed, key="review")

    def _verify(self, month: str) -> None:
        """Beside the checks; once it was slow only when it is asked for (F5)."""
        if self._verified is not None and self._took > QUICK_S:
            return
        began = time.monotonic()

        def arrived(check: MonthCheck) -> None:
            self._verified, self._took = check, time.monotonic() - began
            self._shown()

        self._context.ops.ask(self._page, costing.verify_month, month=month, then=arrived, key="verify")

    def _take_checks(self, checks: MonthChecks) -> None:
        self._checks, self._card = checks, None
        self._shown()

    def _take_card(self, card: ClosingCard) -> None:
        self._checks, self._card = None, card
        self._shown()
