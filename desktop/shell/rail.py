"""The rail at the left: at most ten places, each with icon and word."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.shell.parts import known_icon
from desktop.shell.registry import Place
from desktop.theme import icon, theme, themes
from desktop.widgets import restyle, ui_text

WIDTH = 88
BUTTON_HEIGHT = 60
COMPACT_HEIGHT = 38
ICON, SMALL_ICON = QSize(24, 24), QSize(18, 18)


class Rail(QFrame):
    """The places a person may go to; Alt+1 to Alt+0 reach them too."""

    chosen = Signal(str)

    def __init__(self, places: list[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(0)
        for number, place in enumerate(places, start=1):
            button = self._make_button(place, number)
            group.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)
        themes.changed.connect(self._draw_icons)
        self._draw_icons()

    def mark(self, place_id: str) -> None:
        """Show which place the page belongs to."""
        button = self._buttons.get(place_id)
        if button is not None:
            button.setChecked(True)
        self._draw_icons()

    @property
    def place_ids(self) -> list[str]:
        """The places drawn, from the top."""
        return list(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the same words stand under smaller icons, closer together."""
        super().resizeEvent(event)
        is_low = self.height() < BUTTON_HEIGHT * len(self._buttons)
        for button in self._buttons.values():
            if button.property("compact") != is_low:
                button.setProperty("compact", is_low)
                button.setIconSize(SMALL_ICON if is_low else ICON)
                restyle(button)

    def _make_button(self, place: Place, number: int) -> QToolButton:
        button = QToolButton()
        words = ui_text(place.title)
        button.setText(words)
        button.setToolTip(f"{words}\nAlt+{number % 10}")
        button.setAccessibleName(words)
        button.setObjectName("rail_button")
        button.setCheckable(True)
        button.setAutoExclusive(False)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(ICON)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        button.setMaximumHeight(BUTTON_HEIGHT)
        button.setMinimumHeight(COMPACT_HEIGHT)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(place.id))
        self._buttons[place.id] = button
        self._icons[place.id] = known_icon(place.icon)
        return button

    def _draw_icons(self) -> None:
        for place_id, button in self._buttons.items():
            button.setIcon(icon(self._icons[place_id], theme().accent if button.isChecked() else theme().muted))
