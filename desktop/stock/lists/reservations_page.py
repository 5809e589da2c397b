"""Reservations: stock kept back for somebody, until it is taken or let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core import stock
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import _
from core.words import Permission, ReservationState, word
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.stock.lists.page import StockListPage, follow_rows
from desktop.stock.lists.reserve_form import ReserveForm
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Button,
    ChipSpec,
    Column,
    DetailPanel,
    FormPanel,
    Kind,
    RowTable,
    date_words,
    instant_words,
)
from desktop.widgets.figures import number_words


class ReservationsPage(StockListPage):
    """Soonest needed first. Opened with `item_id` the form to reserve that item stands beside the list."""

    def __init__(self, context: AppContext, *, item_id: int | None = None, is_adding: bool = False) -> None:
        super().__init__(context, _("Reservations"), _("What is promised, to whom and for when"))
        self._rows: list[stock.ReservationRow] = []
        self._may_reserve = self.may(Permission.STOCK_RESERVE)
        self.table = RowTable(self._columns(), name=_("Reservations"), key="stock.reservations")
        self.set_list(self.table)
        self.add_search(lambda _text: self._show_rows(), _("Item or purpose"))
        self.chips.add(ChipSpec("late", _("Overdue")))
        self.chips.add(ChipSpec("closed", _("Also closed")))
        self.chips.changed.connect(self.reload)
        if self._may_reserve:
            self.set_primary(_("Reserve"), self.add_reservation)
        self.add_files()
        starts = [(_("Reserve"), self.add_reservation)] if self._may_reserve else []
        self.say_empty(
            _("Nothing is reserved"),
            _("Stock that is kept back for an order, a party or a repair stands here until it is taken."),
            starts, "pin",
        )  # fmt: skip
        follow_rows(self, self.table, self._on_row)
        context.hub.watch(self, ("reservation",), self.reload)
        self.known.ready.connect(self.reload)
        self.start_loading()
        if self._may_reserve and (is_adding or item_id is not None):
            self.add_reservation(item_id)

    def reload(self) -> None:
        """Ask again for what is promised."""
        if self.known.is_ready:
            is_open = not self.chips.values()["closed"]
            self.context.ops.ask(self, stock.list_reservations, is_open=is_open, then=self._on_rows_came)

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def add_reservation(self, item_id: int | None = None) -> None:
        """The form beside the list."""
        panel = ReserveForm(self.context, self.known, item_id).panel
        panel.saved.connect(lambda _answer: self.close_panel())
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, 400)
        panel.focus_field()

    def prepare_sheet(self) -> MakeSheet:
        rows, known = self._fitting(), self.known

        def cells() -> Iterator[tuple[Cell, ...]]:
            for row in rows:
                yield (
                    row.item_code, self.item_name(row), row.qty, row.unit, row.purpose, row.needed_on, word(row.state),
                    row.by, row.created_at,
                )  # fmt: skip

        columns = (
            FileColumn("item", _("Code")), FileColumn("name", _("Item")), FileColumn("qty", _("Quantity"), "qty"),
            FileColumn("unit", _("Unit")), FileColumn("purpose", _("For")),
            FileColumn("needed_on", _("Needed on"), "date"), FileColumn("state", _("State")),
            FileColumn("by", _("Reserved by")), FileColumn("created_at", _("Reserved at"), "instant"),
        )  # fmt: skip
        return lambda: Sheet(_("Reservations"), columns, cells(), notation=known.notation())

    # --- rows

    def _columns(self) -> list[Column]:
        return [
            Column("item", _("Item"), 190, stretch=True, value=self.item_name),
            Column("item_code", _("Code"), 112, muted=True, wide_only=True),
            Column("qty", _("Quantity"), 120, kind=Kind.QTY, unit="unit"),
            Column("purpose", _("For"), 200, stretch=True),
            Column("needed_on", _("Needed on"), 112, kind=Kind.DATE),
            Column("state", _("State"), 112, kind=Kind.BADGE, value=self._look),
            Column("by", _("Reserved by"), 112, muted=True),
            Column("created_at", _("Reserved at"), 140, kind=Kind.INSTANT, muted=True, wide_only=True),
        ]

    def _is_late(self, row: stock.ReservationRow) -> bool:
        is_open = row.state is ReservationState.OPEN
        return is_open and row.needed_on is not None and row.needed_on < self.known.today()

    def _look(self, row: stock.ReservationRow) -> BadgeLook:
        if self._is_late(row):
            return BadgeLook(_("Overdue"), Meaning.DANGER)
        meaning = Meaning.ACCENT if row.state is ReservationState.OPEN else Meaning.PLAIN
        return BadgeLook(word(row.state), meaning, "pin" if meaning is Meaning.ACCENT else "")

    def _fitting(self) -> list[stock.ReservationRow]:
        late, letters = self.chips.values()["late"], self.head.search_text().casefold()
        return [
            row
            for row in self._rows
            if (not late or self._is_late(row))
            and (
                not letters or letters in f"{row.item_code} {row.item_name} {row.item_name_en} {row.purpose}".casefold()
            )
        ]

    def _on_rows_came(self, rows: list[stock.ReservationRow]) -> None:
        self._rows = [replace(row, unit=self.known.unit(row.unit)) for row in rows]
        self._show_rows()

    def _show_rows(self) -> None:
        self.table.set_rows(self._fitting())

    # --- panel

    def _on_row(self, row: stock.ReservationRow) -> None:
        if self.has_unsaved():
            return
        panel = DetailPanel(self.item_name(row), row.item_code, self._look(row))
        panel.add_facts(
            [
                (_("Quantity"), f"{number_words(row.qty)} {row.unit}"), (_("For"), row.purpose),
                (_("Needed on"), date_words(row.needed_on) if row.needed_on else _("not said")),
                (_("Reserved by"), row.by), (_("Reserved at"), instant_words(row.created_at)),
            ]
        )  # fmt: skip
        if self._may_reserve and row.state is ReservationState.OPEN:
            taken = Button(_("Taken"), lambda: self._close(row, is_used=True), icon_name="check", kind="primary")
            panel.add_action(taken)
            panel.add_action(Button(_("Let go"), lambda: self._close(row, is_used=False), icon_name="undo"))
        item = lambda: self.context.shell.go("stock.on_hand", item_id=row.item_id)  # noqa: E731
        panel.add_action(Button(_("Stock of the item"), item, icon_name="stock"))
        self.open_panel(panel, 380)

    def _close(self, row: stock.ReservationRow, *, is_used: bool) -> None:
        done = _("The reservation for {purpose} is closed.", purpose=row.purpose)

        def then(_answer: object) -> None:
            self.context.shell.say(done)
            self.close_panel()
            self.reload()

        self.context.ops.do(
            self, stock.close_reservation, reservation_id=row.reservation_id, is_used=is_used, then=then,
            failed=lambda error: self.context.shell.show_error(error.text),
        )  # fmt: skip
