"""The bar on top: back, where we are, search or scan, the bell, the person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from core.i18n import Text, _
from desktop.theme import icon, themes
from desktop.widgets import Button, Label, restyle, ui_text

HEIGHT = 48
SEARCH_WIDTH = 360
DETAIL_WIDTH = 240


class SearchBox(QLineEdit):
    """Search or scan. Ctrl+K comes here from anywhere; the keys for the list below go on to the palette."""

    opened = Signal()
    closed = Signal()
    moved = Signal(int)
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = ui_text(_("Search or scan…"))
        self.setObjectName("search_box")
        self.setPlaceholderText(f"{words}  (Ctrl+K)")
        self.setAccessibleName(words)
        self.setMinimumWidth(160)
        self.setMaximumWidth(SEARCH_WIDTH)
        self.setMaxLength(5000)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._search_action = QAction(self)
        self.addAction(self._search_action, QLineEdit.ActionPosition.LeadingPosition)
        self._draw_icon()
        themes.changed.connect(self._draw_icon)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}.get(
            Qt.Key(event.key())
        )
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.opened.emit()

    def _draw_icon(self) -> None:
        self._search_action.setIcon(icon("search"))


class TopBar(QFrame):
    """Breadcrumb at the left, search in the middle, bell and person at the right."""

    back_pressed = Signal()
    place_pressed = Signal()
    page_pressed = Signal()
    bell_pressed = Signal()

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(HEIGHT)
        self.search = SearchBox()
        self.menu = QMenu(self)
        self.back_button = Button(
            _("Back"), self.back_pressed.emit, icon_name="chevron-left", kind="icon", key="Alt+Left"
        )
        self._place = self._crumb(self.place_pressed.emit)
        self._page = self._crumb(self.page_pressed.emit)
        self._arrow = Label("›", "muted")
        self._detail_arrow = Label("›", "muted")
        self._detail = Label("", "muted", elide=True)
        self._detail.setContentsMargins(6, 0, 0, 0)
        self._bell = QPushButton("0")
        self._bell.setProperty("kind", "quiet")
        self._bell.clicked.connect(lambda: self.bell_pressed.emit())
        self._user = QPushButton(person)
        self._user.setObjectName("user_button")
        self._user.setProperty("kind", "quiet")
        self._user.setMenu(self.menu)
        self._user.setAccessibleName(ui_text(_("User menu")))
        self._lay_out()
        self.show_bell(None)
        self._draw_icons()
        themes.changed.connect(self._draw_icons)

    def show_where(self, place: str, page: str, detail: str, can_go_back: bool) -> None:
        """The breadcrumb: place, page, and what is open in the page."""
        self._place.setText(place)
        self._page.setText(page)
        self._detail.setText(detail)
        self._detail.setMinimumWidth(min(self._detail.fontMetrics().horizontalAdvance(detail) + 14, DETAIL_WIDTH))
        for widget in (self._detail, self._detail_arrow):
            widget.setVisible(bool(detail))
        has_page = bool(page) and page != place
        self._page.setVisible(has_page)
        self._arrow.setVisible(has_page)
        self.back_button.setEnabled(can_go_back)

    def show_bell(self, count: int | None) -> None:
        """How many alerts wait; None hides the bell."""
        self._bell.setVisible(count is not None)
        self._bell.setText(str(count or 0) if (count or 0) < 100 else "99+")
        self._bell.setProperty("waiting", bool(count))
        words = ui_text(_("Alerts: {count}", count=count or 0))
        self._bell.setAccessibleName(words)
        self._bell.setToolTip(words)
        restyle(self._bell)

    def open_user_menu(self) -> None:
        """Drop the person's menu down."""
        self.menu.popup(self._user.mapToGlobal(QPoint(0, self._user.height())))

    def add_menu_line(
        self, text: Text, icon_name: str, run: Callable[[], object], key: str = "", checked: bool | None = None
    ) -> QAction:
        """A line of the person's menu."""
        action = QAction(icon(icon_name), ui_text(text), self.menu)
        if key:
            action.setText(f"{action.text()}\t{key}")
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        action.triggered.connect(lambda _checked=False: run())
        self.menu.addAction(action)
        return action

    def _crumb(self, pressed: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.setObjectName("crumb")
        button.setProperty("kind", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked=False: pressed())
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(2)
        for widget in (self.back_button, self._place, self._arrow, self._page, self._detail_arrow):
            layout.addWidget(widget)
        layout.addWidget(self._detail, 1)
        layout.addStretch(1)
        layout.addWidget(self.search, 3)
        layout.addStretch(1)
        layout.addWidget(self._bell)
        layout.addWidget(self._user)

    def _draw_icons(self) -> None:
        self._bell.setIcon(icon("bell"))
        self._user.setIcon(icon("user"))
