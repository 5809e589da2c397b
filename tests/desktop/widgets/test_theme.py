"""The two themes: readable, complete, and the same for everything."""

from __future__ import annotations

import re
from dataclasses import fields
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QPushButton

from core.paths import resource
from desktop.theme import (
    DARK,
    LIGHT,
    MEANING_ICONS,
    Meaning,
    Theme,
    apply_theme,
    contrast,
    icon,
    icon_names,
    icon_pixmap,
    text_font,
    theme,
)
from desktop.theme.dress import style_sheet

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
WANTED = [
    "today",
    "stock",
    "purchasing",
    "kitchen",
    "orders",
    "roster",
    "repairs",
    "month-end",
    "reports",
    "settings",
    "search",
    "scan",
    "plus",
    "undo",
    "print",
    "export",
    "import",
    "filter",
    "refresh",
    "close",
    "check",
    "warning",
    "info",
    "error",
    "user",
    "lock",
    "bell",
    "clock",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "chevron-down",
    "trash",
    "edit",
    "photo",
    "lot",
    "location",
    "transfer",
    "receive",
    "waste",
    "count",
    "reason-expired",
    "reason-spoiled",
    "reason-over-prepped",
    "reason-cooking-error",
    "reason-dropped",
    "reason-customer-return",
    "reason-quality",
    "reason-staff-meal",
    "reason-other",
]


def test_contrast_is_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_words_reach_aa_on_every_ground_they_stand_on(look: Theme) -> None:
    pairs = [
        (ink, ground)
        for ink in (look.text, look.muted)
        for ground in (look.window, look.surface, look.sunken, look.raised, look.hover)
    ]
    pairs += [(look.text, look.selection), (look.muted, look.selection), (look.on_accent, look.accent)]
    pairs += [(look.on_accent, look.accent_hover), (look.on_accent, look.accent_press)]
    pairs += [(look.ink(meaning), look.wash(meaning)) for meaning in Meaning]
    pairs += [(look.ink(meaning), ground) for meaning in Meaning for ground in (look.window, look.surface, look.raised)]
    pairs += [(look.text, look.wash(meaning)) for meaning in Meaning]
    wrong = [f"{ink} on {ground}: {contrast(ink, ground):.2f}" for ink, ground in pairs if contrast(ink, ground) < 4.5]
    assert not wrong


@THEMES
def test_edges_of_fields_and_marks_can_be_seen(look: Theme) -> None:
    for ground in (look.window, look.surface):
        assert contrast(look.edge, ground) >= 3
        assert contrast(look.accent, ground) >= 3
        assert contrast(look.danger, ground) >= 3


def test_every_meaning_has_an_icon() -> None:
    assert set(MEANING_ICONS) == set(Meaning)
    assert set(MEANING_ICONS.values()) <= set(icon_names())


@THEMES
def test_the_style_sheet_knows_every_token_it_names(look: Theme) -> None:
    made = style_sheet(look)
    assert "@" not in made.replace("at sign", "")
    files = re.findall(r'url\("([^"]+)"\)', made)
    assert files
    assert all(
        resource("styles").as_posix() in file and resource(*file.split("/resources/")[-1].split("/")).is_file()
        for file in files
    )


def test_small_drawings_wear_the_colours_of_their_theme() -> None:
    for look in (LIGHT, DARK):
        assert look.on_accent in resource("styles", look.name, "check.svg").read_text()
        assert look.muted in resource("styles", look.name, "down.svg").read_text()


def test_the_icons_that_are_needed_are_there() -> None:
    assert set(WANTED) <= set(icon_names())


@pytest.mark.parametrize("name", icon_names())
def test_icons_are_line_drawings_on_one_grid(name: str) -> None:
    content = resource("icons", f"{name}.svg").read_text()
    root = ElementTree.fromstring(content)
    assert root.attrib["viewBox"] == "0 0 24 24"
    assert root.attrib["stroke"] == "currentColor"
    assert root.attrib["stroke-width"] == "1.75"
    assert not re.search(r"#[0-9a-fA-F]{3,6}", content), "icons take their colour from the theme"


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    image = icon_pixmap("plus", 24, "#ff0000").toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).name() == "#ff0000"
    assert not icon("stock").isNull()


def test_figures_stand_under_each_other(qapp: QApplication) -> None:
    metrics = QFontMetricsF(text_font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_the_font_is_the_one_we_ship(qapp: QApplication) -> None:
    assert QFontInfo(text_font()).family() == "Noto Sans SC"


def test_a_change_of_theme_reaches_everything(qapp: QApplication) -> None:
    button = QPushButton("x")
    apply_theme(qapp, "dark")
    assert theme() is DARK
    assert qapp.palette().window().color() == QColor(DARK.window)
    assert DARK.accent in qapp.styleSheet()
    apply_theme(qapp, "light", 1.25)
    assert theme() is LIGHT
    assert qapp.font().pixelSize() == 18
    apply_theme(qapp, "light")
    button.deleteLater()


def test_tokens_are_colours() -> None:
    for look in (LIGHT, DARK):
        for one in fields(look):
            if one.name != "name":
                assert re.fullmatch(r"#[0-9a-f]{6}", getattr(look, one.name)), one.name
