"""A sentence over a form with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.theme import Meaning
from desktop.widgets.language import Words
from desktop.widgets.notice import Notice
from desktop.widgets.words import Button

LEAST_WORDS = 200
Choices = Sequence[tuple[Words, Callable[[], object]]]


class Offer(Notice):
    """A notice whose buttons belong to the sentence it says: the next sentence takes them away."""

    def __init__(self, meaning: Meaning = Meaning.DANGER) -> None:
        super().__init__("", meaning)
        self._buttons: list[Button] = []
        self._words.setMinimumWidth(LEAST_WORDS)
        self.hide()

    def say(self, words: Words, meaning: Meaning | None = None) -> None:
        """Say a sentence that leaves nothing to choose."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        super().say(words, meaning)

    def offer(self, words: Words, choices: Choices, meaning: Meaning | None = None) -> None:
        """Say a sentence with a button for each choice; choosing takes it away."""
        self.say(words, meaning)
        for button_words, chosen in choices:
            button = Button(button_words, partial(self._choose, chosen))
            self._buttons.append(button)
            self.add_button(button)
            button.show()

    def buttons(self) -> list[Button]:
        """What can be chosen now."""
        return list(self._buttons)

    def _choose(self, chosen: Callable[[], object]) -> None:
        self._words.setMinimumWidth(LEAST_WORDS)
        self.hide()
        chosen()


def above_form(*notices: Notice) -> QVBoxLayout:
    """Sentences that stay in sight while the form below them scrolls."""
    column = QVBoxLayout()
    column.setContentsMargins(16, 0, 16, 4)
    column.setSpacing(8)
    for notice in notices:
        column.addWidget(notice)
    return column
