"""Which column of the file means which field: a line for each column, with what stands in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import Text, _, join, verbatim
from core.importing import ColumnProposal, FilePreview
from desktop.theme import Meaning
from desktop.widgets import Choice, Label, Notice, scrolled

MOST_LETTERS = 46


class Mapping(QWidget):
    """`changed` when a person chooses another field. A field chosen for a second column is taken from the first."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._preview: FilePreview | None = None
        self._is_update = False
        self.choices: dict[int, Choice] = {}
        self.missing = Notice("", Meaning.SOON)
        self.missing.hide()
        self._lines = QWidget()
        self._area = scrolled(self._lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.missing)
        column.addWidget(self._area, 1)

    def show_preview(self, preview: FilePreview) -> None:
        """A line for each column of a file, with the field it is taken for."""
        self._preview = preview
        self.choices = {}
        fields = [(one.key, one.title) for one in preview.fields]
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 8, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        for at, one in enumerate(preview.columns):
            choice = Choice(_("Meaning of {heading}", heading=_name(one)), fields, empty=_("Leave out"))
            choice.set_value(one.field or None)
            choice.setMinimumWidth(170)
            choice.changed.connect(lambda number=one.number: self._on_chosen(number))
            self.choices[one.number] = choice
            grid.addWidget(_words(one), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(choice, at, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(preview.columns), 1)
        self._area.setWidget(lines)
        self._say_missing()

    def set_update(self, is_update: bool) -> None:
        """An update needs the column it finds things by, and no other."""
        self._is_update = is_update
        self._say_missing()

    def columns(self) -> tuple[tuple[int, str], ...]:
        """Field by column number, as chosen now."""
        return tuple((number, key) for number, choice in self.choices.items() if (key := _value(choice)))

    def is_complete(self) -> bool:
        """Whether every field that must be there has its column."""
        return not self._missing()

    def _missing(self) -> list[Text]:
        chosen = {key for _number, key in self.columns()}
        fields = self._preview.fields if self._preview is not None else ()
        needed = [one for one in fields if (one.is_key if self._is_update else one.is_required)]
        return [one.title for one in needed if one.key not in chosen]

    def _on_chosen(self, number: int) -> None:
        key = _value(self.choices[number])
        for other, choice in self.choices.items():
            if other != number and key and _value(choice) == key:
                choice.set_value(None)
        self._say_missing()
        self.changed.emit()

    def _say_missing(self) -> None:
        missing = self._missing()
        if missing:
            self.missing.say(_("Which column is this? Still needed: {fields}", fields=join(missing, ", ")))
        else:
            self.missing.hide()


def _value(choice: Choice) -> str:
    """The field chosen; nothing while something else is being typed."""
    try:
        return str(choice.value() or "")
    except CoreError:
        return ""


def _name(one: ColumnProposal) -> Text:
    return verbatim(one.heading) if one.heading else _("Column {n}", n=one.number + 1)


def _words(one: ColumnProposal) -> QWidget:
    """Heading, what stands under it, and whether the meaning is a guess."""
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(0)
    column.addWidget(Label(_name(one), "strong", wrap=True))
    shown = ", ".join(one.samples)
    column.addWidget(Label(shown[:MOST_LETTERS] + ("…" if len(shown) > MOST_LETTERS else ""), "small", wrap=True))
    if one.field and not one.is_certain:
        column.addWidget(Label(_("A guess from the heading: please look."), "small", wrap=True))
    return words
