"""Work the program does again and again by itself while somebody is signed in: quietly, beside the window."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from core.errors import CoreError
from core.i18n import Text
from desktop.context import AppContext
from desktop.jobs import Cancelled, Report

Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often: every so many milliseconds anyhow. After a change at once, or, where a pass costs much, after a pause: at
    least `pause_s`, and `rest` times as long as the last pass took."""

    every_ms: int = 30_000
    pause_s: float = 0.0
    rest: float = 0.0


SPREAD = 0.25
"""A pause is up to so much longer by chance: the programs of several PCs hear of a change at the same moment."""


class Passes(QObject):
    """Looks now, every while, and when one of the topics changed. One pass at a time; other programs may do the same.

    `work(office, stop)` is one pass, called on a thread of the lane of Ops; it ends early once `stop()` is true. It answers
    False where another program had just done it: that says nothing of how long a pass takes.
    """

    def __init__(
        self,
        context: AppContext,
        owner: QWidget,
        work: Callable[[Any, Stop], object],
        topics: Iterable[str],
        lane: str,
        pace: Pace | None = None,
    ) -> None:
        super().__init__(owner)
        self._context, self._work, self._lane = context, work, lane
        self._pace = pace or Pace()
        self._pause_s = self._pace.pause_s
        self._is_running = self._is_wanted = False
        self._timer = QTimer(self)
        self._timer.setInterval(self._pace.every_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        context.hub.watch(owner, topics, self._look_soon)
        self.look()

    @property
    def is_running(self) -> bool:
        """Whether a pass of this window is under way."""
        return self._is_running

    @property
    def pause_s(self) -> float:
        """How long it waits after a change now."""
        return self._pause_s

    def look(self) -> None:
        """Do a pass; asked while one is under way, look once more when it has ended."""
        if self._is_running:
            self._is_wanted = True
            return
        self._is_running, self._is_wanted = True, False
        office, work = self._context.office, self._work

        def run(report: Report) -> float | None:
            begun = time.monotonic()
            answer = work(office, lambda: not shiboken6.isValid(self) or _is_over(report))
            return None if answer is False else time.monotonic() - begun

        self._context.ops.run(
            self, run, then=self._ended, failed=self._quiet, progress=lambda _share, _words: None, lane=self._lane
        )

    def _look_soon(self) -> None:
        if not self._pause_s:
            self.look()
        elif not self._soon.isActive():
            self._soon.start(int(self._pause_s * 1000 * random.uniform(1, 1 + SPREAD)))

    def _ended(self, seconds: float | None) -> None:
        self._is_running = False
        if seconds is not None:
            self._pause_s = max(self._pace.pause_s, seconds * self._pace.rest)
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
