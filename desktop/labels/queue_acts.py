"""What is done on the queue: printing, choosing a printer, sheets, adding, dropping, more copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core import labels
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _n
from core.labels import QueueRow, StartedJob
from desktop.context import AppContext
from desktop.labels.add_panels import AddPanel, PlacePanel, ReceiptPanel
from desktop.labels.groups import Group
from desktop.labels.printer_choice import PrinterChoice
from desktop.labels.runs import LabelRuns
from desktop.labels.sheets import SheetPanel

PANEL = 400


class Owner(Protocol):
    """The page these things are done on."""

    def open_panel(self, panel: QWidget, width: int = 400) -> None:
        """Show a panel beside the list."""

    def close_panel(self) -> None:
        """Take it away."""

    def show_content(self) -> None:
        """Show the list, also an empty one."""

    def day(self) -> date | None:
        """The day the list is about; None for today."""

    def on_changed(self) -> None:
        """Something was changed: close the panel, ask again."""

    def on_refused(self, error: CoreError) -> None:
        """A command did not go through."""


class QueueActs:
    """Sends commands for the page; `owner` is the page."""

    def __init__(self, owner: Owner, context: AppContext, runs: LabelRuns) -> None:
        self._owner, self._context, self._runs = owner, context, runs

    # --- printing

    def start(self, keys: Sequence[str], device_id: int | None = None) -> None:
        """Print rows of the queue, on the printers remembered or on this one."""
        self._do(
            labels.start_due_labels, self._started, on=self._owner.day(), keys=tuple(keys), device_id=device_id
        )  # fmt: skip

    def _started(self, jobs: tuple[StartedJob, ...]) -> None:
        self._runs.start_all(self._context, jobs)
        self._owner.on_changed()

    def choose_printer(self, group: Group) -> None:
        """Ask on which printer a paper is printed; it is remembered."""
        panel = PrinterChoice(self._context, group)
        panel.chosen.connect(lambda device_id: self.start(group.keys, device_id))
        panel.sheets_wanted.connect(lambda: self.open_sheets(group))
        self._owner.open_panel(panel, PANEL)

    def open_sheets(self, group: Group) -> None:
        """Print a group on the sheets of an office printer."""
        panel = SheetPanel(self._context, group.stock, group.keys, group.labels)
        panel.printed.connect(self._owner.on_changed)
        panel.cancelled.connect(self._owner.close_panel)
        self._owner.open_panel(panel, PANEL)

    # --- adding

    def open_wanted(self, subject: str, ids: tuple[int, ...], posting_id: int, location_id: int) -> None:
        """The form another page asked for."""
        if posting_id:
            self.open_panel(ReceiptPanel(self._context, posting_id))
        elif location_id:
            self.open_panel(PlacePanel(self._context, location_id))
        elif subject:
            self.open_panel(AddPanel(self._context, subject, ids))

    def open_add(self) -> None:
        """An empty form."""
        self.open_panel(AddPanel(self._context))

    def open_panel(self, panel: AddPanel | ReceiptPanel | PlacePanel) -> None:
        """Show one of the forms that add."""
        panel.added.connect(self._added)
        panel.started.connect(self._started)
        panel.cancelled.connect(self._owner.close_panel)
        self._owner.show_content()
        self._owner.open_panel(panel, PANEL)
        panel.focus()

    def _added(self, count: int) -> None:
        self._context.shell.say(_n("{n} label put on the queue.", "{n} labels put on the queue.", count))
        self._owner.on_changed()

    # --- rows

    def drop(self, rows: Sequence[QueueRow]) -> None:
        """Take rows off the queue."""
        wishes = [row.wish_id for row in rows if row.wish_id is not None]
        if wishes:
            self._do(labels.drop_from_queue, lambda _n: self._owner.on_changed(), wish_ids=wishes)

    def change_copies(self, rows: Sequence[QueueRow], step: int) -> None:
        """One label more or fewer of each row."""
        for row in rows:
            if row.wish_id is not None and row.copies + step >= 1:
                self._do(labels.set_queue_copies, lambda _n: None, wish_ids=[row.wish_id], copies=row.copies + step)

    def _do(self, command: Callable[..., Any], then: Callable[..., object], **args: Any) -> None:
        self._context.ops.do(cast(QObject, self._owner), command, then=then, failed=self._refused, **args)

    def _refused(self, error: CoreError) -> None:
        if not isinstance(error, NeedsConfirmation):
            self._context.shell.show_error(error.text)
        self._owner.on_refused(error)
