"""Every ready template, in both languages, at 203 and 300 dpi, with the longest words, in every printer's language."""

from __future__ import annotations

import pytest
from PIL import Image

from core import labels
from core.labels import LabelPage, Layout, Media
from core.labels.rules.wrapping import ELLIPSIS
from tests.core.labels.samples import expected, long_content, read
from tests.helpers.printers import print_escpos, print_tspl, print_zpl

CODES = tuple(labels.ready_layouts())
NAMED = (
    "shelf-60x40", "shelf-eu-60x40", "bin-50x30", "item-40x30", "case-100x150", "prep-58x40", "asset-50x30",
    "parcel-100x150", "badge-86x54", "lot-60x40",
)  # fmt: skip


@pytest.fixture(params=CODES)
def layout(request: pytest.FixtureRequest) -> Layout:
    return labels.load_layout(request.param)


@pytest.fixture(params=(203, 300))
def dpi(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


def test_the_templates_people_ask_for_are_there() -> None:
    assert set(NAMED) <= set(CODES)


@pytest.mark.parametrize("sheet", labels.SHEETS, ids=lambda sheet: sheet.code)
def test_every_sheet_has_a_template_of_its_size(sheet: labels.Sheet) -> None:
    fitting = [
        one.code
        for one in labels.ready_layouts().values()
        if abs(one.width - sheet.width) < 0.2 and abs(one.height - sheet.height) < 0.2
    ]
    assert fitting


def test_a_template_has_no_fault_at_any_head(layout: Layout, dpi: int) -> None:
    assert labels.check_layout(layout, dpi) == []
    assert labels.layout_from_json(labels.layout_to_json(layout)) == layout
    known = {field.name for field in labels.fields_for(layout.subject)}
    assert set(labels.fields_of(layout)) | set(layout.required) | set(layout.advised) <= known


@pytest.mark.parametrize("language", ("zh", "en"))
def test_the_longest_words_stand_on_every_template(layout: Layout, dpi: int, language: str) -> None:
    page = labels.draw(layout, long_content(layout, language), dpi)
    assert {trouble.word for trouble in page.troubles} <= {"shortened"}
    assert labels.read_back(page) == []
    assert page.symbols
    assert _margin_is_white(page, layout)


def _margin_is_white(page: LabelPage, layout: Layout) -> bool:
    """Nothing is drawn where the paper may shift: half a millimetre along every edge."""
    edge = labels.to_dots(0.5, page.dpi)
    inner = (edge, edge, page.width - edge, page.height - edge)
    frame = labels.picture_of(page)
    frame.paste(255, inner)
    return frame.convert("L").getextrema()[0] == 255


@pytest.mark.parametrize(
    "code", [code for code in CODES if code.startswith(("shelf-6", "shelf-7", "shelf-9", "shelf-eu"))]
)
def test_a_long_name_stands_whole_on_a_shelf_label(code: str, dpi: int) -> None:
    layout = labels.load_layout(code)
    for language in ("zh", "en"):
        page = labels.draw(layout, long_content(layout, language), dpi)
        name = layout.elements[0]
        assert not [trouble for trouble in page.troubles if trouble.element == layout.elements.index(name)]


def test_a_price_is_the_largest_on_a_shelf_label(dpi: int) -> None:
    for code in CODES:
        if code.startswith("shelf"):
            layout = labels.load_layout(code)
            page = labels.draw(layout, labels.sample_content(layout, "zh"), dpi)
            sizes = {mark.words: mark.px for mark in _texts(page)}
            assert sizes["¥12.80"] == max(sizes.values())
            assert not any(ELLIPSIS in words for words in sizes)


def _texts(page: LabelPage) -> list[labels.TextMark]:
    found = []
    for mark in page.marks:
        found += [inner for inner in getattr(mark, "marks", (mark,)) if isinstance(inner, labels.TextMark)]
    return found


def test_every_language_prints_the_same_dots(layout: Layout, dpi: int) -> None:
    page = labels.draw(layout, labels.sample_content(layout, "zh"), dpi)
    seen, size = labels.picture_of(page), (page.width, page.height)
    wanted = sorted(expected(symbol) for symbol in page.symbols)
    packed = labels.encode(page, "zpl", 3, Media(compression="z64"))
    for sent in (packed, labels.encode(page, "zpl", 3)):
        assert [(one.copies, _same(one.picture, seen)) for one in print_zpl(sent, size, dpi)] == [(3, True)]
    (zpl,) = print_zpl(packed, size, dpi)
    (tspl,) = print_tspl(labels.encode(page, "tspl", 3), labels.DOTS_PER_MM[dpi])
    assert tspl.copies == 3
    assert _same(tspl.picture, seen)
    escpos = print_escpos(labels.encode(page, "escpos", 2))
    assert len(escpos) == 2
    assert _same(escpos[1].picture, seen)
    for picture in (zpl.picture, tspl.picture, escpos[0].picture):
        assert read(picture) == wanted


def _same(printed: Image.Image, seen: Image.Image) -> bool:
    """The dots of the label; beyond its edge a renderer may have white of up to a byte or a rounded dot."""
    paper = Image.new("1", seen.size, 1)
    paper.paste(printed, (0, 0))
    return paper.tobytes() == seen.tobytes()
