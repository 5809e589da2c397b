"""The pages of the present place, side by side under the top bar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStyle, QStyleOptionTab, QTabBar, QWidget

from desktop.shell.registry import Page
from desktop.widgets import ui_text


class PlaceTabs(QTabBar):
    """Drawn only when a place has more than one page; Ctrl+Page Down goes to the next."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place_tabs")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self._routes: list[str] = []
        self._is_outside = False
        self.tabBarClicked.connect(self._on_clicked)

    def show_pages(self, pages: list[Page], route: str) -> None:
        """The pages of the place, with the present one marked (none, when a page outside the tabs is open)."""
        routes = [page.route for page in pages]
        if routes != self._routes:
            while self.count():
                self.removeTab(0)
            for page in pages:
                self.addTab(ui_text(page.title))
            self._routes = routes
        self._is_outside = route not in routes
        if not self._is_outside:
            self.setCurrentIndex(routes.index(route))
        self.setVisible(len(pages) > 1)
        self.update()

    def marked(self) -> str:
        """The route whose tab is marked; empty on a page outside the tabs."""
        return "" if self._is_outside or not self._routes else self._routes[self.currentIndex()]

    def neighbour(self, step: int) -> str:
        """The route so many tabs away, around the end; from outside the first or the last. Empty without tabs."""
        if not self._routes:
            return ""
        if self._is_outside:
            return self._routes[0 if step > 0 else -1]
        return self._routes[(self.currentIndex() + step) % len(self._routes)]

    def initStyleOption(self, option: QStyleOptionTab, tab_index: int) -> None:
        """A tab bar of Qt always has a current tab; on a page outside the tabs none of them looks it."""
        super().initStyleOption(option, tab_index)
        if self._is_outside:
            option.state &= ~QStyle.StateFlag.State_Selected

    def _on_clicked(self, index: int) -> None:
        if 0 <= index < len(self._routes):
            self.chosen.emit(self._routes[index])
