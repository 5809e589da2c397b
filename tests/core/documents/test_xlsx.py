"""Workbooks read back with another library."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents import Cell, Fact, LiveSheet, Measure, Notation, Sheet, to_live_xlsx, to_xlsx, write_xlsx
from core.documents.table import xlsx_file
from core.i18n import Text
from tests.core.documents.samples import Both
from tests.core.documents.test_exports import COLUMNS, SHEET, one


def read(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def first(content: bytes) -> Any:
    return read(content).worksheets[0]


def test_figures_stay_figures_and_dates_dates() -> None:
    sheet = first(to_xlsx(SHEET, "en"))
    assert [cell.value for cell in sheet[1]] == ["Code", "Quantity", "Value (¥)", "Expires", "At"]
    code, qty, value, expires, at = sheet[2]
    assert (code.value, code.data_type) == ("DRY-001", "s")
    assert (qty.value, qty.number_format) == (-12.5, "#,##0.0")
    assert (value.value, value.number_format) == (1234.5, "#,##0.00")
    assert expires.value == datetime(2025, 12, 1)  # noqa: DTZ001 - a workbook knows no zone
    assert expires.number_format == "yyyy-mm-dd"
    assert at.value == datetime(2025, 6, 30, 14, 5, 9)  # noqa: DTZ001 - a workbook knows no zone
    unit = sheet[3][1]
    assert (unit.value, unit.number_format) == (3, '#,##0" case"')


def test_the_head_stays_in_sight_and_can_be_filtered() -> None:
    sheet = first(to_xlsx(SHEET, "zh"))
    assert sheet.title == "库存"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet["A1"].font.bold


def test_a_printed_list_lies_across_the_page_with_its_head_on_each() -> None:
    sheet = first(to_xlsx(one(D(1)), "zh"))
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.right.text == "&P / &N"


def test_a_workbook_of_formulas_says_what_it_is_on_each_page() -> None:
    sheets = [LiveSheet(Text("S"), COLUMNS[2:3], ((D(1),),), (), Notation())]
    book = read(to_live_xlsx(sheets, "en", "Tom & Co  2026-09"))
    assert book.properties.title == "Tom & Co  2026-09"
    assert book["S"].oddHeader.left.text == "Tom && Co  2026-09"


def test_totals_are_bold_and_outside_the_filter() -> None:
    sheet = first(to_xlsx(SHEET, "zh"))
    assert sheet["B4"].value == -9.5
    assert sheet["B4"].font.bold


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", "{=1}", "http://example.test", "007", "1e5", "TRUE", "_x0041_"]
)
def test_text_stays_text(text: str) -> None:
    cell = first(to_xlsx(one(text), "zh"))["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert openpyxl.utils.escape.unescape(cell.value) == text


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_no_text_ever_becomes_a_formula_or_breaks_the_file(texts: list[str]) -> None:
    content = to_xlsx(one(*texts), "zh")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    for cell in first(content)[2]:
        assert cell.data_type in ("s", "n", "inlineStr")
        assert cell.value is None or isinstance(cell.value, str)


def test_a_figure_a_spreadsheet_would_bend_is_written_as_text() -> None:
    exact, long = first(to_xlsx(one(D("123456789.123456"), D("1234567890123.456789"), kind="qty"), "zh"))[2]
    assert exact.value == 123456789.123456
    assert (long.value, long.data_type) == ("1234567890123.456789", "s")


@settings(max_examples=40)
@given(st.decimals(allow_nan=True, allow_infinity=True), st.sampled_from(["qty", "money", "cost", "percent", "text"]))
def test_any_number_can_be_written(number: D, kind: str) -> None:
    cell = first(to_xlsx(one(number, kind=kind), "zh"))["A2"]
    assert cell.data_type in ("n", "s")
    if cell.data_type == "n" and cell.value is not None:
        assert D(repr(cell.value)) == number


@pytest.mark.parametrize(
    ("number", "kind", "pattern"),
    [
        (D("1.50"), "qty", "#,##0.0"),
        (D("100"), "qty", "#,##0"),
        (D("1"), "money", "#,##0.00"),
        (D("0.333333"), "cost", "#,##0.00????"),
        (D("1"), "cost", "#,##0.00????"),
        (D("0.125"), "percent", "0.0%"),
        (D("1E+3"), "qty", "#,##0"),
    ],
)
def test_a_figure_shows_the_decimals_it_has(number: D, kind: Any, pattern: str) -> None:
    assert xlsx_file.number_pattern(number, kind, Notation()) == pattern


def test_old_dates_and_long_texts_survive() -> None:
    day, words = first(to_xlsx(one(date(1850, 1, 1), "长" * 40_000), "zh"))[2]
    assert day.value == "1850-01-01"
    assert len(words.value) == 32_767
    assert words.value.endswith("…")


def test_a_currency_without_decimals_has_none() -> None:
    sheet = Sheet(Text("S"), COLUMNS[2:3], ((D(1200),),), notation=Notation("JPY", 0))
    assert first(to_xlsx(sheet, "en"))["A2"].number_format == "#,##0"


def test_worksheets_get_names_a_workbook_allows() -> None:
    titles = ("a/b:c*[d]?", "History", "x" * 50, "x" * 50, "X" * 50, "'", "很长的名字" * 10, "😀" * 40)
    book = read(to_xlsx([Sheet(Text(title), COLUMNS, ()) for title in titles], "en"))
    assert len({name.casefold() for name in book.sheetnames}) == len(titles)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in book.sheetnames)


def test_facts_stand_in_a_worksheet_of_their_own() -> None:
    facts = (Fact(Both("截至", "As of"), date(2025, 6, 30), "date"), Fact(Both("仓库", "Storeroom"), "=A1"))
    book = read(to_xlsx(Sheet(Both("库存", "Stock"), COLUMNS, (), facts), "zh"))
    assert book.sheetnames == ["库存", "说明"]
    assert [cell.value for cell in book["说明"]["A"]] == ["库存", "截至", "仓库"]
    assert book["说明"]["B3"].data_type == "s"


def test_a_list_longer_than_a_worksheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MAX_ROWS", 11)
    rows = tuple((f"I{i}", D(i)) for i in range(25))
    book = read(to_xlsx(Sheet(Text("Stock"), COLUMNS[:2], rows), "en"))
    assert book.sheetnames == ["Stock", "Stock 2", "Stock 3"]
    found = [row[0].value for sheet in book.worksheets for row in sheet.iter_rows(min_row=2) if row[0].value]
    assert found == [f"I{i}" for i in range(25)]


def many(count: int) -> Iterator[tuple[Cell, ...]]:
    at = datetime(2025, 6, 30, tzinfo=UTC)
    for i in range(count):
        yield f"I{i}", Measure(D(i) / 8, "kg"), D(i).scaleb(-2), date(2025, 1, 1) + timedelta(i % 900), at


def test_a_long_list_is_streamed_to_a_file(tmp_path: Path) -> None:
    started = time.perf_counter()
    write_xlsx(Sheet(Text("Stock"), COLUMNS, many(20_000)), "en", tmp_path / "stock.xlsx")
    assert time.perf_counter() - started < 30
    book = openpyxl.load_workbook(tmp_path / "stock.xlsx", read_only=True)
    assert book.worksheets[0].max_row == 20_001
    book.close()
