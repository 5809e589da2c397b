"""What a person chooses in the preview: language and size of the paper, pages, copies, printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from core.i18n import Text, _
from desktop.context import Paper
from desktop.printing.pages import chosen_pages
from desktop.printing.source import SIZES
from desktop.widgets import Button, Label, ui_text

MOST_COPIES = 99
LANGUAGES: tuple[tuple[str, Text | str], ...] = (("zh", "中文"), ("en", "English"), ("both", _("Both languages")))


class PrintChoices(QWidget):
    """Two rows under the paper. `changed` says that the paper is to be made anew; `adjusting` opens the ruler."""

    changed = Signal()
    adjusting = Signal()

    def __init__(self, paper: Paper, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        self._language = _box(_("Language of the paper"), [(key, words) for key, words in LANGUAGES])
        sizes: list[tuple[str, Text | str]] = [(size, size or _("As meant")) for size in SIZES]
        self._size = _box(_("Size of paper"), sizes)
        self._pages = QLineEdit()
        self._pages.setPlaceholderText(ui_text(_("all")))
        self._pages.setMaximumWidth(96)
        self._pages.setAccessibleName(ui_text(_("Pages")))
        self._copies = QSpinBox()
        self._copies.setRange(1, MOST_COPIES)
        self._copies.setAccessibleName(ui_text(_("Copies")))
        self.printers = QComboBox()
        self.printers.setAccessibleName(ui_text(_("Printer")))
        self.printers.setMinimumWidth(220)
        self._adjust = Button(_("Adjust printer"), self.adjusting.emit, kind="link")
        self._adjust.setToolTip(ui_text(_("Move all pages of this printer by millimetres")))
        self._lay_out(buttons, is_makeable=paper.source is not None)
        self.show_paper(paper)
        for box in (self._language, self._size):
            box.activated.connect(lambda _index: self.changed.emit())

    def show_paper(self, paper: Paper) -> None:
        """Stand as the paper on show is."""
        self._language.setCurrentIndex(max(0, self._language.findData(paper.language)))
        self._size.setCurrentIndex(max(0, self._size.findData(paper.size)))

    def show_printers(self, names: Sequence[str], chosen: str) -> None:
        """The printers of this PC; without any nothing of them can be chosen."""
        self.printers.addItems(list(names))
        if chosen in names:
            self.printers.setCurrentText(chosen)
        self.printers.setEnabled(bool(names))
        self._adjust.setEnabled(bool(names))

    def language(self) -> str:
        """zh, en or both."""
        return str(self._language.currentData())

    def sheet_size(self) -> str:
        """A4, A5, or empty for what the paper is meant for."""
        return str(self._size.currentData())

    def copies(self) -> int:
        """How many of each page."""
        return self._copies.value()

    def printer(self) -> str:
        """The printer's name; empty when there is none."""
        return self.printers.currentText()

    def pages_words(self) -> str:
        """The pages as typed; empty for all."""
        return self._pages.text().strip()

    def pages(self, count: int) -> tuple[int, ...]:
        """The pages to print of so many, from 0. Raises InvalidInput after going to the field."""
        try:
            return chosen_pages(self.pages_words(), count)
        except Exception:
            self._pages.setFocus()
            self._pages.selectAll()
            raise

    def _lay_out(self, buttons: Sequence[QWidget], *, is_makeable: bool) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        if is_makeable:
            _put(first, _("Language"), self._language)
            _put(first, _("Size"), self._size)
        _put(first, _("Pages"), self._pages)
        _put(first, _("Copies"), self._copies)
        first.addStretch(1)
        _put(second, _("Printer"), self.printers)
        second.addWidget(self._adjust)
        second.addStretch(1)
        for button in buttons:
            second.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for row in (first, second):
            row.setSpacing(8)
            rows.addLayout(row)


def _box(name: Text, options: Sequence[tuple[str, Text | str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(ui_text(name))
    for key, words in options:
        box.addItem(words if isinstance(words, str) else ui_text(words), key)
    return box


def _put(row: QHBoxLayout, words: Text, editor: QWidget) -> None:
    row.addWidget(Label(words, "label"))
    row.addWidget(editor)
