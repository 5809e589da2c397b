"""The head of an invoice being typed: from whom, its number and days, and what it states in all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from core.purchasing import InvoiceProposal, due_date
from core.values import CURRENCY_SIGNS
from core.words import InvoiceKind
from desktop.purchasing.receive.finding import Finder
from desktop.shell.attachments import FilesToCome
from desktop.widgets import CheckEdit, Choice, CodeEdit, DateEdit, MoneyEdit, Strip, TextEdit

NARROW = 760
FIELDS = {"supplier": "supplier_id", "lines": "", "is_tax_incl": "gross"}
KINDS = ((InvoiceKind.INVOICE, _("Invoice")), (InvoiceKind.CREDIT_NOTE, _("Credit note")))
PASSED = ("net", "currency", "rate", "note")
DAYS = ("invoiced_on", "due_on")
MONEY = ("gross", "tax", "net", "rate")


class _Facts(Strip):
    """Fields that Enter passes over stay in reach of Tab."""

    passed: tuple[str, ...] = ()

    def is_wanted(self, key: str) -> bool:
        return key not in self.passed


class EntryHead(QWidget):
    """`changed`: something was typed; `supplier_changed`; `kind_changed`; `finished`: Enter after the last field."""

    changed = Signal()
    supplier_changed = Signal()
    kind_changed = Signal()
    finished = Signal()

    def __init__(self, finder: Finder) -> None:
        super().__init__()
        self._finder = finder
        self._deal: InvoiceProposal | None = None
        self._is_due_typed = False
        self._currency = ""
        self.top, self.sums = _Facts(), _Facts()
        self.supplier = Choice(_("Supplier"), search=True)
        self.kind = Choice(_("Kind"), KINDS, search=False)
        self.files = FilesToCome()
        self.is_incl = CheckEdit(_("Prices with tax"))
        self._add_fields()
        self._lay_out()
        self._connect()

    def _add_fields(self) -> None:
        top, sums, today = self.top, self.sums, self._finder.today
        top.add("supplier_id", _("Supplier"), self.supplier, share=38)
        top.add("number", _("Number"), CodeEdit(_("Number"), most=60), share=17)
        top.add("invoiced_on", _("Invoice date"), DateEdit(_("Invoice date"), today=today, is_past=True), share=14)
        top.add("due_on", _("Due date"), DateEdit(_("Due date"), today=today), share=14)
        top.add("kind", _("Kind"), self.kind, share=12)
        top.passed = ("due_on", "kind")
        sums.add("gross", _("Total with tax"), MoneyEdit(_("Total with tax")), share=14)
        sums.add("tax", _("Of it tax"), MoneyEdit(_("Of it tax")), share=12)
        sums.add("net", _("Total without tax"), MoneyEdit(_("Total without tax")), share=14)
        sums.add("currency", _("Currency"), CodeEdit(_("Currency"), most=3, upper=True), share=8)
        sums.add("rate", _("Exchange rate"), MoneyEdit(_("Exchange rate"), decimals=6), share=10)
        sums.show_field("rate", False)
        sums.add("note", _("Note"), TextEdit(_("Note"), most=400), share=18)
        sums.passed = PASSED
        self.is_incl.setFixedHeight(self.files.sizeHint().height())
        self.is_incl.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        sums.add_widget(self.is_incl)
        sums.add_widget(self.files)
        for strip in (top, sums):
            strip.narrow = NARROW
        self.kind.set_value(InvoiceKind.INVOICE)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.top)
        column.addWidget(self.sums)

    def _connect(self) -> None:
        self.supplier.changed.connect(self.supplier_changed)
        self.kind.changed.connect(self.kind_changed)
        self.is_incl.changed.connect(self.changed)
        self.sums.editor("currency").committed.connect(self._on_currency)
        self.files.changed.connect(self.changed)
        self.top.changed.connect(self.changed)
        self.sums.changed.connect(self.changed)
        self.top.finished.connect(lambda: self.sums.focus("gross"))
        self.sums.finished.connect(self.finished)
        self.top.editor("due_on").changed.connect(self._on_due)
        self.top.editor("invoiced_on").changed.connect(self.propose_due)
        for key in ("gross", "tax"):
            self.sums.editor(key).changed.connect(self._fill_net)
        self.sums.editor("net").committed.connect(self.check_sums)
        self._finder.ready.connect(self.fill_suppliers)

    # --- reading

    def supplier_id(self) -> int | None:
        """Whose invoice it is; None while nobody said."""
        found: int | None = self.top.value("supplier_id")
        return found

    def is_credit(self) -> bool:
        """Whether it is a credit note."""
        return self.top.value("kind") is InvoiceKind.CREDIT_NOTE

    def read(self) -> dict[str, Any] | None:
        """The head; None when a field is wrong (it says so and has the focus)."""
        for key, words in (("supplier_id", _("Choose the supplier the invoice is from.")),
                           ("number", _("Which number stands on the invoice? Write it as it is printed.")),
                           ("invoiced_on", _("Which day stands on the invoice?"))):  # fmt: skip
            if self.top.editor(key).check() and self.top.value(key) in (None, ""):
                self.top.show_field_error(key, CoreError(words))
                return None
        top, sums = self.top.read(), self.sums.read()
        if top is None or sums is None or not self.check_sums():
            return None
        return {**top, **sums, "is_tax_incl": self.is_incl.value()}

    def typed(self) -> dict[str, Any]:
        """What can be read of the head, whatever is wrong or missing."""
        return {key: strip.value(key) for strip in (self.top, self.sums) for key in strip.names()}

    def stated(self) -> Decimal | None:
        """The total with tax as stated, or as net and tax make it."""
        said = self.typed()
        if said["gross"] is not None or said["net"] is None:
            found: Decimal | None = said["gross"]
            return found
        total: Decimal = said["net"] + (said["tax"] or 0)
        return total

    def check_sums(self) -> bool:
        """Whether net and tax make the total, where all three are stated; it says so at the total otherwise."""
        said = self.typed()
        gross, tax, net = said["gross"], said["tax"], said["net"]
        is_right = None in (gross, tax, net) or net + tax == gross
        words = None if is_right else _("{net} and {tax} make {made}.", net=net, tax=tax, made=net + tax)
        self.sums.editor("gross").set_error(words)
        if not is_right:
            self.sums.focus("gross")
        return bool(is_right)

    # --- filling

    def fill_suppliers(self) -> None:
        """Offer the suppliers."""
        language = self._finder.context.language
        self.supplier.set_options([(row.id, row.title(language)) for row in self._finder.suppliers])

    def take_deal(self, deal: InvoiceProposal, *, keeps_tax: bool = False) -> None:
        """What the supplier usually does: currency, prices with tax or not, when it is due."""
        self._deal = deal
        self._show_supplier(deal)
        self._currency = deal.currency
        self.sums.set_values({"currency": deal.currency})
        sign = CURRENCY_SIGNS.get(deal.currency, deal.currency)
        for key in ("gross", "tax", "net"):
            editor = self.sums.editor(key)
            assert isinstance(editor, MoneyEdit)
            editor.set_sign(sign)
        is_foreign = self._finder.site is not None and deal.currency != self._finder.site.currency
        self.sums.show_field("rate", is_foreign)
        self.sums.passed = ("net", "currency", "note") if is_foreign and deal.rate is None else PASSED
        if is_foreign and self.sums.value("rate") is None:
            self.sums.set_values({"rate": deal.rate})
        if not keeps_tax:
            self.is_incl.set_value(deal.is_tax_incl)
        self.propose_due()

    def _show_supplier(self, deal: InvoiceProposal) -> None:
        """One that is retired is still owed: it is offered for its own invoice."""
        if deal.supplier_id not in [row.id for row in self._finder.suppliers]:
            language = self._finder.context.language
            rows = [(row.id, row.title(language)) for row in self._finder.suppliers]
            self.supplier.set_options([*rows, (deal.supplier_id, deal.supplier.render(language))])
        self.supplier.set_value(deal.supplier_id)

    def propose_due(self) -> None:
        """The day it is due follows from its date and the supplier's terms, until somebody says another."""
        day = self.top.value("invoiced_on")
        if not self._is_due_typed and day is not None and self._deal is not None:
            self.top.set_values({"due_on": due_date(day, self._deal.terms)})

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show a head that is known already."""
        self._is_due_typed = values.get("due_on") is not None
        for strip in (self.top, self.sums):
            strip.set_values({key: value for key, value in values.items() if key in strip.names()})
        if values.get("is_tax_incl") is not None:
            self.is_incl.set_value(values["is_tax_incl"])

    def clear(self) -> None:
        """An empty head."""
        for strip in (self.top, self.sums):
            for key in strip.names():
                strip.editor(key).clear()
        self.kind.set_value(InvoiceKind.INVOICE)
        self.files.clear()
        self._deal, self._is_due_typed, self._currency = None, False, ""

    def to_draft(self) -> dict[str, Any]:
        """What stands in the head as plain words."""
        kept: dict[str, Any] = {"is_tax_incl": bool(self.is_incl.value())}
        for key, value in self.typed().items():
            if value is not None:
                kept[key] = value.isoformat() if key in DAYS else f"{value:f}" if key in MONEY else value
        return kept

    def restore(self, kept: Mapping[str, Any]) -> None:
        """The head of a draft. Raises ValueError for what cannot be read."""
        values = dict(kept)
        values.update({key: date.fromisoformat(values[key]) for key in DAYS if key in values})
        values.update({key: Decimal(values[key]) for key in MONEY if key in values})
        if "kind" in values:
            values["kind"] = InvoiceKind(values["kind"])
        self.fill(values)

    # --- errors and focus

    def show_error_at(self, error: CoreError) -> bool:
        """Say an error at its field; False when it has none here."""
        key = FIELDS.get(error.field or "", error.field or "")
        return bool(key) and any(strip.show_field_error(key, error) for strip in (self.top, self.sums))

    def say_quietly(self, field: str, error: CoreError | None) -> None:
        """Say (or take away) what is wrong with a field without going there."""
        for strip in (self.top, self.sums):
            if strip.has(field):
                strip.editor(field).set_error(None if error is None else error.text)

    def focus(self) -> None:
        """Put the keyboard into the first field that is empty."""
        for strip, key in ((self.top, "supplier_id"), (self.top, "number"), (self.top, "invoiced_on")):
            if strip.value(key) in (None, ""):
                strip.focus(key)
                return
        self.sums.focus("gross")

    def _on_currency(self) -> None:
        """Another currency: what the supplier's terms say in it is asked anew."""
        if (self.sums.value("currency") or "") != self._currency:
            self.sums.set_values({"rate": None})
            self.supplier_changed.emit()

    def _on_due(self) -> None:
        self._is_due_typed = self.top.value("due_on") is not None

    def _fill_net(self) -> None:
        """The total without tax follows from the other two."""
        gross, tax = self.sums.value("gross"), self.sums.value("tax")
        self.sums.editor("gross").set_error(None)
        if gross is not None and tax is not None:
            self.sums.set_values({"net": gross - tax})
