"""Words on labels: fitted, never lost, and harmless whatever a person typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import labels
from core.labels import LabelPage, Media, TextMark
from core.labels.rules.wrapping import ELLIPSIS, Frame, fit, wrap
from core.labels.steps.fonts import clean, glyph, width_in
from tests.core.labels.samples import code, content_of, drawn, layout_of, words
from tests.helpers.printers import print_tspl

HOSTILE = '^XA^FO0,0^FDx^FS~JA^XZ"\r\nPRINT 999\r\n\x1b@\x1dV0\x00<img src="/etc/hosts"><b>x</b>{price}\x07\x7f'
WIDTH = width_in(False)


def _texts(page: LabelPage) -> list[TextMark]:
    found: list[TextMark] = []
    for mark in page.marks:
        found += [inner for inner in getattr(mark, "marks", ()) if isinstance(inner, TextMark)]
    return found


def test_words_take_the_largest_type_that_fits() -> None:
    assert fit("牛奶", Frame(1000, 100, 40, 20), WIDTH).px == 40
    assert fit("牛奶", Frame(60, 100, 40, 20), WIDTH).px == 30
    cut = fit("有机全脂纯牛奶", Frame(60, 100, 40, 20), WIDTH)
    assert (cut.px, cut.is_cut, cut.lines[0][-1]) == (20, True, ELLIPSIS)


def test_no_sign_stands_alone_in_the_last_line() -> None:
    found = fit("有机全脂纯牛奶 利乐枕装", Frame(400, 100, 36, 20, 2), WIDTH)
    assert min(map(len, found.lines)) > 2 or len(found.lines) == 1


def test_a_closing_sign_never_begins_a_line() -> None:
    for width in range(3, 12):
        lines = wrap("小白菜（上海青），一级。大白菜！", width, WIDTH)
        assert not any(line[:1] in "），。！" for line in lines)


_ANY = st.text(st.sampled_from("牛奶有机 ab Wi1,。（）-\n"), min_size=1, max_size=80)


@given(_ANY, st.integers(30, 600), st.integers(20, 300), st.integers(1, 6))
def test_fitted_words_stay_in_their_frame_and_lose_nothing_unsaid(
    text: str, width: int, height: int, lines: int
) -> None:
    found = fit(text, Frame(width, height, 60, 20, lines), WIDTH)
    assert 20 <= found.px <= 60
    assert 1 <= len(found.lines) <= lines
    assert all(WIDTH(line) * found.px <= width + 1 or len(line) <= 2 for line in found.lines)
    if not found.is_cut:
        assert re.sub(r"\s", "", "".join(found.lines)) == re.sub(r"\s", "", text)


def test_two_hundred_hanzi_are_shortened_and_it_is_said() -> None:
    page = drawn(words(lines=2), name="龙" * 200)
    (trouble,) = page.troubles
    assert (trouble.word, trouble.is_blocking) == ("shortened", False)
    assert all(mark.px >= 20 for mark in _texts(page))
    assert _texts(page)[-1].words.endswith(ELLIPSIS)


@pytest.mark.parametrize("dpi", (203, 300))
def test_hanzi_are_never_lower_than_twenty_dots(dpi: int) -> None:
    page = drawn(words(size=1, least=0.5), dpi, name="龘")
    assert [mark.px for mark in _texts(page)] == [20]


def test_signs_no_font_has_are_shown_and_said() -> None:
    page = drawn(words(), name="牛奶 🥛 𠮷野家")
    assert [trouble.word for trouble in page.troubles] == ["missing_glyph"]
    shown = "".join(mark.words for mark in _texts(page))
    assert shown.count("\ufffd") >= 1
    assert shown.startswith("牛奶")
    picture, _left, _top = glyph("\ufffd", 24, False)
    assert picture is not None


def test_a_rare_sign_in_bold_words_is_drawn_in_regular_type() -> None:
    picture, _left, _top = glyph("镕", 24, True)
    page = drawn(words(bold=True), name="朱镕基龘")
    assert page.troubles == ()
    assert picture is not None
    assert sum(labels.picture_of(page).convert("L").histogram()[:128]) > 500


def test_invisible_signs_and_control_characters_do_no_harm() -> None:
    assert clean("a\u200bb\u202ec\ufe0f") == ("abc", False)
    assert clean("a\x00b")[0] == "a\ufffdb"
    assert clean("e\u0301") == ("é", False)


@pytest.mark.parametrize("language", ("zpl", "tspl", "escpos"))
def test_nothing_a_person_typed_stands_in_a_printers_language(language: str) -> None:
    page = drawn(words(lines=3), name=HOSTILE)
    sent = labels.encode(page, language)
    plain = labels.encode(drawn(words(lines=3), name="x"), language)
    if language == "zpl":
        assert re.findall(rb"[\^~]\w\w", sent) == re.findall(rb"[\^~]\w\w", plain)
    if language == "tspl":
        assert len(print_tspl(sent, 8)) == 1
    assert b"999" not in sent
    assert b"img" not in sent


def test_a_field_is_never_read_as_a_pattern() -> None:
    page = drawn(words(), name="{price}", price="1.00")
    assert [mark.words for mark in _texts(page)] == ["{price}"]


def test_empty_fields_leave_no_words_behind() -> None:
    page = drawn(words("产地 {origin}\n等级 {grade}\n规格 {spec}", lines=3), origin="江苏", spec="1 L")
    assert [mark.words for mark in _texts(page)] == ["产地 江苏", "规格 1 L"]
    assert drawn(words("产地 {origin}")).marks == ()
    assert [mark.words for mark in _texts(drawn(words("{name_en|name}"), name="牛奶"))] == ["牛奶"]


def test_each_line_of_a_list_is_shortened_alone() -> None:
    page = drawn(words("{a}\n{b}", lines=2, width=20, least=2.5), a="很长很长很长很长很长的一行字", b="短")
    assert [mark.words[-1] for mark in _texts(page)] == [ELLIPSIS, "短"]


def test_emphasised_words_are_bold_and_reversed_where_all_is_bold() -> None:
    element = words("{allergens}", emphasise="allergen_words")
    fields = {"allergens": "含：牛奶、鸡蛋 egg eggplant", "allergen_words": "牛奶\negg"}
    assert [mark.words for mark in _texts(drawn(element, 203, **fields)) if mark.bold] == ["牛奶", "egg"]
    bold = drawn(words("{allergens}", emphasise="allergen_words", bold=True), 203, **fields)
    assert [mark.words for mark in _texts(bold) if mark.white] == ["牛奶", "egg"]


def test_a_word_broken_over_two_lines_stays_emphasised() -> None:
    element = words("{allergens}", emphasise="allergen_words", width=12, height=20, lines=3, size=4, least=4)
    page = drawn(element, allergens="含有含麸质的谷物", allergen_words="含麸质的谷物")
    assert "".join(mark.words for mark in _texts(page) if mark.bold) == "含麸质的谷物"


def test_reversed_words_are_white_on_black() -> None:
    page = drawn(words(inverse=True), name="用完")
    black = sum(labels.picture_of(page).convert("L").histogram()[:128])
    assert 0.75 < black / (50 * 8 * 10 * 8) < 1


@pytest.mark.parametrize("turn", (90, 180, 270))
def test_turned_words_stand_in_their_frame(turn: int) -> None:
    page = drawn(words(turn=turn, x=20, y=5, width=8, height=30), name="牛奶")
    inside = labels.picture_of(page).crop((160, 40, 224, 280)).convert("L")
    assert sum(inside.histogram()[:128]) == sum(labels.picture_of(page).convert("L").histogram()[:128]) > 100


def test_a_label_is_moved_turned_and_kept_to_the_print_head() -> None:
    page = labels.draw(layout_of(words(), code(symbology="ean13")), content_of(name="牛奶", barcode="96385074"), 203)
    straight = print_tspl(labels.encode(page, "tspl"), 8)[0].picture
    moved = print_tspl(labels.encode(page, "tspl", 1, Media(offset_x=1, offset_y=-0.5)), 8)[0].picture
    assert moved.crop((8, 0, 480, 300)).tobytes() == straight.crop((0, 4, 472, 304)).tobytes()
    turned = print_tspl(labels.encode(page, "tspl", 1, Media(is_turned=True)), 8)[0].picture
    assert turned.rotate(180).tobytes() == straight.tobytes()
    narrow = print_tspl(labels.encode(page, "tspl", 1, Media(head=48)), 8)[0].picture
    assert narrow.tobytes() == straight.crop((48, 0, 432, 320)).tobytes()
