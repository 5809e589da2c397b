"""The receipts that wait for this invoice, beside its lines: one key takes one of them, F6 all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal

from core.i18n import _, _n
from core.purchasing import InvoiceProposal, ProposedLine
from desktop.widgets import Button, Column, DetailPanel, Kind, Label, RowTable, small_table

MOST = 12


@dataclass(frozen=True, slots=True)
class Waiting:
    """A receipt with its lines that stand on no invoice yet."""

    id: int
    number: str
    document: str
    received_on: date
    lines: tuple[ProposedLine, ...]

    @property
    def amount(self) -> Decimal:
        """What its invoice should come to, as far as prices are known."""
        return sum((line.amount or Decimal(0) for line in self.lines), Decimal(0))

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.lines)

    @property
    def words(self) -> str:
        """The supplier's delivery note, which lies beside the invoice; ours where there is none."""
        return self.document or self.number


def waiting_of(lines: Sequence[ProposedLine], taken: set[int]) -> list[Waiting]:
    """The receipts of these lines, those taken already left out; the oldest first."""
    found: dict[int, list[ProposedLine]] = {}
    for line in lines:
        if line.entry_id not in taken:
            found.setdefault(line.posting_id, []).append(line)
    return [
        Waiting(key, mine[0].receipt, mine[0].document, mine[0].received_on, tuple(mine)) for key, mine in found.items()
    ]


class ReceiptsPanel(DetailPanel):
    """`taken(Waiting)`: one receipt; `all_taken`: all of them."""

    taken = Signal(object)
    all_taken = Signal()

    def __init__(self, deal: InvoiceProposal, taken: set[int], *, is_credit: bool) -> None:
        self.rows = waiting_of(deal.lines, taken)
        title = _("Credits expected") if is_credit else _("Waiting for an invoice")
        words = _n("{n} receipt", "{n} receipts", len(self.rows)) if self.rows else _("Nothing waits.")
        super().__init__(title, words)
        self.table = self._table()
        if self.rows:
            self.add_widget(self.table)
            self.table.select_first()
            self.add_action(Button(_("All as received"), self.all_taken.emit, icon_name="check", key="F6"))
        else:
            words = _("Every receipt of this supplier has its invoice. Type the lines, or enter it and match it later.")
            if is_credit:
                words = _("Nothing invoiced was sent back. For a credit on a price add a line without a quantity.")
            self.add_widget(Label(words, "muted", wrap=True))
        if deal.other_currency:
            words = _n("{n} line was received in another currency.", "{n} lines were received in another currency.",
                       deal.other_currency)  # fmt: skip
            self.add_widget(Label(words, "muted", wrap=True))

    def _table(self) -> RowTable:
        columns = (
            Column("received_on", _("Received on"), 92, kind=Kind.DATE),
            Column("words", _("Delivery note"), 120, stretch=True),
            Column("count", _("Lines"), 48, kind=Kind.QTY),
            Column("amount", _("Amount"), 84, kind=Kind.MONEY),
        )
        table = small_table(columns, self.rows, _("Waiting for an invoice"), MOST)
        table.row_activated.connect(self.taken)
        return table
