"""New alerts told by the system's own notices, where the system has a tray; a click opens the alert."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from core import alerts
from core.alerts import AlertRow, FreshAlerts
from core.i18n import Text, _, _n, join
from desktop.context import AppContext
from desktop.theme import icon

INBOX = "alerts.inbox"
LOOK_MS = 60_000
NAMED = 3
SHOWN_MS = 10_000
Speak = Callable[[str, str, bool], None]


class Telling(QObject):
    """Asks when alerts change and once a minute (quiet hours end), and says each alert once: `speak(title, words,
    is_urgent)`. What was said is remembered by this PC, so that a new start repeats nothing."""

    def __init__(self, context: AppContext, owner: QWidget, speak: Speak) -> None:
        super().__init__(owner)
        self._context, self._owner, self._speak = context, owner, speak
        actor = context.office.actor
        person = 0 if actor is None else actor.person_id
        mark = hashlib.sha256(f"{context.settings.last_site}|{person}".encode()).hexdigest()[:16]
        self._key = f"alerts_told_{mark}"
        self._since, self._after = self._remembered()
        self._said: set[tuple[int, datetime]] = set()
        self._target: Mapping[str, object] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        context.hub.watch(owner, ("alert", "alert_rule"), self.look)
        self.look()

    def look(self) -> None:
        """Ask what is new."""
        self._context.ops.ask(
            self, alerts.list_fresh_alerts, since=self._since, after_id=self._after, then=self._tell,
            failed=lambda _error: None,
        )  # fmt: skip

    def open(self) -> None:
        """What was said last, in the window."""
        window = self._owner.window()
        window.show()
        window.raise_()
        window.activateWindow()
        self._context.shell.go(INBOX, **self._target)

    # -- inside

    def _tell(self, fresh: FreshAlerts) -> None:
        rows = [row for row in fresh.rows if (row.id, row.told_at) not in self._said]
        self._said.update((row.id, row.told_at) for row in rows)
        since = max(self._since, fresh.newest_at or self._since)
        if not fresh.held and (since, fresh.newest_id) != (self._since, self._after):
            self._since, self._after = since, fresh.newest_id
            self._said.clear()
            self._context.settings.put(self._key, f"{since.isoformat()} {fresh.newest_id}")
        if rows:
            self._target = {"alert_id": rows[0].id} if len(rows) == 1 else {}
            title, words = said_of(rows)
            is_urgent = rows[0].urgency == "urgent"
            self._speak(self._context.words(title), self._context.words(words), is_urgent)

    def _remembered(self) -> tuple[datetime, int]:
        """When the newest alert said by this PC was told, and the newest there was; at first now: old ones stand in the
        inbox."""
        try:
            since, _space, after = self._context.settings.get(self._key).partition(" ")
            return datetime.fromisoformat(since).astimezone(UTC), int(after or 0)
        except ValueError:
            return self._context.office.clock.now(), 0


def said_of(rows: list[AlertRow]) -> tuple[Text, Text]:
    """One alert by its own words, several by their number and the names of the first."""
    if len(rows) == 1:
        return rows[0].title, rows[0].words
    names = join([row.title for row in rows[:NAMED]], ", ")
    more = len(rows) - NAMED
    title = _n("{n} new alert", "{n} new alerts", len(rows))
    return title, _n("{names} and {n} more", "{names} and {n} more", more, names=names) if more > 0 else names


def start_tray(context: AppContext, owner: QWidget) -> None:
    """An icon in the tray that tells new alerts, if the system has a tray."""
    if not QSystemTrayIcon.isSystemTrayAvailable():
        return
    tray = QSystemTrayIcon(
        owner.window().windowIcon() if not owner.window().windowIcon().isNull() else icon("bell"), owner
    )
    tray.setToolTip(context.words(_("Alerts")))

    def speak(title: str, words: str, is_urgent: bool) -> None:
        kind = QSystemTrayIcon.MessageIcon.Warning if is_urgent else QSystemTrayIcon.MessageIcon.Information
        tray.showMessage(title, words, kind, SHOWN_MS)

    telling = Telling(context, owner, speak)
    tray.messageClicked.connect(telling.open)
    tray.activated.connect(lambda _reason: telling.open())
    tray.show()
