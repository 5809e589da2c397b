"""The closing cockpit: the checklist of a month that turns green, beside it what the month cost and why, at the end Close."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import costing
from core.costing import (
    Against,
    CheckLevel,
    CheckLine,
    MonthCheck,
    MonthReview,
    MonthRow,
    MonthState,
)
from core.documents import Notation
from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.costing.close.closing import Closer
from desktop.costing.close.lines import LinesPanel
from desktop.costing.close.reading import Reading
from desktop.costing.close.review import MonthView
from desktop.costing.close.routes import Way, line_way, list_way
from desktop.costing.close.rows import CLOSE, CheckRow, answer_words, close_row, first_to_do, row_columns
from desktop.costing.explain.against import AgainstChips
from desktop.costing.explain.drill import Drill
from desktop.costing.explain.months import MonthChooser
from desktop.widgets import Chip, KeyHint, Label, PageBase, RowTable, scrolled

WATCHED = (
    "stock", "item", "count", "order", "invoice", "receipt", "claim", "expense", "month", "lot", "location", "budget", "payment",
)  # fmt: skip
BESIDE_FROM = 1080
ROOMY = 1500
PANEL = 560
MONTHS = "month_end.months"


class ClosePage(PageBase):
    """Opened for the month that is to be closed next, or for `month`; with `kind` the lines of a check stand open."""

    def __init__(self, context: AppContext, *, month: str = "", kind: str = "") -> None:
        super().__init__(_("Close the month"), _("What is to be looked at before a month is closed, and what it cost"))
        self._context = context
        self._wanted, self._wanted_kind = month, kind
        self._sees_cost = context.shell.may(Permission.COST_VIEW)
        self._rows: list[CheckRow] = []
        self._is_begun = False
        self.reading = Reading(context, self, self._show_rows, self._take_review)
        self.chooser = MonthChooser()
        self.chooser.chosen.connect(lambda _month: self._on_month())
        self.chips.add_widget(self.chooser)
        self.flip = Chip(_("Show the review"))
        self.flip.toggled.connect(lambda _on: self._arrange())
        self.chips.add_widget(self.flip)
        self.against = AgainstChips()
        self.against.changed.connect(self.compare)
        for chip in self.against.chips() if self._sees_cost else ():
            self.chips.add_widget(chip)
        columns = row_columns(sees_cost=self._sees_cost)
        self.table = RowTable(columns, name=_("Checklist of the month"), key="close.checks")
        self.words = Label("", wrap=True)
        self.closer = Closer(context, self, self._on_closed, self._look)
        self.view = MonthView()
        self.drill = Drill(context, self)
        self._lay_out()
        self._connect()
        self.start_loading(_("Looking through the month…"))
        self.reload()

    # --- making

    def _lay_out(self) -> None:
        self._list = left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        self.words.setMinimumHeight(44)
        self.words.setContentsMargins(16, 0, 8, 0)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.closer)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        self._right = scrolled(self.view)
        self._right.setVisible(self._sees_cost)
        inner = QWidget()
        halves = QHBoxLayout(inner)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(16)
        halves.addWidget(left, 43)
        halves.addWidget(self._right, 57)
        self._table = self.table
        self.set_content(inner)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.set_primary(_("Close the month"), self.close_month, "lock")
        self.add_more(_("Preview the pack"), self.print_page, "print", "F8")
        self.add_more(_("Folder for the papers…"), self.closer.choose_folder, "folder")
        if self._context.shell.can_go(MONTHS):
            self.add_more(_("All months"), lambda: self._context.shell.go(MONTHS), "history")
        self.table.row_activated.connect(self.open_row)
        self.table.why_requested.connect(lambda row, _key: self.show_lines(row))
        self.table.current_changed.connect(self._on_current)
        self.view.asked.connect(self.drill.open)
        self._context.hub.watch(self, WATCHED, self._look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Beside a panel stays what it was opened from: the list beside lines, the review beside a figure."""
        is_list, is_review = _parts_shown(self.width(), self.panel(), is_flipped=self.flip.isChecked())
        self.flip.setVisible(self.width() < BESIDE_FROM and self._sees_cost)
        self.against.set_visible(self._sees_cost and is_review)
        self._list.setVisible(is_list or not self._sees_cost)
        self._right.setVisible(is_review and self._sees_cost)
        self.view.set_alone(self._list.isHidden())

    def open_panel(self, panel: QWidget, width: int = PANEL) -> None:
        super().open_panel(panel, width)
        # Who comes back from mending a line goes on in the list of lines.
        self.setFocusProxy(panel.table if isinstance(panel, LinesPanel) else self.table)
        self._arrange()

    def _on_panel_closed(self) -> None:
        if not self.drill.back():
            self.setFocusProxy(self.table)
            super()._on_panel_closed()
            self._arrange()

    # --- asking

    def reload(self) -> None:
        """Ask for everything anew, the ledger's verification too (F5)."""
        self.reading.forget()
        self._look()

    def _look(self) -> None:
        """Something changed: ask again, the verification only where it is quick."""
        self._context.ops.ask(self, costing.list_months, then=self._take_months, key="months")

    def _take_months(self, rows: Sequence[MonthRow]) -> None:
        month = self.chooser.month or self._wanted
        if month not in [row.month for row in rows]:
            month = next((row.month for row in rows if row.is_next), rows[0].month)
        self.chooser.set_months(rows, month)
        self._ask_month()

    def _on_month(self) -> None:
        self._is_begun = False
        self.reading.forget()
        self.drill.forget()
        self.close_panel()
        self.setFocusProxy(self.table)
        self._ask_month()

    def _ask_month(self) -> None:
        if self.chooser.row is not None:
            self.reading.ask(self.chooser.row, self.against.value)

    def _take_review(self, review: MonthReview) -> None:
        site = self._context.office.site
        self.drill.estimate = review.estimate
        self.view.show_month(review, Notation(site.currency, site.digits, site.zone))

    # --- showing

    def _show_rows(self) -> None:
        row, rows = self.chooser.row, self.reading.rows()
        if row is None or rows is None:
            return
        first_open = next((one.month for one in self.chooser.rows if one.is_next), row.month)
        self._rows = [*rows, close_row(row, rows, first_open)]
        self.table.set_rows(self._rows)
        is_closed = row.state is MonthState.CLOSED
        words, icon = (_("All months"), "history") if is_closed else (self._rows[-1].title, "lock")
        if words != self.head.primary_words():
            self.set_primary(words, self.close_month, icon)
        self.set_answer(answer_words(row, self._rows))
        self.show_content()
        if not self._is_begun:
            self._begin()
        self._on_current(self.table.current_row())

    def _begin(self) -> None:
        self._is_begun = True
        wanted = first_to_do(self._rows).id
        self.table.select_where(lambda one: one.id == (self._wanted_kind or wanted))
        row = self.table.current_row()
        if self._wanted_kind and row is not None:
            self.show_lines(row)
        self._wanted_kind = ""

    def _on_current(self, row: CheckRow | None) -> None:
        self.words.set_words("" if row is None else row.words)

    # --- doing

    def open_row(self, row: CheckRow) -> None:
        """Go to the list that mends a check; what has none opens its lines beside. On the last line: close."""
        if row.id == CLOSE:
            self.close_month()
            return
        way = (
            None
            if row.check is None or row.check.level is CheckLevel.GOOD
            else list_way(row.check, self._context.shell)
        )
        self._go(way) if way is not None else self.show_lines(row)

    def show_lines(self, row: CheckRow) -> None:
        """The lines behind a check, beside the list."""
        if row.id == CLOSE or row.check is None or row.check.level is CheckLevel.GOOD:
            return
        self._context.ops.ask(
            self, costing.list_check_lines, month=self.chooser.month, kind=row.check.kind.value, key="lines",
            then=lambda lines: self._show_lines(row.check, lines),
        )  # fmt: skip

    def _show_lines(self, check: MonthCheck | None, lines: Sequence[CheckLine]) -> None:
        if check is None:
            return
        way = list_way(check, self._context.shell)
        panel = LinesPanel(check, lines, has_list=way is not None)
        panel.opened.connect(lambda line: self._go(line_way(check.kind, line, self._context.shell)))
        panel.listed.connect(lambda: self._go(way))
        self.drill.forget()
        self.open_panel(panel)
        panel.table.select_row(0)
        panel.table.setFocus()

    def _go(self, way: Way | None) -> None:
        if way is not None:
            self._context.shell.go(way[0], **way[1])

    def compare(self, against: Against) -> None:
        """Compare with the month before, the year before, or the budget."""
        self.against.choose(against)
        self.drill.forget()
        self._ask_month()

    def close_month(self) -> None:
        """Close the month shown (F2, F9, Enter on the last line); of one that cannot be closed say why, or go on."""
        row = self.chooser.row
        if row is None or not self._rows or self.closer.is_busy:
            return
        if row.state is MonthState.CLOSED:
            if self._context.shell.can_go(MONTHS):
                self._context.shell.go(MONTHS, month=row.month)
        elif row.state is MonthState.RUNNING:
            self._context.shell.say(self._rows[-1].words)
        elif not row.is_next:
            self.chooser.choose(next(one.month for one in self.chooser.rows if one.is_next))
        else:
            is_clean = all(one.check is not None and one.check.level is CheckLevel.GOOD for one in self._rows[:-1])
            self.closer.begin(row.month, is_clean=is_clean)

    def post(self) -> None:
        """F9: the same."""
        self.close_month()

    def print_page(self) -> None:
        """The pack of the month (F8)."""
        if self._sees_cost and self.chooser.month:
            self.closer.preview(self.chooser.month)

    def _on_closed(self, month: str) -> None:
        self.chooser.set_months(self.chooser.rows, month)
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar shows the lines of a check beside it."""
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Space and row is not None:
            event.accept()
            self.show_lines(row)
            return
        super().keyPressEvent(event)

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Enter", _("Open what mends this check; on the last line: close")),
            KeyHint("Space", _("Show its lines beside")),
        )

    def detail_title(self) -> str:
        return self.chooser.month


def _parts_shown(width: int, panel: QWidget | None, *, is_flipped: bool) -> tuple[bool, bool]:
    """Whether there is room for the list and for the review: on a narrow page one of them at a time."""
    if width < BESIDE_FROM:
        return not is_flipped, is_flipped
    if panel is not None and width < ROOMY:
        return isinstance(panel, LinesPanel), not isinstance(panel, LinesPanel)
    return True, True
