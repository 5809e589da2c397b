"""Papers read back from their PDF: words, pages, languages, and input nobody wished for."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from decimal import Decimal as D

import pypdfium2 as pdfium
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.documents import Bar, Chart, Column, Fact, Line, Paper, PaperTable, Party, Total, Words, named, render_pdf
from core.documents.paper.table import Asked, share_width
from core.i18n import Text
from tests.core.documents import samples

ANY_TEXT = st.text(max_size=60)


def pages_of(content: bytes) -> list[str]:
    """The words of each page."""
    document = pdfium.PdfDocument(content)
    try:
        return [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
    finally:
        document.close()


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.split()) for page in pages_of(content))


def test_a_receipt_says_everything_in_chinese() -> None:
    words = words_of(render_pdf(samples.receipt(), "zh"))
    for expected in (
        "采购入库单", "GR-2025-000123", "青禾餐饮管理有限公司", "上海绿源食品贸易有限公司", "联系人 王喆",
        "2025-06-30 14:05", "物料编码", "DRY-003-A", "五常大米", "12 瓶", "4.75 kg", "2025-12-02", "金额 (¥)",
        "1,053.00",        "¥12,315.60", "\u2212¥30.00", "备注", "两箱外包装破损", "送货人",
        "李晓梅", "第 1 页 共 1 页",
    ):  # fmt: skip
        assert expected in words
    assert "Goods receipt" not in words


def test_the_same_receipt_in_english_and_in_both() -> None:
    english = words_of(render_pdf(samples.receipt(), "en"))
    assert "Goods receipt" in english
    assert "Wuchang rice" in english
    assert "Page 1 of 1" in english
    assert "采购入库单" not in english
    both = words_of(render_pdf(samples.receipt(), "both"))
    for expected in (
        "采购入库单",
        "Goods receipt",
        "供应商 Supplier",
        "五常大米 / Wuchang rice",
        "箱 / case",
        "合计 Total",
    ):
        assert expected in both


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language"):
        render_pdf(samples.receipt(), "sv")


def test_a_long_table_repeats_its_head_and_counts_its_pages() -> None:
    started = time.perf_counter()
    pages = pages_of(render_pdf(samples.receipt(300), "zh"))
    assert time.perf_counter() - started < 20
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页 共 {len(pages)} 页" in page
        assert "GR-2025-000123" in page
        assert "DRY-" not in page or "物料编码" in page
    for line in range(300):
        assert sum(f"DRY-{line:03d}-A" in page for page in pages) == 1


def test_the_total_never_stands_alone_on_a_page() -> None:
    for lines in range(20, 36):
        pages = pages_of(render_pdf(samples.receipt(lines, remarks="", signatures=()), "zh"))
        last = next(page for page in reversed(pages) if "合计" in page)
        assert "DRY-" in last


def test_a_group_keeps_its_heading_and_its_subtotal() -> None:
    words = pages_of(render_pdf(samples.month_review(), "zh"))
    assert all(not page.rstrip().endswith("干货") for page in words)
    assert "小计" in words[-1]


@pytest.mark.parametrize(("landscape", "size"), [(False, (420, 595)), (True, (595, 420))])
def test_a5_lies_or_stands(landscape: bool, size: tuple[int, int]) -> None:
    document = pdfium.PdfDocument(render_pdf(samples.transfer(landscape=landscape), "zh"))
    assert tuple(round(length) for length in document[0].get_size()) == size
    document.close()


def test_fonts_are_embedded_and_the_title_is_known() -> None:
    content = render_pdf(replace(samples.receipt(), title=Text("Goods receipt")), "en")
    assert b"/FontFile2" in content
    document = pdfium.PdfDocument(content)
    metadata = document.get_metadata_dict()
    assert metadata["Title"] == "Goods receipt GR-2025-000123"
    assert metadata["Creator"] == "Steward"
    document.close()


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_pdf(samples.receipt(), "both") == render_pdf(samples.receipt(), "both")


def test_markup_and_rare_characters_are_printed_as_they_are() -> None:
    words = words_of(render_pdf(samples.nasty(), "zh"))
    for expected in ("<b>bold?</b> & <para> ]]> &amp; %s {x} \\n", "龑", "�", "=1+1", "没有明细", "没有数据", "已冲销"):
        assert expected in words


@pytest.mark.parametrize("words", ["Chips <spicy>", "<img src=/etc/passwd>", "&lt;b&gt; ]]>", "{title} %s \\\\"])
def test_what_people_type_is_never_markup(words: str) -> None:
    paper = samples.transfer(
        head=replace(samples.HEAD, name=words, foot=words), number=words, remarks=words, foot=words,
        facts=(Fact(Text("F"), words),), parties=(Party(Text("P"), words, (words,)),),
        body=(PaperTable((Column("note", Text("Note")),), (Line((words,)), Line((words,), "group"))),),
    )  # fmt: skip
    assert words_of(render_pdf(paper, "en")).count(words) == 10


def test_signatures_never_stand_alone_on_a_page() -> None:
    for lines in range(20, 60):
        last = pages_of(render_pdf(samples.receipt(lines, remarks=""), "zh"))[-1]
        assert "合计" in last
        assert "送货人" in last
        assert "DRY-" in last


def test_a_small_slip_is_set_on_the_sheet_that_is_asked_for() -> None:
    slip = samples.transfer(landscape=True)
    sizes = []
    for size in (None, "A5", "A4"):
        document = pdfium.PdfDocument(render_pdf(slip, "zh", size))
        sizes.append(tuple(round(length) for length in document[0].get_size()))
        document.close()
    assert sizes == [(595, 420), (595, 420), (595, 842)]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_a_slip_on_a_roll_is_one_piece_as_long_as_it_needs(language: str) -> None:
    short, long = (render_pdf(samples.receipt(lines), language, "80 mm") for lines in (3, 30))
    heights = []
    for content in (short, long):
        document = pdfium.PdfDocument(content)
        assert len(document) == 1
        width, height = document[0].get_size()
        assert round(width / 72 * 25.4) == 80
        heights.append(height)
        picture = document[0].render(scale=203 / 72).to_pil()
        assert "GR-2025-000123" in {code.text for code in zxingcpp.read_barcodes(picture)}
        document.close()
    assert heights[1] > 3 * heights[0] / 2
    words = words_of(long)
    for line in range(30):
        assert words.count(f"DRY-{line:03d}-A") == 1
    assert "12,315.60" in words_of(render_pdf(samples.receipt(), language, "80 mm"))


def test_a_count_sheet_on_a_roll_has_room_to_write() -> None:
    assert words_of(render_pdf(samples.count_sheet(5), "zh", "80 mm")).count("________") == 10


def test_names_in_both_languages_break_between_the_languages() -> None:
    name = named({"zh": "很长的中文名称要换行", "en": "A long English name"}.__getitem__, "both")
    column = Column("name", Text("Name"), width=40)
    words = pages_of(
        render_pdf(samples.transfer(body=(PaperTable((column, Column("x", Text("X"))), (Line((name, 1)),)),)), "both")
    )
    assert " / A long" not in words[0]
    assert "A long English name" in words[0]


def test_the_foot_of_the_company_stands_on_every_page() -> None:
    head = replace(samples.HEAD, foot="工行 6222 0200 1234")
    for page in pages_of(render_pdf(samples.receipt(60, head=head), "both")):
        assert "工行 6222 0200 1234" in page


def test_a_cell_of_five_thousand_characters_goes_on_over_pages() -> None:
    table = PaperTable((Column("note", Text("Note")),), (Line(("长" * 5000,)),))
    content = render_pdf(samples.transfer(body=(table,)), "zh")
    assert len(pages_of(content)) > 1
    assert words_of(content).count("长") == 5000


def test_a_table_without_lines_says_so() -> None:
    table = PaperTable((Column("note", Text("Note")),), ())
    assert "Nothing to list." in words_of(render_pdf(samples.transfer(body=(table,)), "en"))


def test_a_logo_is_drawn_and_a_broken_one_left_out() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), (10, 120, 60)).save(picture, "PNG")
    with_logo = render_pdf(samples.transfer(head=replace(samples.HEAD, logo=picture.getvalue())), "zh")
    assert b"/XObject" in with_logo
    broken = render_pdf(samples.transfer(head=replace(samples.HEAD, logo=b"no picture")), "zh")
    assert "调拨单" in words_of(broken)


def test_a_paper_of_nothing_but_a_title_prints() -> None:
    assert "Page 1 of 1" in words_of(render_pdf(Paper(samples.HEAD, Text("Slip"), ""), "en"))


@settings(max_examples=40)
@given(ANY_TEXT, st.decimals(allow_nan=True, allow_infinity=True), st.sampled_from(["zh", "en", "both"]))
def test_no_text_and_no_number_stops_a_paper(text: str, number: D, language: str) -> None:
    columns = (
        Column("a", Text("A")), Column("b", Text("B"), "qty"), Column("c", Text("C"), "money"),
        Column("d", Text("D"), "barcode"), Column("e", Text("E"), "percent"), Column("f", Text("F"), "cost"),
    )  # fmt: skip
    table = PaperTable(columns, (Line((text, number, number, text, number, number)), Line((text,), "group")))
    chart = Chart(None, (Bar(text, D("1.5"), text), Bar(text, D(-2))))
    paper = Paper(
        replace(samples.HEAD, name=text),
        Text("T"),
        text,
        facts=(Fact(Text("F"), text),),
        parties=(Party(Text("P"), text, (text,)),),
        body=(table, chart, Words(text)),
        totals=(Total(Text("Sum"), number),),
        remarks=text,
        size="A5",
    )
    assert pages_of(render_pdf(paper, language))


@given(
    st.lists(
        st.builds(Asked, st.floats(1, 80), st.floats(80, 300), st.just(0.0), st.booleans(), st.booleans()),
        min_size=1,
        max_size=12,
    ),
    st.floats(100, 800),
)
def test_columns_always_fill_the_width_of_the_page(asked: list[Asked], total: float) -> None:
    widths = share_width(asked, total)
    assert sum(widths) == pytest.approx(total)
    assert all(width > 0 for width in widths)
