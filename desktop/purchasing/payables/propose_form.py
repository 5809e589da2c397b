"""The form that proposes what to pay: up to which due date, on which day, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from core import catalog, purchasing
from core.i18n import _
from desktop.context import AppContext
from desktop.widgets import Choice, DateEdit, Form, FormPanel, TextEdit

AHEAD = timedelta(days=7)


class ProposeForm:
    """`panel` is shown by the page; `saved` tells the proposals made, one a currency."""

    def __init__(self, context: AppContext, today: date, supplier_id: int | None) -> None:
        self._context, self._supplier_id = context, supplier_id
        self.form = Form()
        self.panel = FormPanel(
            _("Propose payments"), self.form, self._send, verb=_("Propose"),
            subtitle=_("Approved invoices due by a day, credit notes taken off. Nothing is paid yet."),
        )  # fmt: skip
        self.supplier = Choice(_("Supplier"), empty=_("All suppliers"))
        due_by, pay_on = DateEdit(today=lambda: today), DateEdit(today=lambda: today)
        due_by.set_value(today + AHEAD)
        pay_on.set_value(today)
        self.form.add("due_by", _("Due by"), due_by, required=True)
        self.form.add("pay_on", _("Pay on"), pay_on, required=True)
        self.form.add("supplier_id", _("Supplier"), self.supplier)
        self.form.add("note", _("Remark"), TextEdit(most=200))
        self.form.mark_unchanged()
        context.ops.ask(self.panel, catalog.list_suppliers, then=self._take)

    def _take(self, rows: Sequence[catalog.SupplierRow]) -> None:
        self.supplier.set_options([(row.id, row.title(self._context.language)) for row in rows])
        if self._supplier_id is not None:
            self.supplier.set_value(self._supplier_id)
        self.form.mark_unchanged()

    def _send(self, values: dict[str, Any]) -> None:
        self._context.ops.do(
            self.panel, purchasing.propose_payments, then=self.panel.done, due_by=values["due_by"],
            pay_on=values["pay_on"], supplier_id=values["supplier_id"], note=values["note"] or "",
        )  # fmt: skip
