"""Breaking words into lines, and what happens to characters no font has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.paper.text import REPLACEMENT, Style, clean, fit, runs, width_of, wrap

STYLE = Style(9)
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("中文，。（）《》 -/12ab\n")), max_size=120)


def bare(text: str) -> str:
    return "".join(text.split())


@given(TEXTS, st.floats(20, 200), st.booleans())
def test_wrapping_loses_no_character_and_keeps_to_the_width(text: str, width: float, bold: bool) -> None:
    style = Style(9, bold)
    lines = wrap(text, style, width)
    assert bare("".join(lines)) == bare(clean(text))
    assert all(width_of(line, style) <= width + 0.1 for line in lines)


@given(TEXTS)
def test_a_line_that_is_made_to_fit_fits(text: str) -> None:
    line, style = fit(text, STYLE, 60)
    assert width_of(line, style) <= 60.1


def test_closing_signs_do_not_begin_a_line_nor_opening_ones_end_it() -> None:
    text = "五常大米（每袋五公斤），产地黑龙江省五常市。净含量见包装，请在阴凉处保存。"
    for width in range(30, 160, 3):
        lines = wrap(text, STYLE, width)
        assert not any(line[0] in "，。）" for line in lines)
        assert not any(line.endswith("（") for line in lines)


def test_words_break_at_spaces_and_codes_stay_whole() -> None:
    assert wrap("Anchor whipping cream", STYLE, 60) == ["Anchor", "whipping", "cream"]
    assert wrap("见 DRY-001-A", STYLE, width_of("DRY-001-A", STYLE)) == ["见", "DRY-001-A"]


def test_a_word_wider_than_the_line_is_broken() -> None:
    assert len(wrap("W" * 100, STYLE, 50)) > 10


def test_characters_no_font_has_are_shown_as_a_mark() -> None:
    assert clean("🍅 番茄") == f"{REPLACEMENT} 番茄"
    assert clean("a\x00b\ud800c") == f"a{REPLACEMENT}b{REPLACEMENT}c"
    assert clean("👨\u200d👩\ufe0f") == REPLACEMENT * 2


def test_markup_is_text() -> None:
    assert clean("<b>&amp;</b>") == "<b>&amp;</b>"


def test_decomposed_letters_are_composed() -> None:
    assert clean("A\u030aker") == "Åker"


def test_a_rare_character_in_bold_words_is_drawn_in_regular() -> None:
    assert runs("王龔", Style(9, bold=True)) == [(True, "王"), (False, "龔")]


@pytest.mark.parametrize("char", ["𠮷", "🍅", "ع", "ไ", "\x00", "\x07", "\x1b", "\ud800", "\U0010ffff"])
@pytest.mark.parametrize("bold", [False, True])
def test_what_no_font_has_never_vanishes(char: str, bold: bool) -> None:
    words = f"A{char}B"
    shown = clean(words)
    assert shown == f"A{REPLACEMENT}B" or shown == words
    assert "".join(wrap(words, Style(9, bold), 200)) == shown
    assert width_of(shown, Style(9, bold)) > width_of("AB", Style(9, bold))
