"""The program makes scheduled reports by itself while somebody is signed in: quietly, beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from core.errors import CoreError
from core.i18n import Text
from desktop.context import AppContext
from desktop.jobs import Cancelled, Report

if TYPE_CHECKING:
    from core.reports import JobsRun

LOOK_MS = 30_000


class DueReports(QObject):
    """Looks now, twice a minute, and whenever a schedule or a month changed. One pass at a time; other programs may run
    too: each report is made by one of them."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._is_running = self._is_wanted = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        context.hub.watch(owner, ("schedule", "month"), self.look)
        self.look()

    @property
    def is_running(self) -> bool:
        """Whether reports are being made from this window now."""
        return self._is_running

    def look(self) -> None:
        """Make what is due; asked while a pass is under way, look once more when it has ended."""
        if self._is_running:
            self._is_wanted = True
            return
        self._is_running, self._is_wanted = True, False
        office = self._context.office

        def work(report: Report) -> JobsRun:
            from core import reports  # on the thread that makes them: it takes a moment when it is the first to need it

            return reports.run_due(office, stop=lambda: not shiboken6.isValid(self) or _is_over(report))

        self._context.ops.run(
            self, work, then=self._ended, failed=self._quiet, progress=lambda _share, _words: None, lane="jobs"
        )

    def _ended(self, _run: JobsRun) -> None:
        self._is_running = False
        if self._is_wanted:
            self.look()

    def _quiet(self, _error: CoreError) -> None:
        """What is due is looked at again by the timer; the list of schedules says what went wrong."""
        self._is_running = False


def _is_over(report: Report) -> bool:
    """Whether the window is about to end."""
    try:
        report(0.0, Text(""))
    except Cancelled:
        return True
    return False
