"""The kinds of expense: what can be claimed, to which account it is booked, whether a receipt is needed."""

from __future__ import annotations

from typing import Any

from core import expenses
from core.expenses import ExpenseKindRow, NewExpenseKind
from core.i18n import _
from desktop.context import AppContext
from desktop.expenses.lines import named
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, CheckEdit, Column, Form, FormPanel, Kind, PageBase, RowTable, TextEdit

WIDE = 400


class ExpenseKindsPage(PageBase):
    """F2 adds a kind, Enter changes one."""

    def __init__(self, context: AppContext, *, is_adding: bool = False) -> None:
        super().__init__(_("Kinds of expense"), _("What can be claimed, and where it is booked"))
        self.context = context
        self.table = RowTable(
            [
                Column("name", _("Name"), 200, stretch=True, value=lambda row: named(row.name)),
                Column("account", _("Account"), 160),
                Column("needs_receipt", _("Receipt"), 140, kind=Kind.BADGE, value=_receipt, sortable=False),
                Column("used", _("Used in lines"), 110, kind=Kind.QTY),
                Column("is_active", _("State"), 110, kind=Kind.BADGE, value=_state, sortable=False),
            ],
            name=_("Kinds of expense"), key="expense_kinds",
        )  # fmt: skip
        self.set_table(self.table)
        self.set_empty(
            _("No kinds of expense"), _("Without one nothing can be claimed."), [(_("New kind"), self.add_kind)]
        )
        self.set_primary(_("New kind"), self.add_kind)
        self.table.row_activated.connect(self.change_kind)
        context.hub.watch(self, ("expense_kind",), self.reload)
        self.start_loading()
        self.reload()
        if is_adding:
            self.add_kind()

    def reload(self) -> None:
        """Ask again for the kinds."""
        self.context.ops.ask(self, expenses.list_expense_kinds, key="list", then=self._take, failed=self.show_error)

    def _take(self, rows: list[ExpenseKindRow]) -> None:
        self.table.set_rows(rows)
        self.set_count(len(rows))

    def add_kind(self) -> None:
        """A new kind (F2)."""

        def send(values: dict[str, Any]) -> None:
            do = self.context.ops.do
            do(self, expenses.add_expense_kind, new=_given(values), then=panel.done, failed=panel.show_error)

        panel = self._form(_("New kind"), NewExpenseKind(""), send)

    def change_kind(self, row: ExpenseKindRow) -> None:
        """Change a kind, or retire it."""
        base = NewExpenseKind(row.name.zh, row.name.en, row.account, row.needs_receipt, row.is_active)

        def send(values: dict[str, Any]) -> None:
            self.context.ops.do(
                self, expenses.update_expense_kind, kind_id=row.id, version=row.version, new=_given(values), base=base,
                then=panel.done, failed=panel.show_error,
            )  # fmt: skip

        panel = self._form(_("Change {name}", name=row.name), base, send)

    def _form(self, title: Any, base: NewExpenseKind, send: Any) -> FormPanel:
        form = Form()
        form.add("name", _("Name"), TextEdit(_("Name"), most=60), required=True)
        form.add("name_en", _("Name in English"), TextEdit(_("Name in English"), most=60))
        form.add(
            "account",
            _("Account"),
            TextEdit(_("Account"), most=60),
            hint=_("As the accountant calls it, such as 6602.03."),
        )
        form.add("needs_receipt", "", CheckEdit(_("Needs a receipt"))).set_name(_("Needs a receipt"))
        form.add("is_active", "", CheckEdit(_("Can be claimed"))).set_name(_("Can be claimed"))
        form.set_values(
            {
                "name": base.name, "name_en": base.name_en, "account": base.account,
                "needs_receipt": base.needs_receipt, "is_active": base.is_active,
            }
        )  # fmt: skip
        form.mark_unchanged()
        panel = FormPanel(title, form, send)
        panel.saved.connect(lambda _answer: self._saved())
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, WIDE)
        panel.focus_field()
        return panel

    def _saved(self) -> None:
        self.close_panel()
        self.reload()


def _given(values: dict[str, Any]) -> NewExpenseKind:
    name, name_en, account = (values[key] or "" for key in ("name", "name_en", "account"))
    return NewExpenseKind(name, name_en, account, bool(values["needs_receipt"]), bool(values["is_active"]))


def _receipt(row: ExpenseKindRow) -> BadgeLook:
    return (
        BadgeLook(_("Needs a receipt"), Meaning.PLAIN) if row.needs_receipt else BadgeLook(_("Without"), Meaning.PLAIN)
    )


def _state(row: ExpenseKindRow) -> BadgeLook:
    return BadgeLook(_("In use"), Meaning.GOOD) if row.is_active else BadgeLook(_("Retired"), Meaning.PLAIN)
