"""Budgets by category and month: a year as a grid to type in, or one month against what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core import costing
from core.costing import BudgetCell, BudgetGrid, BudgetRow, BudgetsSet, BudgetState
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _, _n, verbatim
from core.words import Permission
from desktop.context import AppContext, Posted
from desktop.costing.budgets.copying import CopyPanel
from desktop.costing.budgets.file import budget_sheet
from desktop.costing.budgets.grid import BudgetTable
from desktop.costing.budgets.month import MonthPanel, month_columns
from desktop.costing.budgets.words import LEVELS, MONTHS, cell_told
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.theme import Meaning
from desktop.widgets import ChipSpec, KeyHint, Label, Notice, PageBase, RowTable, local_time, money_words

IMPORT_ROUTE = "settings.import"
COPY_WIDE, MONTH_WIDE = 380, 400
YEARS = (-2, -1, 0, 1)
BEGIN = _("No budget yet: type into a cell, or copy with F7 what the months cost")
ANSWER = _("What each category may cost; below it, in small, what it cost")


class BudgetsPage(PageBase):
    """Digits type into the chosen cell, F2 changes it, F7 copies from last month or last year. The chip of a month shows
    that month against its budgets."""

    def __init__(self, context: AppContext, *, month: str = "", is_copying: bool = False) -> None:
        super().__init__(_("Budgets"), ANSWER)
        self.context = context
        self._may_edit = context.shell.may(Permission.BUDGET_EDIT)
        self.today = local_time(context.office.clock.now()).date()
        self.grid: BudgetGrid | None = None
        self.state: BudgetState | None = None
        self.table = BudgetTable()
        self.table.cells.may_edit = self._may_edit
        self.months = RowTable(month_columns(), name=_("Month against its budgets"), key="budgets.month")
        self.told = Label("", "muted")
        self.notice = Notice()
        self.notice.hide()
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(self.months)
        self._add_content()
        self._add_chips(month)
        self._add_acts(context)
        self.table.cells.typed.connect(self.enter)
        self.table.cells.refused.connect(lambda words: self.notice.say(words, Meaning.DANGER))
        self.table.moved.connect(self._tell)
        self.months.row_activated.connect(self._open_row)
        context.hub.watch(self, ("budget", "stock", "item"), self.reload)
        self.start_loading()
        self.reload()
        if is_copying:
            self.copy_budgets()

    def _add_content(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self._views, 1)
        self.told.setContentsMargins(12, 6, 12, 6)
        column.addWidget(self.told)
        self.set_content(box)
        self.setFocusProxy(self.table)

    def _add_chips(self, month: str) -> None:
        year = int(month[:4]) if month else self.today.year
        years = sorted({self.today.year + step for step in YEARS} | {year})
        self.chips.add(ChipSpec("year", _("Year"), tuple((one, verbatim(str(one))) for one in years)))
        self.chips.set_value("year", year)
        self.chips.add(ChipSpec("month", _("Month"), tuple((number, MONTHS[number - 1]) for number in range(1, 13))))
        if month:
            self.chips.set_value("month", int(month[5:]))
        self.chips.add(ChipSpec("used", _("With budget or cost")))
        self.chips.changed.connect(self.reload)

    def _add_acts(self, context: AppContext) -> None:
        if self._may_edit:
            self.set_primary(_("Enter budget"), self.edit_cell, "edit")
            self.add_more(_("Copy budgets"), self.copy_budgets, "copy", "F7")
            if context.shell.can_go(IMPORT_ROUTE):
                self.add_more(_("Import budgets"), self._import, "import")
        self._file = ListFile(context, self, _("Budgets"), self.prepare_sheet)
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")

    # --- asking

    def year(self) -> int:
        """The year that is chosen."""
        return int(self.chips.values()["year"] or self.today.year)

    def month(self) -> str:
        """The month that is chosen; empty for the whole year."""
        number = self.chips.values()["month"]
        return f"{self.year():04d}-{int(number):02d}" if number else ""

    def reload(self) -> None:
        """Ask again for what is shown."""
        ask = self.context.ops.ask
        if self.month():
            ask(
                self,
                costing.list_budget_state,
                month=self.month(),
                then=self._take_month,
                failed=self.show_error,
                key="shown",
            )
        else:
            first = f"{self.year():04d}-01"
            ask(self, costing.list_budgets, first=first, then=self._take_grid, failed=self.show_error, key="shown")

    def _take_grid(self, grid: BudgetGrid) -> None:
        self.grid, self.state = grid, None
        self._views.setCurrentWidget(self.table)
        if self.table.state() != BudgetTable.State.EditingState:  # what somebody types is not taken away
            self.table.show_grid(grid, used_only=bool(self.chips.values()["used"]))
        is_empty = all(cell.budget is None for row in grid.rows for cell in row.cells)
        self.set_answer(BEGIN if is_empty and self._may_edit else ANSWER)
        self.show_content()
        self._tell()

    def _take_month(self, state: BudgetState) -> None:
        self.state = state
        self._views.setCurrentWidget(self.months)
        used_only = bool(self.chips.values()["used"])
        rows = [
            row for at, row in enumerate(state.rows) if not used_only or at == 0 or row.budget is not None or row.actual
        ]
        self.months.set_rows(rows)
        self.set_answer(_month_answer(state))
        self.show_content()
        self._tell()
        panel = self.panel()
        if isinstance(panel, MonthPanel):
            fresh = next((row for row in rows if row.place.category_id == panel.row.place.category_id), None)
            if fresh is not None:
                self._open_row(fresh)

    # --- telling

    def _tell(self) -> None:
        """What the chosen cell is, in words, under the grid."""
        at = self.table.currentIndex()
        if self.state is not None or self.grid is None or not at.isValid():
            self.told.set_words(
                _("Enter shows how the figures of a category come about.") if self.state is not None else ""
            )
            return
        month = self.grid.months[at.column()].month
        place = self.grid.rows[self.table.cells.shown[at.row()]].place
        self.told.set_words(
            verbatim(cell_told(place, month, self.table.cells.cell(at.row(), at.column())).replace("\n", "    "))
        )

    def _open_row(self, row: BudgetRow) -> None:
        if self.state is not None:
            self.open_panel(MonthPanel(self.context, self.state, row), MONTH_WIDE)

    # --- doing

    def edit_cell(self) -> None:
        """F2: change the chosen cell; from a month's list back in the year."""
        if self.month():
            self.chips.set_value("month", None)
            self.reload()
        self.table.edit_cell()

    def enter(self, cells: Sequence[BudgetCell]) -> None:
        """Amounts were typed or pasted."""
        self.notice.hide()
        self.context.ops.do(self, costing.set_budgets, cells=tuple(cells), then=self._done, failed=self._refused)

    def _done(self, done: BudgetsSet) -> None:
        if done.cells:
            told = _n("{n} budget set", "{n} budgets set", len(done.cells))
            undo: dict[str, Any] = {"cells": done.undo}
            self.context.shell.posted(Posted(told, undo, None, self.reload, take_back=costing.set_budgets))
        self.reload()

    def _refused(self, error: CoreError) -> None:
        if not isinstance(error, NeedsConfirmation):
            self.notice.say(error.text, Meaning.DANGER)
        self.reload()

    def copy_budgets(self) -> None:
        """F7: copy from last month or last year, with a percentage."""
        if not self._may_edit:
            return
        panel = CopyPanel(self.context, self.month() or self._chosen_month(), self.today)
        panel.copied.connect(self._copied)
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, COPY_WIDE)
        panel.focus_field()

    def _chosen_month(self) -> str:
        at = self.table.currentIndex()
        number = at.column() + 1 if at.isValid() else self.today.month
        return f"{self.year():04d}-{number:02d}"

    def _copied(self, done: BudgetsSet) -> None:
        self.close_panel()
        self._done(done)

    def _import(self) -> None:
        self.context.shell.go(IMPORT_ROUTE, kind="budgets")

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_F7:
            self.copy_budgets()
        else:
            super().keyPressEvent(event)

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("F7", _("Copy budgets")), KeyHint("Ctrl+R", _("The same amount for the months at the right")),
            KeyHint("Ctrl+V", _("Paste cells of a spreadsheet")), KeyHint("Del", _("Take the budget away")),
        )  # fmt: skip

    def prepare_sheet(self) -> MakeSheet:
        """What is shown, for a file."""
        return budget_sheet(self.grid, self.state, self.context.language)


def _month_answer(state: BudgetState) -> Text:
    """How the month stands, in one line."""
    whole = state.whole
    if whole.budget is None:
        return _("{month}: no budget is set", month=state.month)
    spent, budget = money_words(whole.actual, sign=True), money_words(whole.budget, sign=True)
    if state.is_over or whole.expected is None:
        return _(
            "{month}: {spent} of {budget}. {level}",
            month=state.month,
            spent=spent,
            budget=budget,
            level=LEVELS[whole.level][0],
        )
    return _(
        "{month}, {done} of {days} days over: {spent} of {budget}, {expected} expected at its end. {level}",
        month=state.month, done=state.days_done, days=state.days, spent=spent, budget=budget,
        expected=money_words(whole.expected, sign=True), level=LEVELS[whole.level][0],
    )  # fmt: skip
