"""The form of a new item, and of what changes on one that is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from core import catalog
from core.catalog import ItemCard, NewBarcode, NewItem, NewPolicy, NewTerm, PackUnit
from core.errors import CoreError
from core.i18n import _
from core.words import Permission
from desktop.catalog.editors import barcode_rows, pack_rows
from desktop.catalog.form_panel import RecordForm
from desktop.catalog.item_fields import (
    add_keeping,
    add_money,
    add_names,
    add_rest,
    add_units,
    said_value,
    set_defaults,
)
from desktop.catalog.known import Known
from desktop.context import AppContext
from desktop.widgets import CheckEdit, Choice, CodeEdit, Form, FormPanel, MoneyEdit, QtyEdit

LEVELS = ("minimum", "safety", "maximum", "par")
TERM = ("supplier_id", "supplier_code", "price")
OWN = ("pack_units", "barcodes", "make_code", *LEVELS, *TERM)


class NewItemForm(FormPanel):
    """Everything known of a new item; only its name and base unit must be. The code is proposed from the category."""

    def __init__(self, context: AppContext, known: Known, barcode: str = "") -> None:
        self._context, self._known = context, known
        self._proposed = ""
        self._made_id = 0
        super().__init__(_("New item"), self._make(), self._send_item, verb=_("Create"))
        set_defaults(self.form)
        if barcode:
            self.form.editor("barcodes").set_value([{"code": barcode, "unit": None}])
        self.form.editor("category_id").changed.connect(self._propose)
        self._propose()

    def _make(self) -> Form:
        form, known = Form(), self._known
        add_names(form, known)
        add_units(form, known)
        form.add("pack_units", _("Pack units"), pack_rows(known), span=True)
        form.add("barcodes", _("Barcodes"), barcode_rows(known), span=True)
        form.add("make_code", _("Barcode of our own"), CheckEdit(_("Make one when the item carries none")), span=True)
        add_keeping(form)
        add_money(form, known, is_new=True)
        self._add_buying(form)
        form.add_heading(_("Stock policy of the whole site"))
        for key, name in zip(LEVELS, (_("Minimum"), _("Safety stock"), _("Maximum"), _("Par level")), strict=True):
            form.add(key, name, QtyEdit())
        add_rest(form)
        return form

    def _add_buying(self, form: Form) -> None:
        form.add_heading(_("Main supplier"))
        options = self._known.supplier_options()
        form.add("supplier_id", _("Supplier"), Choice(options=options, empty=_("No supplier yet")))
        form.editor("supplier_id").set_value(None)
        form.add("supplier_code", _("Supplier item code"), CodeEdit(most=60))
        if self._context.shell.may(Permission.PRICE_EDIT):
            form.add("price", _("Price"), MoneyEdit(decimals=6), hint=_("Of one purchase unit, without tax."))

    def _propose(self) -> None:
        """The next free code of the category, unless somebody wrote another one."""
        code = self.form.editor("code")
        if code.value() in (None, self._proposed):
            category_id = self.form.editor("category_id").value()
            self._context.ops.ask(
                self, catalog.propose_code, category_id=category_id, then=self._on_code, failed=lambda _error: None
            )

    def _on_code(self, code: str) -> None:
        editor, is_changed = self.form.editor("code"), self.is_changed()
        if editor.value() in (None, self._proposed):
            self._proposed = code
            editor.set_value(code)
        if not is_changed:
            self.form.mark_unchanged()

    def _send_item(self, values: dict[str, Any]) -> None:
        makes_code = values["make_code"] and not values["barcodes"]
        self._context.ops.do(
            self,
            catalog.create_item,
            failed=self.show_error,
            item=_new_item(values),
            then=lambda key: self._made(key, makes_code=makes_code),
        )

    def _made(self, item_id: int, *, makes_code: bool) -> None:
        name = self.form.editor("name").value()
        self._context.shell.say(_("{item} was created.", item=name))
        if makes_code:
            self._context.ops.do(
                self,
                catalog.make_barcode,
                item_id=item_id,
                then=lambda _code: self.done(item_id),
                failed=lambda error: self._no_code(item_id, error),
            )
        else:
            self.done(item_id)

    def _no_code(self, item_id: int, error: CoreError) -> None:
        """The item is there all the same; the code can be made on its card."""
        self._context.shell.show_error(error.text)
        self.done(item_id)


def _new_item(values: dict[str, Any]) -> NewItem:
    given = {key: value for key, value in values.items() if key not in OWN and value is not None}
    policy = NewPolicy(**{key: values[key] for key in LEVELS})
    supplier_id = values["supplier_id"]
    terms: tuple[NewTerm, ...] = ()
    if supplier_id is not None:
        terms = (NewTerm(supplier_id, values["supplier_code"] or "", price=values.get("price")),)
    return NewItem(
        **given,
        pack_units=tuple(PackUnit(row["unit"], row["factor"]) for row in values["pack_units"]),
        barcodes=tuple(NewBarcode(row["code"], row["unit"] or "") for row in values["barcodes"]),
        terms=terms,
        policy=policy if any(values[key] is not None for key in LEVELS) else None,
    )


def edit_form(context: AppContext, known: Known, card: ItemCard) -> RecordForm:
    """The form of what changes on an item; what entries hold fast is grey, with the reason."""
    form = Form()
    add_names(form, known)
    form.editor("code").set_required(True)
    add_units(form, known)
    add_keeping(form)
    add_money(form, known, is_new=False)
    add_rest(form)
    if card.has_entries:
        held = form.keys()
        for key in ("base_unit", "cost_method", "standard_cost"):
            if key in held:
                form.editor(key).setEnabled(False)
                form.editor(key).field().setToolTip(context.words(_("It has entries already.")))
    title = card.row.title(context.language)
    panel = RecordForm(
        _("Edit {name}", name=title), form, subtitle=card.row.code,
        said=lambda key, value: said_value(known, key, value),
    )  # fmt: skip

    def change(changes: dict[str, object], base: dict[str, object], version: int) -> None:
        def then(_version: object) -> None:
            context.shell.say(_("Saved."))
            panel.done(card.id)

        context.ops.do(
            panel,
            catalog.update_item,
            item_id=card.id,
            version=version,
            changes=changes,
            base=base,
            then=then,
            failed=panel.show_error,
        )

    panel.change = change
    panel.fetch = lambda then: _read(context, panel, card.id, then)
    panel.fill(card.values, card.version)
    return panel


def _read(
    context: AppContext, owner: QWidget, item_id: int, then: Callable[[Mapping[str, object], int], object]
) -> None:
    context.ops.ask(owner, catalog.get_item, item_id=item_id, then=lambda card: then(card.values, card.version))
