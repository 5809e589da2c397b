"""What needs to be ordered, by supplier; F9 makes the orders."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import purchasing
from core.devices import Scan
from core.i18n import Text, _, _n, join, verbatim
from core.purchasing import NeedChoice, NeedLine, NeedSheet
from core.words import Permission
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.purchasing.need.basket import Basket, Row
from desktop.purchasing.need.beside import Beside
from desktop.purchasing.need.file import need_sheet
from desktop.purchasing.need.looks import amount_words, named
from desktop.purchasing.need.making import Maker
from desktop.purchasing.need.notice import import_notice
from desktop.purchasing.need.sheet import NeedSheetView
from desktop.widgets import Button, ChipSpec, KeyHint, Offer, PageBase, Words, above_form

TOPICS = ("request", "order", "receipt", "stock", "reservation", "item", "supplier", "lot")
HORIZONS: tuple[tuple[int, Words], ...] = (
    (3, _("3 days ahead")), (7, _("7 days ahead")), (14, _("14 days ahead")), (28, _("28 days ahead")),
)  # fmt: skip


class NeedPage(PageBase):
    """Digits change a quantity, space leaves out, Enter opens, F2 adds an item, F9 makes the orders."""

    def __init__(
        self, context: AppContext, *, supplier_id: int | None = None, item_ids: Sequence[int] = (), horizon: int = 0
    ) -> None:
        super().__init__(_("Need to order"), _("What runs short, from whom, how much and why"))
        self.context, self._wanted_items = context, tuple(item_ids)
        self.may_order = context.shell.may(Permission.PURCHASE_ORDER)
        self.basket = Basket()
        self.offer = Offer()
        self.maker = Maker(context, self, self.basket, self.offer)
        self.beside = Beside(context, self)
        self.maker.made.connect(self._on_made)
        self.maker.refused.connect(self._on_refused)
        self.maker.settled.connect(self._say_sum)
        self.view = NeedSheetView(self.basket, context.office.clock.now)
        self.list = self.view.list
        self._lay_out()
        self._wanted_supplier = supplier_id
        self.add_search(lambda _text: self.show_rows(), _("Item or supplier"))
        self.chips.add(ChipSpec("supplier", _("Supplier"), ()))
        self.chips.add(ChipSpec("horizon", _("Look ahead"), HORIZONS))
        if horizon:
            self.chips.set_value("horizon", horizon)
        self._asked_horizon = horizon
        self.chips.changed.connect(self._on_chips)
        self._file = ListFile(context, self, _("Need to order"), self.prepare_sheet)
        self._add_entries()
        self.set_empty(
            _("Nothing needs to be ordered"),
            _(
                "Items stand here when they fall below par or their reorder point, or when a department asks for them. "
                "Levels stand on the item card; a request is made on the page “Requests”."
            ),
            [(_("Add an item"), self.beside.add_item)] if self.may_order else [],
            icon_name="purchasing",
        )
        self.list.qty_set.connect(self._on_qty)
        self.list.left_out.connect(self.leave_out)
        self.list.opened.connect(self.beside.open_row)
        self.view.cut_off.connect(self.reload)
        context.hub.watch(self, TOPICS, self.reload)
        self.start_loading()
        self.reload()

    def _lay_out(self) -> None:
        self._make = Button(_("Make the orders"), self.post, kind="primary", icon_name="check", key="F9")
        self._make.setVisible(self.may_order)
        self.head.add_button(self._make)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above_form(self.offer))
        column.addWidget(self.view, 1)
        self.set_content(body)
        self.setFocusProxy(self.list)

    def _add_entries(self) -> None:
        if self.may_order:
            self.head.add_button(Button(_("Add an item"), self.beside.add_item, icon_name="plus", key="F2"))
            self.add_more(_("From a template"), self.beside.open_templates, "copy")
            self.add_more(_("Import a shipping notice"), lambda: import_notice(self.context, self), "import")
        self.add_more(_("Undo my changes"), self.forget_changes, "undo")
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")

    # --- asking

    def reload(self) -> None:
        """Reckon the needs again; what was changed by hand stays."""
        self._asked_horizon = self.chips.values()["horizon"] or 0
        self.context.ops.ask(
            self, purchasing.list_suggestions, horizon=self._asked_horizon, key="sheet", then=self._take,
            failed=self.show_error,
        )  # fmt: skip

    def _take(self, sheet: NeedSheet) -> None:
        self.basket.take(sheet)
        options = tuple((shelf.group.supplier_id, self._name_of(shelf.group)) for shelf in self.basket.shelves)
        chip: Any = self.chips.chip("supplier")
        chip.set_options(options)
        if self._wanted_supplier is not None:
            wanted, self._wanted_supplier = self._wanted_supplier, None
            self.chips.set_value("supplier", wanted)
        self.show_rows()
        self.beside.refresh()
        wanted_items, self._wanted_items = self._wanted_items, ()
        for item_id in wanted_items:
            self.go_or_add(item_id, is_last=len(wanted_items) == 1)

    def _name_of(self, group: purchasing.NeedGroup) -> Words:
        return named(group.name) if group.supplier_id else _("No supplier yet")

    def show_rows(self) -> None:
        """Show what the filters leave."""
        supplier_id = self.chips.values()["supplier"]
        rows = self.basket.rows(self.head.search_text(), supplier_id)
        self.list.show_rows(rows)
        self.view.heads.update()
        every = sum(len(shelf.lines) for shelf in self.basket.shelves)
        self.set_count(sum(row.line is not None for row in rows), every)
        is_empty = not every and self.offer.isHidden() and not self.chips.values()["supplier"]
        if is_empty:
            self.show_empty()
        else:
            self.show_content()
        self._say_sum()

    def _say_sum(self) -> None:
        orders = self.basket.orders()
        self._make.setEnabled(bool(orders) and not self.maker.is_sending)
        lines = sum(len(order.lines) for order in orders)
        if not orders:
            self.set_answer(_("What runs short, from whom, how much and why"))
            return
        words = join(
            [
                _n("{n} order", "{n} orders", len(orders)),
                _n("{n} line", "{n} lines", lines),
                *self._sums(),
            ],
            " · ",
        )
        self.set_answer(_("F9 makes {what}", what=words))

    def _sums(self) -> list[Text]:
        """What everything comes to, by currency."""
        sums: dict[tuple[str, int], Decimal] = {}
        if self.basket.sheet is None or not self.basket.sheet.sees_prices:
            return []
        for shelf in self.basket.shelves:
            if not shelf.is_left_out and shelf.group.supplier_id:
                key = (shelf.group.currency, shelf.group.digits)
                sums[key] = sums.get(key, Decimal(0)) + self.basket.totals(shelf).value
        return [verbatim(amount_words(value, *key)) for key, value in sums.items()]

    def _on_chips(self) -> None:
        if (self.chips.values()["horizon"] or 0) != self._asked_horizon:
            self.reload()
        else:
            self.show_rows()

    def horizon(self) -> int:
        """How many days ahead the sheet looks."""
        return self._asked_horizon

    # --- what the person changes

    def _on_qty(self, line: NeedLine, qty: Decimal) -> None:
        self.basket.set_qty(line, qty)
        self.show_rows()
        self.beside.refresh()

    def leave_out(self, row: Row) -> None:
        """Leave a line or a whole supplier out, or take it in again."""
        if row.line is None:
            self.basket.close_shelf(row.shelf)
        else:
            self.basket.leave_out(row.line)
        self.show_rows()
        self.beside.refresh()

    def forget_changes(self) -> None:
        """Everything as proposed again."""
        self.basket.forget()
        self.show_rows()
        self.beside.refresh()

    def has_unsaved(self) -> bool:
        return self.basket.is_changed()

    def move_line(self, row: Row, choice: NeedChoice) -> None:
        """Order a line from another supplier."""
        if row.line is not None:
            self.basket.move(row.line, choice)
            self.show_rows()
            self.list.go_to(row.line.item_id)
            self.beside.refresh(row.line.item_id)

    def primary(self) -> None:
        """Add an item (F2)."""
        if self.may_order:
            self.beside.add_item()

    def take_added(self, line: NeedLine, *, is_last: bool = True) -> None:
        """An item was added; the quantity of the last one is typed next."""
        self.basket.add(line)
        self.chips.set_value("supplier", None)
        self.show_rows()
        self.close_panel()
        if self.list.go_to(line.item_id) and is_last:
            self.list.edit_qty()

    def go_or_add(self, item_id: int, *, is_last: bool = True) -> None:
        """Go to the line of an item, or add one."""
        if not self.list.go_to(item_id) and self.may_order:
            self.context.ops.ask(
                self, purchasing.get_need_line, item_id=item_id, horizon=self._asked_horizon, key=("line", item_id),
                then=lambda line: self.take_added(line, is_last=is_last),
            )  # fmt: skip

    # --- making orders

    def post(self) -> None:
        """Make the orders (F9), one a supplier."""
        if self.may_order and self.list.finish():
            self.maker.send(self.basket.orders())

    def _on_made(self, ordered: frozenset[int]) -> None:
        for shelf in self.basket.shelves:
            if shelf.group.supplier_id in ordered:
                for line in shelf.lines:
                    self.basket.settle(line)
        self.close_panel()
        self.reload()

    def _on_refused(self, row: int) -> None:
        line = self.basket.line_at(row)
        if line is not None:
            self.list.go_to(line.item_id)

    # --- file and keys

    def prepare_sheet(self) -> MakeSheet:
        """The list as it is narrowed and changed, for a file."""
        return need_sheet(self.basket, self.list.rows(), self.context.language)

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("F9", _("Make the orders")), KeyHint("F2", _("Add an item")),
            KeyHint("0-9", _("Type a quantity")), KeyHint("+ / -", _("One pack more or less")),
            KeyHint("Space", _("Leave out, or take in again")), KeyHint("Enter", _("Where the figures come from")),
        )  # fmt: skip

    def scan(self, scan: Scan) -> bool:
        """Scanned goods: their line, or a new one."""
        if self.list.finish():
            self.beside.take_scan(scan)
        return True

    def subject_item(self) -> tuple[int, str] | None:
        row = self.list.current()
        if row is None or row.line is None:
            return None
        return row.line.item_id, row.line.name.render(self.context.language)
