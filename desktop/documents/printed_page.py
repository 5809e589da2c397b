"""What was printed, saved or e-mailed: by whom, when, where to; and again exactly as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from core import documents
from core.devices import Scan
from core.documents import PrintedFile, PrintedFilter, PrintedList, PrintedRow
from core.errors import CoreError
from core.i18n import _
from desktop.context import AppContext, Paper
from desktop.documents.columns import PRINTED
from desktop.documents.printed_panel import PrintedPanel
from desktop.widgets import ChipSpec, PageBase, PeriodFilter, RowsWanted, RowTable, local_time


class PrintedPage(PageBase):
    """A long list, newest first; a click shows the facts beside it, Enter or F8 the paper in the preview."""

    def __init__(self, context: AppContext, *, text: str = "") -> None:
        super().__init__(
            _("Printed papers"), _("Every paper as it was printed or saved. Enter shows it, F8 there prints it again.")
        )
        self._context = context
        self.table = RowTable(PRINTED, name=_("Printed papers"), key="documents.printed")
        self.set_table(self.table)
        self.set_empty(
            _("No paper fits"), _("Nothing was printed that fits this search. Take a filter away."), icon_name="print"
        )
        self._search = self.add_search(lambda _text: self._narrow(), _("Number, title, person or printer"))
        self._add_filters()
        self.table.row_activated.connect(self.open_again)
        self.table.clicked.connect(lambda index: self._show_facts(self.table.row_at(index.row())))
        self.table.current_changed.connect(self._follow)
        context.hub.watch(self, ["paper"], self.reload)
        self._search.setText(text)
        self.start_loading()
        context.ops.ask(self, documents.list_print_people, then=self._take_people)
        self.table.set_filter(self.wanted())
        self.table.set_fetch(self._fetch)

    def wanted(self) -> PrintedFilter:
        """What the filters say; days that cannot be read are left out, their field says so."""
        first, last = self._period.days()
        return PrintedFilter(
            text=self._search.text().strip(),
            person_id=self.chips.values()["person"],
            from_on=first,
            to_on=last,
        )

    def open_again(self, row: PrintedRow) -> None:
        """Show the paper in the preview exactly as it was printed."""
        self._context.ops.ask(
            self, documents.get_printed_paper, printed_id=row.id, then=self._preview, failed=self._gone
        )

    def print_page(self) -> None:
        """Show the chosen paper (F8)."""
        row = self.table.current_row()
        if row is not None:
            self.open_again(row)

    def scan(self, scan: Scan) -> bool:
        """The barcode of a paper finds its prints."""
        if scan.gtin or not scan.code:
            return False
        self._search.setText(scan.own.value if scan.own is not None else scan.code)
        return True

    # -- inside

    def _add_filters(self) -> None:
        self._period = PeriodFilter(self.chips, self._today)
        self._period.changed.connect(self._narrow)
        self.chips.add(ChipSpec("person", _("Person"), ()))
        self.chips.changed.connect(self._narrow)

    def _today(self) -> date:
        return local_time(self._context.office.clock.now()).date()

    def _take_people(self, people: tuple[tuple[int, str], ...]) -> None:
        self.chips.chip("person").set_options(people)  # type: ignore[union-attr]

    def _narrow(self) -> None:
        wanted = self.wanted()
        if wanted != self.table.wanted().filter:
            self.table.set_filter(wanted)

    def _fetch(
        self, wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], failed: Callable[[CoreError], None]
    ) -> object:
        return self._context.ops.ask(
            self,
            documents.list_printed_papers,
            then=lambda found: self._arrived(found, then),
            failed=failed,
            key=("page", wanted.offset),
            wanted=wanted.filter,
            offset=wanted.offset,
            limit=wanted.limit,
        )

    def _arrived(self, found: PrintedList, then: Callable[[Sequence[Any], int], None]) -> None:
        then(found.rows, found.total)
        if not found.total:
            self.show_empty()

    def _show_facts(self, row: PrintedRow | None) -> None:
        if row is not None:
            self.open_panel(PrintedPanel(self._context, row, self.open_again), 380)

    def _follow(self, row: PrintedRow | None) -> None:
        if self.panel() is not None:
            self._show_facts(row)

    def _preview(self, printed: PrintedFile) -> None:
        row = printed.row
        self._context.shell.preview(
            Paper(
                row.title, printed.content, row.kind, f"{row.number or row.title}.pdf", row.number, row.language,
                owner_kind=row.owner_kind, owner_id=row.owner_id,
            )
        )  # fmt: skip

    def _gone(self, error: CoreError) -> None:
        self._context.shell.show_error(error.text)
