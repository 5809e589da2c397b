"""The forms of a supplier: its card, how it is ordered from, its money, a contact, days without delivery, a block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from core import catalog
from core.catalog import ClosedDay, ContactRow, NewContact, NewSupplier, SupplierCard
from core.currencies import CURRENCIES
from core.i18n import Text, _, verbatim
from core.words import Permission
from desktop.catalog.deal_editors import WeekdaysEdit, closed_rows, percent_edit, weekday_words
from desktop.catalog.editors import DaysEdit
from desktop.catalog.form_panel import RecordForm
from desktop.catalog.item_fields import said_value
from desktop.catalog.item_forms import ItemForms
from desktop.catalog.known import Known
from desktop.context import AppContext
from desktop.widgets import (
    CheckEdit,
    Choice,
    CodeEdit,
    Form,
    FormPanel,
    MoneyEdit,
    NoteEdit,
    QtyEdit,
    TextEdit,
    Words,
    local_time,
)

LANGUAGES: tuple[tuple[str, Words], ...] = (("zh", verbatim("中文")), ("en", verbatim("English")))
OFTEN = ("CNY", "EUR", "USD", "GBP", "HKD", "JPY")


def card_fields(form: Form) -> None:
    """Who it is and how it is reached."""
    form.add("name", _("Name"), TextEdit(most=200), required=True)
    form.add("name_en", _("English name"), TextEdit(most=200))
    form.add("code", _("Code"), CodeEdit(most=40), hint=_("Empty: the next free one."))
    form.add("contact", _("Contact"), TextEdit(most=80))
    form.add("phone", _("Phone"), TextEdit(most=60))
    form.add("email", _("E-mail"), TextEdit(most=120))
    form.add("address", _("Address"), TextEdit(most=400), span=True)
    form.add("language", _("Papers in"), Choice(options=LANGUAGES, search=False), required=True)
    form.add("note", _("Remark"), NoteEdit(lines=3, most=10_000), span=True)


def ordering_fields(form: Form, card: SupplierCard) -> None:
    """When and how much can be ordered, and what is accepted at the door."""
    currency = str(card.values["currency"])
    form.add(
        "delivery_days", _("Delivery days"), WeekdaysEdit(), hint=_("None chosen: it delivers on any day."), span=True
    )
    form.add("cutoff_time", _("Order cut-off time"), TextEdit(placeholder="16:30", most=8))
    form.add("lead_days", _("Lead time"), DaysEdit(), required=True, hint=_("From the order to the delivery."))
    form.add("minimum_value", _("Minimum order value"), QtyEdit(unit=currency))
    if card.sees_secrets:
        form.add("monthly_budget", _("Budget a month"), QtyEdit(unit=currency))
    form.add_heading(_("At the door"))
    form.add("over_tolerance", _("Over-delivery accepted"), percent_edit(), hint=_("Above it somebody is asked."))
    form.add("short_tolerance", _("Short delivery counts as complete"), percent_edit())
    form.add(
        "price_jump_percent", _("A new price asks for a reason above"), percent_edit(), hint=_("Up or down."), span=True
    )


def money_fields(form: Form, card: SupplierCard) -> None:
    """In which currency and with which tax it sells, when and to where it is paid."""
    mine = str(card.values["currency"])
    first = tuple(dict.fromkeys((mine, *OFTEN)))
    codes = [*first, *sorted(CURRENCIES - set(first))]
    form.add("currency", _("Currency"), Choice(options=[(code, verbatim(code)) for code in codes]), required=True)
    form.add("tax_number", _("Tax number"), TextEdit(most=60))
    form.add("prices_incl_tax", _("Prices"), CheckEdit(_("Its prices include tax")))
    form.add("tax_rate", _("Tax rate"), percent_edit(), hint=_("For items without a rate of their own."))
    form.add_heading(_("Payment"))
    form.add("payment_days", _("Payment term"), DaysEdit(), required=True)
    form.add("payment_end_of_month", _("Counted from"), CheckEdit(_("From the end of the month")))
    form.add("match_percent", _("Invoice may differ by"), percent_edit())
    form.add("match_amount", _("But by no more than"), MoneyEdit(decimals=6))
    if card.sees_secrets:
        form.add_heading(_("Bank"))
        form.add("bank_name", _("Bank"), TextEdit(most=120))
        form.add("bank_account", _("Bank account"), TextEdit(most=60))
        form.add("iban", _("IBAN"), TextEdit(most=50))
        form.add("bic", _("BIC"), TextEdit(most=20))


class SupplierForms:
    """Makes the panels for one supplier; who shows them listens to `saved` and `cancelled`."""

    def __init__(self, context: AppContext, known: Known) -> None:
        self._context, self._known = context, known

    def new(self) -> FormPanel:
        """The form of a new supplier."""
        form = Form()
        card_fields(form)
        form.set_values({"language": self._context.language})

        def send(values: dict[str, Any]) -> None:
            filled: dict[str, Any] = {key: value or "" for key, value in values.items()}
            new = NewSupplier(**filled)

            def then(supplier_id: int) -> None:
                self._context.shell.say(_("{supplier} was created.", supplier=new.name))
                panel.done(supplier_id)

            self._context.ops.do(panel, catalog.create_supplier, supplier=new, then=then, failed=panel.show_error)

        panel = FormPanel(_("New supplier"), form, send, verb=_("Create"))
        return panel

    def edit(self, card: SupplierCard) -> RecordForm:
        """The form of who it is."""
        form = Form()
        card_fields(form)
        return self._record(_("Edit {name}", name=card.row.title(self._context.language)), form, card)

    def ordering(self, card: SupplierCard) -> RecordForm:
        """The form of how it is ordered from."""
        form = Form()
        ordering_fields(form, card)
        return self._record(_("Ordering"), form, card)

    def money(self, card: SupplierCard) -> RecordForm:
        """The form of currency, tax, payment and bank."""
        form = Form()
        money_fields(form, card)
        return self._record(_("Money"), form, card)

    def contact(self, card: SupplierCard, row: ContactRow | None = None) -> FormPanel:
        """One person at the supplier's."""
        form = Form()
        form.add("name", _("Name"), TextEdit(most=80), required=True)
        form.add("role", _("Does what"), TextEdit(placeholder=_("orders, accounts, driver…"), most=80))
        form.add("phone", _("Phone"), TextEdit(most=60))
        form.add("email", _("E-mail"), TextEdit(most=120))
        form.add("gets_orders", _("Orders"), CheckEdit(_("Gets them by e-mail")))
        form.add("gets_claims", _("Claims"), CheckEdit(_("Gets them by e-mail")))
        form.add("note", _("Remark"), TextEdit(most=400), span=True)
        if row is not None:
            keys = form.keys()
            form.set_values({key: getattr(row, key) for key in keys})

        def send(values: dict[str, Any]) -> None:
            filled: dict[str, Any] = {key: "" if value is None else value for key, value in values.items()}
            contact = NewContact(**filled, rank=row.rank if row is not None else len(card.contacts) + 1)
            args = {"contact_id": row.id, "version": row.version} if row is not None else {}
            self._do(panel, card, catalog.save_contact, contact=contact, **args)

        panel = self._panel(_("New contact") if row is None else row.name, card, form, send)
        return panel

    def closed(self, card: SupplierCard) -> FormPanel:
        """The days without delivery that are still to come."""
        form = Form()
        edit = closed_rows(self.today)
        form.add("days", _("Days without delivery"), edit)
        coming = [one for one in card.closed_days if one.day >= self.today()]
        past = [one for one in card.closed_days if one.day < self.today()]
        edit.set_value([{"day": one.day, "note": one.note} for one in coming])
        if not coming:
            edit.add_row()
        form.mark_unchanged()

        def send(values: dict[str, Any]) -> None:
            days = [*past, *(ClosedDay(row["day"], row["note"] or "") for row in values["days"])]
            self._do(panel, card, catalog.set_closed_days, days=days)

        panel = self._panel(_("Days without delivery"), card, form, send)
        return panel

    def block(self, card: SupplierCard) -> FormPanel:
        """Why nothing is to be ordered any more."""
        form = Form()
        form.add("note", _("Why"), NoteEdit(lines=3, most=400), required=True, span=True)

        def send(values: dict[str, Any]) -> None:
            self._do(panel, card, catalog.block_supplier, version=card.version, note=values["note"])

        panel = self._panel(_("Stop ordering"), card, form, send, verb=_("Stop ordering"))
        return panel

    def term(self, item: catalog.ItemCard, supplier_id: int) -> FormPanel | None:
        """How the supplier sells an item; none when it does no more."""
        row = next((one for one in item.terms if one.supplier_id == supplier_id), None)
        return None if row is None else ItemForms(self._context, self._known).term(item, row)

    def may_change_prices(self) -> bool:
        """Whether this person may change what suppliers ask."""
        may = self._context.shell.may
        return may(Permission.SUPPLIER_EDIT) and may(Permission.PRICE_EDIT)

    def today(self) -> date:
        """The day it is at the site."""
        return local_time(self._context.office.clock.now()).date()

    # --- inside

    def _record(self, title: Text, form: Form, card: SupplierCard) -> RecordForm:
        context, known = self._context, self._known
        panel = RecordForm(title, form, subtitle=self._subtitle(card), said=lambda key, value: _said(known, key, value))

        def change(changes: dict[str, object], base: dict[str, object], version: int) -> None:
            def then(_version: object) -> None:
                context.shell.say(_("Saved."))
                panel.done(card.id)

            context.ops.do(
                panel, catalog.update_supplier, supplier_id=card.id, version=version, changes=changes, base=base,
                then=then,
            )  # fmt: skip

        def fetch(then: Callable[[Mapping[str, object], int], object]) -> None:
            context.ops.ask(
                panel, catalog.get_supplier_card, supplier_id=card.id,
                then=lambda fresh: then(fresh.values, fresh.version),
            )  # fmt: skip

        panel.change, panel.fetch = change, fetch
        panel.fill(card.values, card.version)
        return panel

    def _panel(
        self,
        title: Text | str,
        card: SupplierCard,
        form: Form,
        send: Callable[[dict[str, Any]], object],
        *,
        verb: Text | str = "",
    ) -> FormPanel:
        return FormPanel(title, form, send, subtitle=self._subtitle(card), verb=verb)

    def _subtitle(self, card: SupplierCard) -> str:
        return f"{card.row.title(self._context.language)} · {card.row.code}"

    def _do(self, panel: FormPanel, card: SupplierCard, command: Callable[..., Any], **args: Any) -> None:
        def then(_answer: object) -> None:
            self._context.shell.say(_("Saved."))
            panel.done(card.id)

        self._context.ops.do(panel, command, then=then, failed=panel.show_error, supplier_id=card.id, **args)


def _said(known: Known, key: str, value: object) -> Words:
    """A field's value in words, where two people typed different ones."""
    if key == "delivery_days" and isinstance(value, int):
        return weekday_words(value)
    return said_value(known, key, value)
