"""Labels to be printed: everything due, by printer and paper, in walk order. Enter prints all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from core import labels
from core.errors import CoreError
from core.i18n import _, _n
from core.labels import JobRow, LabelsDue, QueueRow
from core.words import LabelReason, Permission, word
from desktop.context import AppContext
from desktop.labels.add_panels import PlacePanel, ReceiptPanel
from desktop.labels.days import SiteDay
from desktop.labels.gone_panel import GonePanel
from desktop.labels.groups import GroupBar, PrintBar, groups_of
from desktop.labels.job_strip import JobStrips
from desktop.labels.looks import queue_look
from desktop.labels.missing import Missing, find_missing
from desktop.labels.queue_acts import PANEL, QueueActs
from desktop.labels.queue_columns import queue_columns
from desktop.labels.queue_panel import QueuePanel
from desktop.labels.runs import LabelRuns
from desktop.labels.sheets import SheetPanel
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Banner,
    Button,
    ChipSpec,
    KeyHint,
    PageBase,
    RowTable,
)

SETTLE_MS = 60


class QueuePage(PageBase):
    """`subject` and `ids` put things on the queue by a form that is filled already; `posting_id` labels of a receipt,
    `location_id` those of a place."""

    def __init__(
        self,
        context: AppContext,
        runs: LabelRuns,
        *,
        subject: str = "",
        ids: Sequence[int] = (),
        posting_id: int = 0,
        location_id: int = 0,
    ) -> None:
        super().__init__(_("Labels"), _("What is due to be printed, by printer and paper, in the order one walks"))
        self.context, self.runs = context, runs
        self._wanted: tuple[str, tuple[int, ...], int, int] | None = (subject, tuple(ids), posting_id, location_id)
        self.acts = QueueActs(self, context, runs)
        self.rows: list[QueueRow] = []
        self.missing = Missing()
        self._days = SiteDay(context, self)
        self.table = RowTable(
            queue_columns(context.language, self._look), name=_("Labels to print"), key="labels.queue"
        )
        self.groups = GroupBar()
        self.strips = JobStrips(context, runs)
        self.strips.changed.connect(self.reload)
        self.gone = Banner(meaning=Meaning.WATCH)
        self.gone.add_button(Button(_("Show"), self.open_gone))
        self.gone.hide()
        self.bar = PrintBar(self.print_due)
        self.print_button, self.said = self.bar.button, self.bar.said
        self._lay_out()
        self._add_tools()
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(SETTLE_MS)
        self._follow.timeout.connect(self._show_current)
        self.table.current_changed.connect(lambda row: self._follow.start() if row is not None else None)
        self.table.row_activated.connect(self.open_row)
        self.runs.ended.connect(lambda _run: self.reload())
        context.hub.watch(self, ("label", "label_job", "item", "location", "device", "label_layout"), self.reload)
        self.reload()

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strips)
        column.addWidget(self.gone)
        column.addWidget(self.bar)
        column.addWidget(self.groups)
        column.addWidget(self.table, 1)
        self.set_content(body)
        self.setFocusProxy(self.print_button)
        self.groups.print_wanted.connect(lambda group: self.acts.start(group.keys))
        self.groups.printer_wanted.connect(self.acts.choose_printer)
        self.groups.sheets_wanted.connect(self.acts.open_sheets)

    def _add_tools(self) -> None:
        self.set_primary(_("Add labels"), self.open_add)
        go = self.context.shell.go
        self.head.add_button(Button(_("Jobs"), lambda: go("labels.jobs"), icon_name="history"))
        self.head.add_button(Button(_("Shelf walk"), lambda: go("labels.walk"), icon_name="scan"))
        self.add_search(lambda _text: self._show_rows(), _("Code, name or place"))
        reasons = tuple((one, word(one)) for one in LabelReason if one is not LabelReason.REPRINT)
        self.chips.add(ChipSpec("reason", _("Reason"), reasons))
        self.chips.add(ChipSpec("tomorrow", _("Tomorrow's too")))
        self.chips.changed.connect(self._on_chips)
        self.add_more(_("Labels of a receipt"), lambda: self.acts.open_panel(ReceiptPanel(self.context)), "receive")
        self.add_more(_("Labels of a place"), lambda: self.acts.open_panel(PlacePanel(self.context)), "location")
        self.add_more(_("Layouts"), lambda: go("labels.layouts"), "edit")
        self.add_more(_("Label printers"), lambda: go("labels.printers"), "print")
        words = _(
            "Labels come here by themselves when a price or a name changes, from receipts, lists and shelf walks."
        )
        self.set_empty(_("Every shelf is right"), words, [(_("Add labels"), self.open_add)], "check")

    # --- asking

    def reload(self) -> None:
        """Ask for everything due, and for jobs that wait."""
        if not self.rows:
            self.start_loading()
        ops = self.context.ops
        ops.ask(self, labels.list_queue, on=self.day(), then=self._on_rows_come, failed=self.show_error)
        ops.ask(self, labels.list_jobs, open_only=True, then=self._on_jobs)
        ops.ask(self, labels.count_stale_labels, then=self._on_due)

    def day(self) -> date | None:
        if not self.chips.values()["tomorrow"]:
            return None
        return self._days.today() + timedelta(days=1)

    def _on_rows_come(self, rows: list[QueueRow]) -> None:
        self.rows = rows
        self._show_rows()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.acts.open_wanted(*wanted)
        office = self.context.office
        self.context.ops.run(self, partial(find_missing, office, tuple(rows)), then=self._on_missing, failed=_nothing)

    def _on_missing(self, missing: Missing) -> None:
        if missing != self.missing:
            self.missing = missing
            self._show_rows()
        panel = self.panel()
        if isinstance(panel, QueuePanel):
            panel.show_missing(missing)

    def _on_due(self, due: LabelsDue) -> None:
        if due.gone:
            self.gone.say(_n("{n} label hangs for something no longer used: take it down.",
                             "{n} labels hang for something no longer used: take them down.", due.gone))  # fmt: skip
        self.gone.setVisible(bool(due.gone))

    def _on_jobs(self, jobs: list[JobRow]) -> None:
        self.strips.show_jobs(jobs)
        self._show_state()

    # --- showing

    def _fitting(self) -> list[QueueRow]:
        letters, reason = self.head.search_text().casefold(), self.chips.values()["reason"]
        spoken = self.context.language
        return [
            row
            for row in self.rows
            if (reason is None or row.reason is reason)
            and (
                not letters or letters in f"{row.code} {row.name.render(spoken)} {row.place} {row.document}".casefold()
            )
        ]

    def _show_rows(self) -> None:
        fitting = self._fitting()
        self.table.set_rows(fitting)
        self.set_count(len(fitting), len(self.rows))
        found = groups_of(fitting, tuple(self.missing.required))
        self.groups.show_groups(found)
        self.bar.show_groups(found)
        staying = sum(row.key in self.missing.required for row in fitting)
        self.bar.say(sum(row.is_late for row in fitting), staying)
        self._show_state()

    def _show_state(self) -> None:
        if self.rows or self.strips.strips or self.head.search_text():
            self.show_content()
            if self.table.current_row() is None and self.panel() is None:
                self.table.select_first()
        else:
            self.show_empty()

    def _look(self, row: QueueRow) -> BadgeLook | None:
        return queue_look(row, self.missing.required)

    def _show_current(self) -> None:
        row = self.table.current_row()
        panel = self.panel()
        if row is None or (panel is not None and not isinstance(panel, QueuePanel)):
            return
        if isinstance(panel, QueuePanel) and panel.row == row:
            return
        self.open_row(row)

    def open_row(self, row: QueueRow) -> None:
        """Show a label beside the list."""
        panel = QueuePanel(self.context, row)
        panel.show_missing(self.missing)
        panel.changed.connect(self.on_changed)
        panel.print_wanted.connect(lambda key: self.acts.start((key,)))
        self.open_panel(panel, PANEL)

    def on_changed(self) -> None:
        self.close_panel()
        self.reload()

    def _on_chips(self) -> None:
        self._show_rows()
        self.reload()

    # --- adding

    def open_add(self) -> None:
        """F2: put labels on the queue; the rows of other lists come here by their own button."""
        self.acts.open_add()

    def open_gone(self) -> None:
        """Labels that hang for something no longer used."""
        panel = GonePanel(self.context)
        panel.changed.connect(self.reload)
        self.open_panel(panel, PANEL)

    # --- printing

    def post(self) -> None:
        """F9: print everything due."""
        self.print_due()

    def print_page(self) -> None:
        """F8: the same."""
        self.print_due()

    def on_refused(self, _error: CoreError) -> None:
        """Nothing was started: the button may be pressed again."""
        self._show_rows()

    def print_due(self) -> None:
        """Print every row shown, on the printers remembered; a paper nobody chose a printer for is asked about."""
        panel = self.panel()
        if isinstance(panel, SheetPanel):
            panel.print_now()
            return
        found = self.groups.groups
        ready = [key for one in found if one.device_id is not None for key in one.keys]
        if ready:
            self.print_button.setEnabled(False)
            self.acts.start(ready)
        elif found:
            self.acts.choose_printer(found[0])

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not self.table.hasFocus()
            and _is_quiet(self.panel())
        ):
            self.print_due()
            return
        if event.key() == Qt.Key.Key_Delete:
            self.acts.drop(self.table.selected_rows())
            return
        if event.text() in ("+", "-") and self.table.hasFocus():
            self.acts.change_copies(self.table.selected_rows(), 1 if event.text() == "+" else -1)
            return
        super().keyPressEvent(event)

    def subject_item(self) -> tuple[int, str] | None:
        row = self.table.current_row()
        if row is None or row.subject not in ("shelf", "item") or not self.context.shell.may(Permission.ITEM_VIEW):
            return None
        return row.subject_id, row.name.render(self.context.language)

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("F9", _("Print everything due")), KeyHint("+", _("One copy more")), KeyHint("-", _("One copy fewer")),
            KeyHint("Del", _("Take off the queue")),
        )  # fmt: skip


def _nothing(_error: CoreError) -> None:
    """What is missing stays unsaid; printing says it."""


def _is_quiet(panel: QWidget | None) -> bool:
    """Whether nothing beside the list waits for typing."""
    focus = QApplication.focusWidget()
    return panel is None or focus is None or not panel.isAncestorOf(focus)
