"""The work list of invoices: everything that is to be settled, with the money at stake."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core import purchasing
from core.i18n import _, _n
from core.purchasing import DifferenceRow
from desktop.context import AppContext
from desktop.purchasing.files import add_files
from desktop.purchasing.invoices.columns import DIFFERENCES, KINDS
from desktop.widgets import ChipSpec, MenuChip, PageBase, RowTable, money_words

INVOICE, INVOICES = "purchasing.invoice", "purchasing.invoices"


class DifferencesPage(PageBase):
    """The oldest first; Enter opens the invoice at the line it is about."""

    def __init__(self, context: AppContext, *, supplier_id: int | None = None) -> None:
        super().__init__(_("Differences of invoices"), _("Nothing is to be settled."))
        self._context, self._supplier_id = context, supplier_id
        self._rows: Sequence[DifferenceRow] = ()
        self.table = RowTable(DIFFERENCES, name=_("Differences of invoices"), key="purchasing.differences")
        self.set_table(self.table)
        self._search = self.add_search(lambda _text: self._show_rows(), _("Number, item or supplier"))
        self.chips.add(ChipSpec("kind", _("What for"), tuple(KINDS.items())))
        self.chips.add(ChipSpec("supplier", _("Supplier"), ()))
        self.chips.changed.connect(self._show_rows)
        self.set_empty(
            _("Nothing is to be settled"),
            _("Prices beyond the tolerance, goods that did not come and charges without receipts stand here."),
            [(_("Invoices"), lambda: context.shell.go(INVOICES))], "check",
        )  # fmt: skip
        self.table.row_activated.connect(self.open_line)
        add_files(self, context, _("Differences of invoices"), self.table, self.fitting)
        context.hub.watch(self, ("invoice", "claim", "receipt", "supplier"), self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask again for what is to be settled."""
        self.start_loading()
        self._context.ops.ask(self, purchasing.list_differences, key="list", then=self._take, failed=self.show_error)

    def open_line(self, row: DifferenceRow) -> None:
        """The invoice, at the line it is about."""
        self._context.shell.go(INVOICE, invoice_id=row.invoice_id, line_id=row.line_id)

    def fitting(self) -> list[DifferenceRow]:
        """What chips and search leave."""
        chosen, letters = self.chips.values(), self.head.search_text().casefold().split()
        supplier = chosen["supplier"] or self._supplier_id
        return [
            row
            for row in self._rows
            if chosen["kind"] in (None, row.kind)
            and supplier in (None, row.supplier_id)
            and all(part in _found_by(row) for part in letters)
        ]

    def _take(self, rows: Sequence[DifferenceRow]) -> None:
        self._rows = rows
        chip = self.chips.chip("supplier")
        assert isinstance(chip, MenuChip)
        names = {row.supplier_id: row.supplier.render(self._context.language) for row in rows}
        chip.set_options(tuple(names.items()))
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self.fitting()
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))
        stake = sum((abs(row.difference) for row in rows), Decimal(0))
        self.set_answer(
            _n(
                "{n} difference to settle, {amount} at stake.",
                "{n} differences to settle, {amount} at stake.",
                len(rows),
                amount=money_words(stake, sign=True),
            )
            if rows
            else _("Nothing is to be settled.")
        )
        if not self._rows:
            self.show_empty()


def _found_by(row: DifferenceRow) -> str:
    names = f"{row.supplier.zh} {row.supplier.en} {row.name.zh} {row.name.en}"
    return f"{row.number} {row.own_number} {row.code} {names}".casefold()
