"""Backup and check: how old the newest backup is, the doctor's rows, verify with its findings, backups to restore."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from core import maintenance
from core.errors import CoreError
from core.i18n import Text, _, _n
from core.maintenance import BackupMade, Check, Level, NewestBackup, VerifyReport
from core.paths import backup_folder
from desktop.context import AppContext
from desktop.jobs import Report
from desktop.maintenance.columns import BACKUPS, CHECKS, FINDINGS, Kept, size_words
from desktop.maintenance.light import age_words
from desktop.maintenance.restore_panel import RestorePanel
from desktop.theme import Meaning
from desktop.widgets import Notice, PageBase, RowTable, Tabs, WorkBar, ui_text

PARTS = ("health", "verify", "backups")
MEANINGS = {Level.OK: Meaning.GOOD, Level.WARN: Meaning.SOON, Level.BAD: Meaning.DANGER}
TOPICS = ("backup", "site")


class MaintenancePage(PageBase):
    """One longer work at a time; everything else on the page stays usable meanwhile."""

    def __init__(self, context: AppContext, *, part: str = "health") -> None:
        super().__init__(_("Backup and check"), _("Whether the data is safe and right."))
        self._context = context
        self._waiting = 0
        self.newest = Notice(_("Reading…"), Meaning.PLAIN)
        self.bar = WorkBar()
        self.result = Notice(_("Not checked yet. Start with F9."), Meaning.PLAIN)
        self.checks = RowTable(CHECKS, name=_("Health"), key="maintenance.checks")
        self.findings = RowTable(FINDINGS, name=_("Findings"), key="maintenance.findings")
        self.backups = RowTable(BACKUPS, name=_("Backups"), key="maintenance.backups")
        self.findings.set_empty(_("What the check finds stands here, with what to do about it."))
        self.backups.set_empty(
            _("No backup in this folder yet. F2 makes one; each is tried by restoring it before it counts.")
        )
        self.tabs = Tabs(_("Backup and check"))
        self.set_content(self._lay_out())
        self.tabs.setCurrentIndex(PARTS.index(part))
        self.set_primary(_("Back up now"), self.back_up, "save")
        self.add_more(_("Back up to…"), self._choose_file, "save")
        self.add_more(_("Check the whole ledger"), self.verify, "check", key="F9")
        self.add_more(_("Restore from a file…"), self._choose_backup, "undo")
        self.backups.row_activated.connect(self._open_backup)
        context.hub.watch(self, TOPICS, self.reload)
        self.reload()

    def _lay_out(self) -> QWidget:
        self.tabs.add(_("Health"), self.checks)
        checked = QWidget()
        column = QVBoxLayout(checked)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.result)
        column.addWidget(self.findings, 1)
        self.tabs.add(_("Check of the ledger"), checked)
        self.tabs.add(_("Backups"), self.backups)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(16, 0, 16, 16)
        whole.setSpacing(8)
        whole.addWidget(self.newest)
        whole.addWidget(self.bar)
        whole.addWidget(self.tabs, 1)
        return content

    # -- what is shown

    def reload(self) -> None:
        """Ask again how everything is (F5)."""
        self.start_loading()
        self._waiting = 3
        ops = self._context.ops
        ops.ask(self, maintenance.find_newest_backup, then=self._show_newest, failed=self.show_error)
        ops.ask(self, maintenance.list_checks, then=self._show_checks, failed=self.show_error)
        ops.run(
            self, lambda: maintenance.list_backups(backup_folder()), then=self._show_backups, failed=self.show_error
        )

    def _show_newest(self, newest: NewestBackup | None) -> None:
        if newest is None:
            text = _("This site was never backed up. Make a backup now.")
            self.newest.say(text, Meaning.DANGER)
        else:
            text = _(
                "Newest backup: {age}, {size}, on {station}: {file}",
                age=age_words(newest.hours),
                size=size_words(newest.size),
                station=newest.station,
                file=newest.file,
            )
            self.newest.say(text, MEANINGS[maintenance.backup_level(newest.hours, newest.is_verified)])
        self._arrived()

    def _show_checks(self, checks: tuple[Check, ...]) -> None:
        self.checks.set_rows(checks)
        self._arrived()

    def _show_backups(self, backups: list[Kept]) -> None:
        self.backups.set_rows(backups)
        self.tabs.set_words(2, _("Backups ({n})", n=len(backups)))
        self._arrived()

    def _arrived(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self.show_content()

    # -- longer work

    def back_up(self, to: Path | None = None) -> None:
        """Write a backup beside the window and prove it."""
        office = self._context.office
        self._work(
            lambda report: maintenance.back_up(office, to, True, report), _("The site is backed up…"), self._backed_up
        )

    def _backed_up(self, made: BackupMade) -> None:
        file = Path(made.path)
        self._context.shell.say(
            _("Backed up and proved by restoring it: {file}, {size}", file=file.name, size=size_words(made.size))
        )

    def verify(self) -> None:
        """Check the whole ledger beside the window (F9)."""
        office = self._context.office
        self.tabs.setCurrentIndex(PARTS.index("verify"))
        self._work(
            lambda report: office.ask(maintenance.verify_ledger, progress=report),
            _("The ledger is checked…"),
            self._verified,
        )

    def _verified(self, report: VerifyReport) -> None:
        self.findings.set_rows(report.findings)
        checked = _(
            "{postings} postings, {entries} entries and {items} items were checked.",
            postings=f"{report.postings:,}",
            entries=f"{report.entries:,}",
            items=f"{report.items:,}",
        )
        found = len(report.findings) + report.hidden
        if not found:
            self.result.say(_("Everything is right. {checked}", checked=checked), Meaning.GOOD)
            return
        words = _n("{n} finding. {checked}", "{n} findings. {checked}", found, checked=checked)
        self.result.say(words, Meaning.SOON if report.is_clean else Meaning.DANGER)

    def restore(self, file: Path, name: str) -> None:
        """Restore a backup as a further site of this PC."""
        panel = self.panel()
        failed = panel.show_error if isinstance(panel, RestorePanel) else self._failed
        self._work(
            lambda report: maintenance.restore_as_new(file, name, report),
            _("The backup is restored and checked…"),
            lambda _place: self._restored(name),
            failed,
        )

    def _restored(self, name: str) -> None:
        self.close_panel()
        self._context.shell.say(_("{name} is restored and stands in the list of sites.", name=name))

    def _work(
        self,
        work: Callable[[Report], Any],
        words: Text,
        then: Callable[[Any], object],
        failed: Callable[[CoreError], object] | None = None,
    ) -> None:
        if self.bar.is_working:
            self._context.shell.say(_("One thing after the other: wait, or cancel what is under way."))
            return
        job = self._context.ops.run(
            self,
            work,
            then=lambda answer: self._finished(lambda: then(answer)),
            failed=lambda error: self._finished(lambda: (failed or self._failed)(error)),
            progress=self.bar.progress,
        )
        self.bar.start(job, words, lambda: self._context.shell.say(_("Stopped. Nothing was changed.")))

    def _finished(self, tell: Callable[[], object]) -> None:
        self.bar.finish()
        tell()
        self.reload()

    def _failed(self, error: CoreError) -> None:
        self._context.shell.show_error(error.text)

    # -- choosing

    def _choose_file(self) -> None:
        asked = QFileDialog(self, ui_text(_("Back up to…")), "", f"Steward (*{maintenance.ENDING})")
        asked.setDefaultSuffix(maintenance.ENDING.lstrip("."))
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda chosen: self.back_up(Path(chosen)))
        asked.open()

    def _choose_backup(self) -> None:
        asked = QFileDialog(self, ui_text(_("Restore from a file…")), "", f"Steward (*{maintenance.ENDING})")
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.fileSelected.connect(lambda chosen: self.show_backup(Path(chosen)))
        asked.open()

    def show_backup(self, file: Path) -> None:
        """Read what a backup says of itself and show it beside the list."""
        self._context.ops.run(
            self,
            lambda: (file, maintenance.read_facts(file)),
            then=self._open_backup,
            failed=self._failed,
        )

    def _open_backup(self, kept: Kept) -> None:
        self.open_panel(RestorePanel(*kept, self.restore), 400)
