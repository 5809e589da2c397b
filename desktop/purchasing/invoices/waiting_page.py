"""Goods received and not invoiced: what is owed by estimate, now or at the end of any day, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import purchasing
from core.clock import day_ends_at
from core.i18n import _, _n
from core.purchasing import NotInvoicedWhy, OpenReceiptRow
from core.uow import SiteFacts
from core.words import Permission
from desktop.context import AppContext
from desktop.purchasing.files import add_files
from desktop.purchasing.invoices.columns import WAITING
from desktop.purchasing.invoices.sums import GROUPS, WaitingSum, sums_of
from desktop.widgets import (
    ChipSpec,
    DateEdit,
    Label,
    MenuChip,
    PageBase,
    RowTable,
    WhyEntry,
    WhyFigure,
    WhyPanel,
    local_time,
    money_words,
    number_words,
)

INVOICE = "purchasing.invoice"
WHY_WIDTH = 520


class WaitingPage(PageBase):
    """The oldest first; Enter enters the invoice of the receipt, Alt+Enter says how a figure came to be."""

    def __init__(self, context: AppContext, *, supplier_id: int | None = None) -> None:
        super().__init__(_("Received, not invoiced"), _("Every receipt that was posted has its invoice."))
        self._context, self._supplier_id = context, supplier_id
        self._rows: Sequence[OpenReceiptRow] = ()
        self._site: SiteFacts | None = None
        self.table = RowTable(WAITING, name=_("Received, not invoiced"), key="purchasing.not_invoiced")
        self.set_table(self.table)
        self._search = self.add_search(lambda _text: self._show_rows(), _("Receipt, item or supplier"))
        self.chips.add(ChipSpec("supplier", _("Supplier"), ()))
        self.chips.add(ChipSpec("group", _("Summed up"), tuple(GROUPS.items())))
        self.chips.add(ChipSpec("credit", _("Credit expected")))
        self.as_of = DateEdit(_("As of the end of"), today=self._today, is_past=True)
        self.as_of.setFixedWidth(168)
        self.chips.add_widget(self._labelled())
        self.as_of.committed.connect(self.reload)
        self.chips.changed.connect(self._show_rows)
        self.set_empty(
            _("Nothing waits for an invoice"),
            _("Goods that were received and not invoiced yet stand here, with what is owed for them by estimate."),
            icon_name="check",
        )
        if context.shell.may(Permission.INVOICE_EDIT):
            self.set_primary(_("Enter the invoice"), self.enter)
        self.table.row_activated.connect(self.open_receipt)
        self.table.why_requested.connect(lambda row, _key: self.explain(row))
        add_files(self, context, _("Received, not invoiced"), self.table, self.shown)
        context.ops.run(self, lambda: context.office.site, then=self._take_site, failed=lambda _error: None)
        context.hub.watch(self, ("stock", "invoice", "receipt", "supplier"), self.reload)
        self.reload()

    def _labelled(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(Label(_("As of the end of"), "muted"))
        row.addWidget(self.as_of)
        return box

    def reload(self) -> None:
        """Ask again for what waits."""
        self.start_loading()
        self._context.ops.ask(
            self, purchasing.list_not_invoiced, key="list", then=self._take, failed=self.show_error,
            as_of=self._moment(),
        )  # fmt: skip

    def fitting(self) -> list[OpenReceiptRow]:
        """What chips and search leave."""
        chosen, letters = self.chips.values(), self.head.search_text().casefold().split()
        supplier = chosen["supplier"] or self._supplier_id
        return [
            row
            for row in self._rows
            if supplier in (None, row.supplier_id)
            and (not chosen["credit"] or row.not_invoiced < 0)
            and all(part in _found_by(row) for part in letters)
        ]

    def shown(self) -> Sequence[OpenReceiptRow | WaitingSum]:
        """The lines, or their sums by receipt or supplier."""
        group = self.chips.values()["group"]
        return self.fitting() if group is None else sums_of(self.fitting(), group)

    # --- what a person does

    def enter(self) -> None:
        """F2: the invoice of the receipt that is chosen, else an empty one."""
        row = self.table.current_row()
        if row is None:
            self._context.shell.go(INVOICE)
        else:
            self.open_receipt(row)

    def open_receipt(self, row: OpenReceiptRow | WaitingSum) -> None:
        """Enter the invoice (or the credit note) of a receipt."""
        if not self._context.shell.may(Permission.INVOICE_EDIT):
            self.explain(row)
        elif row.not_invoiced < 0 or row.posting_id is None:
            self._context.shell.go(INVOICE, is_credit=row.not_invoiced < 0, supplier_id=row.supplier_id)
        else:
            self._context.shell.go(INVOICE, posting_id=row.posting_id, supplier_id=row.supplier_id)

    def explain(self, row: OpenReceiptRow | WaitingSum) -> None:
        """How what is owed came to be: the lines of a sum, the steps of a line."""
        if isinstance(row, WaitingSum):
            self._show_sum(row)
            return
        self._context.ops.ask(
            self, purchasing.explain_not_invoiced, key="why", then=self._show_why, failed=self.show_error,
            entry_id=row.entry_id, as_of=self._moment(),
        )  # fmt: skip

    def _show_sum(self, one: WaitingSum) -> None:
        figure = WhyFigure(_("Owed by estimate"), one.not_invoiced, is_money=True)
        entries = [
            WhyEntry(
                row.entry_id, row.name.render(self._context.language), row.not_invoiced, row.at, row.number, data=row
            )
            for row in one.rows
        ]
        panel = WhyPanel(figure, entries)
        panel.close_requested.connect(self.close_panel)
        panel.entry_activated.connect(lambda entry: self.explain(entry.data))
        self.open_panel(panel, WHY_WIDTH)

    def _show_why(self, why: NotInvoicedWhy) -> None:
        row = why.row
        figure = WhyFigure(
            _("Owed by estimate"), row.not_invoiced, is_money=True,
            sentence=_("What the receipt was taken in for, less what went back and what was invoiced. Not invoiced: {qty}.",
                       qty=f"{number_words(row.open_qty)} {row.unit}"),
        )  # fmt: skip
        entries = [
            WhyEntry(at, step.text, step.amount, step.at, f"{number_words(step.qty)} {row.unit}")
            for at, step in enumerate(why.steps)
        ]
        panel = WhyPanel(figure, entries)
        panel.close_requested.connect(self.close_panel)
        if self._context.shell.can_go("stock.posting"):
            go = partial(self._context.shell.go, "stock.posting", posting_id=row.posting_id)
            panel.entry_activated.connect(lambda _entry: go())
        self.open_panel(panel, WHY_WIDTH)

    # --- what it shows

    def _take(self, rows: Sequence[OpenReceiptRow]) -> None:
        self._rows = rows
        chip = self.chips.chip("supplier")
        assert isinstance(chip, MenuChip)
        names = {row.supplier_id: row.supplier.render(self._context.language) for row in rows}
        chip.set_options(tuple(names.items()))
        if self._supplier_id in names:
            found, self._supplier_id = self._supplier_id, None
            chip.choose(found)
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self.fitting()
        shown = self.shown()
        self.table.set_rows(shown)
        self.set_count(len(shown), None if shown is not rows and len(shown) != len(rows) else len(self._rows))
        owed = sum((row.not_invoiced for row in rows), Decimal(0))
        receipts = len({row.posting_id for row in rows})
        words = _n(
            "{amount} are owed by estimate for goods of {n} receipt.",
            "{amount} are owed by estimate for goods of {n} receipts.",
            receipts,
            amount=money_words(owed, sign=True),
        )
        self.set_answer(words if rows else _("Every receipt that was posted has its invoice."))
        if not self._rows and self._moment() is None:
            self.show_empty()

    def _moment(self) -> datetime | None:
        """The end of the day asked for; None for now."""
        day = self.as_of.value() if self.as_of.check() else None
        if day is None or day >= self._today() or self._site is None:
            return None
        return day_ends_at(day, self._site.zone, self._site.day_start_hour)

    def _take_site(self, site: SiteFacts) -> None:
        self._site = site

    def _today(self) -> date:
        return local_time(self._context.office.clock.now()).date()


def _found_by(row: OpenReceiptRow) -> str:
    names = f"{row.supplier.zh} {row.supplier.en} {row.name.zh} {row.name.en}"
    return f"{row.number} {row.document} {row.order_number} {row.code} {names}".casefold()
