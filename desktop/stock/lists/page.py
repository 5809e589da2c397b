"""What the lists of stock have in common: names known before rows are shown, files, filters taken away, a panel that
follows the row one is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from core.i18n import Text, _
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.stock.lists.known import Known
from desktop.theme import Meaning
from desktop.widgets import Banner, KeyHint, PageBase, RowTable, Words

Start = tuple[Words, Callable[[], object]]


class FilterBox(Protocol):
    """A filter that is more than a chip: a period, a moment."""

    def is_on(self) -> bool:
        """Whether it narrows the list."""

    def clear(self) -> None:
        """Take it away."""


class StockListPage(PageBase):
    """A list with its filters. Override `prepare_sheet`; fill the table after `known.ready`; `say_empty` what an empty
    list without filters says."""

    def __init__(self, context: AppContext, title: Text, answer: Words, *, names_later: bool = False) -> None:
        super().__init__(title, answer)
        self.context = context
        self.known = Known(context, self, later=names_later)
        self.file = ListFile(context, self, title, self.prepare_sheet)
        self.search: QLineEdit | None = None
        self.boxes: list[FilterBox] = []
        self._if_empty: tuple[Words, Words, Sequence[Start], str] = ("", "", (), "folder")

    # --- what a list says

    def prepare_sheet(self) -> MakeSheet:
        """What a file of this list holds under the filters of now."""
        raise NotImplementedError

    def add_files(self) -> None:
        """The entries that save the list."""
        self.add_more(_("Export as Excel"), lambda: self.file.ask("xlsx"), "export", "Ctrl+E")
        self.add_more(_("Export as CSV"), lambda: self.file.ask("csv"), "export", "Ctrl+Shift+E")

    def set_list(self, table: RowTable, *above: QWidget) -> None:
        """The table, with what stands between it and the filters."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in above:
            column.addWidget(widget)
        column.addWidget(table, 1)
        self.set_table(table, body)
        self.setFocusProxy(table)

    def say_empty(
        self, title: Words, words: Words = "", starts: Sequence[Start] = (), icon_name: str = "folder"
    ) -> None:
        """What an empty list says when no filter narrows it."""
        self._if_empty = (title, words, starts, icon_name)
        self.set_empty(*self._if_empty)

    # --- filters

    def is_narrowed(self) -> bool:
        """Whether any filter is on."""
        return self.chips.has_any() or self.head.search_text() != "" or any(box.is_on() for box in self.boxes)

    def clear_filters(self) -> None:
        """Take every filter away."""
        for key, value in self.chips.values().items():
            if value not in (None, False):
                self.chips.set_value(key, None)
        for box in self.boxes:
            box.clear()
        if self.search is not None:
            self.search.clear()

    def add_search(self, changed: Callable[[str], object], placeholder: Words = "") -> QLineEdit:
        self.search = super().add_search(changed, placeholder)
        return self.search

    def _on_rows(self, total: int) -> None:
        """An empty list says whether there is nothing, or nothing that fits."""
        self.set_count(total)
        if total:
            self.show_content()
            return
        if self.is_narrowed():
            start = (_("Take the filters away"), self.clear_filters)
            self.set_empty(_("Nothing fits"), _("Nothing here fits the search and the filters."), [start], "filter")
        else:
            self.set_empty(*self._if_empty)
        self.show_empty()

    # --- words

    def item_name(self, row: Any) -> str:
        """The name of a row's item in the person's language."""
        return str((row.item_name_en or row.item_name) if self.context.language == "en" else row.item_name)

    def may(self, permission: object) -> bool:
        """Whether the person holds a right."""
        return self.context.shell.may(permission)

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("F3", _("Search")),)


def follow_rows(page: PageBase, table: RowTable, open_row: Callable[[Any], object]) -> None:
    """Call `open_row(row)` for the row clicked or activated; once a panel is open also for the row the arrows go to."""
    wait = QTimer(page)
    wait.setSingleShot(True)
    wait.setInterval(80)

    def open_current() -> None:
        row = table.current_row()
        if row is not None and page.panel() is not None:
            open_row(row)

    def on_clicked(number: int) -> None:
        row = table.row_at(number)
        if row is not None:
            wait.stop()
            open_row(row)

    wait.timeout.connect(open_current)
    table.row_activated.connect(open_row)
    table.clicked.connect(lambda index: on_clicked(index.row()))
    table.current_changed.connect(lambda row: wait.start() if row is not None and page.panel() is not None else None)


def band(words: Words, meaning: Meaning = Meaning.WATCH) -> Banner:
    """A band over a list, hidden until it is needed."""
    banner = Banner(words, meaning)
    banner.hide()
    return banner
