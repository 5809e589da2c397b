"""Tolerances, tax, temperatures, prices and the account payments leave from: one form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import purchasing
from core.errors import Conflict, CoreError
from core.i18n import _
from core.purchasing import PurchaseSettings
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import (
    CheckEdit,
    DateEdit,
    Form,
    Label,
    MoneyEdit,
    Notice,
    PageBase,
    QtyEdit,
    TextEdit,
    local_time,
    scrolled,
)

WIDTH = 720
INTEGERS = frozenset({"usage_days"})


class PurchaseRulesPage(PageBase):
    """Save (F2) sends what changed."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            _("Purchasing rules"),
            _("What may differ without asking, what goods may be like, and how payments are made."),
        )
        self._context = context
        self._seen: PurchaseSettings | None = None
        self._notice = Notice()
        self._notice.hide()
        self.form = _make_form(lambda: local_time(context.office.clock.now()).date())
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 4, 16, 16)
        column.addWidget(self._notice)
        column.addWidget(self.form)
        column.addStretch(1)
        self.form.setMaximumWidth(WIDTH)
        self.set_content(scrolled(content))
        self.set_primary(_("Save"), self.save, "save")
        self.form.submitted.connect(self.save)
        context.hub.watch(self, ["purchase_rules"], self._on_news)
        self.reload()

    def reload(self) -> None:
        """Ask again for the rules."""
        self.start_loading()
        self._context.ops.ask(self, purchasing.get_purchase_rules, then=self._take, failed=self.show_error)

    def save(self) -> None:
        """Send what changed (F2)."""
        seen, values = self._seen, self.form.read()
        if seen is None or values is None:
            return
        said = {key: _as_stored(key, value) for key, value in values.items()}
        changes = {key: value for key, value in said.items() if value != seen.values[key]}
        if not changes:
            self._context.shell.say(_("Nothing was changed."))
            return
        self._context.ops.do(
            self, purchasing.save_purchase_rules, version=seen.version, changes=changes,
            base={key: seen.values[key] for key in changes}, then=self._saved, failed=self._refused,
        )  # fmt: skip

    def has_unsaved(self) -> bool:
        return self.form.is_changed()

    def _take(self, found: PurchaseSettings) -> None:
        self._seen = found
        for key, value in found.values.items():
            shown = Decimal(value) if key in INTEGERS else value  # type: ignore[arg-type]
            self.form.editor(key).set_value(shown)
        self.form.mark_unchanged()
        self.show_content()

    def _saved(self, _version: int) -> None:
        self._notice.hide()
        self.form.mark_unchanged()
        self._context.shell.say(_("Saved."))
        self.reload()

    def _refused(self, error: CoreError) -> None:
        if isinstance(error, Conflict):
            words = _(
                "Somebody else changed the same rules meanwhile. Press F5 to see theirs, then change yours again."
            )
            self._notice.say(words, Meaning.SOON)
            self._notice.show()
        else:
            self.form.show_error(error)

    def _on_news(self) -> None:
        if not self.form.is_changed():
            self.reload()


def _as_stored(key: str, value: Any) -> Any:
    if key in INTEGERS:
        return int(value)
    return "" if value is None and key in ("account_name", "iban", "bic", "bank_account") else value


def _make_form(today: Callable[[], date]) -> Form:
    form = Form()
    form.add_heading(_("Invoices"))
    form.add("match_percent", _("Price may differ by, %"), QtyEdit(), required=True)
    form.add("match_amount", _("but by no more than"), MoneyEdit(), required=True)
    form.add("qty_percent", _("Quantity may differ by, %"), QtyEdit(), required=True)
    form.add("invoices_from", _("Invoices are awaited from"), DateEdit(today=today, is_past=True), required=True)
    form.add_heading(_("Tax"))
    form.add("is_tax_recoverable", "", CheckEdit(_("The tax on purchases is refunded: stock is valued without it")))
    form.add("default_tax_rate", _("Usual tax rate, %"), QtyEdit(), required=True)
    form.add_heading(_("At the dock"))
    form.add("price_jump_percent", _("A price asks for a reason from, %"), QtyEdit(), required=True)
    form.add("margin_percent", _("Margin a price must leave, %"), QtyEdit(), required=True)
    form.add("chilled_limit", _("Chilled goods at most, °C"), QtyEdit(negative=True), required=True)
    form.add("frozen_limit", _("Frozen goods at most, °C"), QtyEdit(negative=True), required=True)
    form.add_heading(_("What to order"))
    form.add("usage_days", _("Usage is taken from the last days"), QtyEdit(), required=True)
    form.add_heading(_("Own account for payments"))
    form.add("account_name", _("Account holder"), TextEdit(most=140))
    form.add("bank_account", _("Account"), TextEdit(most=60))
    form.add("iban", _("IBAN"), TextEdit(most=42))
    form.add("bic", _("BIC"), TextEdit(most=11))
    form.add_widget(Label(_("IBAN and BIC are needed for SEPA files only."), "muted", wrap=True))
    return form
