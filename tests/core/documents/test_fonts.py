"""The fonts that come with the program hold what window and paper need, and their figures stand in columns."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from core.documents.paper.text import font
from core.paths import resource

SIGNS = "ÅåÄäÖöØøÆæßÜüÉéŁłŐőŽžŠšČčĞğŞşİı€£¥$₹←↑→↓✓✔✗☐☑□■▲▼◆○●◌①⑳⁰¹²³⁴⁻₀₂½⅓─│┌┘×÷±≤≥≈−–—…‘’“”·•℃°№\ufffd"
RARE_NAMES = "䶮喆镕堃珺翀祎㛃𬱖"


def encoded(encoding: str, first: range, second: range) -> set[str]:
    found: set[str] = set()
    for lead in first:
        for trail in second:
            try:
                found.update(bytes((lead, trail)).decode(encoding))
            except UnicodeDecodeError:
                continue
    return found


def missing(bold: bool, characters: str | set[str]) -> set[str]:
    return {char for char in characters if ord(char) not in font(bold).face.charToGlyph}


def test_regular_holds_gbk() -> None:
    # The one sign of GBK that Noto Sans SC does not draw.
    assert missing(False, encoded("gbk", range(0x81, 0xFF), range(0x40, 0xFF))) == {"≒"}


def test_bold_holds_gb2312() -> None:
    assert missing(True, encoded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))) == set()


@pytest.mark.parametrize("bold", [False, True])
def test_both_hold_latin_letters_signs_and_rare_names(bold: bool) -> None:
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    assert missing(bold, latin) == set()
    assert missing(bold, SIGNS) == set()
    assert missing(bold, RARE_NAMES) == set()


@pytest.mark.parametrize("bold", [False, True])
def test_all_figures_are_equally_wide_on_paper(bold: bool) -> None:
    widths = font(bold).face.charWidths
    assert len({widths[ord(digit)] for digit in "0123456789\u2212¥"}) == 1


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_all_figures_are_equally_wide_in_a_window(qapp: QApplication, weight: str) -> None:
    raw = QRawFont(str(resource("fonts", f"NotoSansSC-{weight}.ttf")), 40)
    assert raw.isValid()
    assert raw.familyName() == "Noto Sans SC"
    advances = raw.advancesForGlyphIndexes(raw.glyphIndexesForString("0123456789"))
    assert len({round(advance.x(), 3) for advance in advances}) == 1


def test_figures_are_not_kerned_in_a_window(qapp: QApplication) -> None:
    from PySide6.QtGui import QFont, QFontDatabase

    number = QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSansSC-Regular.ttf")))
    made = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    made.setPixelSize(40)
    metrics = QFontMetricsF(made)
    widths = {round(metrics.horizontalAdvance(a + b), 3) for a in "0123456789" for b in "0123456789"}
    assert len(widths) == 1


def test_the_licence_lies_beside_the_fonts() -> None:
    text = resource("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert text.count("Adobe") >= 2
