"""Fields that only schedules have: days of the week, and a folder of this PC."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

from core.i18n import _
from core.reports import When
from core.words import Rhythm
from desktop.reports.schedules.looks import WEEKDAYS
from desktop.widgets import Button, Chip, Editor, TextEdit, Words, ui_text

EVERY_DAY = When(Rhythm.WEEKLY).weekdays


class WeekdaysEdit(Editor):
    """Days of the week as chips; the value is a mask: Monday 1, Tuesday 2, ... Sunday 64."""

    def __init__(self, name: Words = "") -> None:
        super().__init__(name)
        self._chips = [Chip(words) for words in WEEKDAYS]
        for chip in self._chips:
            chip.toggled.connect(lambda _on: self.changed.emit())
            self._row.addWidget(chip)
        self._row.setSpacing(2)
        self._row.addStretch(1)

    def field(self) -> QWidget:
        return self._chips[0]

    def value(self) -> int:
        return sum(1 << at for at, chip in enumerate(self._chips) if chip.isChecked())

    def set_value(self, value: int | None) -> None:
        for at, chip in enumerate(self._chips):
            chip.blockSignals(True)
            chip.setChecked(bool((EVERY_DAY if value is None else value) >> at & 1))
            chip.blockSignals(False)
            chip.set_icon_name("")


class FolderEdit(TextEdit):
    """A full path; a button chooses it on this PC."""

    def __init__(self, name: Words = "") -> None:
        super().__init__(name, placeholder=_("D:\\Reports or /srv/reports"), most=300)
        self._row.addWidget(Button(_("Choose"), self._choose, icon_name="folder", kind="icon"))

    def _choose(self) -> None:
        asked = QFileDialog(self, ui_text(_("Folder for scheduled reports")), str(self.value() or ""))
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setOption(QFileDialog.Option.ShowDirsOnly, True)
        asked.fileSelected.connect(self._take)
        asked.open()

    def _take(self, path: str) -> None:
        self.set_value(path)
        self.changed.emit()
