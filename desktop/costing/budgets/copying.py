"""Copying budgets: from last month or last year, changed by a percentage."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal

from core import costing
from core.costing import BudgetCopy, BudgetSource, Month, months_from_to
from core.i18n import _, verbatim
from desktop.context import AppContext
from desktop.widgets import CheckEdit, Choice, Form, FormPanel, QtyEdit

BACK = {"month": 1, "year": 12}
EARLIER, LATER = 12, 15


class CopyPanel(FormPanel):
    """`copied(BudgetsSet)`."""

    copied = Signal(object)

    def __init__(self, context: AppContext, month: str, today: date) -> None:
        self._context = context
        chosen = Month.parse(month)
        now = Month.of(today)
        first, last = min(chosen, now.moved(-EARLIER)), max(chosen, now.moved(LATER))
        months = [(one.text, verbatim(one.text)) for one in months_from_to(first, last)]
        form = Form()
        form.add("first", _("From month"), Choice(_("From month"), months, search=False), required=True)
        form.add("last", _("To month"), Choice(_("To month"), months, search=False), required=True)
        froms = [("month", _("the month before")), ("year", _("the same month last year"))]
        form.add("back", _("Copy from"), Choice(_("Copy from"), froms, search=False), required=True)
        what = [(BudgetSource.BUDGET, _("its budget")), (BudgetSource.ACTUAL, _("what it really cost"))]
        form.add("source", _("Which amounts"), Choice(_("Which amounts"), what, search=False), required=True)
        percent = QtyEdit(_("Changed by"), unit=verbatim("%"), negative=True)
        form.add("percent", _("Changed by"), percent, hint=_("5 is five per cent more, -5 less."))
        form.add("is_kept", "", CheckEdit(_("Budgets that are there stay"))).set_name(_("Budgets that are there stay"))
        form.set_values(
            {
                "first": month, "last": month, "back": "month", "source": BudgetSource.BUDGET, "percent": Decimal(0),
                "is_kept": False,
            }
        )  # fmt: skip
        form.mark_unchanged()
        super().__init__(_("Copy budgets"), form, self._copy, verb=_("Copy"))
        self.saved.connect(self.copied)

    def _copy(self, values: dict[str, Any]) -> None:
        first, last = Month.parse(values["first"]), Month.parse(values["last"])
        months = tuple(one.text for one in months_from_to(min(first, last), max(first, last)))
        copy = BudgetCopy(
            months,
            BACK[values["back"]],
            values["percent"] or Decimal(0),
            BudgetSource(values["source"]),
            bool(values["is_kept"]),
        )
        self._context.ops.do(self, costing.copy_budgets, copy=copy, then=self.done, failed=self.show_error)
