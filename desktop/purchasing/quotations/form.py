"""A request for quotation being typed: what is needed, and whom to ask; F9 saves it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core import catalog, purchasing
from core.devices import Scan
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _, _n
from core.purchasing import NewRfq, NewRfqLine, Seller
from desktop.context import AppContext
from desktop.purchasing.requests.entry import EntryBar
from desktop.purchasing.requests.lines import Lines
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    Chip,
    Column,
    DateEdit,
    DetailPanel,
    FlowLayout,
    Form,
    Kind,
    Label,
    Notice,
    RowTable,
    TextEdit,
    language,
    local_time,
)

MOST_OFFERED = 24


class QuotationForm(DetailPanel):
    """`saved(rfq_id)`, `cancelled`."""

    saved = Signal(int)
    cancelled = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            _("Ask suppliers for prices"), _("Type or scan an item, then the quantity; Enter adds the line.")
        )
        self._context = context
        self._units: dict[str, str] = {}
        self._wanted: dict[int, Chip] = {}
        self.lines = Lines(self)
        self.notice = Notice()
        self.notice.hide()
        self.bar = EntryBar(context, lambda unit: self._units.get(unit, unit))
        self.bar.show_field("supplier", False)
        self.form = Form()
        self.table = self._make_table()
        self._offered = QWidget()
        self._flow = FlowLayout(self._offered)
        self._fill()
        self.bar.entered.connect(self.lines.put)
        self.lines.changed.connect(self._show_lines)
        context.ops.ask(self, catalog.list_units, then=self._on_units)
        self._ask_sellers()

    def _fill(self) -> None:
        today = lambda: local_time(self._context.office.clock.now()).date()  # noqa: E731
        self.form.add("title", _("Subject"), TextEdit(placeholder=_("Vegetables for April"), most=120))
        self.form.add("needed_on", _("Needed on"), DateEdit(today=today))
        self.form.add("answer_by", _("Answer by"), DateEdit(today=today))
        self.form.add("note", _("Note to the suppliers"), TextEdit(most=400))
        self.form.mark_unchanged()
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(_("Who sells most of it stands first."), "small"))
        column.addWidget(self._offered)
        for widget in (self.notice, self.bar, self.table):
            self.add_widget(widget)
        self.add_section(_("Whom to ask"), asked)
        self.add_section(_("Details"), self.form)
        self.save_button = self.add_action(
            Button(_("Save the request"), self.save, kind="primary", icon_name="check", key="F9")
        )
        self.add_action(Button(_("Cancel"), self.cancelled.emit))

    def _make_table(self) -> RowTable:
        table = RowTable(
            [
                Column("name", _("Item"), 200, stretch=True, sortable=False),
                Column("qty", _("Quantity"), 130, kind=Kind.QTY, unit="unit_words", sortable=False),
                Column("note", _("Note"), 120, muted=True, sortable=False),
            ],
            name=_("Lines"),
        )
        table.set_empty(_("Nothing is asked for yet. Add an item."))
        table.set_rows([])
        table.setMinimumHeight(150)
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        table.row_activated.connect(self.bar.load)
        return table

    # --- typing

    def begin(self) -> None:
        """The keyboard goes where typing begins."""
        self.bar.begin()

    def add_item(self, item_id: int) -> None:
        """Begin a line with an item that another page hands over."""

        def come(rows: list[catalog.ItemRow]) -> None:
            for row in rows:
                self.bar.take_item(row)

        self._context.ops.ask(self, catalog.list_items_page, ids=[item_id], then=come)

    def scan(self, scan: Scan) -> bool:
        """A scan begins a line."""
        self.bar.take_scan(scan, partial(self._unknown, scan))
        return True

    def is_changed(self) -> bool:
        """Whether something typed here is not saved."""
        return bool(self.lines.all()) or self.bar.has_typing() or self.form.is_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and row is not None:
            self.lines.remove(row.id)
        elif event.key() == Qt.Key.Key_F9:
            self.save()
        else:
            super().keyPressEvent(event)

    def chosen(self) -> tuple[int, ...]:
        """The suppliers to be asked."""
        return tuple(key for key, chip in self._wanted.items() if chip.isChecked())

    def choose(self, supplier_id: int) -> None:
        """Ask this supplier too."""
        self._wanted[supplier_id].setChecked(True)

    def save(self) -> None:
        """Save the request (F9); it is sent from its own page."""
        if self.bar.has_typing():
            self.bar.enter()
        values = self.form.read()
        if values is None or self.bar.has_typing() or not self.save_button.isEnabled():
            return
        lines = tuple(NewRfqLine(line.item_id, line.qty, line.unit, line.note) for line in self.lines.all())
        new = NewRfq(
            lines, self.chosen(), values["title"] or "", values["needed_on"], values["answer_by"], values["note"] or ""
        )
        self.save_button.setEnabled(False)
        self._context.ops.do(self, purchasing.create_rfq, new=new, then=self._done, failed=self.show_error)

    def show_error(self, error: CoreError) -> None:
        """It was not saved: say why at its line or above."""
        self.save_button.setEnabled(True)
        lines = self.lines.all()
        if isinstance(error, NeedsConfirmation):
            return
        if error.row and error.row <= len(lines):
            self.bar.load(lines[error.row - 1])
        self.notice.say(error.text, Meaning.DANGER)
        self.notice.show()

    def _done(self, rfq_id: int) -> None:
        self.lines.set([])
        self.form.mark_unchanged()
        self.saved.emit(rfq_id)

    def _unknown(self, scan: Scan) -> None:
        if not self._context.unknown_code(scan, lambda: self.scan(scan)):
            words = _("No item has the code {code}. Type its name instead.", code=scan.code[:40])
            self.notice.say(words, Meaning.SOON)
            self.notice.show()

    def _on_units(self, rows: list[catalog.UnitRow]) -> None:
        said = self._context.language
        self._units = {
            row.code: row.code if row.dimension and row.code.isascii() else row.title(said) or row.code for row in rows
        }

    def _show_lines(self) -> None:
        lines = self.lines.all()
        self.table.set_rows(lines)
        words = _n("{n} line", "{n} lines", len(lines)) if lines else _("Type or scan an item, then the quantity.")
        self.set_title(_("Ask suppliers for prices"), words)
        self._ask_sellers()

    def _ask_sellers(self) -> None:
        items = tuple(line.item_id for line in self.lines.all())
        self._context.ops.ask(self, purchasing.list_sellers, item_ids=items, key="sellers", then=self._offer)

    def _offer(self, sellers: Sequence[Seller]) -> None:
        chosen = set(self.chosen())
        for chip in self._wanted.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._wanted = {}
        shown = [one for one in sellers if one.supplier_id in chosen] + [
            one for one in sellers if one.supplier_id not in chosen
        ]
        for one in shown[:MOST_OFFERED]:
            name = one.supplier.render(language())
            words = _("{supplier} ({n})", supplier=name, n=one.items) if one.items else name
            chip = Chip(words, is_on=one.supplier_id in chosen)
            self._wanted[one.supplier_id] = chip
            self._flow.addWidget(chip)
