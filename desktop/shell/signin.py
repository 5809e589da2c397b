"""Signing in: tiles of the people, a password or PIN, a badge. The same page is the lock screen over an open frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.i18n import Text, _, verbatim
from desktop.shell.parts import column, row
from desktop.theme import text_font, theme
from desktop.theme.tokens import LARGE_PX
from desktop.widgets import Button, Label, scrolled, ui_text

if TYPE_CHECKING:
    from core.devices import Scan

COLUMNS = 3
MOST_ROWS = 4
TILE = QSize(208, 60)
CARD_WIDTH = 720


@dataclass(frozen=True)
class Credentials:
    """What somebody signs in with. Kind: password, pin or badge; with a badge `name` is its code, `secret` the PIN."""

    kind: str
    name: str
    secret: str


@dataclass(frozen=True)
class Tile:
    """A person to pick."""

    name: str
    has_pin: bool
    has_password: bool = True


class TileButton(QAbstractButton):
    """A person: first letter in a round, name beside it."""

    def __init__(self, tile: Tile) -> None:
        super().__init__()
        self.tile = tile
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(tile.name)
        self.setAccessibleName(tile.name)
        self.setFixedHeight(TILE.height())
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return TILE

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.isChecked()
        painter.setBrush(QColor(t.accent_soft if marked else t.hover if self.underMouse() else t.surface))
        has_edge = marked or self.hasFocus()
        painter.setPen(QColor(t.accent if has_edge else t.line))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        round_rect = QRectF(12, self.height() / 2 - 18, 36, 36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent if marked else t.sunken))
        painter.drawEllipse(round_rect)
        painter.setPen(QColor(t.on_accent if marked else t.text))
        painter.setFont(text_font(LARGE_PX, bold=True))
        painter.drawText(round_rect, Qt.AlignmentFlag.AlignCenter, self.tile.name[:1].upper())
        painter.setFont(text_font())
        painter.setPen(QColor(t.text))
        body = self.rect().adjusted(60, 0, -8, 0)
        name = painter.fontMetrics().elidedText(self.tile.name, Qt.TextElideMode.ElideRight, body.width())
        painter.drawText(body, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


class SignInStage(QWidget):
    """Who is there? `signed` carries the credentials; the answer comes by `show_error` or by leaving this stage."""

    tried = Signal(object)
    other_site_pressed = Signal()
    language_pressed = Signal()
    theme_pressed = Signal()
    switch_pressed = Signal()

    def __init__(
        self, site_name: str, people: list[Tile], chosen: str = "", *, is_lock: bool = False, pin_first: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setObjectName("sign_in")
        self._pin_first = pin_first
        self._kind = "password"
        self._name = ""
        self._badge = ""
        self._tiles = [TileButton(tile) for tile in people]
        self._scroll = QScrollArea()
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setContentsMargins(0, 0, 4, 0)
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)
        self._find = QLineEdit()
        self._find.setPlaceholderText(ui_text(_("Scan a badge, or type a name")))
        self._find.setAccessibleName(ui_text(_("Badge or name")))
        self._find.setMaxLength(200)
        self._secret = QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.setMaxLength(200)
        self._secret.setProperty("wide", True)
        self._error = Label("", "error", wrap=True)
        self._error.setMinimumHeight(20)
        self._who = Label("", "heading")
        self._other_way = Button("", self._swap_kind, kind="link")
        self._go = Button(_("Unlock") if is_lock else _("Sign in"), self._try, kind="primary")
        self._lay_out(site_name, is_lock)
        self._connect()
        self.choose(chosen or (people[0].name if len(people) == 1 else ""))

    # -- seen from outside

    @property
    def error_words(self) -> str:
        """The sentence on show."""
        return self._error.text()

    @property
    def chosen(self) -> str:
        """The person picked."""
        return self._name

    def show_people(self, people: Iterable[Tile]) -> None:
        """The people as they are now; who was picked stays picked."""
        fresh = list(people)
        if fresh == [tile.tile for tile in self._tiles]:
            return
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = [TileButton(tile) for tile in fresh]
        self._place_tiles()
        if self._name and not self._secret.text():
            self.choose(self._name)

    def choose(self, name: str) -> None:
        """Pick a person and go on to the password or PIN."""
        tile = next((tile for tile in self._tiles if tile.tile.name == name), None)
        self._badge = ""
        self._name = name if tile is not None else ""
        for one in self._tiles:
            one.setChecked(one is tile)
        use_pin = tile is not None and tile.tile.has_pin and (self._pin_first or not tile.tile.has_password)
        self._ask_kind("pin" if use_pin else "password")
        (self._secret if self._name else self._find).setFocus()

    def scan(self, scan: Scan) -> None:
        """A badge was scanned, wherever the keyboard is; what stands in the fields gives way."""
        from core.devices import badge_of

        if self._secret.isReadOnly():
            return
        self._find.clear()
        self._on_find("")
        self._take_badge(badge_of(scan))

    def show_error(self, text: Text) -> None:
        """Say why it failed; the name stays, the secret goes."""
        self._set_busy(False)
        self._error.set_words(text)
        self._secret.clear()
        self._secret.setFocus()

    # -- inside

    def _lay_out(self, site_name: str, is_lock: bool) -> None:
        title = Label(site_name, "title", wrap=True)
        sub = Label(_("Locked. What was open stays as it is.") if is_lock else _("Who is there?"), "muted")
        tiles = QWidget()
        tiles.setLayout(self._grid)
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setWidget(tiles)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place_tiles()
        secret = row(self._secret, self._go)
        self._go.setFixedHeight(40)
        body = column(title, sub, self._find, scroll, spacing=12, margins=(32, 28, 32, 24))
        body.addLayout(row(self._who, 1, self._other_way))
        body.addLayout(secret)
        body.addWidget(self._error)
        card = QFrame()
        card.setProperty("role", "card")
        card.setLayout(body)
        card.setFixedWidth(CARD_WIDTH)
        switch = Button(_("Switch user"), self.switch_pressed.emit, kind="link", icon_name="user")
        other = Button(_("Other site"), self.other_site_pressed.emit, kind="link")
        switch.setVisible(is_lock)
        other.setVisible(not is_lock)
        language = Button(verbatim("中文 / English"), self.language_pressed.emit, kind="link", icon_name="language")
        look = Button(_("Light or dark"), self.theme_pressed.emit, kind="link", icon_name="moon")
        foot = QWidget()
        foot.setFixedWidth(CARD_WIDTH)
        foot.setLayout(row(other, switch, 1, look, language))
        middle = QWidget()
        outer = QVBoxLayout(middle)
        outer.addStretch(2)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(foot, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(middle))

    def _place_tiles(self) -> None:
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // COLUMNS, place % COLUMNS)
            tile.clicked.connect(lambda _checked=False, tile=tile: self.choose(tile.tile.name))
        rows = -(-len(self._tiles) // COLUMNS)
        self._scroll.setFixedHeight(min(max(rows, 1), MOST_ROWS) * (TILE.height() + 8))

    def _connect(self) -> None:
        self._find.textEdited.connect(self._on_find)
        self._find.returnPressed.connect(self._on_find_entered)
        self._find.installEventFilter(self)
        self._secret.returnPressed.connect(self._try)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._find and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            visible = [tile for tile in self._tiles if tile.isVisible()]
            if event.key() == Qt.Key.Key_Down and visible:
                visible[0].setFocus()
                return True
        return False

    def _on_find(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        for tile in self._tiles:
            tile.setVisible(wanted in tile.tile.name.casefold())
        if not any(not tile.isHidden() for tile in self._tiles):
            for tile in self._tiles:
                tile.show()

    def _on_find_entered(self) -> None:
        typed = self._find.text().strip()
        if not typed:
            return
        wanted = typed.casefold()
        fitting = [tile for tile in self._tiles if wanted in tile.tile.name.casefold()]
        exact = [tile for tile in fitting if tile.tile.name.casefold() == wanted]
        if exact or len(fitting) == 1:
            self.choose((exact or fitting)[0].tile.name)
        elif not fitting:
            self._take_badge(typed)
        self._find.clear()
        self._on_find("")

    def _take_badge(self, code: str) -> None:
        self.choose("")
        self._badge = code
        self._ask_kind("badge")
        self._secret.setFocus()

    def _ask_kind(self, kind: str) -> None:
        self._kind = kind
        self._error.set_words("")
        has_both = any(one.tile.has_pin and one.tile.has_password for one in self._tiles if one.tile.name == self._name)
        asked = _("Password") if kind == "password" else _("PIN")
        who = self._name or (_("Badge read") if kind == "badge" else _("Pick a person"))
        self._who.set_words(who)
        self._secret.setPlaceholderText(ui_text(asked))
        self._secret.setAccessibleName(ui_text(asked))
        self._other_way.set_words(_("Use PIN") if kind == "password" else _("Use password"))
        self._other_way.setVisible(has_both and kind != "badge")
        is_ready = bool(self._name) or kind == "badge"
        self._secret.setEnabled(is_ready)
        self._go.setEnabled(is_ready)
        self._secret.clear()

    def _swap_kind(self) -> None:
        self._ask_kind("password" if self._kind == "pin" else "pin")
        self._secret.setFocus()

    def _try(self) -> None:
        secret = self._secret.text()
        if not secret or not self._go.isEnabled():
            return
        self._set_busy(True)
        self.tried.emit(Credentials(self._kind, self._badge or self._name, secret))

    def _set_busy(self, is_busy: bool) -> None:
        self._go.setEnabled(not is_busy)
        self._secret.setReadOnly(is_busy)
