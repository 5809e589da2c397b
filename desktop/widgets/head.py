"""The head of a page: title and answer, primary action and more, then search, chips and the count of rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import _, _n
from desktop.theme import icon, icon_pixmap, theme, themes
from desktop.widgets.chips import ChipRow
from desktop.widgets.keys import KeyHint
from desktop.widgets.language import Spoken, Words, ui_text
from desktop.widgets.words import Button, Label

PAUSE_MS = 180
SEARCH_WIDTH = 268


class SearchLine(QLineEdit, Spoken):
    """A line to search by, with a glass in front and a cross to empty it."""

    def __init__(self, changed: Callable[[str], object], placeholder: Words = "") -> None:
        super().__init__()
        self._placeholder = placeholder or _("Find in this list")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: changed(self.text().strip()))
        self._glass = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.setFixedWidth(SEARCH_WIDTH)
        self.textChanged.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self._now)
        themes.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def retranslate(self) -> None:
        self.setPlaceholderText(ui_text(self._placeholder))
        self.setAccessibleName(ui_text(self._placeholder))

    def _dress(self) -> None:
        self._glass.setIcon(icon_pixmap("search", 18, theme().muted))

    def _now(self) -> None:
        """Enter searches at once and goes on to the list."""
        self._pause.stop()
        self._pause.timeout.emit()
        self.focusNextChild()


@dataclass(frozen=True, slots=True)
class _More:
    words: Words
    do: Callable[[], object]
    icon_name: str
    key: str


class PageHead(QWidget):
    """Made by `PageBase`; pages speak to it through their own methods."""

    def __init__(self, title: Words, answer: Words) -> None:
        super().__init__()
        self._title = Label(title, "title")
        self._answer = Label(answer, "muted", elide=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._primary: Button | None = None
        self._primary_words: Words = ""
        self._do_primary: Callable[[], object] = lambda: None
        self._entries: list[_More] = []
        self._more = Button(_("More"), icon_name="more", kind="icon")
        self._more_menu = QMenu(self._more)
        self._more.setMenu(self._more_menu)
        self._more_menu.aboutToShow.connect(self._fill_more)
        self._more.hide()
        self._search: SearchLine | None = None
        self.chips = ChipRow()
        self._count = Label("", "small")
        self._count.hide()
        self._tools = QHBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._answer)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(words, 1)
        self._actions.addWidget(self._more)
        top.addLayout(self._actions)
        self._tools.setSpacing(8)
        self._tools.addWidget(self.chips, 100)
        self._tools.addStretch(1)
        self._tools.addWidget(self._count, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._tools)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_low(self, is_low: bool) -> None:
        """On a low page the answer gives its line to the contents."""
        self._answer.setVisible(not is_low)

    def set_title(self, title: Words, answer: Words) -> None:
        """Say another title and answer."""
        self._title.set_words(title)
        self._answer.set_words(answer)

    def set_answer(self, answer: Words) -> None:
        """Say another answer."""
        self._answer.set_words(answer)

    def set_primary(self, words: Words, do: Callable[[], object], icon_name: str) -> None:
        """The primary button; said again it takes the place of the one before, and its focus."""
        had_focus = self._primary is not None and self._primary.hasFocus()
        if self._primary is not None:
            self._primary.deleteLater()
        self._primary = Button(words, do, icon_name=icon_name, kind="primary", key="F2")
        self._primary_words, self._do_primary = words, do
        self._actions.insertWidget(self._actions.count() - 1, self._primary)
        if had_focus:
            self._primary.setFocus()

    def add_button(self, button: Button) -> Button:
        """A button that matters beside the primary one."""
        self._actions.insertWidget(0, button)
        return button

    def primary_words(self) -> Words:
        """What the primary action is called; empty when there is none."""
        return self._primary_words

    def do_primary(self) -> None:
        """Press the primary button, unless it is grey."""
        if self._primary is not None and self._primary.isEnabled():
            self._do_primary()

    def enable_primary(self, is_possible: bool) -> None:
        """Grey the primary action, or not."""
        if self._primary is not None:
            self._primary.setEnabled(is_possible)

    def add_more(self, words: Words, do: Callable[[], object], icon_name: str, key: str) -> None:
        """An entry behind the dots."""
        self._entries.append(_More(words, do, icon_name, key))
        self._more.show()

    def clear_more(self) -> None:
        """Take the entries behind the dots away: others are possible now."""
        self._entries.clear()
        self._more.hide()

    def more_keys(self) -> list[KeyHint]:
        """The keys of the entries behind the dots."""
        return [KeyHint(entry.key, entry.words) for entry in self._entries if entry.key]

    def key_actions(self) -> list[tuple[str, Callable[[], object]]]:
        """What those keys do."""
        return [(entry.key, entry.do) for entry in self._entries if entry.key]

    def add_search(self, changed: Callable[[str], object], placeholder: Words) -> SearchLine:
        """The search field at the left of the chips."""
        self._search = SearchLine(changed, placeholder)
        self._tools.insertWidget(0, self._search, 0, Qt.AlignmentFlag.AlignTop)
        return self._search

    def search_text(self) -> str:
        """What is searched for."""
        return self._search.text().strip() if self._search is not None else ""

    def focus_search(self) -> None:
        """Put the keyboard into the search."""
        if self._search is not None:
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._search.selectAll()

    def set_count(self, shown: int, total: int | None) -> None:
        """Say how many rows there are."""
        self._count.show()
        if total is None or total == shown:
            self._count.set_words(_n("{count} row", "{count} rows", shown, count=f"{shown:,}"))
        else:
            self._count.set_words(_("{n} of {total} rows", n=f"{shown:,}", total=f"{total:,}"))

    def hide_count(self) -> None:
        """Say nothing of rows: what is shown is no list."""
        self._count.hide()

    def count_words(self) -> str:
        """What the count says."""
        return self._count.text()

    def _fill_more(self) -> None:
        self._more_menu.clear()
        for entry in self._entries:
            action = QAction(ui_text(entry.words), self._more_menu)
            if entry.icon_name:
                action.setIcon(icon(entry.icon_name))
            if entry.key:
                action.setText(f"{ui_text(entry.words)}\t{entry.key}")
            action.triggered.connect(lambda _on=False, do=entry.do: do())
            self._more_menu.addAction(action)
