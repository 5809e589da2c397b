"""The preview: what will be printed, on which printer, or saved as a file; what left is kept in the archive."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from core import documents
from core.errors import CoreError
from core.i18n import Text, _, _n, join
from core.words import PaperWay
from desktop.context import Paper
from desktop.ops import Ops
from desktop.printing.choices import PrintChoices
from desktop.printing.memory import remember_choice, shift_of
from desktop.printing.printer import Placing, make_printer, print_pdf, printer_names
from desktop.printing.ruler import RulerDialog
from desktop.settings import Settings
from desktop.theme import Meaning
from desktop.widgets import Button, Notice, PdfView, ui_text

SIZE = (900, 860)


class PreviewDialog(QDialog):
    """Shows a paper; F8 or Ctrl+P prints, Ctrl+S saves, Esc closes.

    Closed while something is on its way, it goes out of sight and ends when that is done; a failure brings it back.
    """

    def __init__(self, paper: Paper, settings: Settings, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper, self._settings, self._ops = paper, settings, ops
        self._under_way, self._is_leaving = 0, False
        self.setWindowTitle(paper.title)
        room = self.screen().availableSize()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))
        self.view = PdfView()
        self.view.show_pdf(paper.pdf)
        self._notice = Notice()
        self._notice.hide()
        self._print = Button(_("Print"), self.print_paper, kind="primary", icon_name="print", key="F8")
        self.choices = PrintChoices(paper, (Button(_("Save as"), self.save_as, icon_name="save"), self._print))
        self.choices.changed.connect(self._make_anew)
        self.choices.adjusting.connect(self._adjust)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._notice)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.choices)
        self._show_printers()
        for key, run in (("F8", self.print_paper), ("Ctrl+P", self.print_paper), ("Ctrl+S", self.save_as)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)  # a key held down prints once
            shortcut.activated.connect(run)

    @property
    def notice_words(self) -> str:
        """What the notice says; empty when it is hidden."""
        return self._notice.text() if self._notice.isVisibleTo(self) else ""

    def print_paper(self) -> None:
        """Send it to the printer chosen, beside the window."""
        name = self.choices.printer()
        if not self._print.isEnabled() or not name:
            return
        try:
            pages = self.choices.pages(self.view.page_count())
        except CoreError as error:
            self._notice.say(error.text, Meaning.DANGER)
            return
        self._settings.remember_printer(self._paper.kind, name)
        printer = make_printer(name, self.choices.copies())
        printer.setDocName(self._paper.title)
        printed = self._as_printed(PaperWay.PRINTER, name)
        pdf, placing = self._paper.pdf, Placing(pages, shift_of(self._settings, name))
        self._start()
        self._ops.run(
            self,
            lambda report: print_pdf(pdf, printer, report, placing),
            then=lambda count: self._keep(
                printed, pdf, _n("{n} page sent to the printer.", "{n} pages sent to the printer.", count)
            ),
            failed=self._failed,
            progress=lambda _share, words: self._notice.say(words, Meaning.ACCENT),
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
        self._start()
        printed = replace(self._as_printed(PaperWay.FILE, file), pages="", copies=1)
        self._keep(printed, self._paper.pdf, _("Saved to {file}.", file=file))

    def done(self, result: int) -> None:
        """Close, once what is on its way has arrived."""
        if self._under_way:
            self._is_leaving = True
            self.hide()
            return
        super().done(result)

    # -- inside

    def _show_printers(self) -> None:
        names = printer_names()
        self.choices.show_printers(names, self._settings.printer(self._paper.kind))
        if not names:
            self._print.setEnabled(False)
            self._notice.say(_("No printer is set up on this PC. Save the paper as a file instead."), Meaning.WATCH)

    def _adjust(self) -> None:
        dialog = RulerDialog(self.choices.printer(), self._settings, self._ops, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _make_anew(self) -> None:
        """The paper in the language and size chosen, which are remembered for its kind."""
        source = self._paper.source
        if source is None:
            return
        language, size = self.choices.language(), self.choices.sheet_size()
        remember_choice(self._settings, self._paper.kind, language, size)
        self._print.setEnabled(False)
        self._ops.run(self, partial(source.make, language, size), then=self._show, failed=self._not_made)

    def _show(self, paper: Paper) -> None:
        if (paper.language, paper.size) != (self.choices.language(), self.choices.sheet_size()):
            return  # another was chosen meanwhile and is on its way
        self._paper = paper
        self.setWindowTitle(paper.title)
        self.view.show_pdf(paper.pdf)
        self._print.setEnabled(bool(self.choices.printer()) and not self._under_way)

    def _not_made(self, error: CoreError) -> None:
        self.choices.show_paper(self._paper)
        self._print.setEnabled(bool(self.choices.printer()) and not self._under_way)
        self._notice.say(error.text, Meaning.DANGER)

    def _as_printed(self, way: PaperWay, target: str) -> documents.NewPrint:
        paper = self._paper
        return documents.NewPrint(
            paper.kind, paper.title, paper.number, paper.language, paper.owner_kind, paper.owner_id, way, target,
            self.choices.pages_words(), self.choices.copies(),
        )  # fmt: skip

    def _start(self) -> None:
        self._under_way += 1
        self._print.setEnabled(False)

    def _keep(self, printed: documents.NewPrint, pdf: bytes, told: Text) -> None:
        """What has left the program goes to the archive; when it cannot, the person is told."""
        self._ops.do(
            self, documents.record_printed, paper=printed, content=pdf,
            then=lambda _key: self._ended(told, Meaning.GOOD), failed=lambda error: self._not_kept(told, error),
        )  # fmt: skip

    def _not_kept(self, told: Text, error: CoreError) -> None:
        missing = _("It does not stand among the printed papers: {why}", why=error.text)
        self._ended(join([told, missing], " "), Meaning.WATCH)

    def _failed(self, error: CoreError) -> None:
        self._ended(error.text, Meaning.DANGER)

    def _ended(self, words: Text, meaning: Meaning) -> None:
        self._under_way -= 1
        self._print.setEnabled(bool(self.choices.printer()))
        self._notice.say(words, meaning)
        if not self._is_leaving or self._under_way:
            return
        self._is_leaving = False
        if meaning is Meaning.GOOD:
            self.done(QDialog.DialogCode.Accepted)
        else:
            self.show()
