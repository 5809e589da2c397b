"""What the pages of the catalog have in common: names known first, files, filters taken away, the card beside the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit

from core.i18n import Text, _
from desktop.catalog.item_desk import ItemDesk
from desktop.catalog.known import Known
from desktop.context import AppContext
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.widgets import KeyHint, PageBase, Words

Start = tuple[Words, Callable[[], object]]


class CatalogPage(PageBase):
    """A list of the catalog. Override `prepare_sheet`; `say_empty` what an empty list without filters says."""

    def __init__(self, context: AppContext, title: Text, answer: Words) -> None:
        super().__init__(title, answer)
        self.context = context
        self.known = Known(context, self)
        self.desk = ItemDesk(self, context, self.known)
        self.file = ListFile(context, self, title, self.prepare_sheet)
        self.search: QLineEdit | None = None
        self._if_empty: tuple[Words, Words, Sequence[Start], str] = ("", "", (), "folder")

    def prepare_sheet(self) -> MakeSheet:
        """What a file of this list holds under the filters of now."""
        raise NotImplementedError

    def add_files(self) -> None:
        """The entries that save the list."""
        self.add_more(_("Export as Excel"), lambda: self.file.ask("xlsx"), "export", "Ctrl+E")
        self.add_more(_("Export as CSV"), lambda: self.file.ask("csv"), "export", "Ctrl+Shift+E")

    def add_ways(self, *ways: tuple[Words, str, str]) -> None:
        """Entries that lead to other pages, each with its route and icon."""
        for words, route, icon in ways:
            if self.context.shell.can_go(route):
                self.add_more(words, partial(self.context.shell.go, route), icon)

    def say_empty(
        self, title: Words, words: Words = "", starts: Sequence[Start] = (), icon_name: str = "folder"
    ) -> None:
        """What an empty list says when no filter narrows it."""
        self._if_empty = (title, words, starts, icon_name)
        self.set_empty(*self._if_empty)

    def is_narrowed(self) -> bool:
        """Whether any filter is on."""
        return self.chips.has_any() or self.head.search_text() != ""

    def clear_filters(self) -> None:
        """Take every filter away."""
        for key, value in self.chips.values().items():
            if value not in (None, False):
                self.chips.set_value(key, None)
        if self.search is not None:
            self.search.clear()

    def add_search(self, changed: Callable[[str], object], placeholder: Words = "") -> QLineEdit:
        self.search = super().add_search(changed, placeholder)
        return self.search

    def has_unsaved(self) -> bool:
        return self.desk.has_unsaved()

    def may(self, permission: object) -> bool:
        """Whether the person holds a right."""
        return self.context.shell.may(permission)

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("F3", _("Search")),)

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

    def _on_panel_closed(self) -> None:
        if not self.desk.take_back():
            super()._on_panel_closed()
