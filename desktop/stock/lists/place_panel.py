"""One place beside the tree: what lies there and what can be done."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import stock
from core.i18n import _
from core.words import LocationKind, Permission, StorageKind, word
from desktop.context import AppContext
from desktop.stock.lists.known import Known
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Button, Column, DetailPanel, Kind, Label, Notice, Words, small_table

SHOWN = 10


class PlacePanel(DetailPanel):
    """`form_wanted(kind, row)`: add, edit, lock, unlock, move, retire, restore."""

    form_wanted = Signal(str, object)

    def __init__(self, context: AppContext, known: Known, row: stock.LocationRow, look: BadgeLook | None) -> None:
        super().__init__(known.title(row), row.code, look)
        self._context, self._known = context, known
        self.location_id, self.row = row.location_id, row
        if row.is_locked:
            self.add_widget(Notice(row.lock_note or _("Nothing may move here."), Meaning.DANGER))
        self._add_facts(row)
        holder = QWidget()
        self._contents = QVBoxLayout(holder)
        self._contents.setContentsMargins(0, 0, 0, 0)
        self.add_section(_("What lies here"), holder)
        self._add_buttons(row)
        context.hub.watch(self, ("stock", "lot"), self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask again for what lies here."""
        ask = self._context.ops.ask
        ask(self, stock.list_on_hand, location_id=self.location_id, then=self._on_contents, key="contents")

    def _add_facts(self, row: stock.LocationRow) -> None:
        facts: list[tuple[Words, Words]] = [(_("Kind"), word(row.kind))]
        parent = self._known.place(row.parent_id)
        if parent is not None:
            facts.append((_("Lies in"), self._known.title(parent)))
        if row.storage_kind:
            facts.append((_("Storage"), word(StorageKind(row.storage_kind))))
        facts.append((_("Walking order"), str(row.walk_order)))
        facts.append((_("Negative stock"), _("allowed") if row.allow_negative else _("refused")))
        self.add_facts(list(facts))

    def _add_buttons(self, row: stock.LocationRow) -> None:
        shell = self._context.shell
        stock_list = lambda: shell.go("stock.on_hand", location_id=self.location_id)  # noqa: E731
        self.add_action(Button(_("Stock list"), stock_list, icon_name="stock"))
        ledger = lambda: shell.go("stock.ledger", location_id=self.location_id)  # noqa: E731
        self.add_action(Button(_("Ledger"), ledger, icon_name="history"))
        if shell.can_go("labels") and row.is_active:
            labels = lambda: shell.go("labels", location_id=self.location_id)  # noqa: E731
            self.add_action(Button(_("Print labels"), labels, icon_name="barcode"))
        if not shell.may(Permission.LOCATION_EDIT) or row.kind is LocationKind.TRANSIT:
            return
        kinds: list[tuple[str, Words, str]] = [("edit", _("Edit"), "edit"), ("add", _("Add place in it"), "plus")]
        kinds.append(("unlock", _("Unlock"), "lock") if row.is_locked else ("lock", _("Lock"), "lock"))
        if row.parent_id is not None:
            kinds.append(("move", _("Move"), "transfer"))
            kinds.append(("retire", _("Retire"), "close") if row.is_active else ("restore", _("Use again"), "check"))
        for kind, words, icon in kinds:
            wanted = lambda kind=kind: self.form_wanted.emit(kind, self.row)  # noqa: E731
            self.add_action(Button(words, wanted, icon_name=icon, kind="danger" if kind == "retire" else "plain"))

    def _on_contents(self, rows: list[stock.OnHandRow]) -> None:
        while (item := self._contents.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not rows:
            self._contents.addWidget(Label(_("Nothing is there."), "muted"))
            return
        is_english = self._context.language == "en"
        named = [replace(row, unit=self._known.unit(row.unit)) for row in rows]
        columns = [
            Column(
                "item", _("Item"), 140, stretch=True, sortable=False,
                value=lambda row: (row.item_name_en or row.item_name) if is_english else row.item_name,
            ),
            Column("lot", _("Lot"), 96, muted=True, sortable=False),
            Column("qty", _("Quantity"), 104, kind=Kind.QTY, unit="unit", sortable=False),
        ]  # fmt: skip
        table = small_table(columns, named[:200], _("What lies here"))
        table.row_activated.connect(lambda row: self._context.shell.go("stock.on_hand", item_id=row.item_id))
        self._contents.addWidget(table)
