"""The preview: what will be printed, on which printer, or saved as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import Text, _, _n
from desktop.context import Paper
from desktop.ops import Ops
from desktop.printing.printer import make_printer, print_pdf, printer_names
from desktop.settings import Settings
from desktop.theme import Meaning
from desktop.widgets import Button, Label, Notice, PdfView, ui_text

SIZE = (900, 860)
MOST_COPIES = 99


class PreviewDialog(QDialog):
    """Shows a paper; F8 or Ctrl+P prints, Ctrl+S saves, Esc closes."""

    def __init__(self, paper: Paper, settings: Settings, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper, self._settings, self._ops = paper, settings, ops
        self.setWindowTitle(paper.title)
        room = self.screen().availableSize()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))
        self.view = PdfView()
        self.view.show_pdf(paper.pdf)
        self._printers = QComboBox()
        self._printers.setAccessibleName(ui_text(_("Printer")))
        self._printers.setMinimumWidth(220)
        self._copies = QSpinBox()
        self._copies.setRange(1, MOST_COPIES)
        self._copies.setAccessibleName(ui_text(_("Copies")))
        self._notice = Notice()
        self._notice.hide()
        self._print = Button(_("Print"), self.print_paper, kind="primary", icon_name="print", key="F8")
        self._lay_out()
        self._fill_printers()
        for key, run in (("F8", self.print_paper), ("Ctrl+P", self.print_paper), ("Ctrl+S", self.save_as)):
            QShortcut(QKeySequence(key), self).activated.connect(run)

    @property
    def notice_words(self) -> str:
        """What the notice says; empty when it is hidden."""
        return self._notice.text() if self._notice.isVisibleTo(self) else ""

    def print_paper(self) -> None:
        """Send it to the printer chosen, beside the window."""
        name = self._printers.currentText()
        if not self._print.isEnabled() or not name:
            return
        self._settings.remember_printer(self._paper.kind, name)
        printer = make_printer(name, self._copies.value())
        printer.setDocName(self._paper.title)
        self._print.setEnabled(False)
        pdf = self._paper.pdf
        self._ops.run(
            self,
            lambda report: print_pdf(pdf, printer, report),
            then=self._on_printed,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def save_as(self) -> None:
        """Ask for a file and save the PDF there."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        start = self._settings.get("papers_folder", folder)
        asked = QFileDialog(self, ui_text(_("Save as")), start, "PDF (*.pdf)")
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setDefaultSuffix("pdf")
        asked.selectFile(self._paper.filename)
        asked.fileSelected.connect(self.save_to)
        asked.open()

    def save_to(self, file: str) -> None:
        """Write the PDF to a file; a failure is said in the preview."""
        try:
            Path(file).write_bytes(self._paper.pdf)
        except OSError as error:
            words = _("The file could not be written: {why}. Choose another folder.", why=error.strerror or str(error))
            self._notice.say(words, Meaning.DANGER)
            return
        self._settings.put("papers_folder", str(Path(file).parent))
        self._notice.say(_("Saved to {file}.", file=file), Meaning.GOOD)

    # -- inside

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(Label(_("Printer"), "label"))
        bar.addWidget(self._printers)
        bar.addWidget(Label(_("Copies"), "label"))
        bar.addWidget(self._copies)
        bar.addStretch(1)
        bar.addWidget(Button(_("Save as"), self.save_as, icon_name="save"))
        bar.addWidget(self._print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._notice)
        layout.addWidget(self.view, 1)
        layout.addLayout(bar)

    def _fill_printers(self) -> None:
        names = printer_names()
        self._printers.addItems(names)
        remembered = self._settings.printer(self._paper.kind)
        if remembered in names:
            self._printers.setCurrentText(remembered)
        if not names:
            self._print.setEnabled(False)
            self._printers.setEnabled(False)
            self._notice.say(_("No printer is set up on this PC. Save the paper as a file instead."), Meaning.WATCH)

    def _on_progress(self, _share: float, words: Text | str) -> None:
        self._notice.say(words, Meaning.ACCENT)

    def _on_printed(self, count: int) -> None:
        self._print.setEnabled(True)
        self._notice.say(_n("{n} page sent to the printer.", "{n} pages sent to the printer.", count), Meaning.GOOD)

    def _on_failed(self, error: CoreError) -> None:
        self._print.setEnabled(True)
        self._notice.say(error.text, Meaning.DANGER)
