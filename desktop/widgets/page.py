"""The base of every page: head, chips, contents or the state in their place, and the side panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from desktop.widgets.head import PageHead
from desktop.widgets.keys import KeyHint
from desktop.widgets.language import Spoken, Words, ui_text
from desktop.widgets.side import SidePanel
from desktop.widgets.states import EmptyState, ErrorState, LoadingState, Start
from desktop.widgets.table import RowTable

if TYPE_CHECKING:
    from core.devices import Scan

WAIT_MS = 1000
LOW_PAGE = 460


class PageBase(QWidget, Spoken):
    """A page: says what it is in a title and what it answers in one line.

    Give it contents once (`set_content`, or `set_table` for a list, which then fills count, empty and error states by
    itself). Override `reload` (F5, watched topics) and whichever of `print_page`, `post`, `scan` the page has; the
    primary action of `set_primary` is on F2. Until the first answer call `start_loading`; then `show_content`,
    `show_empty` or `show_error`.
    """

    title_changed = Signal(str)

    def __init__(self, title: Words, answer: Words = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = title
        self._is_loaded = False
        self.head = PageHead(title, answer)
        self.chips = self.head.chips
        self._content: QWidget = QWidget()
        self._table: RowTable | None = None
        self._empty: Callable[[], None] = lambda: None
        self._loading, self._nothing, self._error = LoadingState(), EmptyState(), ErrorState()
        self._stack = QStackedWidget()
        for state in (self._content, self._loading, self._nothing, self._error):
            self._stack.addWidget(state)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(lambda: self._stack.setCurrentWidget(self._loading))
        self._side = SidePanel(self._stack)
        self._side.closed.connect(self._on_panel_closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._side, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    # --- what a page overrides

    def reload(self) -> None:
        """Ask again for what is shown (F5)."""
        if self._table is not None:
            self._table.reload()

    def primary(self) -> None:
        """Do the primary action (F2)."""
        self.head.do_primary()

    def focus_search(self) -> None:
        """Go to the search of this list (F3, Ctrl+F)."""
        self.head.focus_search()

    def print_page(self) -> None:
        """Print what is shown (F8)."""

    def post(self) -> None:
        """Post what is entered (F9)."""

    def scan(self, scan: Scan) -> bool:
        """Something was scanned while this page is shown; True when the page took it."""
        return False

    def subject_item(self) -> tuple[int, str] | None:
        """The item the person is looking at here, by id and name: an unknown code may be its."""
        return None

    def more_keys(self) -> Sequence[KeyHint]:
        """Keys that only this page has, for the overlay."""
        return ()

    def has_unsaved(self) -> bool:
        """Whether something is typed here that would be lost."""
        return False

    def detail_title(self) -> str:
        """What the page shows in particular (a record's name), for the top bar; empty for a list."""
        return ""

    # --- head

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.set_low(event.size().height() < LOW_PAGE)

    def set_title(self, title: Words, answer: Words = "") -> None:
        """Say another title."""
        self._title = title
        self.head.set_title(title, answer)

    def set_answer(self, answer: Words) -> None:
        """Say in one line what the page answers now."""
        self.head.set_answer(answer)

    def set_primary(self, words: Words, do: Callable[[], object], icon_name: str = "plus") -> None:
        """The one primary action, on F2."""
        self.head.set_primary(words, do, icon_name)

    def add_more(self, words: Words, do: Callable[[], object], icon_name: str = "", key: str = "") -> None:
        """An entry of the menu behind the dots."""
        self.head.add_more(words, do, icon_name, key)

    def add_search(self, changed: Callable[[str], object], placeholder: Words = "") -> QLineEdit:
        """A search field before the chips; `changed(text)` is told after a short pause."""
        return self.head.add_search(changed, placeholder)

    def set_count(self, shown: int, total: int | None = None) -> None:
        """How many rows there are, and of how many when a filter narrows them."""
        self.head.set_count(shown, total)

    # --- contents and states

    def set_content(self, widget: QWidget) -> None:
        """What the page shows."""
        self._stack.removeWidget(self._content)
        self._content.deleteLater()
        self._content = widget
        self._stack.insertWidget(0, widget)
        self._stack.setCurrentIndex(0)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.setFocusProxy(widget)

    def set_table(self, table: RowTable, content: QWidget | None = None) -> None:
        """Show a list: its count, its errors and (after `set_empty`) its being empty are seen to."""
        self._table = table
        self.set_content(content or table)
        if content is None:
            self.setFocusProxy(table)
        table.loaded.connect(self._on_rows)
        table.failed.connect(self._on_failed)

    def set_empty(
        self, title: Words, words: Words = "", starts: Sequence[Start] = (), icon_name: str = "folder"
    ) -> None:
        """What an empty list says: what belongs here and how to begin (enter, import)."""
        self._nothing.set_up(title, words, starts, icon_name)

    def start_loading(self, words: Words = "", cancel: Callable[[], object] | None = None) -> None:
        """Asked, not answered: what is shown stays; after a second a bar takes its place."""
        self._is_loaded = False
        self._loading.start(words or _("Reading…"), cancel)
        self._wait.start()

    def show_progress(self, done: int, total: int) -> None:
        """How far the waiting is."""
        self._loading.progress(done, total)

    def show_content(self) -> None:
        """Answered."""
        self._show(self._content)

    def show_empty(self) -> None:
        """Answered: there is nothing yet; says what `set_empty` was given."""
        self._show(self._nothing)

    def show_error(self, error: CoreError | Words) -> None:
        """Answered by a failure: a sentence and a retry."""
        self._error.say(error.text if isinstance(error, CoreError) else error, self.reload)
        self._show(self._error)

    def is_loaded(self) -> bool:
        """Whether everything asked for has been answered."""
        return self._is_loaded

    def error_text(self) -> str:
        """The error shown in place of the contents; empty when there is none."""
        return self._error.text() if self._stack.currentWidget() is self._error else ""

    def _show(self, state: QWidget) -> None:
        self._wait.stop()
        self._is_loaded = True
        self._stack.setCurrentWidget(state)

    def _on_rows(self, total: int) -> None:
        self.set_count(total)
        is_narrowed = self.chips.has_any() or self.head.search_text() != ""
        if total or is_narrowed or not self._nothing.is_set_up():
            self.show_content()
        else:
            self.show_empty()

    def _on_failed(self, error: CoreError) -> None:
        self.show_error(error)

    # --- side panel

    def open_panel(self, panel: QWidget, width: int = 400) -> None:
        """Show a panel at the right (over the list when the page is narrow); Esc closes it."""
        self._side.open(panel, width)

    def close_panel(self) -> None:
        """Take the panel away."""
        self._side.close_panel()

    def panel(self) -> QWidget | None:
        """The panel that is open."""
        return self._side.panel()

    def _on_panel_closed(self) -> None:
        (self._table or self).setFocus()

    # --- keys

    def keys(self) -> list[KeyHint]:
        """The keys of this page, for the overlay."""
        found = [KeyHint("F2", self.head.primary_words())] if self.head.primary_words() else []
        if self._table is not None:
            found += [KeyHint("Enter", _("Open")), KeyHint("Alt+Enter", _("Why this figure"))]
            found.append(KeyHint("Ctrl+C", _("Copy the chosen rows")))
        return [*found, *self.head.more_keys(), *self.more_keys()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.escape():
            event.accept()
            return
        for sequence, run in self._own_keys():
            if QKeySequence(event.keyCombination()) == QKeySequence(sequence):
                event.accept()
                run()
                return
        super().keyPressEvent(event)

    def _own_keys(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            ("F2", self.primary),
            ("F3", self.focus_search),
            ("Ctrl+F", self.focus_search),
            ("F5", self.reload),
            ("F8", self.print_page),
            ("F9", self.post),
            *self.head.key_actions(),
        ]

    def escape(self) -> bool:
        """Close the panel (Esc); False when there is none, so that Esc goes back a page."""
        if self.panel() is None:
            return False
        self._side.ask_close()
        return True

    def retranslate(self) -> None:
        self.setAccessibleName(ui_text(self._title))
