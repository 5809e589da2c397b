"""One of a known set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QStyle, QStyleOptionComboBox, QWidget

from core.errors import InvalidInput
from core.i18n import _
from desktop.widgets.editors.base import Editor
from desktop.widgets.language import Spoken, Words, ui_text

SEARCHED_FROM = 8


class _Combo(QComboBox):
    """A box whose words end in an ellipsis when there is no room for all of them; the tip says them whole."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        words = option.currentText
        option.currentText = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.currentText())
        return super().event(event)


class Choice(Editor):
    """One of some options, given as (value, words). From eight options on one can type a part of the words.

    `empty` adds a first line for "none", whose value is None.
    """

    def __init__(
        self,
        name: Words = "",
        options: Sequence[tuple[Any, Words]] = (),
        *,
        empty: Words = "",
        search: bool | None = None,
    ) -> None:
        super().__init__(name)
        self._empty, self._search = empty, search
        self._options: list[tuple[Any, Words]] = []
        self._box = _Combo()
        self._box.setMaxVisibleItems(12)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(8)
        self._row.addWidget(self._box, 1)
        self.setFocusProxy(self._box)
        self._box.activated.connect(self._on_activated)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[Any, Words]]) -> None:
        """Offer these; the value chosen before stays if it is still there."""
        before = self._chosen()
        self._options = [*([(None, self._empty)] if self._empty else []), *options]
        self._make_searchable(self._search if self._search is not None else len(options) >= SEARCHED_FROM)
        self.retranslate()
        self.set_value(before)

    def field(self) -> QWidget:
        return self._box

    def value(self) -> Any:
        if self._box.isEditable() and self._box.currentText().strip() != self._words_of(self._box.currentIndex()):
            typed = self._box.currentText().strip()
            at = self._find(typed)
            if at is None:
                raise InvalidInput(_("“{text}” is not in the list.", text=typed[:40])) if typed else _missing()
            return self._options[at][0]
        return self._chosen()

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self._box):
            at = next((at for at, (one, _words) in enumerate(self._options) if one == value), -1)
            self._box.setCurrentIndex(at)
            if at < 0 and self._box.isEditable():
                self._box.setEditText("")
        line = self._box.lineEdit()
        if line is not None and not line.hasFocus():
            line.setCursorPosition(0)

    def retranslate(self) -> None:
        at = self._box.currentIndex()
        with QSignalBlocker(self._box):
            self._box.clear()
            self._box.addItems([ui_text(words) for _value, words in self._options])
            self._box.setCurrentIndex(at)
        super().retranslate()
        line = self._box.lineEdit()
        if line is not None:
            line.setAccessibleName(ui_text(self._name))

    def _chosen(self) -> Any:
        at = self._box.currentIndex()
        return self._options[at][0] if 0 <= at < len(self._options) else None

    def _words_of(self, at: int) -> str:
        return ui_text(self._options[at][1]).strip() if 0 <= at < len(self._options) else ""

    def _find(self, typed: str) -> int | None:
        """The option meant: the same words, or the only one that holds them."""
        wanted = typed.casefold()
        words = [ui_text(one).casefold() for _value, one in self._options]
        if wanted in words:
            return words.index(wanted)
        holding = [at for at, one in enumerate(words) if wanted and wanted in one]
        return holding[0] if len(holding) == 1 else None

    def _make_searchable(self, is_searchable: bool) -> None:
        if is_searchable == self._box.isEditable():
            return
        self._box.setEditable(is_searchable)
        if not is_searchable:
            return
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self._box.model(), self._box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._box.setCompleter(completer)
        line = self._box.lineEdit()
        if line is not None:
            line.textEdited.connect(lambda _text: self._edited())
            line.editingFinished.connect(self._on_left)

    def _on_activated(self, _at: int) -> None:
        self._edited()
        self.committed.emit()

    def _on_left(self) -> None:
        typed = self._box.currentText().strip()
        if typed:
            at = self._find(typed)
            if at is not None and at != self._box.currentIndex():
                self.set_value(self._options[at][0])
                self.changed.emit()
            self.check_left()
        self.committed.emit()


def _missing() -> InvalidInput:
    return InvalidInput(_("Please choose from the list."))


class _Box(QCheckBox, Spoken):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(ui_text(self._words))


class CheckEdit(Editor):
    """Yes or no. The words stand behind the box."""

    def __init__(self, words: Words, name: Words = "") -> None:
        super().__init__(name or words)
        self._box = _Box(words)
        self._row.addWidget(self._box)
        self._row.addStretch(1)
        self.setFocusProxy(self._box)
        self._box.toggled.connect(lambda _on: self._edited())
        self.retranslate()

    def field(self) -> QWidget:
        return self._box

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: bool | None) -> None:
        with QSignalBlocker(self._box):
            self._box.setChecked(bool(value))
