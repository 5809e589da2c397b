"""The written summary of a month: one line a sentence, every number in it opens."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from decimal import Decimal
from urllib.parse import unquote

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.costing import Figure, Sentence
from core.documents import Notation, format_money, format_number
from core.i18n import _
from desktop.theme import theme, themes
from desktop.widgets import Spoken, language, ui_text

Opened = Callable[[Figure], object]


class SummaryView(QWidget, Spoken):
    """`show_sentences(...)`; `opened(figure)` is called for a number that is clicked, or chosen by Tab and Enter."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._sentences: Sequence[Sentence] = ()
        self._notation = Notation()
        self._lines: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        themes.changed.connect(self.retranslate)
        self.setAccessibleName(ui_text(_("Summary")))

    def show_sentences(self, sentences: Sequence[Sentence], notation: Notation) -> None:
        """Show these, the heaviest first."""
        self._sentences, self._notation = sentences, notation
        self.retranslate()

    def retranslate(self) -> None:
        while len(self._lines) > len(self._sentences):
            label = self._lines.pop()
            self._column.removeWidget(label)
            label.deleteLater()
        while len(self._lines) < len(self._sentences):
            self._lines.append(self._line())
        for at, (label, sentence) in enumerate(zip(self._lines, self._sentences, strict=True)):
            words = sentence.text.render(language())
            label.setText(linked(words, at, self._spots(sentence), theme().text))
            label.setAccessibleName(words)
        self.setVisible(bool(self._sentences))

    def words(self) -> list[str]:
        """What is said."""
        return [sentence.text.render(language()) for sentence in self._sentences]

    def open(self, at: int, number: int = 0) -> None:
        """Open a figure of a sentence."""
        self._opened(self._sentences[at].figures[number])

    def _line(self) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        label.linkActivated.connect(self._on_link)
        self._column.addWidget(label)
        return label

    def _on_link(self, link: str) -> None:
        at, number = (int(part) for part in unquote(link).split("/"))
        self.open(at, number)

    def _spots(self, sentence: Sentence) -> list[tuple[str, int]]:
        """How each figure stands in its sentence."""
        found: list[tuple[str, int]] = []
        for number, figure in enumerate(sentence.figures):
            if figure.amount is not None:
                said = (figure.amount, abs(figure.amount))
                found += [(format_money(amount, self._notation), number) for amount in said]
            if figure.percent is not None:
                found.append((f"{format_number(abs(Decimal(figure.percent)), 1)}%", number))
        return found


def linked(words: str, at: int, spots: Sequence[tuple[str, int]], ink: str) -> str:
    """The sentence as rich text: the first standing of each number is a link, `at/number`. A figure whose number does not
    stand in the words is opened by the first one that does."""
    taken: list[tuple[int, int, int]] = []
    for said, number in sorted(spots, key=lambda spot: -len(spot[0])):
        start = words.find(said)
        while start >= 0 and any(begin < start + len(said) and start < end for begin, end, _one in taken):
            start = words.find(said, start + 1)
        if start >= 0 and all(one != number or said != words[begin:end] for begin, end, one in taken):
            taken.append((start, start + len(said), number))
    parts, done = [], 0
    for begin, end, number in sorted(taken):
        parts.append(html.escape(words[done:begin]))
        style = f"color:{ink}; text-decoration: underline"
        parts.append(f'<a href="{at}/{number}" style="{style}">{html.escape(words[begin:end])}</a>')
        done = end
    return "".join([*parts, html.escape(words[done:])])
