"""Line icons: one SVG each in resources/icons, drawn in the colour asked for at the screen's own density."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.paths import resource
from desktop.theme.dress import theme
from desktop.theme.tokens import Meaning

_SIZES = (16, 20, 24, 32)


@cache
def icon_names() -> tuple[str, ...]:
    """Every icon there is, by name."""
    return tuple(sorted(file.stem for file in resource("icons").glob("*.svg")))


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int, density: float) -> QPixmap:
    pixmap = QPixmap(round(size * density), round(size * density))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


def icon_pixmap(name: str, size: int = 20, colour: str | Meaning | None = None) -> QPixmap:
    """One icon as a picture of `size` logical pixels. The colour is the theme's text colour unless given."""
    return _drawn(name, _colour(colour), size, _density())


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: str | Meaning | None = None) -> None:
    """Draw an icon into a rectangle of any size."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, _colour(colour)).render(painter, rect)
    painter.restore()


def icon(name: str, colour: str | Meaning | None = None) -> QIcon:
    """An icon for a button or an action, grey when disabled, in the colours of the theme now in force."""
    made = QIcon()
    density = _density()
    for size in _SIZES:
        made.addPixmap(_drawn(name, _colour(colour), size, density), QIcon.Mode.Normal)
        made.addPixmap(_drawn(name, theme().faint, size, density), QIcon.Mode.Disabled)
    return made


def _colour(colour: str | Meaning | None) -> str:
    if colour is None:
        return theme().text
    return theme().ink(colour) if isinstance(colour, Meaning) else colour


def _density() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
