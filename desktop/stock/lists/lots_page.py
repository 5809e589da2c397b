"""Lots: what expires when, what is blocked, where it came from and where it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QSignalBlocker

from core import stock
from core.devices import Scan
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import Text, _
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.shell.scans import codes_of
from desktop.stock.entry.handover import Handover
from desktop.stock.lists.looks import expiry_meaning, lot_look
from desktop.stock.lists.lot_forms import LotForms
from desktop.stock.lists.lot_panel import LotPanel
from desktop.stock.lists.page import StockListPage, follow_rows
from desktop.stock.lists.why import ledger_entries, show_why
from desktop.widgets import Chip, ChipSpec, Column, FormPanel, Kind, RowTable, WhyFigure

BOARD: tuple[tuple[str, Text, str], ...] = (
    ("expired", _("Expired"), "error"),
    ("days3", _("Within 3 days"), "warning"),
    ("days7", _("Within 7 days"), "clock"),
    ("days30", _("Within 30 days"), "today"),
    ("blocked", _("Blocked"), "lock"),
)
ICONS = {key: icon for key, _words, icon in BOARD}
WITHIN = {"days3": 3, "days7": 7, "days30": 30}


class LotsPage(StockListPage):
    """The expiry board: one tap shows what has expired or soon will; a row opens its lot."""

    def __init__(
        self, context: AppContext, handover: Handover, *, board: str = "", lot_id: int | None = None, text: str = ""
    ) -> None:
        super().__init__(context, _("Lots"), _("What expires when, what is blocked, and where it went"))
        self._handover, self._wanted_id = handover, lot_id
        self._lots: list[stock.LotRow] = []
        self.table = RowTable(self._columns(), name=_("Lots"), key="stock.lots")
        self.set_list(self.table)
        self.forms = LotForms(context, self.known)
        self._add_filters(board, text)
        self.add_files()
        self.say_empty(
            _("No lots in stock"),
            _("Goods with an expiry date are received with a lot; they stand here as long as some are left."),
            [(_("Receive goods"), lambda: context.shell.go("purchasing.receive"))], "lot",
        )  # fmt: skip
        follow_rows(self, self.table, self._on_row)
        self.table.why_requested.connect(lambda row, _key: self._ask_why(row))
        self.known.ready.connect(self.reload)
        self.known.changed.connect(self._show_rows)
        context.hub.watch(self, ("lot", "stock"), self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Ask again for every lot of which something is left, or for all."""
        if self.known.is_ready:
            with_empty = bool(self.chips.values()["empty"])
            self.context.ops.ask(self, stock.list_lots, with_empty=with_empty, then=self._on_lots)

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def scan(self, scan: Scan) -> bool:
        """The number of a lot opens it, alone or in the code of its goods."""
        wanted = {one.casefold() for one in (scan.batch, *codes_of(scan)) if one}
        found = next((row for row in self._lots if row.number.casefold() in wanted), None)
        if found is not None:
            self.open_lot(found)
        return found is not None

    def open_lot(self, row: stock.LotRow) -> None:
        """Show a lot beside the list."""
        panel = LotPanel(self.context, self.known, self._handover, row)
        panel.form_wanted.connect(self._open_form)
        self.open_panel(panel, 400)

    def prepare_sheet(self) -> MakeSheet:
        rows, known = self._fitting(), self.known
        today = known.today()

        def cells() -> Iterator[tuple[Cell, ...]]:
            for row in rows:
                yield (
                    row.item_code, self.item_name(row), row.number, row.produced_on, row.expires_on,
                    lot_look(row, today).words, row.qty, row.unit, row.note,
                )  # fmt: skip

        columns = (
            FileColumn("item", _("Code")), FileColumn("name", _("Item")), FileColumn("lot", _("Lot")),
            FileColumn("produced_on", _("Produced on"), "date"), FileColumn("expires_on", _("Expires"), "date"),
            FileColumn("state", _("State")), FileColumn("qty", _("Quantity"), "qty"), FileColumn("unit", _("Unit")),
            FileColumn("note", _("Note")),
        )  # fmt: skip
        return lambda: Sheet(_("Lots"), columns, cells(), notation=known.notation())

    def _ask_why(self, row: stock.LotRow) -> None:
        def show(why: stock.LedgerWhy) -> None:
            figure = WhyFigure(_("Left of lot {number}", number=row.number), row.qty, row.unit)
            show_why(self, self.context, figure, ledger_entries(why, self.known, is_money=False, unit=row.unit))

        wanted = stock.LedgerFilter(item_id=row.item_id, lot_id=row.lot_id)
        self.context.ops.ask(self, stock.explain_ledger, wanted=wanted, key="why", then=show)

    # --- columns and filters

    def _columns(self) -> list[Column]:
        today = self.known.today
        return [
            Column("number", _("Lot"), 130),
            Column("item", _("Item"), 180, stretch=True, value=self.item_name),
            Column("item_code", _("Code"), 110, muted=True, wide_only=True),
            Column("produced_on", _("Produced on"), 112, kind=Kind.DATE, muted=True, wide_only=True),
            Column(
                "expires_on", _("Expires"), 112, kind=Kind.DATE,
                meaning=lambda row: expiry_meaning(row.expires_on, today()),
            ),
            Column("state", _("State"), 130, kind=Kind.BADGE, value=lambda row: lot_look(row, today()), sortable=False),
            Column("qty", _("Left"), 116, kind=Kind.QTY, unit="unit", why=True),
            Column("note", _("Note"), 150, muted=True, wide_only=True),
        ]  # fmt: skip

    def _add_filters(self, board: str, text: str) -> None:
        search = self.add_search(lambda _text: self._show_rows(), _("Lot or item"))
        search.setText(text)
        self._chips: dict[str, Chip] = {}
        for key, words, icon in BOARD:
            chip = self.chips.add(ChipSpec(key, words))
            if isinstance(chip, Chip):
                chip.set_icon_name(icon)
                chip.toggled.connect(lambda is_on, key=key: self._on_board(key, is_on))
                self._chips[key] = chip
        self.chips.add(ChipSpec("empty", _("Also used up")))
        if board in self._chips:
            self._chips[board].setChecked(True)
        self._chip_empty = self.chips.chip("empty")
        self._chip_empty.toggled.connect(lambda _on: self.reload())

    def _on_board(self, key: str, is_on: bool) -> None:
        """One of the board at a time."""
        if is_on:
            for other, chip in self._chips.items():
                if other != key:
                    with QSignalBlocker(chip):
                        chip.setChecked(False)
                    chip.set_icon_name(ICONS[other])
        self._show_rows()

    def _is_in(self, row: stock.LotRow, key: str) -> bool:
        if key == "blocked":
            return row.is_blocked
        if row.expires_on is None:
            return False
        today = self.known.today()
        if key == "expired":
            return row.expires_on < today
        return today <= row.expires_on <= today + timedelta(days=WITHIN[key])

    def _fitting(self) -> list[stock.LotRow]:
        chosen = [key for key, chip in self._chips.items() if chip.isChecked()]
        letters = self.head.search_text().casefold()
        return [
            row
            for row in self._lots
            if all(self._is_in(row, key) for key in chosen)
            and (
                not letters or letters in f"{row.number} {row.item_code} {row.item_name} {row.item_name_en}".casefold()
            )
        ]

    # --- answers

    def _on_lots(self, rows: list[stock.LotRow]) -> None:
        self._lots = [replace(row, unit=self.known.unit(row.unit)) for row in rows]
        self._show_rows()
        panel = self.panel()
        if isinstance(panel, LotPanel):
            fresh = next((row for row in self._lots if row.lot_id == panel.lot_id), None)
            if fresh is not None:
                panel.show_lot(fresh)
        if self._wanted_id is not None:
            wanted, self._wanted_id = self._wanted_id, None
            found = next((row for row in self._lots if row.lot_id == wanted), None)
            if found is not None:
                self.table.select_where(lambda row: row.lot_id == wanted)
                self.open_lot(found)

    def _show_rows(self) -> None:
        for key, words, _icon in BOARD:
            count = sum(1 for row in self._lots if self._is_in(row, key))
            self._chips[key].set_words(_("{name}: {n}", name=words, n=count) if self._lots else words)
        if self.known.is_ready and (self._lots or self.is_loaded()):
            self.table.set_rows(self._fitting())
        elif self.known.is_ready:
            self.table.set_rows([])

    # --- panel

    def _on_row(self, row: stock.LotRow) -> None:
        panel = self.panel()
        is_open = isinstance(panel, LotPanel) and panel.lot_id == row.lot_id
        if not is_open and not self.has_unsaved():
            self.open_lot(row)

    def _open_form(self, kind: str, row: stock.LotRow) -> None:
        panel = self.forms.make(kind, row)
        panel.saved.connect(lambda _answer: self._back_to(row.lot_id))
        panel.cancelled.connect(lambda: self.open_lot(row))
        self.open_panel(panel, 400)
        panel.focus_field()

    def _back_to(self, lot_id: int) -> None:
        self._wanted_id = lot_id
        self.close_panel()
        self.reload()
