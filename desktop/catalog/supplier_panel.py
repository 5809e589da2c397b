"""One supplier beside the list: its card in five parts, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import catalog, stock
from core.catalog import PriceRow, SupplierCard, SupplierItemRow
from core.errors import CoreError
from core.i18n import Text, _
from core.words import Permission, PostingKind
from desktop.catalog import supplier_parts as parts
from desktop.catalog.files_part import FilesPart
from desktop.catalog.known import Known
from desktop.catalog.parts import emptied, settle, upright
from desktop.catalog.supplier_forms import SupplierForms
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import Button, Chip, DetailPanel, Notice, line

P = Permission
LAST = 6
PARTS: tuple[tuple[str, Text], ...] = (
    ("facts", _("Card")), ("ordering", _("Ordering")), ("money", _("Money")), ("items", _("Items and prices")),
    ("files", _("Files")),
)  # fmt: skip
SLOTS: dict[str, tuple[str, ...]] = {
    "facts": ("facts", "contacts", "receipts"),
    "ordering": ("ordering", "door", "closed"),
    "money": ("money", "payment", "bank"),
    "items": ("items", "prices"),
    "files": ("files",),
}


class SupplierPanel(DetailPanel):
    """Reads a supplier by id and again when it changes. `form_wanted(kind, row)` asks the page for a form."""

    is_card = True
    form_wanted = Signal(str, object)

    def __init__(self, context: AppContext, known: Known, supplier_id: int, part: str = "facts") -> None:
        super().__init__("…")
        self.context, self.known, self.supplier_id = context, known, supplier_id
        self.card: SupplierCard | None = None
        self.forms = SupplierForms(context, known)
        self._item_id = 0
        self._notice = Notice()
        self._notice.hide()
        self.add_widget(self._notice)
        self._slots: dict[str, QVBoxLayout] = {}
        self._holders: dict[str, QWidget] = {}
        self._switch = self._add_switch()
        self._make_slots()
        self.buttons: dict[str, Button] = {}
        self.show_part(part)
        context.hub.watch(self, ("supplier", "item", "stock"), self.reload)
        known.changed.connect(self._on_card_again)
        self.reload()

    def reload(self) -> None:
        """Ask again for everything about the supplier."""
        ask, supplier_id = self.context.ops.ask, self.supplier_id
        ask(self, catalog.get_supplier_card, supplier_id=supplier_id, then=self._on_card)
        ask(self, catalog.list_supplier_terms, supplier_id=supplier_id, then=self._on_items)

    def show_error(self, error: CoreError) -> None:
        """Said on top of the panel."""
        self._notice.say(error.text, Meaning.DANGER)

    # --- what the parts ask for

    def want_form(self, kind: str, row: object = None) -> None:
        """Ask the page for one of the forms; the terms of an item are changed by who may, others go to the item."""
        if kind == "term" and isinstance(row, SupplierItemRow) and not self.forms.may_change_prices():
            self.context.shell.go("catalog.item", item_id=row.id, part="buying")
        else:
            self.form_wanted.emit(kind, row)

    def act(self, command: Callable[..., Any], **args: Any) -> None:
        """Do something at once; the change brings the card anew."""
        self.context.ops.do(self, command, then=lambda _answer: self.context.shell.say(_("Saved.")), **args)

    def may_edit(self) -> bool:
        """Whether this person may change suppliers."""
        return self.context.shell.may(P.SUPPLIER_EDIT)

    def choose_item(self, row: SupplierItemRow) -> None:
        """Show how one item's price went."""
        self._item_id = row.id
        if self.context.shell.may(P.COST_VIEW):
            self.context.ops.ask(
                self, catalog.list_prices, item_id=row.id, supplier_id=self.supplier_id, key="prices",
                then=partial(self._on_prices, row),
            )  # fmt: skip

    def show_part(self, part: str) -> None:
        """Show one of the parts."""
        self.part = part
        for key, holder in self._holders.items():
            holder.setVisible(key == part)
        for key, chip in self._switch.items():
            chip.setChecked(key == part)
        if part == "files" and self._slots["files"].count() == 0:
            files = FilesPart(self.context, "supplier", self.supplier_id, may_change=self.may_edit(), has_photo=False)
            self._slots["files"].addWidget(files)

    # --- laying out

    def _add_switch(self) -> dict[str, Chip]:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(6)
        chips = {}
        for key, words in PARTS:
            chip = Chip(words)
            chip.clicked.connect(lambda _on=False, key=key: self.show_part(key))
            row.addWidget(chip)
            chips[key] = chip
        row.addStretch(1)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, bar)
            column.insertWidget(2, line())
        return chips

    def _make_slots(self) -> None:
        for part, names in SLOTS.items():
            holder = upright(QWidget())
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 8, 0, 0)
            column.setSpacing(16)
            for name in names:
                slot = QVBoxLayout()
                slot.setSpacing(8)
                column.addLayout(slot)
                self._slots[name] = slot
            self._holders[part] = holder
            self.add_widget(holder)

    def _fill(self, name: str, widget: QWidget | None) -> None:
        emptied(self._slots[name])
        if widget is not None:
            self._slots[name].addWidget(upright(widget))
            widget.show()
            settle(widget)

    # --- answers

    def _on_card_again(self) -> None:
        if self.card is not None:
            self._fill("payment", parts.payment_part(self, self.card))

    def _on_card(self, card: SupplierCard) -> None:
        self.card = card
        row, language = card.row, self.context.language
        other = row.name if language == "en" else row.name_en
        said = [row.code, other if other != row.title(language) else ""]
        self.set_title(row.title(language), " · ".join(part for part in said if part))
        self._say_state(card)
        self._fill("facts", parts.facts_part(card))
        self._fill("contacts", parts.contacts_part(self, card))
        self._fill("ordering", parts.ordering_part(self, card))
        self._fill("door", parts.door_part(card))
        self._fill("closed", parts.closed_part(self, card, self.forms.today()))
        self._fill("money", parts.money_part(self, card))
        self._fill("payment", parts.payment_part(self, card))
        self._fill("bank", parts.bank_part(card))
        self._show_buttons(card)
        if self.context.shell.may(P.STOCK_VIEW):
            self.context.ops.ask(
                self, stock.list_postings, kinds=(PostingKind.RECEIPT,), text=row.name, limit=LAST,
                then=self._on_receipts,
            )  # fmt: skip

    def _say_state(self, card: SupplierCard) -> None:
        if card.is_blocked:
            self._notice.say(_("Nothing is ordered here: {why}", why=card.block_note), Meaning.DANGER)
        elif not card.row.is_active:
            self._notice.say(_("Retired: it no longer stands in lists to choose from."), Meaning.WATCH)
        else:
            self._notice.hide()

    def _on_items(self, rows: list[SupplierItemRow]) -> None:
        self._fill("items", parts.items_part(self, rows, self.forms.today()))
        chosen = next((row for row in rows if row.id == self._item_id), rows[0] if rows else None)
        if chosen is not None:
            self.choose_item(chosen)
        else:
            self._fill("prices", None)

    def _on_prices(self, row: SupplierItemRow, prices: list[PriceRow]) -> None:
        self._fill("prices", parts.item_prices_part(self, row, prices))

    def _on_receipts(self, rows: list[stock.PostingRow]) -> None:
        mine = [row for row in rows if self.card is None or row.supplier == self.card.row.name]
        self._fill("receipts", parts.receipts_part(self, mine))

    # --- buttons

    def _show_buttons(self, card: SupplierCard) -> None:
        if not self.may_edit():
            return
        if not self.buttons:
            made = {
                "edit": Button(_("Edit"), lambda: self.want_form("edit"), icon_name="edit"),
                "block": Button(_("Stop ordering"), lambda: self.want_form("block"), icon_name="lock"),
                "release": Button(
                    _("Order here again"), lambda: self._at_once(catalog.release_supplier), icon_name="check"
                ),
                "retire": Button(_("Retire"), lambda: self._at_once(catalog.retire_supplier), kind="danger"),
                "reactivate": Button(
                    _("Use again"), lambda: self._at_once(catalog.reactivate_supplier), icon_name="check"
                ),
            }
            self.buttons = {key: self.add_action(button) for key, button in made.items()}
        is_active = card.row.is_active
        shown = {
            "edit": True, "block": is_active and not card.is_blocked, "release": card.is_blocked, "retire": is_active,
            "reactivate": not is_active,
        }  # fmt: skip
        for key, is_shown in shown.items():
            self.buttons[key].setVisible(is_shown)

    def _at_once(self, command: Callable[..., Any]) -> None:
        if self.card is not None:
            self.act(command, supplier_id=self.supplier_id, version=self.card.version)
