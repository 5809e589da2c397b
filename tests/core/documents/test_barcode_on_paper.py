"""Barcodes of papers are read back from the rendered page."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.documents import Column, Line, Paper, PaperTable, render_pdf
from core.documents.paper.barcode import code128
from core.i18n import Text
from tests.core.documents import samples


def read_codes(content: bytes, dots: int = 300) -> dict[str, str]:
    """The barcodes of the first page at an office printer's resolution: words to symbology."""
    document = pdfium.PdfDocument(content)
    picture: Image.Image = document[0].render(scale=dots / 72).to_pil()
    document.close()
    return {code.text: code.format.name for code in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize("number", ["GR-2025-000123", "1234567890", "a/b c#42", "X"])
def test_the_number_of_a_paper_is_read_back(number: str) -> None:
    assert read_codes(render_pdf(samples.transfer(number=number, body=()), "zh")) == {number: "Code128"}


def test_a_number_code_128_cannot_hold_becomes_a_qr_code() -> None:
    assert read_codes(render_pdf(samples.transfer(number="入库-2025-1", body=()), "zh")) == {"入库-2025-1": "QRCode"}


def test_a_paper_may_do_without_its_barcode() -> None:
    assert read_codes(render_pdf(samples.month_review(), "zh")) == {}


def test_barcodes_of_lines_are_read_back() -> None:
    found = read_codes(render_pdf(samples.transfer(), "en"))
    assert set(found) == {"TR-2025-000042", *(f"690123456{i:04d}" for i in range(4))}


def test_a_barcode_without_room_is_printed_as_words() -> None:
    columns = (Column("code", Text("Code"), "barcode", width=15), Column("note", Text("Note")))
    paper = Paper(samples.HEAD, Text("T"), "", body=(PaperTable(columns, (Line(("6901234567892", "x")),)),))
    assert read_codes(render_pdf(paper, "en")) == {}


@settings(max_examples=25)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=24))
def test_any_printable_ascii_number_is_read_back(number: str) -> None:
    """At 300 dpi, as the program prints; what is too long for bars of three dots becomes a QR code."""
    assert number in read_codes(render_pdf(samples.transfer(number=number, body=()), "en"), dots=300)


@pytest.mark.parametrize("dots", [203, 300, 600])
@pytest.mark.parametrize("size", ["A4", "A5"])
@pytest.mark.parametrize("number", ["RC-2026-000248", "CS-2026-000006", "TR-2026-000042/2", "入库-2026-1", "X" * 60])
def test_numbers_are_read_back_from_slip_printers_and_office_printers(number: str, size: str, dots: int) -> None:
    slip = samples.transfer(number=number, size=size, body=())
    assert number in read_codes(render_pdf(slip, "both"), dots)


def test_what_code_128_does_not_hold_is_told() -> None:
    assert code128("") is None
    assert code128("中文") is None
    assert code128("a\nb") is None
    assert code128("A" * 49) is None
