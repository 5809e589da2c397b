"""Labels as PDF: true size, sheets from any label on, offsets, bars that read, words that are no markup."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image

from core import labels
from core.errors import InvalidInput, NotFound
from core.labels import LabelPage
from tests.core.labels.samples import EAN, code, content_of, expected, layout_of, read, words

MM = 72 / 25.4


def _page(template: str = "shelf-63x38", language: str = "zh") -> LabelPage:
    layout = labels.load_layout(template)
    return labels.arrange(layout, labels.sample_content(layout, language), 600)


def _render(pdf: bytes, number: int = 0, dpi: float = 300) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[number].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    return picture


def _box(picture: Image.Image) -> tuple[int, int, int, int]:
    """What the ink takes up: left, top, right, bottom."""
    found = Image.eval(picture, lambda level: 255 if level < 156 else 0).getbbox()
    assert found is not None
    return found


def _words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[0].get_textpage().get_text_range()
    document.close()
    return text


def test_a_roll_has_a_page_of_the_labels_size_for_each_label() -> None:
    document = pypdfium2.PdfDocument(labels.to_pdf([_page(), _page()]))
    assert len(document) == 2
    assert document[0].get_size() == pytest.approx((63.5 * MM, 38.1 * MM), abs=0.1)
    document.close()


@pytest.mark.parametrize("code", tuple(labels.ready_layouts()))
def test_every_template_reads_from_its_pdf(code: str) -> None:
    page = _page(code)
    assert read(_render(labels.to_pdf([page]))) == sorted(expected(symbol) for symbol in page.symbols)


@pytest.mark.parametrize("sheet", labels.SHEETS, ids=lambda sheet: sheet.code)
def test_labels_stand_where_the_sheet_has_them(sheet: labels.Sheet) -> None:
    """A frame around each label is drawn; its black lies on the label's edges to a tenth of a millimetre."""
    frame = labels.BoxElement(0, 0, sheet.width - 0.06, sheet.height - 0.06, 0.3)
    layout = layout_of(frame, width=sheet.width, height=sheet.height)
    page = labels.arrange(layout, content_of(), 600)
    picture = _render(labels.to_pdf([page] * sheet.count, sheet), dpi=508)  # 20 dots a millimetre
    assert picture.width == pytest.approx(sheet.page_width * 20, abs=1)
    left, top, right, bottom = _box(picture)
    assert (left / 20, top / 20) == pytest.approx((sheet.left, sheet.top), abs=0.1)
    width = sheet.left + (sheet.columns - 1) * sheet.step_x + sheet.width
    height = sheet.top + (sheet.rows - 1) * sheet.step_y + sheet.height
    assert (right / 20, bottom / 20) == pytest.approx((width, height), abs=0.1)
    # The makers' sheets are symmetric: what is left over on the right and below is what is left over at the other side.
    assert sheet.page_width - width == pytest.approx(sheet.left, abs=0.2)
    assert sheet.page_height - height == pytest.approx(sheet.top, abs=0.3)


def test_a_sheet_is_begun_at_the_first_free_label_and_moved_by_the_offset() -> None:
    sheet = labels.find_sheet("l7160")
    page = labels.arrange(
        layout_of(code(x=2, y=2, symbology="ean13"), width=63.5, height=38), content_of(barcode=EAN), 600
    )
    document = pypdfium2.PdfDocument(labels.to_pdf([page] * 3, sheet, start_at=20))
    assert len(document) == 2
    document.close()
    first = _render(labels.to_pdf([page], sheet, start_at=5), dpi=254)  # 10 dots a millimetre
    there = first.crop((732, 532, 1367, 913))
    assert read(there) == [EAN]
    assert _box(first)[0] > 732
    moved = _render(labels.to_pdf([page], sheet, start_at=5, offset=(2, -1)), dpi=254)
    before, after = _box(first), _box(moved)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((20, -10), abs=1)


@pytest.mark.parametrize("start_at", (0, 22, -1))
def test_a_start_beside_the_sheet_is_refused(start_at: int) -> None:
    with pytest.raises(InvalidInput, match="1 to 21"):
        labels.to_pdf([_page()], labels.find_sheet("L7160"), start_at=start_at)


def test_a_label_larger_than_the_sheets_is_refused_with_both_sizes() -> None:
    with pytest.raises(InvalidInput, match=r"60 × 40 mm does not fit .* 63\.5 × 38\.1"):
        labels.to_pdf([_page("shelf-60x40")], labels.find_sheet("L7160"))
    with pytest.raises(NotFound, match="L7163"):
        labels.find_sheet("nope")
    with pytest.raises(InvalidInput):
        labels.to_pdf([])


def test_words_are_embedded_type_and_never_markup() -> None:
    page = labels.arrange(layout_of(words(lines=3)), content_of(name="<b>鱼香肉丝</b> & <img src='/x'>"), 600)
    pdf = labels.to_pdf([page])
    assert "<b>鱼香肉丝</b> & <img src='/x'>" in _words(pdf).replace("\r\n", " ")
    assert b"FontFile2" in pdf
    assert b"STSong" not in pdf


def test_rare_signs_and_missing_ones_are_there() -> None:
    page = labels.arrange(layout_of(words(bold=True)), content_of(name="龘\U0001f95b"), 600)
    assert "龘\ufffd" in _words(labels.to_pdf([page]))


def test_the_same_labels_give_the_same_bytes() -> None:
    assert labels.to_pdf([_page()]) == labels.to_pdf([_page()])


@pytest.mark.parametrize("turn", (0, 90, 180, 270))
def test_a_pdf_looks_as_the_dots_do(turn: int) -> None:
    elements = (
        words(inverse=True, turn=turn, x=4, y=4, width=20, height=30), code(symbology="ean13", turn=turn, x=26, y=2, width=32, height=36),
    )  # fmt: skip
    layout, content = layout_of(*elements), content_of(name="牛奶 Milk", barcode=EAN)
    seen = labels.picture_of(labels.draw(layout, content, 300)).convert("L")
    pdf = _render(labels.to_pdf([labels.arrange(layout, content, 300)]), dpi=300).resize(seen.size)
    pairs = zip(seen.tobytes(), pdf.tobytes(), strict=True)
    unlike = sum(abs(one - other) > 128 for one, other in pairs)
    assert unlike / (seen.width * seen.height) < 0.01
    assert read(_render(labels.to_pdf([labels.arrange(layout, content, 600)]))) == [EAN]


def test_a_picture_file_holds_its_resolution_and_several_labels() -> None:
    import io

    page = labels.with_dots(_page("shelf-60x40"))
    one = Image.open(io.BytesIO(labels.to_png(page)))
    assert one.info["dpi"] == pytest.approx((600, 600), abs=0.1)
    assert one.size == (page.width, page.height)
    several = Image.open(io.BytesIO(labels.to_png([page, page])))
    assert several.height > 2 * page.height
    with pytest.raises(InvalidInput):
        labels.to_png([])
