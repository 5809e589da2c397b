"""Scorecards of all suppliers of a period; a figure opens the order lines it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core import purchasing
from core.documents import Cell, Fact, Sheet
from core.documents import Column as FileColumn
from core.i18n import _
from core.purchasing import FIGURES, ScoreRow, SupplierScore, figures_of
from core.words import Permission
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.printing.source import PaperSource
from desktop.purchasing.scorecard.columns import columns
from desktop.purchasing.scorecard.panel import ScorePanel
from desktop.widgets import SEASONS, PageBase, PeriodFilter, RowTable, language, local_time

ORDER_ROUTE = "purchasing.order"
WIDTH = 560


class ScorecardPage(PageBase):
    """Enter or a figure opens the supplier beside the list; F8 prints what is shown."""

    def __init__(
        self, context: AppContext, *, supplier_id: int | None = None, first_on: str = "", last_on: str = ""
    ) -> None:
        super().__init__(
            _("Scorecards"),
            _("How punctual, complete, good, dear and fast each supplier was; every figure opens its lines."),
        )
        self._context = context
        self._rows: Sequence[ScoreRow] = ()
        self._shown: tuple[int, str] | None = None if supplier_id is None else (supplier_id, "")
        self._sees_cost = context.shell.may(Permission.COST_VIEW)
        self.table = RowTable(columns(sees_cost=self._sees_cost), name=_("Scorecards"), key="purchasing.scorecard")
        self.set_table(self.table)
        self.set_empty(
            _("Nothing was ordered in these days"),
            _(
                "A scorecard is made of orders that were sent and what came of them. Choose other days, or send an order."
            ),
            icon_name="star",
        )
        self._search = self.add_search(lambda _text: self._show_rows(), _("Supplier"))
        self.period = PeriodFilter(self.chips, self._today, SEASONS, None if first_on else "quarter")
        if first_on:
            self.period.first.set_value(date.fromisoformat(first_on))
            self.period.last.set_value(date.fromisoformat(last_on))
        self.period.changed.connect(self.reload)
        self._file = ListFile(context, self, _("Supplier scorecards"), self.prepare_sheet)
        self.add_more(_("Print"), self.print_page, "print", key="F8")
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")
        self.table.row_activated.connect(lambda row: self.open_supplier(row.supplier_id))
        self.table.why_requested.connect(lambda row, key: self.open_supplier(row.supplier_id, key))
        context.hub.watch(self, ("order", "receipt", "claim", "supplier"), self.reload)
        self.reload()

    def days(self) -> tuple[date, date]:
        """The first and the last day; where one is open, 90 days up to the other or to today."""
        first, last = self.period.days()
        last = last or self._today()
        return first or date.fromordinal(last.toordinal() - 89), last

    def reload(self) -> None:
        """Ask for the period again."""
        start, end = self.days()
        self.start_loading()
        self._context.ops.ask(
            self, purchasing.list_scorecards, start=start, end=end, key="list", then=self._take, failed=self.show_error
        )
        if self._shown is not None:
            self.open_supplier(*self._shown)

    def open_supplier(self, supplier_id: int, figure: str = "") -> None:
        """Show one supplier beside the list, with the lines of a figure."""
        start, end = self.days()
        self._shown = (supplier_id, figure)
        self._context.ops.ask(
            self,
            purchasing.get_scorecard,
            supplier_id=supplier_id,
            start=start,
            end=end,
            key="one",
            then=lambda score: self._show_one(score, figure),
        )

    def print_page(self) -> None:
        """The supplier shown, or all of them, on paper (F8)."""
        start, end = self.days()
        office, shown = self._context.office, self._shown if self.panel() is not None else None

        def ask(said: str) -> object:
            if shown is None:
                return office.ask(purchasing.get_scorecards_paper, start=start, end=end, language=said)
            return office.ask(purchasing.get_scorecard_paper, supplier_id=shown[0], start=start, end=end, language=said)

        kind = "scorecards" if shown is None else "scorecard"
        self._context.shell.make_paper(self, PaperSource(kind, self._context.language, ask, kind))  # type: ignore[arg-type]

    def prepare_sheet(self) -> MakeSheet:
        """The list as it is narrowed, for a file."""
        rows, (start, end) = self._fitting(), self.days()
        said = self._context.language
        heads = (
            FileColumn("supplier", _("Supplier")), FileColumn("orders", _("Orders"), "number"),
            FileColumn("lines", _("Lines"), "number"), FileColumn("ordered", _("Ordered, without tax"), "money"),
            *(FileColumn(key, title) for key, title in FIGURES), FileColumn("overdue", _("Overdue"), "number"),
            FileColumn("claims", _("Open claims"), "number"),
        )  # fmt: skip

        def cells(row: ScoreRow) -> tuple[Cell, ...]:
            name = row.supplier.render(said)
            return (name, row.orders, row.lines, row.ordered, *figures_of(row.card), row.overdue, row.claims)

        facts = (Fact(_("From"), start, "date"), Fact(_("To"), end, "date"))
        return lambda: Sheet(_("Supplier scorecards"), heads, (cells(row) for row in rows), facts)

    def _today(self) -> date:
        return local_time(self._context.office.clock.now()).date()

    def _take(self, rows: Sequence[ScoreRow]) -> None:
        self._rows = rows
        self._show_rows()

    def _fitting(self) -> list[ScoreRow]:
        letters = self.head.search_text().casefold()
        return [row for row in self._rows if letters in f"{row.supplier.zh} {row.supplier.en}".casefold()]

    def _show_rows(self) -> None:
        rows = self._fitting()
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))
        if not rows:
            self.show_empty()

    def _show_one(self, score: SupplierScore, figure: str) -> None:
        shell = self._context.shell
        can_go = shell.can_go(ORDER_ROUTE)
        panel = ScorePanel(
            score,
            figure,
            open_order=(lambda order_id: shell.go(ORDER_ROUTE, order_id=order_id)) if can_go else None,
            show_paper=self.print_page,
            sees_cost=self._sees_cost,
        )
        self.open_panel(panel, WIDTH)

    def detail_title(self) -> str:
        panel = self.panel()
        return panel.score.row.supplier.render(language()) if isinstance(panel, ScorePanel) else ""
