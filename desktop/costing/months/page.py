"""All months of the site: state, who closed each and when, what it stored; papers again, reopening, differences since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from core import costing
from core.costing import ClosingCard, Differences, LateEntry, MonthRow, MonthState, Reopened
from core.errors import CoreError
from core.i18n import Text, _
from core.words import Permission
from desktop.context import AppContext, Posted
from desktop.costing.close.files import BOOK, SEALED, pack_paper, write_sealed
from desktop.costing.explain.rows import ListTable
from desktop.costing.explain.sheet import table_sheet
from desktop.costing.months.columns import month_columns
from desktop.costing.months.many import OVER, ManyCloser, UpToPanel, open_months
from desktop.costing.months.panels import Acts, DifferencesPanel, MonthPanel, ReopenPanel
from desktop.printing.list_file import ListFile, write_file
from desktop.widgets import FormPanel, KeyHint, PageBase, ui_text

CLOSE, BOOKS, REVIEW, POSTING = "month_end.close", "month_end.books", "month_end.review", "stock.posting"
PANEL, WIDE = 440, 700
CLOSED_ONCE = (MonthState.CLOSED, MonthState.REOPENED)


class MonthsPage(PageBase):
    """Enter shows a month beside the list, F2 goes to what is to be closed next, F8 its pack."""

    def __init__(
        self, context: AppContext, *, month: str = "", is_reopening: bool = False, is_closing: bool = False
    ) -> None:
        super().__init__(_("Months"), _("Which months are closed, by whom, and what they stored"))
        self._context, self._wanted = context, month
        self._is_reopening, self._is_closing = is_reopening, is_closing
        self._sees_cost = context.shell.may(Permission.COST_VIEW)
        self.table = ListTable(month_columns(sees_cost=self._sees_cost), name=_("Months"), key="costing.months")
        self.closer = ManyCloser(context, self, self.reload, lambda month: context.shell.go(CLOSE, month=month))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.closer)
        column.addWidget(self.table, 1)
        self.set_table(self.table, inner)
        self.setFocusProxy(self.table)
        if context.shell.can_go(CLOSE):
            self.add_more(_("Close all months that are over…"), self.close_all, "lock")
            self.set_primary(_("Close the month"), lambda: context.shell.go(CLOSE), "lock")
        self._file = ListFile(context, self, _("Months"), lambda: table_sheet(_("Months"), self.table))
        self.add_more(_("Preview the pack"), self.print_page, "print", "F8")
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")
        self.table.row_activated.connect(self.open_month)
        context.hub.watch(self, ("month", "stock"), self.reload)
        self.start_loading()
        self.reload()

    # --- the list

    def reload(self) -> None:
        """Ask again for the months."""
        self._context.ops.ask(self, costing.list_months, then=self._take, key="list", failed=self.show_error)

    def _take(self, rows: Sequence[MonthRow]) -> None:
        shown = self.table.current_row()
        self.table.show_list(rows)
        self.set_count(len(rows))
        self.show_content()
        wanted = self._wanted or (shown.month if shown is not None else rows[0].month)
        self.table.select_where(lambda row: row.month == wanted)
        row, is_wanted = self.table.current_row(), bool(self._wanted)
        self._wanted = ""
        if self._is_closing:
            self._is_closing = False
            self.close_all()
        elif row is not None and self._is_reopening:
            self._is_reopening = False
            self.reopen(row)
        elif row is not None and (is_wanted or isinstance(self.panel(), MonthPanel)):
            self.open_month(row)

    # --- one month

    def open_month(self, row: MonthRow) -> None:
        """Show a month beside the list."""
        if self.has_unsaved():
            return
        if row.closing_id and self._sees_cost:
            beside = self.panel()

            def show(card: ClosingCard) -> None:
                if self.panel() is beside:  # else the person went on while it was read
                    self._show_month(row, card)

            self._context.ops.ask(self, costing.get_closing, closing_id=row.closing_id, key="card", then=show)
        else:
            self._show_month(row, None)

    def _show_month(self, row: MonthRow, card: ClosingCard | None) -> None:
        panel = MonthPanel(row, card, self._acts(row))
        panel.chosen.connect(lambda one: self._ask_differences(one.closing_id))
        self.open_panel(panel, PANEL)
        self.title_changed.emit(row.month)

    def _acts(self, row: MonthRow) -> Acts:
        shell, found = self._context.shell, []
        is_closed = row.state is MonthState.CLOSED
        if shell.can_go(CLOSE) and not is_closed:
            found.append((_("Checklist"), lambda: shell.go(CLOSE, month=row.month)))
            if row.state in OVER and not row.is_next:
                found.append((_("Close all up to here…"), lambda: self.close_up_to(row)))
        if self._sees_cost:
            period = {"first": row.first.isoformat(), "last": row.last.isoformat()}
            found.append((_("Monthly cost"), lambda: shell.go(REVIEW, **period)))
            found.append((_("Preview the pack"), lambda: self._preview(row.month)))
            found.append((_("Workbook…"), lambda: self._save(row.month, BOOK, "xlsx")))
            if is_closed and shell.may(Permission.BOOKS_EXPORT):
                found.append((_("Sealed file…"), lambda: self._save(row.month, SEALED, "sqlite")))
        if shell.can_go(BOOKS):
            found.append((_("Journal"), lambda: shell.go(BOOKS, month=row.month)))
        if row.state in CLOSED_ONCE and self._sees_cost:
            found.append((_("Differences since"), lambda: self.show_differences(row)))
        if is_closed:
            found.append((_("Reopen…"), lambda: self.reopen(row)))
        return found

    def close_all(self) -> None:
        """Close every month that is over, after one question."""
        months = open_months(self.table.rows)
        if months:
            self.close_up_to(months[0])
        else:
            self._context.shell.say(_("All months that are over are closed."))

    def close_up_to(self, row: MonthRow) -> None:
        """Close all open months up to this one, after one question."""
        if self.has_unsaved() or self.closer.is_busy:
            return

        def send(is_sure: bool) -> None:
            panel.done()
            self.close_panel()
            self.closer.begin(row.month, is_sure=is_sure)

        panel = UpToPanel(row, open_months(self.table.rows, row.month), send)
        panel.cancelled.connect(self._side.ask_close)
        self.open_panel(panel, PANEL)
        panel.focus_field()

    def reopen(self, row: MonthRow) -> None:
        """Ask why, then reopen; who lacks the right may ask somebody with it for the PIN."""
        panel = ReopenPanel(row, lambda reason: self._reopen(panel, row, reason))
        panel.cancelled.connect(self._side.ask_close)
        self.open_panel(panel, PANEL)
        panel.focus_field()

    def _reopen(self, panel: FormPanel, row: MonthRow, reason: str) -> None:
        def done(found: Reopened) -> None:
            panel.done()
            self.close_panel()
            self._context.shell.posted(Posted(_("{month} is open again.", month=found.month)))
            self._wanted = found.month
            self.reload()

        self._context.ops.do(
            self, costing.reopen_month, month=row.month, reason=reason, then=done, failed=panel.show_error
        )

    def show_differences(self, row: MonthRow) -> None:
        """What became different since the month was closed, beside the list."""
        self._ask_differences(row.closing_id)

    def _ask_differences(self, closing_id: int) -> None:
        self._context.ops.ask(
            self,
            costing.get_reopened_differences,
            closing_id=closing_id,
            key="differences",
            then=self._show_differences,
        )

    def _show_differences(self, found: Differences) -> None:
        if isinstance(self.panel(), FormPanel):
            return  # the person went on while they were read
        panel = DifferencesPanel(found)
        panel.opened.connect(self._open_entry)
        self.open_panel(panel, WIDE)

    def _open_entry(self, entry: LateEntry) -> None:
        if self._context.shell.can_go(POSTING):
            self._context.shell.go(POSTING, posting_id=entry.posting_id)

    # --- papers

    def print_page(self) -> None:
        """The pack of the month chosen (F8)."""
        row = self.table.current_row()
        if row is not None and self._sees_cost:
            self._preview(row.month)

    def _preview(self, month: str) -> None:
        self._context.shell.make_paper(self, pack_paper(self._context.office, month, self._context.language))

    def _save(self, month: str, title: Text, ending: str) -> None:
        asked = QFileDialog(self, ui_text(_("Save as")), f"{month} {ui_text(title)}.{ending}")
        asked.setDefaultSuffix(ending)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda name: self.save(month, Path(name)))
        asked.open()

    def save(self, month: str, path: Path) -> None:
        """Write the workbook (xlsx) or the sealed file of a month, beside the window."""
        office, language = self._context.office, self._context.language

        def work() -> None:
            if path.suffix == ".xlsx":
                content = office.ask(costing.get_month_book, month=month, language=language)
                write_file(path, lambda part: part.write_bytes(content))
            else:
                write_sealed(office, month, path)

        self._run(work, path)

    def _run(self, work: Callable[[], Any], path: Path) -> None:
        def failed(error: CoreError) -> None:
            self._context.shell.show_error(error.text)

        self._context.shell.say(_("Writing {file}…", file=path.name))
        self._context.ops.run(
            self, work, then=lambda _done: self._context.shell.say(_("Saved as {file}.", file=path.name)), failed=failed
        )

    # --- what the frame asks

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def detail_title(self) -> str:
        panel = self.panel()
        return panel.row.month if isinstance(panel, MonthPanel | ReopenPanel) else ""

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("F8", _("Preview the pack")),)
