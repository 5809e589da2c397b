"""The program sends what waits by itself while somebody is signed in: quietly, beside the window."""

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
    from core.mail import MailRun

LOOK_MS = 30_000


class Sending(QObject):
    """Looks now, twice a minute, and whenever an e-mail was queued. One run at a time; other programs may run too."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._is_running = self._is_wanted = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        context.hub.watch(owner, ("mail", "mail_server"), self.look)
        self.look()

    @property
    def is_running(self) -> bool:
        """Whether e-mails are being sent from this window now."""
        return self._is_running

    def look(self) -> None:
        """Send what may go; asked while a run is under way, look once more when it has ended."""
        if self._is_running:
            self._is_wanted = True
            return
        self._is_running, self._is_wanted = True, False
        office = self._context.office

        def work(report: Report) -> MailRun:
            from core import mail  # on the thread that sends: it takes a moment when it is the first to need it

            return mail.send_due(office, stop=lambda: not shiboken6.isValid(self) or _is_over(report))

        self._context.ops.run(
            self, work, then=self._ended, failed=self._quiet, progress=lambda _share, _words: None, lane="mail"
        )

    def _ended(self, _run: MailRun) -> None:
        self._is_running = False
        if self._is_wanted:
            self.look()

    def _quiet(self, _error: CoreError) -> None:
        """What waits is looked at again by the timer; the light says when it waits long."""
        self._is_running = False


def _is_over(report: Report) -> bool:
    """Whether the window is about to end."""
    try:
        report(0.0, Text(""))
    except Cancelled:
        return True
    return False
