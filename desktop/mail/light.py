"""The footer's light that says when e-mails need a person or cannot go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from core.errors import CoreError
from core.i18n import _, _n
from desktop.context import AppContext
from desktop.shell.registry import LightState

if TYPE_CHECKING:
    from core.mail import MailCounts
    from core.office import Office

LOOK_MS = 300_000
WAITS_LONG = timedelta(hours=1)
OFF = LightState("off", _("No e-mail set up"))


class _Watch(QObject):
    """Asks again whenever an e-mail changes and every five minutes; ends with the light it tells."""

    def __init__(self, context: AppContext, owner: QWidget, tell: Callable[[LightState], None]) -> None:
        super().__init__(owner)
        self._context, self._tell = context, tell
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.ask)
        self._timer.start()
        context.hub.watch(owner, ("mail", "mail_server"), self.ask)
        tell(OFF)
        self.ask()

    def ask(self) -> None:
        """Ask how the outbox stands."""
        office = self._context.office
        self._context.ops.run(self, lambda: _count(office), then=self._told, failed=_quiet)

    def _told(self, counts: MailCounts) -> None:
        self._tell(light_of(counts, self._context.office.clock.now()))


def watch_mails(context: AppContext, owner: QWidget, tell: Callable[[LightState], None]) -> None:
    """Tell how the outbox stands, now and on every change."""
    _Watch(context, owner, tell)


def light_of(counts: MailCounts, now: datetime) -> LightState:
    """The light for these counts: a person comes first, then what waits for more than an hour."""
    if counts.need_person:
        words = _n("{n} e-mail needs a person", "{n} e-mails need a person", counts.need_person)
        return LightState("warn", words)
    if counts.waits_since is not None and now - counts.waits_since > WAITS_LONG:
        return LightState("warn", _n("{n} e-mail cannot go", "{n} e-mails cannot go", counts.queued))
    if not counts.is_set_up:
        return OFF
    waiting = counts.queued + counts.sending
    if waiting:
        return LightState("good", _n("{n} e-mail waits", "{n} e-mails wait", waiting))
    return LightState("good", _("E-mails"))


def _count(office: Office) -> MailCounts:
    from core import mail  # on the thread that asks: it takes a moment when it is the first to need it

    return office.ask(mail.count_mails)


def _quiet(_error: CoreError) -> None:
    """The next look may tell."""
