"""Barcodes as they are drawn: whole dots, quiet zones, refused with the size that would fit, never shrunk or bent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import labels
from core.gtin import check_digit
from core.labels import LabelPage, Symbol
from tests.core.labels.samples import EAN, code, content_of, drawn, inked, layout_of

GS1 = "(01)06901234567892(10)AB12(17)271231"
GOOD = (
    ("ean13", EAN), ("ean8", "96385074"), ("upca", "036000291452"), ("itf14", "16901234567899"),
    ("code128", "AB-12 x%"), ("gs1-128", "(01)06901234567892(10)AB"), ("qr", "小白菜 1"), ("datamatrix", "AB-12"),
    ("gs1-datamatrix", GS1),
)  # fmt: skip
QUIET = {"ean13": (11, 7), "ean8": (7, 7), "upca": (9, 9), "itf14": (10, 10), "code128": (10, 10), "gs1-128": (10, 10)}


def _symbol(page: LabelPage) -> Symbol:
    (symbol,) = page.symbols
    return symbol


def _runs(page: LabelPage, symbol: Symbol, row: int) -> list[tuple[bool, int]]:
    """Black and white stretches of one row of a symbol."""
    picture = labels.picture_of(page).convert("L")
    line = [picture.getpixel((x, symbol.y + row)) == 0 for x in range(symbol.x, symbol.x + symbol.width)]
    runs: list[tuple[bool, int]] = []
    for black in line:
        runs = [*runs[:-1], (black, runs[-1][1] + 1)] if runs and runs[-1][0] == black else [*runs, (black, 1)]
    return runs


@pytest.mark.parametrize("dpi", (180, 203, 300, 600))
@pytest.mark.parametrize(("symbology", "text"), GOOD)
def test_every_module_is_the_same_whole_number_of_dots(symbology: str, text: str, dpi: int) -> None:
    page = labels.draw(layout_of(code(symbology=symbology, width=90, x=2), width=100), content_of(barcode=text), dpi)
    symbol = _symbol(page)
    assert symbol.module == max(1, round(0.25 * labels.DOTS_PER_MM[dpi]))
    assert labels.read_back(page) == []
    for row in range(0, symbol.height, max(1, symbol.height // 7)):
        assert all(length % symbol.module == 0 for _black, length in _runs(page, symbol, row))
    if symbology in QUIET and symbology != "itf14":  # ITF-14 has its bearer bars all along
        runs = _runs(page, symbol, symbol.height // 2)
        assert (runs[0][1], runs[-1][1]) == tuple(quiet * symbol.module for quiet in QUIET[symbology])


def test_nothing_else_stands_in_a_quiet_zone() -> None:
    page = drawn(code(symbology="ean13"), barcode=EAN)
    symbol = _symbol(page)
    assert inked(page, symbol.x, symbol.y, 11 * symbol.module, symbol.height) == 0
    assert inked(page, symbol.x + symbol.width - 7 * symbol.module, symbol.y, 7 * symbol.module, symbol.height) == 0


@pytest.mark.parametrize("dpi", (203, 300))
@pytest.mark.parametrize(("symbology", "text"), GOOD)
def test_what_does_not_fit_says_what_would(symbology: str, text: str, dpi: int) -> None:
    small = code(symbology=symbology, width=7, height=3, x=1, y=1)
    page = drawn(small, dpi, barcode=text)
    assert page.symbols == ()
    assert not page.is_printable
    trouble = page.troubles[0]
    assert (trouble.word, trouble.element) == ("too_small", 0)
    fitting = replace(small, width=trouble.width, height=trouble.height)
    assert labels.draw(layout_of(fitting, width=100), content_of(barcode=text), dpi).is_printable
    smaller = replace(fitting, width=trouble.width - 0.2)
    assert not labels.draw(layout_of(smaller, width=100), content_of(barcode=text), dpi).is_printable


def test_a_retail_code_on_a_forty_millimetre_roll_keeps_its_smallest_size() -> None:
    page = labels.draw(layout_of(code(x=0, width=40), width=40), content_of(barcode=EAN), 203)
    assert _symbol(page).width == 113 * 2
    coarse = labels.draw(layout_of(code(x=0, width=40, module=0.375), width=40), content_of(barcode=EAN), 203)
    assert coarse.troubles[0].width == pytest.approx(113 * 3 / 8, abs=0.01)


@pytest.mark.parametrize(
    ("symbology", "text", "word"),
    (
        ("ean13", "6901234567891", "not_encodable"),
        ("ean13", "690123456789", "not_encodable"),
        ("ean13", "６９０１２３４５６７８９２", "not_encodable"),
        ("itf14", "16901234567890", "not_encodable"),
        ("code128", "小白菜", "not_encodable"),
        ("code128", "A\x1dB", "not_encodable"),
        ("datamatrix", "é", "not_encodable"),
        ("gs1-128", "0106901234567892", "not_encodable"),
        ("gs1-128", "(01)06901234567891", "not_encodable"),
        ("gs1-datamatrix", "(17)27123", "not_encodable"),
        ("gs1-datamatrix", "(05)1", "not_encodable"),
        ("qr", "A" * 500, "not_encodable"),
    ),
)
def test_what_a_code_cannot_hold_is_said_and_nothing_else_drawn_for_it(symbology: str, text: str, word: str) -> None:
    page = drawn(code(symbology=symbology), barcode=text)
    assert page.symbols == ()
    assert page.troubles[0].word == word
    assert page.troubles[0].text.render("zh") != page.troubles[0].text.render("en")


def test_a_wrong_check_digit_is_never_replaced() -> None:
    page = drawn(code(symbology="ean13"), barcode="6901234567890")
    assert "2" in page.troubles[0].text.render("en")
    assert page.symbols == ()


@pytest.mark.parametrize(("module", "word"), ((0.12, "too_fine"), (0.8, "too_coarse")))
def test_a_bar_outside_the_standard_is_refused(module: float, word: str) -> None:
    assert drawn(code(symbology="ean13", module=module), barcode=EAN).troubles[0].word == word


def test_the_number_of_dots_can_be_said_itself() -> None:
    assert _symbol(drawn(code(symbology="code128", dots=3), barcode="AB-12")).module == 3


@pytest.mark.parametrize(
    ("text", "symbology"),
    (
        (EAN, "ean13"), ("96385074", "ean8"), ("16901234567899", "itf14"), ("6901234567891", "code128"),
        ("AB-12", "code128"), (GS1, "gs1-datamatrix"), ("小白菜", "qr"), ("A" * 60, "datamatrix"),
    ),
)  # fmt: skip
def test_the_right_symbology_is_found_where_the_layout_leaves_the_choice(text: str, symbology: str) -> None:
    page = drawn(code(), barcode=text)
    assert _symbol(page).symbology == symbology
    assert labels.read_back(page) == []


def test_a_matrix_fills_its_frame_with_whole_dots() -> None:
    small = _symbol(drawn(code(symbology="matrix", width=10, height=10), barcode="AB-12"))
    large = _symbol(drawn(code(symbology="matrix", width=24, height=24), barcode="AB-12"))
    assert (small.module, large.module) == (5, 13)


@pytest.mark.parametrize("turn", (90, 180, 270))
@pytest.mark.parametrize("symbology", ("ean13", "datamatrix"))
def test_a_turned_code_reads_as_well(turn: int, symbology: str) -> None:
    text = EAN if symbology == "ean13" else "AB-12"
    page = drawn(code(symbology=symbology, x=2, y=2, width=40, height=36, turn=turn), barcode=text)
    assert labels.read_back(page) == []


@given(st.text("0123456789", min_size=12, max_size=12))
def test_any_retail_number_is_read_back(digits: str) -> None:
    number = digits + check_digit(digits)
    page = drawn(code(symbology="ean13"), barcode=number)
    assert page.is_printable
    assert labels.read_back(page) == []


@given(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=14),
    st.sampled_from(["code128", "datamatrix", "qr"]),
)
def test_any_plain_text_is_read_back(text: str, symbology: str) -> None:
    page = labels.draw(layout_of(code(width=96, x=2, symbology=symbology), width=100), content_of(barcode=text), 300)
    assert page.is_printable
    assert labels.read_back(page) == []
