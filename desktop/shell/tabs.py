"""The pages of the present place, side by side under the top bar; what does not fit stands behind “More”."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Signal
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionTab, QTabBar, QWidget

from core.i18n import _
from desktop.shell.registry import Page
from desktop.theme import icon
from desktop.widgets import ui_text

DOWN = " \N{BLACK DOWN-POINTING SMALL TRIANGLE}"


class PlaceTabs(QTabBar):
    """Drawn only when a place has more than one page; Ctrl+Page Down goes to the next, seen or not.

    The pages stand in the order they were registered in, the daily ones first. When the window is too narrow for all,
    the last tab is a menu of the rest; it bears the name of the page on show when that is one of the rest.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("place_tabs")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self._pages: list[Page] = []
        self._route = ""
        self._seen = 0
        self._wide: list[int] = []
        self.more_menu = QMenu(self)
        self.more_menu.aboutToShow.connect(self._fill_menu)
        self.more_menu.aboutToHide.connect(self._fit)
        self.tabBarClicked.connect(self._on_clicked)

    def show_pages(self, pages: list[Page], route: str) -> None:
        """The pages of the place, with the present one marked (none, when a page outside the tabs is open)."""
        self._route = route
        if [page.route for page in pages] != self._routes:
            self._pages = list(pages)
            self._measure()
        self._fit()
        self.setVisible(len(pages) > 1)

    def marked(self) -> str:
        """The route that is marked; empty on a page outside the tabs."""
        return self._route if self._route in self._routes else ""

    def hidden_routes(self) -> list[str]:
        """The pages behind “More”."""
        return self._routes[self._seen :]

    def neighbour(self, step: int) -> str:
        """The route so many pages away, around the end; from outside the first or the last. Empty without pages."""
        routes = self._routes
        if not routes:
            return ""
        if not self.marked():
            return routes[0 if step > 0 else -1]
        return routes[(routes.index(self._route) + step) % len(routes)]

    def initStyleOption(self, option: QStyleOptionTab, tab_index: int) -> None:
        """A tab bar of Qt always has a current tab; on a page outside the tabs none of them looks it."""
        super().initStyleOption(option, tab_index)
        if not self.marked():
            option.state &= ~QStyle.StateFlag.State_Selected

    def minimumSizeHint(self) -> QSize:
        """As narrow as the window: what does not fit goes behind “More”."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._pages:
            self._measure()
            self._fit()

    @property
    def _routes(self) -> list[str]:
        return [page.route for page in self._pages]

    def _measure(self) -> None:
        """The width of every tab, were all of them there; the one of a marked tab is bold."""
        self._retab([ui_text(page.title) for page in self._pages])
        bold = self.font()
        bold.setBold(True)
        plain, strong = QFontMetrics(self.font()), QFontMetrics(bold)
        self._wide = []
        for at in range(self.count()):
            words = self.tabText(at)
            spare = max(strong.horizontalAdvance(words) - plain.horizontalAdvance(words), 0)
            self._wide.append(self.tabSizeHint(at).width() + spare)
        self._seen = len(self._pages)

    def _fit(self) -> None:
        """Show as many as there is room for."""
        if not self._pages:
            self._retab([])
            return
        seen = self._fitting()
        titles = [ui_text(page.title) for page in self._pages]
        at = self._routes.index(self._route) if self.marked() else -1
        more = [] if seen == len(titles) else [(titles[at] if at >= seen else ui_text(_("More"))) + DOWN]
        self._seen = seen
        self._retab(titles[:seen] + more)
        if at >= 0:
            self.setCurrentIndex(min(at, seen))
        self.update()

    def _fitting(self) -> int:
        room = self.width()
        if sum(self._wide) <= room:
            return len(self._wide)
        words = [ui_text(_("More")), *(ui_text(page.title) for page in self._pages)]
        room -= max(QFontMetrics(self.font()).horizontalAdvance(one) for one in words) + 48
        seen = 0
        while seen < len(self._wide) - 1 and sum(self._wide[: seen + 1]) <= room:
            seen += 1
        return seen

    def _retab(self, titles: list[str]) -> None:
        while self.count() > len(titles):
            self.removeTab(self.count() - 1)
        for at, words in enumerate(titles):
            if at == self.count():
                self.addTab(words)
            elif self.tabText(at) != words:
                self.setTabText(at, words)

    def _fill_menu(self) -> None:
        self.more_menu.clear()
        for page in self._pages[self._seen :]:
            action = QAction(icon(page.icon) if page.icon else icon("file"), ui_text(page.title), self.more_menu)
            action.setCheckable(page.route == self._route)
            action.setChecked(page.route == self._route)
            action.triggered.connect(lambda _on=False, route=page.route: self.chosen.emit(route))
            self.more_menu.addAction(action)

    def _on_clicked(self, index: int) -> None:
        if 0 <= index < self._seen:
            self.chosen.emit(self._pages[index].route)
        elif index == self._seen < len(self._pages):
            self.more_menu.popup(self.mapToGlobal(QPoint(self.tabRect(index).left(), self.height())))
