"""Forms of the journal page: an account, and how journals are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import costing
from core.costing import AccountRow, BookSettings
from core.i18n import _
from core.words import AccountUse, AccrualStyle, BookGrain, word
from desktop.context import AppContext
from desktop.costing.books.rows import only_for
from desktop.widgets import Button, Choice, Form, FormPanel, TextEdit

Done = Callable[[], object]


def account_panel(context: AppContext, row: AccountRow | None, done: Done) -> FormPanel:
    """Set the account of a use; of a new one also what it is for and what it is narrowed to."""
    form = Form()
    if row is None:
        form.add("use", _("Use"), Choice(options=[(one, word(one)) for one in AccountUse]), required=True)
        hint = _("A category's number, a waste reason, a tax rate in per cent or a supplier's code")
        form.add("key", _("Only for"), TextEdit(placeholder=hint))
    form.add("code", _("Account code"), TextEdit(), required=True)
    form.add("name", _("Account name"), TextEdit())
    if row is not None:
        form.set_values({"code": row.code, "name": row.name})

    def send(values: dict[str, Any]) -> None:
        use = values["use"] if row is None else row.use
        key = (values.get("key") or "") if row is None else row.key
        context.ops.do(
            panel, costing.save_account, use=use, key=key, code=values["code"] or "", name=values["name"] or "",
            version=0 if row is None else row.version, then=panel.done, failed=panel.show_error,
        )  # fmt: skip

    title = _("Account for one kind of thing") if row is None else word(row.use)
    panel = FormPanel(title, form, send, subtitle="" if row is None else only_for(row))
    if row is not None and row.account_id:
        panel.add_action(Button(_("Back to the usual one"), lambda: _remove(context, panel, row), kind="quiet"))
    panel.saved.connect(lambda _answer: done())
    return panel


def _remove(context: AppContext, panel: FormPanel, row: AccountRow) -> None:
    context.ops.do(panel, costing.remove_account, account_id=row.account_id, then=panel.done, failed=panel.show_error)


def settings_panel(context: AppContext, now: BookSettings, done: Done) -> FormPanel:
    """How journals are made."""
    form = Form()
    form.add("voucher_word", _("Word on vouchers"), TextEdit(), required=True)
    form.add("grain", _("Movements of stock"), Choice(options=[(one, word(one)) for one in BookGrain]), required=True)
    form.add("accruals", _("Accruals"), Choice(options=[(one, word(one)) for one in AccrualStyle]), required=True)
    form.set_values({"voucher_word": now.voucher_word, "grain": now.grain, "accruals": now.accruals})

    def send(values: dict[str, Any]) -> None:
        context.ops.do(
            panel, costing.save_book_settings, version=now.version, then=panel.done, failed=panel.show_error, **values
        )

    panel = FormPanel(_("How journals are made"), form, send, subtitle=_("Holds for journals that are not kept yet."))
    panel.saved.connect(lambda _answer: done())
    return panel
