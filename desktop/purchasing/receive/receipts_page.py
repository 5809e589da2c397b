"""What was received: by period, supplier, number or item; Enter shows one beside the list."""

from __future__ import annotations

from typing import Any

from core import purchasing
from core.devices import Scan
from core.i18n import _, _n
from core.purchasing import ReceiptCard, ReceiptFilter, ReceiptRow
from core.words import Permission
from desktop.context import AppContext, Posted
from desktop.purchasing.files import add_files
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.papers import delivery_slip
from desktop.purchasing.receive.receipt_panel import ReceiptPanel
from desktop.purchasing.receive.scans import may_be_slip
from desktop.shell.scans import codes_of
from desktop.theme import Meaning
from desktop.widgets import (
    SEASONS,
    BadgeLook,
    ChipSpec,
    Column,
    Form,
    FormPanel,
    Kind,
    NoteEdit,
    PageBase,
    PeriodFilter,
    RowTable,
)

WIDE = 468


class ReceiptsPage(PageBase):
    """`receipt_id` or `number` shows one; `supplier_id` narrows the list. F8 prints the slip of the chosen one."""

    def __init__(
        self, context: AppContext, *, receipt_id: int = 0, supplier_id: int | None = None, number: str = ""
    ) -> None:
        super().__init__(_("Receipts"), _("Deliveries as they were received; Enter shows one with its lines"))
        self.context = context
        self._wanted = receipt_id
        self._rows: list[ReceiptRow] = []
        self.finder = Finder(context, self)
        self.table = RowTable(self._columns(), name=_("Receipts"), key="purchasing.receipts")
        self.set_table(self.table)
        self.set_empty(
            _("Nothing was received in these days"),
            _("Deliveries stand here once they are posted. Choose other days, or receive one."),
            [(_("Receive"), lambda: context.shell.go("purchasing.receive"))] if self._may_receive() else [],
            "receive",
        )
        search = self.add_search(lambda _text: self.reload(), _("Number, supplier or item"))
        search.setText(number)
        self.period = PeriodFilter(self.chips, self.finder.today, SEASONS, None if receipt_id or number else "month")
        self.chips.add(ChipSpec("supplier", _("Supplier"), ()))
        self.chips.add(ChipSpec("quarantine", _("In quarantine")))
        self._supplier_id = supplier_id
        self.chips.changed.connect(self.reload)
        self.period.changed.connect(self.reload)
        if self._may_receive():
            self.set_primary(_("Receive"), lambda: context.shell.go("purchasing.receive"), "receive")
        self.file = add_files(self, context, _("Receipts"), self.table, lambda: self._rows)
        self.table.row_activated.connect(lambda row: self.open(row.id))
        self.finder.ready.connect(self._on_ready)
        context.hub.watch(self, ("receipt", "claim"), self.reload)
        self.start_loading()

    def _may_receive(self) -> bool:
        return self.context.shell.may(Permission.STOCK_RECEIVE)

    # --- asking

    def filters(self) -> ReceiptFilter:
        """What the chips, the days and the search say."""
        start, end = self.period.days()
        chosen = self.chips.values()
        return ReceiptFilter(
            supplier_id=chosen["supplier"], text=self.head.search_text(), since=start, until=end,
            in_quarantine=bool(chosen["quarantine"]), limit=2000,
        )  # fmt: skip

    def reload(self) -> None:
        """Ask again."""
        if self.finder.is_ready():
            self.context.ops.ask(
                self, purchasing.list_receipts, filters=self.filters(), then=self._take, key=(id(self), "list")
            )

    def _on_ready(self) -> None:
        chip = self.chips.chip("supplier")
        language = self.context.language
        chip.set_options([(row.id, row.title(language)) for row in self.finder.suppliers])  # type: ignore[union-attr]
        supplier_id, self._supplier_id = self._supplier_id, None
        if supplier_id is not None:
            self.chips.set_value("supplier", supplier_id)
        self.reload()

    def _take(self, rows: list[ReceiptRow]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        self.table.select_first()
        wanted, self._wanted = self._wanted, 0
        if wanted:
            self.open(wanted)

    def open(self, receipt_id: int) -> None:
        """Show a receipt beside the list."""
        self.table.select_where(lambda row: row.id == receipt_id)
        self.context.ops.ask(
            self, purchasing.get_receipt, receipt_id=receipt_id, then=self._on_card, key=(id(self), "card")
        )

    def _on_card(self, card: ReceiptCard) -> None:
        self.open_panel(ReceiptPanel(self.context, self.finder, card, lambda: self.ask_reversal(card)), WIDE)

    def ask_reversal(self, card: ReceiptCard) -> None:
        """Ask for a note, then take the receipt back."""
        form = Form()
        form.add("note", _("Reason in words"), NoteEdit(_("Reason in words"), lines=3, most=400))

        def reverse(values: dict[str, Any]) -> None:
            self.context.ops.do(
                self, purchasing.reverse_delivery, receipt_id=card.row.id, note=values["note"] or "",
                then=panel.done, failed=panel.show_error,
            )  # fmt: skip

        panel = FormPanel(
            _("Reverse {number}", number=card.row.number), form, reverse,
            subtitle=_("Its goods leave stock at their own value; its orders await them again."), verb=_("Reverse"),
        )  # fmt: skip
        panel.saved.connect(lambda _answer: self._on_reversed(card))
        panel.cancelled.connect(lambda: self.open(card.row.id))
        self.open_panel(panel, 420)
        panel.focus_field()

    def _on_reversed(self, card: ReceiptCard) -> None:
        self.context.shell.posted(Posted(_("Receipt {number} taken back", number=card.row.number)))
        self.reload()
        self.open(card.row.id)

    # --- keys and scans

    def print_page(self) -> None:
        """F8: the slip of the receipt that is shown or chosen."""
        row = self.table.current_row()
        if row is not None:
            delivery_slip(self.context, self, row.id)

    def scan(self, scan: Scan) -> bool:
        """The number of a slip or delivery note shows its receipt; goods are looked for elsewhere."""
        if not may_be_slip(scan):
            return False
        number = next(iter(codes_of(scan)), "")

        def found(receipt_id: int | None) -> None:
            if receipt_id is None:
                self.context.shell.say(_("There is no receipt {number}.", number=number[:40]))
            else:
                self.open(receipt_id)

        self.context.ops.ask(self, purchasing.find_receipt, number=number, then=found)
        return True

    # --- columns

    def _columns(self) -> list[Column]:
        language = self.context.language
        columns = [
            Column("number", _("Number"), 132),
            Column("at", _("When"), 132, kind=Kind.INSTANT),
            Column("supplier", _("Supplier"), 180, stretch=True, value=lambda row: row.supplier_title(language)),
            Column("document", _("Delivery note"), 116, muted=True, wide_only=True),
            Column("orders", _("Orders"), 136, value=lambda row: ", ".join(row.orders), wide_only=True),
            Column("lines", _("Lines"), 64, kind=Kind.QTY),
            Column("claims", _("Claims"), 116, value=lambda row: ", ".join(row.claims), wide_only=True),
            Column("by", _("By"), 92, muted=True, wide_only=True),
            Column("state", _("State"), 140, kind=Kind.BADGE, value=receipt_look, sortable=False),
        ]
        if self.context.shell.may(Permission.COST_VIEW):
            columns.insert(6, Column("value", _("Value"), 112, kind=Kind.MONEY))
        return columns


def receipt_look(row: ReceiptRow) -> BadgeLook | None:
    """Reversed, in quarantine, partly refused, or nothing to say."""
    if row.is_reversed:
        return BadgeLook(_("Reversed"), Meaning.DANGER)
    if row.quarantine_lines:
        return BadgeLook(_n("{n} in quarantine", "{n} in quarantine", row.quarantine_lines), Meaning.WATCH)
    if row.rejected_lines:
        return BadgeLook(_n("{n} refused", "{n} refused", row.rejected_lines), Meaning.SOON)
    return None
