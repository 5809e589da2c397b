"""What a person sees of a bug: that nothing they confirmed is lost, an id to tell, and the report to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from core.crashes import CrashReport
from core.i18n import _
from desktop.shell.parts import row
from desktop.theme import Meaning
from desktop.widgets import Button, IconLabel, Label, ui_text


class CrashDialog(QDialog):
    """Shown once for a bug; the program goes on."""

    def __init__(self, report: CrashReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(ui_text(_("Something went wrong")))
        self.setMinimumWidth(560)
        title = Label(_("Something went wrong in the program"), "heading")
        said = _(
            "The program is at fault, not you. What was confirmed is saved. Tell whoever helps you this number: {id}.",
            id=report.id,
        )
        where = (
            _("The report is in {path}.", path=report.path)
            if report.path
            else _("The report could not be written to disk.")
        )
        self._details = QPlainTextEdit(report.text)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(ui_text(_("Report")))
        self._details.setMinimumHeight(220)
        self._details.hide()
        show = Button(_("Show report"), self._show_details, kind="link")
        copy = Button(_("Copy report"), self._copy, icon_name="copy")
        close = Button(_("Go on working"), self.accept, kind="primary")
        close.setDefault(True)
        close.setFocus()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(row(IconLabel("error", Meaning.DANGER, 24), title, 1))
        layout.addWidget(Label(said, wrap=True))
        layout.addWidget(Label(where, "small", wrap=True))
        layout.addWidget(self._details)
        layout.addLayout(row(show, 1, copy, close))

    @property
    def report_id(self) -> str:
        """The number to tell."""
        return self._report.id

    def _show_details(self) -> None:
        self._details.setVisible(not self._details.isVisible())
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.text)


class CrashDesk:
    """Writes a report of each bug and shows one dialog at a time; a storm of bugs makes many reports but one dialog."""

    def __init__(self) -> None:
        self._open: CrashDialog | None = None
        self.count = 0

    def show(self, report: CrashReport, parent: QWidget | None) -> CrashDialog | None:
        """Show a report unless one is on screen already."""
        self.count += 1
        if self._open is not None:
            return None
        dialog = CrashDialog(report, parent)
        dialog.finished.connect(self._on_finished)
        self._open = dialog
        dialog.open()
        return dialog

    def _on_finished(self, _result: int) -> None:
        dialog, self._open = self._open, None
        if dialog is not None:
            dialog.deleteLater()
