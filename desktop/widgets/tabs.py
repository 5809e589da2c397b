"""Parts of one page or panel behind tabs that keep their words."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from desktop.widgets.language import Spoken, Words, ui_text


class Tabs(QTabWidget, Spoken):
    """`add(words, content)`; Ctrl+Tab goes round."""

    def __init__(self, name: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._words: list[Words] = []
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.retranslate()

    def add(self, words: Words, content: QWidget) -> int:
        """One more part; returns its place."""
        self._words.append(words)
        return self.addTab(content, ui_text(words))

    def set_words(self, at: int, words: Words) -> None:
        """Name a part anew (with a count, say)."""
        self._words[at] = words
        self.setTabText(at, ui_text(words))

    def hasHeightForWidth(self) -> bool:
        """Parts take the room there is: a wrapped line in one of them must not make the page as high as it would like."""
        return False

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(self._name))
        self.tabBar().setAccessibleName(ui_text(self._name))
        for at, words in enumerate(self._words):
            self.setTabText(at, ui_text(words))
