"""One supplier beside the list: how to reach it, what it sells, what came last; and its forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import catalog, stock
from core.catalog import NewSupplier, SupplierItemRow, SupplierRow
from core.errors import CoreError
from core.i18n import _, verbatim
from core.words import Permission, PostingKind
from desktop.catalog.form_panel import RecordForm
from desktop.catalog.item_fields import said_value
from desktop.catalog.known import Known
from desktop.catalog.parts import column_of, emptied, heading, nothing, settle, upright
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    Choice,
    CodeEdit,
    Column,
    DetailPanel,
    Facts,
    Form,
    FormPanel,
    Kind,
    NoteEdit,
    Notice,
    TextEdit,
    Words,
    small_table,
)

P = Permission
LAST = 6
LANGUAGES: tuple[tuple[str, Words], ...] = (("zh", verbatim("中文")), ("en", verbatim("English")))


class SupplierPanel(DetailPanel):
    """Reads a supplier by id and again when it changes. `edit_wanted` asks the page for the form."""

    is_card = True
    edit_wanted = Signal()

    def __init__(self, context: AppContext, known: Known, supplier_id: int) -> None:
        super().__init__("…")
        self._context, self._known, self.supplier_id = context, known, supplier_id
        self.row: SupplierRow | None = None
        self._notice = Notice()
        self._notice.hide()
        self.add_widget(self._notice)
        self._slots = {name: QVBoxLayout() for name in ("facts", "items", "receipts")}
        for slot in self._slots.values():
            slot.setContentsMargins(0, 0, 0, 8)
            holder = QWidget()
            holder.setLayout(slot)
            self.add_widget(upright(holder))
        self.buttons: dict[str, Button] = {}
        context.hub.watch(self, ("supplier", "item", "stock"), self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask again for everything about the supplier."""
        ask, supplier_id = self._context.ops.ask, self.supplier_id
        ask(self, catalog.get_supplier, supplier_id=supplier_id, then=self._on_row)
        ask(self, catalog.list_supplier_terms, supplier_id=supplier_id, then=self._on_items)

    def show_error(self, error: CoreError) -> None:
        """Said on top of the panel."""
        self._notice.say(error.text, Meaning.DANGER)

    # --- answers

    def _fill(self, name: str, widget: QWidget) -> None:
        emptied(self._slots[name])
        self._slots[name].addWidget(upright(widget))
        widget.show()
        settle(widget)

    def _on_row(self, row: SupplierRow) -> None:
        self.row = row
        language = self._context.language
        other = row.name if language == "en" else row.name_en
        parts = [row.code, other if other != row.title(language) else ""]
        self.set_title(row.title(language), " · ".join(part for part in parts if part))
        if row.is_active:
            self._notice.hide()
        else:
            self._notice.say(_("Retired: it no longer stands in lists to choose from."), Meaning.WATCH)
        facts = Facts()
        for name, said in (
            (_("Contact"), row.contact), (_("Phone"), row.phone), (_("E-mail"), row.email),
            (_("Address"), row.address), (_("Papers in"), dict(LANGUAGES).get(row.language, "")),
            (_("Remark"), row.note),
        ):  # fmt: skip
            if said:
                facts.add(name, said)
        self._fill("facts", facts)
        self._show_buttons(row)
        if self._context.shell.may(P.STOCK_VIEW):
            self._context.ops.ask(
                self, stock.list_postings, kinds=(PostingKind.RECEIPT,), text=row.name, limit=LAST,
                then=self._on_receipts,
            )  # fmt: skip

    def _on_items(self, rows: list[SupplierItemRow]) -> None:
        known, language, shell = self._known, self._context.language, self._context.shell
        columns = [
            Column("code", _("Code"), 90, muted=True),
            Column("name", _("Item"), 120, stretch=True, value=lambda row: row.title(language)),
            Column("unit", _("Unit"), 62, kind=Kind.UNIT, value=lambda row: known.unit(row.unit)),
        ]
        if known.sees_prices:
            columns.append(Column("price", _("Price"), 80, kind=Kind.MONEY))
        columns.append(Column("lead_days", _("Lead days"), 78, kind=Kind.QTY, hint=_("Lead time")))
        if not rows:
            self._fill("items", column_of(heading(_("What it sells")), nothing(_("No item names it yet."))))
            return
        table = small_table(columns, rows, _("What it sells"), most=7)
        table.row_activated.connect(lambda row: shell.go("catalog.item", item_id=row.id, part="buying"))
        show = lambda: shell.go("catalog.items", supplier_id=self.supplier_id)  # noqa: E731
        more = Button(_("Show all items"), show, icon_name="item", kind="link")
        self._fill("items", column_of(heading(_("What it sells"), more), table))

    def _on_receipts(self, rows: list[stock.PostingRow]) -> None:
        mine = [row for row in rows if self.row is None or row.supplier == self.row.name]
        if not mine:
            self._fill("receipts", column_of(heading(_("Last receipts")), nothing(_("Nothing was received yet."))))
            return
        columns = [
            Column("at", _("When"), 138, kind=Kind.INSTANT, muted=True, sortable=False),
            Column("number", _("Number"), 120, stretch=True, sortable=False),
            Column("lines", _("Lines"), 62, kind=Kind.QTY, sortable=False),
        ]
        if self._known.sees_cost:
            columns.append(Column("value", _("Value"), 96, kind=Kind.MONEY, sortable=False))
        table = small_table(columns, mine, _("Last receipts"))
        shell = self._context.shell
        if shell.can_go("stock.posting"):
            table.row_activated.connect(lambda row: shell.go("stock.posting", posting_id=row.posting_id))
        self._fill("receipts", column_of(heading(_("Last receipts")), table))

    # --- buttons

    def _show_buttons(self, row: SupplierRow) -> None:
        if not self._context.shell.may(P.SUPPLIER_EDIT):
            return
        if not self.buttons:
            made = {
                "edit": Button(_("Edit"), self.edit_wanted.emit, icon_name="edit"),
                "retire": Button(_("Retire"), lambda: self._set_active(catalog.retire_supplier), kind="danger"),
                "reactivate": Button(
                    _("Use again"), lambda: self._set_active(catalog.reactivate_supplier), icon_name="check"
                ),
            }
            self.buttons = {key: self.add_action(button) for key, button in made.items()}
        self.buttons["retire"].setVisible(row.is_active)
        self.buttons["reactivate"].setVisible(not row.is_active)

    def _set_active(self, command: Callable[..., Any]) -> None:
        if self.row is not None:
            done = lambda _version: self._context.shell.say(_("Saved."))  # noqa: E731
            self._context.ops.do(
                self, command, supplier_id=self.supplier_id, version=self.row.version, then=done
            )  # fmt: skip


def _supplier_fields(form: Form) -> None:
    form.add("name", _("Name"), TextEdit(most=200), required=True)
    form.add("name_en", _("English name"), TextEdit(most=200))
    form.add("code", _("Code"), CodeEdit(most=40), hint=_("Empty: the next free one."))
    form.add("contact", _("Contact"), TextEdit(most=80))
    form.add("phone", _("Phone"), TextEdit(most=60))
    form.add("email", _("E-mail"), TextEdit(most=120))
    form.add("address", _("Address"), TextEdit(most=400), span=True)
    form.add("language", _("Papers in"), Choice(options=LANGUAGES, search=False), required=True)
    form.add("note", _("Remark"), NoteEdit(lines=3, most=10_000), span=True)


def new_supplier_form(context: AppContext) -> FormPanel:
    """The form of a new supplier."""
    form = Form()
    _supplier_fields(form)
    form.set_values({"language": context.language})

    def send(values: dict[str, Any]) -> None:
        new = NewSupplier(**{key: value or "" for key, value in values.items()})

        def then(supplier_id: int) -> None:
            context.shell.say(_("{supplier} was created.", supplier=new.name))
            panel.done(supplier_id)

        context.ops.do(panel, catalog.create_supplier, supplier=new, then=then, failed=panel.show_error)

    panel = FormPanel(_("New supplier"), form, send, verb=_("Create"))
    return panel


def edit_supplier_form(context: AppContext, known: Known, row: SupplierRow) -> RecordForm:
    """The form of what changes on a supplier."""
    form = Form()
    _supplier_fields(form)
    panel = RecordForm(
        _("Edit {name}", name=row.title(context.language)), form, subtitle=row.code,
        said=lambda key, value: said_value(known, key, value),
    )  # fmt: skip

    def change(changes: dict[str, object], base: dict[str, object], version: int) -> None:
        def then(_version: object) -> None:
            context.shell.say(_("Saved."))
            panel.done(row.id)

        context.ops.do(
            panel, catalog.update_supplier, supplier_id=row.id, version=version, changes=changes, base=base, then=then
        )

    def fetch(then: Callable[[Mapping[str, object], int], object]) -> None:
        context.ops.ask(
            panel, catalog.get_supplier, supplier_id=row.id, then=lambda fresh: then(asdict(fresh), fresh.version)
        )

    panel.change, panel.fetch = change, fetch
    panel.fill(asdict(row), row.version)
    return panel
