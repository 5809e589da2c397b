"""The pages of the present place, side by side under the top bar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QWidget

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
        self.setCurrentIndex(routes.index(route) if route in routes else -1)
        self.setVisible(len(pages) > 1)

    def neighbour(self, step: int) -> str:
        """The route so many tabs away, around the end; empty when there are no tabs."""
        if not self._routes:
            return ""
        return self._routes[(self.currentIndex() + step) % len(self._routes)]

    def _on_clicked(self, index: int) -> None:
        if 0 <= index < len(self._routes):
            self.chosen.emit(self._routes[index])
