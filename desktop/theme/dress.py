"""Puts a theme on the application: Fusion underneath, a palette, and our style sheet with the tokens filled in."""

from __future__ import annotations

import re
from dataclasses import asdict

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from core.paths import resource
from desktop.theme import fonts
from desktop.theme import tokens as t
from desktop.theme.tokens import DARK, LIGHT, Theme


class Themes(QObject):
    """The theme in force and the news of its change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.current: Theme = LIGHT


themes = Themes()


def theme() -> Theme:
    """The tokens in force. Ask while painting; never keep."""
    return themes.current


def apply_theme(app: QApplication, name: str = "system", text_scale: float = 1.0) -> Theme:
    """Dress the application in "light", "dark" or what the "system" wears; text may be scaled 0.9 to 1.5."""
    chosen = _chosen(app, name)
    fonts.set_text_scale(text_scale)
    themes.current = chosen
    app.setStyle("Fusion")
    app.setFont(fonts.text_font())
    app.setPalette(_palette(chosen))
    app.setStyleSheet(style_sheet(chosen))
    themes.changed.emit()
    return chosen


def _chosen(app: QApplication, name: str) -> Theme:
    if name == "system":
        name = "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
    return DARK if name == "dark" else LIGHT


def style_sheet(chosen: Theme) -> str:
    """Our style sheet with `@token` replaced; an unknown token is a KeyError, so a slip shows at once.

    `@{h30}` is a height of 30 pixels that grows with the person's size of text.
    """
    sizes = {
        "text_px": fonts.text_px(t.TEXT_PX),
        "small_px": fonts.text_px(t.SMALL_PX),
        "large_px": fonts.text_px(t.LARGE_PX),
        "title_px": fonts.text_px(t.TITLE_PX),
        "figure_px": fonts.text_px(t.FIGURE_PX),
        "radius": t.RADIUS,
        "styles": resource("styles").as_posix(),
    }
    values = {**asdict(chosen), **{key: str(size) for key, size in sizes.items()}}
    content = "\n".join(
        resource("styles", f"{sheet}.qss").read_text(encoding="utf-8") for sheet in ("steward", "shell")
    )
    content = re.sub(r"@\{h(\d+)\}", lambda found: str(fonts.text_px(int(found.group(1)))), content)
    return re.sub(r"@\{?([a-z_]+)\}?", lambda found: values[found.group(1)], content)


def _palette(chosen: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    pairs = {
        role.Window: chosen.window,
        role.WindowText: chosen.text,
        role.Base: chosen.surface,
        role.AlternateBase: chosen.window,
        role.Text: chosen.text,
        role.Button: chosen.surface,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.danger,
        role.ToolTipBase: chosen.raised,
        role.ToolTipText: chosen.text,
        role.PlaceholderText: chosen.muted,
        role.Highlight: chosen.selection,
        role.HighlightedText: chosen.text,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.Light: chosen.raised,
        role.Midlight: chosen.line,
        role.Mid: chosen.line,
        role.Dark: chosen.edge,
        role.Shadow: chosen.shadow,
        role.Accent: chosen.accent,
    }
    for where, colour in pairs.items():
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(chosen.faint))
    return palette
