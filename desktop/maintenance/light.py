"""The footer's light that says how old the newest backup is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from core import maintenance
from core.errors import CoreError
from core.i18n import Text, _, _n
from core.maintenance import Level, NewestBackup
from desktop.context import AppContext
from desktop.shell.registry import LightState

HOUR_MS = 3_600_000
HOURS_OF_A_DAY = 24
LEVELS = {Level.OK: "good", Level.WARN: "warn", Level.BAD: "bad"}


def watch_backups(context: AppContext, owner: QWidget, tell: Callable[[LightState], None]) -> None:
    """Tell the age now, when a backup was made on any PC, and every hour."""

    def ask() -> None:
        context.ops.ask(
            owner, maintenance.find_newest_backup, then=lambda newest: tell(light_of(newest)), failed=_quiet
        )

    timer = QTimer(owner)
    timer.setInterval(HOUR_MS)
    timer.timeout.connect(ask)
    timer.start()
    context.hub.watch(owner, ["backup"], ask)
    ask()


def light_of(newest: NewestBackup | None) -> LightState:
    """The light for the newest backup; None: there is none."""
    if newest is None:
        return LightState("bad", _("Never backed up"))
    level = LEVELS[maintenance.backup_level(newest.hours, newest.is_verified)]
    return LightState(level, _("Backup {age}", age=age_words(newest.hours)))


def age_words(hours: int) -> Text:
    """How long ago, in hours or days."""
    if hours < 1:
        return _("just now")
    if hours < 2 * HOURS_OF_A_DAY:
        return _n("{n} hour ago", "{n} hours ago", hours)
    days = hours // HOURS_OF_A_DAY
    return _n("{n} day ago", "{n} days ago", days)


def _quiet(_error: CoreError) -> None:
    """The light of the database says already that it is away."""
