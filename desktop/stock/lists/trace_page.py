"""A lot traced: what is left of it, where it went, what was made of it, where it came from; the recall list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import stock
from core.documents import Cell, Fact, Sheet
from core.documents import Column as FileColumn
from core.i18n import Text, _
from core.words import Permission, word
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.stock.lists.known import Known
from desktop.stock.lists.looks import expiry_meaning, lot_look
from desktop.stock.lists.lot_forms import LotForms
from desktop.stock.lists.papers import print_recall
from desktop.theme import Meaning
from desktop.widgets import (
    Badge,
    Button,
    Column,
    FormPanel,
    Kind,
    Label,
    Notice,
    PageBase,
    RowTable,
    Tabs,
    date_words,
    number_words,
)


class TracePage(PageBase):
    """Opened by the route `stock.trace` with `lot_id`."""

    def __init__(self, context: AppContext, *, lot_id: int) -> None:
        super().__init__(_("Trace a lot"), _("Where it came from, what was made of it, where it went"))
        self.context, self._lot_id = context, lot_id
        self.card: stock.TraceCard | None = None
        self._reasons: dict[str, str] = {}
        self.known = Known(context, self)
        self.forms = LotForms(context, self.known)
        self.file = ListFile(context, self, _("Recall list"), self._prepare_sheet)
        self._line = QHBoxLayout()
        self.notice = Notice("", Meaning.SOON)
        self.notice.hide()
        self.tabs = Tabs(_("Trace"))
        self.left = self._lots_table(_("Still in stock"))
        self.out = self._entries_table(_("Gone out"))
        self.made = self._lots_table(_("Made into"))
        self.source = self._lots_table(_("Made from"))
        self.came = self._entries_table(_("Came in"))
        self._tables: tuple[tuple[Text, RowTable], ...] = (
            (_("Still in stock"), self.left), (_("Gone out"), self.out), (_("Made into"), self.made),
            (_("Made from"), self.source), (_("Came in"), self.came),
        )  # fmt: skip
        self._lay_out()
        self.set_primary(_("Print the recall list"), self.print_page, "print")
        self.add_more(_("Export as Excel"), lambda: self.file.ask("xlsx"), "export", "Ctrl+E")
        self.add_more(_("Export as CSV"), lambda: self.file.ask("csv"), "export", "Ctrl+Shift+E")
        self.known.ready.connect(lambda: context.ops.ask(self, stock.list_waste_reasons, then=self._on_reasons))
        self.known.changed.connect(self._say_places)
        context.hub.watch(self, ("stock", "lot"), self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Ask again."""
        self.context.ops.ask(self, stock.trace_lot, lot_id=self._lot_id, then=self._on_card, failed=self.show_error)

    def detail_title(self) -> str:
        """The lot's number."""
        return self.card.lot.number if self.card else ""

    def print_page(self) -> None:
        """F8: the recall list on paper."""
        print_recall(self.context, self, self._lot_id)

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def _on_reasons(self, rows: list[stock.ReasonRow]) -> None:
        is_english = self.context.language == "en"
        self._reasons = {row.code: (row.name_en or row.name) if is_english else row.name for row in rows}
        self.reload()

    def _who(self, row: stock.EntryRow) -> str:
        language = self.context.language
        words = row.purpose_title(language) or row.supplier_title(language) or row.document
        return words or self._reasons.get(row.reason, row.reason)

    # --- layout

    def _lay_out(self) -> None:
        body = QWidget()
        self._line.setContentsMargins(16, 8, 16, 8)
        self._line.setSpacing(16)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addLayout(self._line)
        for words, table in self._tables:
            self.tabs.add(words, table)
        column.addWidget(self.tabs, 1)
        self.set_content(body)
        self.setFocusProxy(self.left)

    def _lots_table(self, name: Text) -> RowTable:
        columns = [
            Column("number", _("Lot"), 150),
            Column("item", _("Item"), 200, stretch=True, value=self._item_name),
            Column("item_code", _("Code"), 120, muted=True),
            Column(
                "expires_on", _("Expires"), 120, kind=Kind.DATE,
                meaning=lambda row: expiry_meaning(row.expires_on, self.known.today()),
            ),
            Column("state", _("State"), 140, kind=Kind.BADGE, value=lambda row: lot_look(row, self.known.today())),
            Column("qty", _("Left"), 130, kind=Kind.QTY, unit="unit"),
        ]  # fmt: skip
        table = RowTable(columns, name=name)
        table.row_activated.connect(lambda row: self.context.shell.go("stock.trace", lot_id=row.lot_id))
        return table

    def _entries_table(self, name: Text) -> RowTable:
        columns = [
            Column("at", _("When"), 140, kind=Kind.INSTANT, muted=True),
            Column("number", _("Number"), 140),
            Column("kind", _("Kind"), 140, value=lambda row: word(row.kind)),
            Column("item", _("Item"), 180, stretch=True, value=self._item_name),
            Column("lot", _("Lot"), 130),
            Column("who", _("For or from"), 170, value=self._who),
            Column("place", _("Place"), 130, value=lambda row: self.known.place_name(row.location_id), wide_only=True),
            Column("qty", _("Quantity"), 130, kind=Kind.QTY, unit="unit"),
        ]
        table = RowTable(columns, name=name)
        table.row_activated.connect(lambda row: self.context.shell.go("stock.posting", posting_id=row.posting_id))
        return table

    def _item_name(self, row: Any) -> str:
        return str((row.item_name_en or row.item_name) if self.context.language == "en" else row.item_name)

    # --- answers

    def _on_card(self, card: stock.TraceCard) -> None:
        self.card = card
        name = self._item_name(card.lot)
        self.set_title(_("Lot {number}", number=card.lot.number), f"{card.lot.item_code}  {name}")
        contents = (card.left, card.went_out, card.made_into, card.made_from, card.came_in)
        for at, ((words, table), rows) in enumerate(zip(self._tables, contents, strict=True)):
            self._fill(table, rows)
            self.tabs.set_words(at, _("{name}: {n}", name=words, n=len(rows)))
        if not self.is_loaded():
            self.tabs.setCurrentIndex(next((at for at, rows in enumerate(contents) if rows), 0))
        self._say_lot(card.lot)
        self.show_content()
        self.title_changed.emit(card.lot.number)

    def _fill(self, table: RowTable, rows: Sequence[Any]) -> None:
        table.set_rows([replace(row, unit=self.known.unit(row.unit)) for row in rows])

    def _say_places(self) -> None:
        for _words, table in self._tables:
            table.retranslate()

    def _say_lot(self, lot: stock.LotRow) -> None:
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._line.addWidget(Badge(lot_look(lot, self.known.today())))
        unit = self.known.unit(lot.unit)
        self._line.addWidget(Label(_("{qty} {unit} left", qty=number_words(lot.qty), unit=unit)))
        if lot.expires_on is not None:
            self._line.addWidget(Label(_("Expires {day}", day=date_words(lot.expires_on)), "muted"))
        if lot.produced_on is not None:
            self._line.addWidget(Label(_("Produced {day}", day=date_words(lot.produced_on)), "muted"))
        self._line.addStretch(1)
        for button in self._buttons(lot):
            self._line.addWidget(button)
        self.notice.setVisible(lot.is_blocked)
        if lot.is_blocked:
            self.notice.say(_("Blocked: {why}", why=lot.note))

    def _buttons(self, lot: stock.LotRow) -> Iterator[Button]:
        if not self.context.shell.may(Permission.LOT_EDIT):
            return
        kind = "release" if lot.is_blocked else "block"
        words = _("Release") if lot.is_blocked else _("Block")
        yield Button(words, self._opens(kind), icon_name="lock", kind="plain" if lot.is_blocked else "danger")
        yield Button(_("Correct dates"), self._opens("dates"), icon_name="edit")

    def _opens(self, kind: str) -> Callable[[], None]:
        return lambda: self.open_form(kind)

    def open_form(self, kind: str) -> None:
        """Block, release or correct the dates of this lot."""
        if self.card is None:
            return
        panel = self.forms.make(kind, self.card.lot)
        panel.saved.connect(lambda _answer: self.close_panel())
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, 400)
        panel.focus_field()

    # --- file

    def _prepare_sheet(self) -> MakeSheet:
        card = self.card
        if card is None:
            return lambda: Sheet(_("Recall list"), (), ())
        known = self.known

        def rows() -> Iterator[tuple[Cell, ...]]:
            for title, lots in (
                (_("Still in stock"), card.left), (_("Made into"), card.made_into), (_("Made from"), card.made_from),
            ):  # fmt: skip
                for lot in lots:
                    yield (
                        title, None, "", "", lot.item_code, self._item_name(lot), lot.number, lot.expires_on, lot.qty,
                        known.unit(lot.unit), "", "", "",
                    )  # fmt: skip
            for title, entries in ((_("Gone out"), card.went_out), (_("Came in"), card.came_in)):
                for entry in entries:
                    yield (
                        title, entry.at, word(entry.kind), entry.number, entry.item_code, self._item_name(entry),
                        entry.lot, None, entry.qty, known.unit(entry.unit), known.place_name(entry.location_id),
                        self._who(entry), entry.by,
                    )  # fmt: skip

        facts = (Fact(_("Lot"), card.lot.number), Fact(_("Item"), f"{card.lot.item_code} {self._item_name(card.lot)}"))
        return lambda: Sheet(_("Recall list"), FILE_COLUMNS, rows(), facts, notation=known.notation())


FILE_COLUMNS = (
    FileColumn("part", _("Part")), FileColumn("at", _("When"), "instant"), FileColumn("kind", _("Kind")),
    FileColumn("number", _("Number")), FileColumn("item", _("Code")), FileColumn("name", _("Item")),
    FileColumn("lot", _("Lot")), FileColumn("expires_on", _("Expires"), "date"),
    FileColumn("qty", _("Quantity"), "qty"), FileColumn("unit", _("Unit")), FileColumn("place", _("Place")),
    FileColumn("who", _("For or from")), FileColumn("by", _("By")),
)  # fmt: skip
