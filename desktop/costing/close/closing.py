"""Closing a month from its page: the one question, the closing itself, then its papers into one folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from core import costing
from core.costing import Closed
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _
from core.words import Permission
from desktop.context import AppContext, Posted
from desktop.costing.close.files import FOLDER, MonthFiles, pack_paper, write_month
from desktop.shell.question import ask_question
from desktop.theme import Meaning
from desktop.widgets import Offer, WorkBar, ui_text


class Closer(QWidget):
    """Stands above the checklist: says how far the closing is and what became of it. `done()` after a closing, `again()`
    when the list must be looked at anew."""

    def __init__(
        self, context: AppContext, page: QWidget, done: Callable[[str], object], again: Callable[[], object]
    ) -> None:
        super().__init__()
        self._context, self._page, self._done, self._again = context, page, done, again
        self.notice, self.bar = Offer(), WorkBar()
        self._is_closing = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.notice)
        column.addWidget(self.bar)

    @property
    def is_busy(self) -> bool:
        """Whether a closing or its papers are under way."""
        return self._is_closing or self.bar.is_working

    @property
    def folder(self) -> str:
        """Where the papers go; empty until somebody chose."""
        return self._context.settings.get(FOLDER)

    def choose_folder(self, then: Callable[[], object] | None = None) -> None:
        """Ask where the papers of months shall go; it is remembered on this PC."""
        asked = QFileDialog(self._page, ui_text(_("Folder for the papers of closed months")), self.folder)
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setOption(QFileDialog.Option.ShowDirsOnly)

        def chosen(name: str) -> None:
            self._context.settings.put(FOLDER, name)
            if then is not None:
                then()
            else:
                self._again()

        asked.fileSelected.connect(chosen)
        asked.open()

    def begin(self, month: str, *, is_clean: bool) -> None:
        """Close a month: in order it is asked here, else the core asks with what is open and at stake."""
        if self.is_busy:
            return
        if not self.folder and self._makes_papers:
            self.choose_folder(lambda: self.begin(month, is_clean=is_clean))
            return
        if not is_clean:
            self._close(month)
            return
        question = _(
            "Close {month}? Everything is in order. Nothing dated in it can be changed afterwards. Its papers go to {folder}.",
            month=month, folder=self.folder,
        )  # fmt: skip
        ask_question(
            self._page,
            question,
            lambda yes: self._close(month) if yes else None,
            yes=_("Close the month"),
            enter_is_yes=True,
        )

    @property
    def _makes_papers(self) -> bool:
        return self._context.shell.may(Permission.COST_VIEW)

    def _close(self, month: str) -> None:
        self._is_closing = True
        self.notice.say(_("Closing {month}…", month=month), Meaning.ACCENT)
        self._context.ops.do(self._page, costing.close_month, month=month, then=self._closed, failed=self._failed)

    def _failed(self, error: CoreError) -> None:
        """Somebody else was first, a check blocks, the person said no: the list shows how it is now."""
        self._is_closing = False
        self.notice.hide()
        if not isinstance(error, NeedsConfirmation):
            self.notice.offer(error.text, [(_("Look again"), self._again)], Meaning.DANGER)
        self._again()

    def _closed(self, closed: Closed) -> None:
        self._is_closing = False
        self.notice.hide()
        told = _("{month} is closed: {number}", month=closed.month, number=closed.number)
        self._context.shell.posted(Posted(told, print_document=lambda: self.preview(closed.month)))
        self._done(closed.month)
        if self._makes_papers:
            self.write(closed.month)

    # --- papers

    def preview(self, month: str) -> None:
        """The pack of a month on screen, to be printed."""
        self._context.shell.make_paper(self._page, pack_paper(self._context.office, month, self._context.language))

    def write(self, month: str) -> None:
        """Make the papers of a closed month in the folder."""
        if not self.folder:
            self.choose_folder(lambda: self.write(month))
            return
        files = MonthFiles(
            month, Path(self.folder), self._context.language, seals=self._context.shell.may(Permission.BOOKS_EXPORT)
        )
        job = self._context.ops.run(
            self._page,
            lambda report: write_month(self._context.office, files, report),
            then=lambda paths: self._written(month, paths),
            failed=lambda error: self._not_written(month, error),
            progress=self.bar.progress,
        )
        self.bar.start(job, _("Making the papers of {month}…", month=month), lambda: self._stopped(month))

    def _written(self, month: str, paths: Sequence[Path]) -> None:
        self.bar.finish()
        between = ", " if self._context.language == "en" else "、"
        names = between.join(path.name.removeprefix(f"{month} ") for path in paths)
        self.notice.offer(
            _("Papers of {month}: {names}", month=month, names=names),
            [
                (_("Open the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder))),
                (_("Preview the pack"), lambda: self.preview(month)),
            ],
            Meaning.GOOD,
        )

    def _not_written(self, month: str, error: CoreError) -> None:
        self.bar.finish()
        self._offer_again(month, _("The papers of {month} are not written: {why}", month=month, why=error.text))

    def _stopped(self, month: str) -> None:
        self._offer_again(month, _("The papers of {month} were stopped.", month=month))

    def _offer_again(self, month: str, words: Text) -> None:
        self.notice.offer(
            words,
            [
                (_("Try again"), lambda: self.write(month)),
                (_("Another folder…"), lambda: self.choose_folder(lambda: self.write(month))),
            ],
            Meaning.DANGER,
        )
