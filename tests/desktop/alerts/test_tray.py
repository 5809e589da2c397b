"""What the system's own notices say: each alert once, not in quiet hours, and a click opens it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from core import alerts
from core.alerts import QuietHours
from core.clock import FixedClock
from core.office import Office
from core.words import AlertKind, AlertUrgency
from desktop.alerts.tray import Telling, start_tray
from desktop.context import AppContext
from tests.core.alerts.makers import only, short_item
from tests.desktop.conftest import Settled
from tests.desktop.noting import NotingShell

Said = list[tuple[str, str, bool]]


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def look(office: Office, clock: FixedClock) -> None:
    clock.advance(minutes=2)
    alerts.look_for_alerts(office)


def test_each_alert_is_said_once_and_not_again_after_a_new_start(
    context: AppContext, owner: QWidget, clock: FixedClock, settled: Settled, shell: NotingShell, qtbot: QtBot
) -> None:
    office_here = context.office
    only(office_here, AlertKind.BELOW_SAFETY)
    said: Said = []
    telling = Telling(context, owner, lambda *words: said.append(words))
    settled()
    short_item(office_here)
    look(office_here, clock)
    qtbot.waitUntil(lambda: len(said) == 1)
    assert "3 kg may be used" in said[0][1] and said[0][2]
    telling.look()
    settled()
    telling.open()
    (row,) = office_here.ask(alerts.list_alerts).rows
    assert len(said) == 1 and shell.went == [("alerts.inbox", {"alert_id": row.id})]
    again: Said = []
    Telling(context, owner, lambda *words: again.append(words))
    settled()
    assert again == []
    for code in ("A-1", "A-2", "A-3", "A-4"):
        short_item(office_here, code)
    look(office_here, clock)
    qtbot.waitUntil(lambda: len(again) == 1)
    assert again[0][0] == "4 new alerts" and again[0][1].endswith("and 1 more")
    settled()


def test_quiet_hours_hold_back_what_is_not_urgent_and_nothing_is_lost(
    context: AppContext, owner: QWidget, office_here: Office, clock: FixedClock, settled: Settled, qtbot: QtBot
) -> None:
    only(office_here, AlertKind.BELOW_SAFETY, urgency=AlertUrgency.NORMAL)
    office_here.do(alerts.save_quiet_hours, new=QuietHours("00:00", "23:59"), version=1)
    said: Said = []
    telling = Telling(context, owner, lambda *words: said.append(words))
    short_item(office_here)
    look(office_here, clock)
    telling.look()
    settled()
    since = telling._since
    assert said == [] and office_here.ask(alerts.list_fresh_alerts, since=since).held == 1
    office_here.do(alerts.save_quiet_hours, new=QuietHours(), version=2)
    telling.look()
    qtbot.waitUntil(lambda: len(said) == 1)
    assert not said[0][2]
    settled()


def test_what_is_urgent_breaks_the_quiet(
    context: AppContext, owner: QWidget, office_here: Office, clock: FixedClock, settled: Settled, qtbot: QtBot
) -> None:
    only(office_here, AlertKind.BELOW_SAFETY)
    office_here.do(alerts.save_quiet_hours, new=QuietHours("00:00", "23:59"), version=1)
    said: Said = []
    telling = Telling(context, owner, lambda *words: said.append(words))
    short_item(office_here)
    look(office_here, clock)
    telling.look()
    qtbot.waitUntil(lambda: len(said) == 1)
    settled()


def test_without_a_tray_nothing_is_started(
    context: AppContext, owner: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    start_tray(context, owner)
    assert owner.findChildren(QSystemTrayIcon) == [] and owner.findChildren(Telling) == []
