"""Requests for quotation: which wait for answers, which are to be awarded."""

from __future__ import annotations

from collections.abc import Sequence

from core import purchasing
from core.devices import Scan
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import _
from core.purchasing import RfqRow
from core.words import RfqState, word
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.purchasing.quotations.columns import LIST
from desktop.purchasing.quotations.form import QuotationForm
from desktop.widgets import ChipSpec, PageBase, RowTable

OPEN = frozenset({RfqState.DRAFT, RfqState.SENT, RfqState.ANSWERED})
ONE = "purchasing.quotation"


class QuotationsPage(PageBase):
    """The newest first; Enter opens one, F2 makes one."""

    def __init__(self, context: AppContext, *, is_new: bool = False, item_ids: tuple[int, ...] = ()) -> None:
        super().__init__(
            _("Quotations"), _("What several suppliers are asked for, what they answered, who is cheapest.")
        )
        self._context = context
        self._rows: Sequence[RfqRow] = ()
        self.table = RowTable(LIST, name=_("Quotations"), key="purchasing.quotations")
        self.set_table(self.table)
        self.set_empty(
            _("No supplier was asked yet"),
            _("A request goes to several suppliers at once; their answers stand side by side with freight and tax."),
            [(_("Ask suppliers for prices"), self.make)],
            "question",
        )
        self._search = self.add_search(lambda _text: self.reload(), _("Number, subject, item or supplier"))
        self.chips.add(ChipSpec("open", _("Open ones")))
        self.chips.add(ChipSpec("overdue", _("Answers overdue")))
        self.chips.add(ChipSpec("state", _("State"), tuple((state, word(state)) for state in RfqState)))
        self.chips.changed.connect(self._show_rows)
        self.set_primary(_("Ask suppliers for prices"), self.make, "plus")
        file = ListFile(context, self, _("Requests for quotation"), self.prepare_sheet)
        self.add_more(_("Export as Excel"), lambda: file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: file.ask("csv"), "export")
        self.table.row_activated.connect(lambda row: context.shell.go(ONE, rfq_id=row.id))
        context.hub.watch(self, ("rfq", "order", "supplier"), self.reload)
        self.reload()
        if is_new:
            self.make(item_ids)

    def reload(self) -> None:
        """Ask again for the list."""
        self.start_loading()
        text = self.head.search_text()
        self._context.ops.ask(
            self, purchasing.list_rfqs, key="list", then=self._take, failed=self.show_error, text=text
        )

    def make(self, item_ids: tuple[int, ...] = ()) -> None:
        """The form of a new request beside the list."""
        panel = QuotationForm(self._context)
        panel.saved.connect(self._made)
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, 520)
        for item_id in item_ids:
            panel.add_item(item_id)
        panel.begin()

    def scan(self, scan: Scan) -> bool:
        """A scan begins a line of the form that is open."""
        panel = self.panel()
        return panel.scan(scan) if isinstance(panel, QuotationForm) else False

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, QuotationForm) and panel.is_changed()

    def prepare_sheet(self) -> MakeSheet:
        """The list as it is narrowed, for a file."""
        rows = self._fitting()
        heads = (
            FileColumn("number", _("Number")), FileColumn("title", _("Subject")),
            FileColumn("state", _("State")), FileColumn("lines", _("Lines"), "number"),
            FileColumn("suppliers", _("Suppliers"), "number"), FileColumn("answers", _("Answers"), "number"),
            FileColumn("answer_by", _("Answer by"), "date"), FileColumn("needed_on", _("Needed on"), "date"),
            FileColumn("by", _("Made by")), FileColumn("created_at", _("Date"), "instant"),
        )  # fmt: skip

        def cells(row: RfqRow) -> tuple[Cell, ...]:
            return (
                row.number, row.title, word(row.state), row.lines, row.suppliers, row.answers, row.answer_by,
                row.needed_on, row.by, row.created_at,
            )  # fmt: skip

        return lambda: Sheet(_("Requests for quotation"), heads, (cells(row) for row in rows))

    def _made(self, rfq_id: int) -> None:
        self.close_panel()
        self._context.shell.go(ONE, rfq_id=rfq_id)

    def _take(self, rows: Sequence[RfqRow]) -> None:
        self._rows = rows
        self._show_rows()

    def _fitting(self) -> list[RfqRow]:
        chosen = self.chips.values()
        return [
            row
            for row in self._rows
            if (not chosen["open"] or row.state in OPEN)
            and (not chosen["overdue"] or row.is_overdue)
            and (chosen["state"] is None or row.state is chosen["state"])
        ]

    def _show_rows(self) -> None:
        rows = self._fitting()
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))
        if not self._rows and not self.head.search_text():
            self.show_empty()
