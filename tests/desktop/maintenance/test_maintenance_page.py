"""Backup, check and restore in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import maintenance
from core.clock import FixedClock
from core.errors import Refused
from core.i18n import verbatim
from core.maintenance import Level, NewestBackup
from core.office import Office
from core.sites import saved_sites
from desktop.context import AppContext
from desktop.maintenance import register
from desktop.maintenance.light import light_of, watch_backups
from desktop.maintenance.page import MaintenancePage
from desktop.maintenance.restore_panel import RestorePanel
from desktop.shell.places import standard_registry
from desktop.shell.registry import LightState
from desktop.widgets import PageBase, set_language
from tests.core.maintenance.test_verify import behind_the_back
from tests.desktop.noting import NotingShell
from tests.helpers.stock import issue, make_items, receive

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


@pytest.fixture
def worked(office_here: Office, sqlite_site: str) -> Office:
    items = make_items(sqlite_site)
    receive(office_here, items)
    issue(office_here, items)
    return office_here


@pytest.fixture
def page(worked: Office, context: AppContext, shown: Shown) -> MaintenancePage:
    return shown(MaintenancePage(context))  # type: ignore[no-any-return]


@pytest.fixture
def idle(page: MaintenancePage, qtbot: QtBot, settled: Settled) -> Settled:
    def wait() -> None:
        qtbot.waitUntil(lambda: not page.bar.is_working)
        settled()
        qtbot.waitUntil(page.is_loaded)

    return wait


def first_backup(page: MaintenancePage) -> Path:
    row: Any = page.backups.row_at(0)
    file: Path = row[0]
    return file


def test_it_says_at_once_that_there_is_no_backup_and_how_everything_is(page: MaintenancePage) -> None:
    assert page.newest.text() == "This site was never backed up. Make a backup now."
    names = [page.checks.words_at(row, "name") for row in range(page.checks.total())]
    assert {"Database", "Newest backup", "Guards of the ledger"} <= set(names)
    assert page.checks.words_at(names.index("Structure"), "level") == "In order"


def test_a_backup_is_made_proved_and_listed(
    page: MaintenancePage, idle: Settled, shell: NotingShell, home: Path, worked: Office
) -> None:
    page.primary()
    idle()
    assert "Backed up and proved" in shell.said[-1]
    assert page.newest.text().startswith("Newest backup: just now, 0.0 MB, on test")
    assert page.backups.total() == 1
    assert page.tabs.tabText(2) == "Backups (1)"
    assert len(list((home / "backup").iterdir())) == 1
    newest = worked.ask(maintenance.find_newest_backup)
    assert newest is not None and newest.is_verified


def test_the_ledger_is_checked_and_found_right(page: MaintenancePage, idle: Settled) -> None:
    page.verify()
    idle()
    assert page.result.text() == "Everything is right. 2 postings, 6 entries and 3 items were checked."
    assert page.findings.total() == 0
    assert page.tabs.currentIndex() == 1


def test_findings_are_listed_in_the_language_on_screen(page: MaintenancePage, idle: Settled, sqlite_site: str) -> None:
    behind_the_back(sqlite_site, "update stock_balance set qty = 1 where item_id = 1")
    page.verify()
    idle()
    assert page.result.text().startswith("1 finding.")
    assert page.findings.words_at(0, "area") == "Balances"
    assert "the entries make" in page.findings.words_at(0, "text")
    set_language("zh")
    assert "结存记为" in page.findings.words_at(0, "text")
    assert page.findings.words_at(0, "level") == "有误"


def test_a_backup_is_restored_as_a_further_site(
    page: MaintenancePage, idle: Settled, shell: NotingShell, worked: Office
) -> None:
    page.primary()
    idle()
    page.show_backup(first_backup(page))
    idle()
    panel = page.panel()
    assert isinstance(panel, RestorePanel)
    panel.form.editor("name").type_text("Practice")  # type: ignore[attr-defined]
    panel.restore()
    idle()
    assert page.panel() is None
    assert "Practice is restored" in shell.said[-1]
    assert maintenance.verify_site(saved_sites()["Practice"]).postings == 2


def test_a_name_that_is_taken_is_said_at_the_field(page: MaintenancePage, idle: Settled) -> None:
    page.primary()
    idle()
    file = first_backup(page)
    maintenance.restore_as_new(file, "Practice")
    page.show_backup(file)
    idle()
    panel = page.panel()
    assert isinstance(panel, RestorePanel)
    panel.form.editor("name").type_text("Practice")  # type: ignore[attr-defined]
    panel.restore()
    idle()
    assert page.panel() is panel and panel.button.isEnabled()
    assert "on this PC already" in panel.form.editor("name")._error_words.text()


def test_a_file_that_is_no_backup_is_said(
    page: MaintenancePage, idle: Settled, shell: NotingShell, tmp_path: Path
) -> None:
    (tmp_path / "x.stewardbackup").write_text("nothing")
    page.show_backup(tmp_path / "x.stewardbackup")
    idle()
    assert "is damaged or is no backup" in shell.errors[-1]


def test_one_thing_after_the_other(page: MaintenancePage, idle: Settled, shell: NotingShell) -> None:
    page.primary()
    page.verify()
    assert "One thing after the other" in shell.said[-1]
    idle()
    assert page.backups.total() == 1


def test_cancelled_work_leaves_nothing_behind(
    page: MaintenancePage, idle: Settled, shell: NotingShell, home: Path
) -> None:
    page.primary()
    page.bar.cancel.click()
    assert not page.bar.is_working
    assert shell.said[-1] == "Stopped. Nothing was changed."
    idle()
    assert not (home / "backup").exists() or not list((home / "backup").iterdir())


def test_what_fails_is_said(
    page: MaintenancePage, idle: Settled, shell: NotingShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_args: object, **_named: object) -> None:
        raise Refused(verbatim("no room"))

    monkeypatch.setattr("core.maintenance.queries.write_backup", no_room)
    page.primary()
    idle()
    assert shell.errors == ["no room"]


@pytest.mark.parametrize(
    ("hours", "verified", "level", "words"),
    [
        (0, True, "good", "Backup just now"),
        (1, True, "good", "Backup 1 hour ago"),
        (30, True, "warn", "Backup 30 hours ago"),
        (3, False, "warn", "Backup 3 hours ago"),
        (24 * 9, True, "bad", "Backup 9 days ago"),
    ],
)
def test_the_light_says_how_old_the_newest_backup_is(
    hours: int, verified: bool, level: str, words: str, clock: FixedClock
) -> None:
    state = light_of(NewestBackup(clock.at, hours, "f", "s", 1, verified))
    assert (state.level, str(state.text)) == (level, words)
    assert light_of(None).level == "bad" and Level.BAD


def test_the_light_hears_of_a_backup_made_elsewhere(
    worked: Office, context: AppContext, qtbot: QtBot, tmp_path: Path
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    told: list[LightState] = []
    watch_backups(context, owner, told.append)
    qtbot.waitUntil(lambda: [one.level for one in told] == ["bad"])
    maintenance.back_up(worked, tmp_path / "a.stewardbackup")
    qtbot.waitUntil(lambda: told[-1].level == "good")


def test_the_page_is_registered(context: AppContext) -> None:
    registry = standard_registry()
    register(registry)
    page = registry.page("settings.maintenance")
    assert page.place == "settings" and [light.id for light in registry.lights] == ["backup"]
    for variant in page.variants:
        made = page.factory(context, **variant.args)
        assert isinstance(made, MaintenancePage)
        made.deleteLater()
