"""One item beside the list: its card in four parts, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core import catalog, documents, labels, stock
from core.catalog import ItemCard
from core.errors import CoreError
from core.i18n import Text, _
from core.words import CostMethod, Permission
from desktop.catalog import item_parts as parts
from desktop.catalog import item_stock
from desktop.catalog.files_part import FilesPart
from desktop.catalog.item_forms import ItemForms
from desktop.catalog.known import Known
from desktop.catalog.parts import emptied, settle, upright
from desktop.catalog.planned_part import planned_part, price_way
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import Button, Chip, DetailPanel, Notice, line

P = Permission
LAST = 8
PARTS: tuple[tuple[str, Text], ...] = (
    ("facts", _("Card")), ("buying", _("Buying")), ("stock", _("Stock")), ("files", _("Photo and files")),
)  # fmt: skip


class ItemPanel(DetailPanel):
    """Reads an item by id and again when it changes. `form_wanted(kind, row)` and `why_wanted(key)` ask the page."""

    is_card = True
    form_wanted = Signal(str, object)
    why_wanted = Signal(str)
    shown = Signal()

    def __init__(self, context: AppContext, known: Known, item_id: int, part: str = "facts") -> None:
        super().__init__("…")
        self.context, self.known, self.item_id = context, known, item_id
        self.card: ItemCard | None = None
        self.available: stock.AvailabilityRow | None = None
        self.value: stock.ValueRow | None = None
        self.plans: list[labels.PlannedRow] = []
        self._forms = ItemForms(context, known)
        self._notice = Notice()
        self._notice.hide()
        self.add_widget(self._notice)
        self._slots: dict[str, QVBoxLayout] = {}
        self._holders: dict[str, QWidget] = {}
        self._switch = self._add_switch()
        self._make_slots()
        self.buttons: dict[str, Button] = {}
        self.show_part(part)
        context.hub.watch(self, ("item", "supplier", "stock", "lot", "reservation", "attachment"), self.reload)
        context.hub.watch(self, ("label",), self._ask_plans)
        self.reload()

    # --- asking

    def reload(self) -> None:
        """Ask again for everything about the item."""
        ask, item_id, may = self.context.ops.ask, self.item_id, self.context.shell.may
        ask(self, catalog.get_item, item_id=item_id, then=self._on_card)
        ask(self, documents.list_thumbnails, owner_kind="item", owner_ids=[item_id], then=self._on_photo)
        if may(P.STOCK_VIEW):
            ask(self, stock.get_availability, item_id=item_id, then=self._on_available)
            ask(self, stock.list_on_hand, item_id=item_id, then=self._on_places)
            wanted = stock.LedgerFilter(item_id=item_id)
            ask(self, stock.list_ledger, wanted=wanted, limit=LAST, newest_first=True, then=self._on_entries)
        self._ask_plans()
        if may(P.COST_VIEW):
            ask(self, stock.list_values, item_id=item_id, then=self._on_values)
            ask(self, catalog.list_prices, item_id=item_id, limit=30, then=self._on_prices)

    def _ask_plans(self) -> None:
        self.context.ops.ask(self, labels.list_item_plans, item_id=self.item_id, then=self._on_plans)

    def show_error(self, error: CoreError) -> None:
        """Said on top of the panel."""
        self._notice.say(error.text, Meaning.DANGER)

    # --- what the parts ask for

    def want_form(self, kind: str, row: object = None) -> None:
        """Ask the page for one of the forms."""
        self.form_wanted.emit(kind, row)

    def act(self, command: Callable[..., Any], **args: Any) -> None:
        """Do something at once, then look again."""

        def then(_answer: object) -> None:
            self._notice.hide()
            self.context.shell.say(_("Saved."))

        self.context.ops.do(self, command, then=then, **args)

    def may_edit(self) -> bool:
        """Whether this person may change this item."""
        is_alive = self.card is not None and self.card.merged_into_id is None
        return is_alive and self.context.shell.may(P.ITEM_EDIT)

    def show_part(self, part: str) -> None:
        """Show one of the four parts."""
        self.part = part
        for key, holder in self._holders.items():
            holder.setVisible(key == part)
        for key, chip in self._switch.items():
            chip.setChecked(key == part)
        if part == "files" and self._slots["files"].count() == 0 and self.card is not None:
            self._slots["files"].addWidget(FilesPart(self.context, "item", self.item_id, may_change=self.may_edit()))

    def method(self) -> CostMethod | None:
        """The cost method in force: that of the ledger once it moved."""
        return self.value.method if self.value is not None else None

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
        inside = {
            "facts": ("gaps", "photo", "figures", "planned", "facts", "price", "units", "barcodes"),
            "buying": ("terms", "prices", "policies", "substitutes"),
            "stock": ("places", "entries"),
            "files": ("files",),
        }
        for part, names in inside.items():
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

    def _on_card(self, card: ItemCard) -> None:
        self.card = card
        row = card.row
        self.set_title(row.title(self.context.language), " · ".join(part for part in (row.code, row.spec) if part))
        if card.merged_into_id is not None:
            self._notice.say(_("It was merged into another item."), Meaning.WATCH)
        elif not row.is_active:
            self._notice.say(_("Retired: it no longer stands in lists to choose from."), Meaning.WATCH)
        else:
            self._notice.hide()
        self._fill("gaps", parts.gaps_part(card))
        self._fill("facts", parts.facts_part(self, card, self.method()))
        self._fill("units", parts.units_part(self, card))
        self._fill("barcodes", parts.barcodes_part(self, card))
        self._fill("terms", parts.terms_part(self, card))
        self._fill("policies", parts.policies_part(self, card, self._forms.place_words))
        self._fill("substitutes", parts.substitutes_part(self, card))
        self._show_plans(card)
        self._show_figures()
        self._show_buttons(card)
        self.show_part(self.part)
        self.shown.emit()

    def _on_photo(self, pictures: dict[int, bytes]) -> None:
        picture = QPixmap()
        if self.item_id not in pictures or not picture.loadFromData(pictures[self.item_id]):
            self._fill("photo", None)
            return
        label = QLabel()
        label.setPixmap(picture)
        label.setAccessibleName(self.context.words(_("Photo")))
        self._fill("photo", label)

    def _on_plans(self, plans: list[labels.PlannedRow]) -> None:
        self.plans = plans
        if self.card is not None:
            self._show_plans(self.card)

    def _show_plans(self, card: ItemCard) -> None:
        self._fill("planned", planned_part(self, card, self.plans))
        self._fill("price", price_way(self, card, self.plans))

    def _on_available(self, row: stock.AvailabilityRow) -> None:
        self.available = row
        self._show_figures()

    def _on_values(self, rows: list[stock.ValueRow]) -> None:
        self.value = rows[0] if rows else None
        self._show_figures()
        if self.card is not None:
            self._fill("facts", parts.facts_part(self, self.card, self.method()))

    def _on_places(self, rows: list[stock.OnHandRow]) -> None:
        self._fill("places", item_stock.places_part(self.known, rows))

    def _on_entries(self, rows: list[stock.EntryRow]) -> None:
        self._fill("entries", item_stock.entries_part(self.context, self.known, self.item_id, rows))

    def _on_prices(self, rows: list[catalog.PriceRow]) -> None:
        self._fill("prices", parts.prices_part(rows))

    def _show_figures(self) -> None:
        if self.card is not None and self.available is not None:
            unit = self.known.unit(self.card.row.base_unit)
            figures = item_stock.figures_part(self.context, unit, self.available, self.value, self.why_wanted.emit)
            self._fill("figures", figures)

    # --- buttons

    def _show_buttons(self, card: ItemCard) -> None:
        if not self.buttons:
            self._add_buttons()
        shown = {
            "edit": self.may_edit(),
            "revalue": self.may_edit() and card.has_entries and self.context.shell.may(P.STOCK_REVALUE),
            "retire": self.may_edit() and card.row.is_active,
            "reactivate": self.may_edit() and not card.row.is_active,
            "stock": self.context.shell.can_go("stock.on_hand"),
            "labels": self.context.shell.can_go("labels") and card.row.is_active,
        }
        for key, is_shown in shown.items():
            self.buttons[key].setVisible(is_shown)

    def _add_buttons(self) -> None:
        go = self.context.shell.go
        made = {
            "edit": Button(_("Edit"), lambda: self.want_form("edit"), icon_name="edit"),
            "revalue": Button(_("Revalue"), lambda: self.want_form("revalue"), icon_name="money"),
            "stock": Button(_("On hand"), lambda: go("stock.on_hand", item_id=self.item_id), icon_name="stock"),
            "labels": Button(_("Print labels"), self._print_labels, icon_name="barcode"),
            "retire": Button(_("Retire"), lambda: self._set_active(catalog.retire_item), kind="danger"),
            "reactivate": Button(_("Use again"), lambda: self._set_active(catalog.reactivate_item), icon_name="check"),
        }
        for key, button in made.items():
            self.buttons[key] = self.add_action(button)

    def _print_labels(self) -> None:
        self.context.shell.go("labels", subject="shelf", ids=(self.item_id,))

    def _set_active(self, command: Callable[..., Any]) -> None:
        if self.card is not None:
            self.act(command, item_id=self.item_id, version=self.card.version)
