"""The program looks for alerts and sends what is due by itself while somebody is signed in: quietly, beside the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from core.errors import CoreError
from core.i18n import Text
from desktop.context import AppContext
from desktop.jobs import Cancelled, Report

if TYPE_CHECKING:
    from core.alerts import AlertRun

LOOK_MS, SEND_MS = 300_000, 30_000
LEAST_PAUSE_S = 60.0
REST_SHARE = 50
"""A look that takes a second is not taken again within fifty: looking never takes more of the database than that."""
CAUSES = (
    "stock", "count", "lot", "item", "order", "supplier", "location", "schedule", "month", "budget", "alert_rule",
)  # fmt: skip
SENT = ("alert_message", "alert", "alert_rule")


class Looking(QObject):
    """Two things on a lane of their own: a look at the rules every five minutes and soon after something changed (but no
    more than once a minute), and the sending of what is due. Other programs may do the same at once."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._is_looking = self._is_sending = self._is_wanted = False
        self._pause_s = LEAST_PAUSE_S
        self._again = _timer(self, LOOK_MS, self.look)
        self._send = _timer(self, SEND_MS, self.send)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        context.hub.watch(owner, CAUSES, self._look_soon)
        context.hub.watch(owner, SENT, self.send)
        self.look()

    @property
    def is_busy(self) -> bool:
        """Whether it looks or sends now."""
        return self._is_looking or self._is_sending

    def look(self) -> None:
        """Look at the rules, unless somebody just did; then send."""
        if self._is_looking:
            return
        self._is_looking = True
        office, within = self._context.office, int(self._pause_s) - 1

        def work(_report: Report) -> float:
            from core import alerts  # on the thread that looks: it takes a moment when it is the first to need it

            begun = time.monotonic()
            office.do(alerts.check_alerts, not_within=within)
            return time.monotonic() - begun

        self._run(work, self._looked, self._not_looked)

    def send(self) -> None:
        """Send what is due; asked while a run is under way, once more when it has ended."""
        if self._is_sending:
            self._is_wanted = True
            return
        self._is_sending, self._is_wanted = True, False
        office = self._context.office

        def work(report: Report) -> AlertRun:
            from core import alerts

            return alerts.send_due_alerts(office, stop=lambda: not shiboken6.isValid(self) or _is_over(report))

        self._run(work, self._sent, self._not_sent)

    # -- inside

    def _run(
        self, work: Callable[[Report], Any], then: Callable[[Any], None], failed: Callable[[CoreError], None]
    ) -> None:
        self._context.ops.run(self, work, then=then, failed=failed, progress=lambda _share, _words: None, lane="alerts")

    def _look_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start(int(self._pause_s * 1000))

    def _looked(self, seconds: float) -> None:
        self._is_looking = False
        self._pause_s = max(LEAST_PAUSE_S, seconds * REST_SHARE)
        self.send()

    def _sent(self, _run: AlertRun) -> None:
        self._is_sending = False
        if self._is_wanted:
            self.send()

    def _not_looked(self, _error: CoreError) -> None:
        """The timer comes back."""
        self._is_looking = False

    def _not_sent(self, _error: CoreError) -> None:
        """The timer comes back; what waits too long is an alert of its own."""
        self._is_sending = False


def _timer(owner: QObject, every_ms: int, run: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setInterval(every_ms)
    timer.timeout.connect(run)
    timer.start()
    return timer


def _is_over(report: Report) -> bool:
    """Whether the window is about to end."""
    try:
        report(0.0, Text(""))
    except Cancelled:
        return True
    return False
