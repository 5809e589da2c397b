"""Work the program does again and again by itself while somebody is signed in: quietly, beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from core.errors import CoreError
from core.i18n import Text
from desktop.context import AppContext
from desktop.jobs import Cancelled, Report

LOOK_MS = 30_000
Stop = Callable[[], bool]


class Passes(QObject):
    """Looks now, twice a minute, and whenever one of the topics changed. One pass at a time; other programs may do the same.

    `work(office, stop)` is one pass, called on a thread of the lane of Ops; it ends early once `stop()` is true.
    """

    def __init__(
        self, context: AppContext, owner: QWidget, work: Callable[[Any, Stop], object], topics: Iterable[str], lane: str
    ) -> None:
        super().__init__(owner)
        self._context, self._work, self._lane = context, work, lane
        self._is_running = self._is_wanted = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        context.hub.watch(owner, topics, self.look)
        self.look()

    @property
    def is_running(self) -> bool:
        """Whether a pass of this window is under way."""
        return self._is_running

    def look(self) -> None:
        """Do a pass; asked while one is under way, look once more when it has ended."""
        if self._is_running:
            self._is_wanted = True
            return
        self._is_running, self._is_wanted = True, False
        office, work = self._context.office, self._work

        def run(report: Report) -> object:
            return work(office, lambda: not shiboken6.isValid(self) or _is_over(report))

        self._context.ops.run(
            self, run, then=self._ended, failed=self._quiet, progress=lambda _share, _words: None, lane=self._lane
        )

    def _ended(self, _answer: object) -> None:
        self._is_running = False
        if self._is_wanted:
            self.look()

    def _quiet(self, _error: CoreError) -> None:
        """What waits is looked at again by the timer; the page of it says what went wrong."""
        self._is_running = False


def _is_over(report: Report) -> bool:
    """Whether the window is about to end."""
    try:
        report(0.0, Text(""))
    except Cancelled:
        return True
    return False
