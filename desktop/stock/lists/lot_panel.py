"""One lot beside the list: its dates and state, where it lies, what can be done."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import stock
from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.stock.entry.handover import Handover, Prefill
from desktop.stock.lists.known import Known
from desktop.stock.lists.looks import expiry_words, lot_look
from desktop.stock.lists.papers import print_recall
from desktop.widgets import (
    Badge,
    Button,
    Column,
    DetailPanel,
    Facts,
    Kind,
    Label,
    date_words,
    number_words,
    small_table,
)

P = Permission


class LotPanel(DetailPanel):
    """`form_wanted(kind, row)`: block, release, dates."""

    form_wanted = Signal(str, object)

    def __init__(self, context: AppContext, known: Known, handover: Handover, row: stock.LotRow) -> None:
        is_english = context.language == "en"
        super().__init__(row.number, (row.item_name_en or row.item_name) if is_english else row.item_name)
        self._context, self._known, self._handover = context, known, handover
        self.lot_id, self.row = row.lot_id, row
        self._held: list[stock.OnHandRow] = []
        holder, self._facts = _column()
        self.add_widget(holder)
        holder, self._places = _column()
        self.add_section(_("Where it lies"), holder)
        self._block: Button | None = None
        self._add_buttons()
        self.show_lot(row)

    def show_lot(self, row: stock.LotRow) -> None:
        """Show the lot as it is now."""
        self.row = row
        facts = Facts([(_("State"), Badge(lot_look(row, self._known.today())))])
        facts.add(_("Left"), f"{number_words(row.qty)} {row.unit}")
        facts.add(_("Expires"), expiry_words(row.expires_on, self._known.today()) or _("no limit"))
        if row.produced_on is not None:
            facts.add(_("Produced on"), date_words(row.produced_on))
        if row.note:
            facts.add(_("Note"), row.note)
        facts.add(_("Code"), row.item_code)
        _put(self._facts, facts)
        if self._block is not None:
            self._block.set_words(_("Release") if row.is_blocked else _("Block"))
        self._context.ops.ask(self, stock.list_on_hand, item_id=row.item_id, then=self._on_places)

    def _add_buttons(self) -> None:
        shell = self._context.shell
        trace = lambda: shell.go("stock.trace", lot_id=self.lot_id)  # noqa: E731
        self.add_action(Button(_("Trace"), trace, icon_name="link", kind="primary"))
        recall = lambda: print_recall(self._context, self, self.lot_id)  # noqa: E731
        self.add_action(Button(_("Recall list"), recall, icon_name="print"))
        if shell.can_go("labels"):
            labels = lambda: shell.go("labels", subject="lot", ids=(self.lot_id,))  # noqa: E731
            self.add_action(Button(_("Print labels"), labels, icon_name="barcode"))
        if shell.may(P.LOT_EDIT):
            self._block = self.add_action(Button(_("Block"), self._on_block, icon_name="lock"))
            dates = lambda: self.form_wanted.emit("dates", self.row)  # noqa: E731
            self.add_action(Button(_("Correct dates"), dates, icon_name="edit"))
        if shell.may(P.STOCK_WASTE):
            self.add_action(Button(_("Waste"), self._waste, icon_name="waste"))
        ledger = lambda: shell.go("stock.ledger", lot_id=self.lot_id)  # noqa: E731
        self.add_action(Button(_("Ledger"), ledger, icon_name="history"))

    def _on_block(self) -> None:
        self.form_wanted.emit("release" if self.row.is_blocked else "block", self.row)

    def _waste(self) -> None:
        self._handover.go(self._context, "stock.waste", self.prefill())

    def prefill(self) -> Prefill:
        """The lot, where most of it lies: what a waste entry begins with."""
        most = max(self._held, key=lambda row: row.qty, default=None)
        return Prefill(self.row.item_code, self.row.number, most.location_id if most is not None else None)

    def _on_places(self, rows: list[stock.OnHandRow]) -> None:
        held = [replace(row, unit=self._known.unit(row.unit)) for row in rows if row.lot_id == self.lot_id]
        self._held = held
        if not held:
            _put(self._places, Label(_("Nothing is left of it."), "muted"))
            return
        columns = [
            Column("place", _("Place"), 140, stretch=True, value=self._place_name, sortable=False),
            Column("qty", _("Quantity"), 110, kind=Kind.QTY, unit="unit", sortable=False),
        ]
        _put(self._places, small_table(columns, held, _("Where it lies")))

    def _place_name(self, row: stock.OnHandRow) -> str:
        is_english = self._context.language == "en"
        return (row.location_name_en or row.location_name) if is_english else row.location_name


def _column() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return holder, column


def _put(column: QVBoxLayout, content: QWidget) -> None:
    """One widget in the place of what stood there."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    column.addWidget(content)
