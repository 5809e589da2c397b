"""One font for window, paper and label: Noto Sans SC, with figures that stand under each other."""

from __future__ import annotations

import math
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QFontMetricsF, QTextLayout, QTextOption

from core.paths import resource
from desktop.theme.tokens import ROW_HEIGHT, TEXT_PX

FAMILY = "Noto Sans SC"
_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_scale = 1.0


@cache
def load_fonts() -> tuple[str, ...]:
    """Make the shipped fonts known to Qt, once. Returns the families to ask for, best first."""
    families: list[str] = []
    for name in _FILES:
        file = resource("fonts", name)
        if file.is_file():
            families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    fallback = ["Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei"]
    return tuple(dict.fromkeys([*families, *fallback]))


def set_text_scale(scale: float) -> None:
    """Text larger or smaller than usual, 0.9 to 1.5, for the person's eyes; the screen's own scaling comes on top."""
    global _scale
    _scale = min(max(scale, 0.9), 1.5)


def text_px(px: int = TEXT_PX) -> int:
    """A size of text in pixels, with the person's scale."""
    return round(px * _scale)


def row_height() -> int:
    """The height of a row of a table at the person's size of text."""
    return max(ROW_HEIGHT, text_px(ROW_HEIGHT))


def text_font(px: int = TEXT_PX, bold: bool = False) -> QFont:
    """The font at a size, with tabular figures: digits of equal width."""
    font = QFont(list(load_fonts()))
    font.setPixelSize(text_px(px))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def fit_font(text: str, width: int, px: int, bold: bool = False, least_px: int = 12) -> QFont:
    """The largest font up to `px` in which `text` fits `width` pixels, not below `least_px`."""
    font = text_font(px, bold)
    while px > least_px and QFontMetrics(font).horizontalAdvance(text) > width:
        px -= 1
        font = text_font(px, bold)
    return font


def fit_lines(text: str, width: int, px: int, most: int = 2, least_px: int = 12) -> tuple[QFont, list[str]]:
    """A bold font up to `px` and the lines of `text` in it: it gets smaller before a line more or a broken word, and ends
    in an ellipsis."""
    font = text_font(px, bold=True)
    lines = _broken(text, font, width)
    while (len(lines) > most or _widest_word(text, font) > width) and px > least_px:
        px -= 1
        font = text_font(px, bold=True)
        lines = _broken(text, font, width)
    if len(lines) <= most:
        return font, lines
    kept = lines[: most - 1]
    rest = text[len("".join(kept)) :].strip()
    return font, [*kept, QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def _widest_word(text: str, font: QFont) -> int:
    """The width of the widest word that must not be broken; Chinese may be broken anywhere."""
    metrics = QFontMetricsF(font)
    # The layout that breaks lines counts in fractions and a side bearing more than the metrics do.
    return max((math.ceil(metrics.horizontalAdvance(word)) + 1 for word in text.split() if word.isascii()), default=0)


def _broken(text: str, font: QFont, width: int) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines
