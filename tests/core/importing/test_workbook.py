"""Workbooks as spreadsheets write them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from xlsxwriter import Workbook as Writer

from core.errors import InvalidInput
from core.importing.rules.cells import Broken
from core.importing.steps import reading
from core.importing.steps.reading import read_table
from core.importing.types import ImportFile
from db.enums import ImportKind as K
from tests.core.importing.helping import workbook

HALF_PAST_NINE = datetime.fromisoformat("2026-05-17T09:30")
HEAD = ["item", "qty", "value"]


def read(content: bytes, kind: K = K.OPENING_STOCK, sheet: str = "") -> reading.Table:
    return read_table(kind, ImportFile("book.xlsx", content, sheet))


def test_numbers_stay_exact_and_dates_dates() -> None:
    row = ["A", 0.1, 1234567.89, 6901234567892, date(2026, 5, 17), HALF_PAST_NINE, True, "007"]
    cells = read(workbook([["item", "qty", "value", "code", "d", "m", "b", "t"], row])).rows[0][1]
    assert cells[1:4] == (Decimal("0.1"), Decimal("1234567.89"), Decimal("6901234567892"))
    assert cells[4:] == (HALF_PAST_NINE.replace(hour=0, minute=0), HALF_PAST_NINE, True, "007")


def test_noise_of_floating_point_is_not_read() -> None:
    assert read(workbook([HEAD, ["A", 0.1 + 0.2, 3 * 1.1]])).rows[0][1][1:] == (Decimal("0.3"), Decimal("3.3"))


def test_a_formula_gives_its_kept_value() -> None:
    target = io.BytesIO()
    with Writer(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["A", 2])
        sheet.write_formula(1, 2, "=B2*3.5", None, 7)
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_string(2, 0, "=1+1")
    rows = read(target.getvalue()).rows
    assert rows[0][1] == ("A", Decimal(2), Decimal(7))
    assert isinstance(rows[1][1][2], Broken) and rows[1][1][0] == "=1+1"


def test_a_formula_that_was_never_reckoned_is_broken_and_not_empty() -> None:
    cell = read(workbook([HEAD, ["A", 2, "=B2*3.5"]])).rows[0][1][2]
    assert isinstance(cell, Broken) and cell == "=B2*3.5"


def test_merged_headings_over_the_columns_are_passed_over() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Opening stock of June", None, None])
    sheet.append(["Goods", "Book", None])
    sheet.append(HEAD)
    sheet.append(["A", 1, 2])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B2:C2")
    target = io.BytesIO()
    book.save(target)
    table = read(target.getvalue())
    assert table.header == tuple(HEAD) and table.rows == ((1, ("A", Decimal(1), Decimal(2))),)


def test_empty_rows_are_left_out_and_the_others_keep_their_number() -> None:
    rows = read(workbook([HEAD, ["A", 1, 2], [], [None, "  ", None], ["B", 1, 2]])).rows
    assert [(number, cells[0]) for number, cells in rows] == [(1, "A"), (4, "B")]


def test_the_first_sheet_with_rows_is_read_or_the_one_named() -> None:
    content = workbook([HEAD, ["A", 1, 2]], sheets=3)
    table = read(content)
    assert table.sheet == table.sheets[2] and len(table.rows) == 1
    with pytest.raises(InvalidInput, match="no sheet Prices"):
        read(content, sheet="Prices")


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    plain = workbook([HEAD, ["A", 1, 2]])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            text = source.read(name)
            changed.writestr(name, text.replace(b'ref="A1:C2"', b'ref="A1"') if name.endswith("sheet1.xml") else text)
    assert load_workbook(io.BytesIO(target.getvalue()), read_only=True).worksheets[0].max_column == 1
    assert read(target.getvalue()).rows == ((1, ("A", Decimal(1), Decimal(2))),)


@pytest.mark.parametrize("damage", ["cut", "archive", "document", "sheet"])
def test_what_is_no_workbook_gets_a_sentence(damage: str) -> None:
    plain = workbook([HEAD, ["A", 1, 2]])
    other = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(other, "w") as changed:
        for name in source.namelist() if damage != "document" else ["word/document.xml"]:
            text = source.read(name) if damage != "document" else b"<x/>"
            changed.writestr(name, text[:-40] if damage == "sheet" and "sheet1" in name else text)
    content = {"cut": plain[:300], "archive": b"PK\x03\x04 and nothing else"}.get(damage, other.getvalue())
    with pytest.raises(InvalidInput) as told:
        read(content)
    assert told.value.field == "file"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xd8\xff\xe0"]
)
def test_pictures_and_papers_are_no_tables(content: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"no table\. Choose an XLSX or CSV file"):
        read(content)


def test_a_file_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    with pytest.raises(InvalidInput, match="too large"):
        read(b"x" * 1001)
    monkeypatch.setattr(reading, "MOST_BYTES", 10**6)
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert len(read(b"item,qty,value\n" + b"A,1,2\n" * 3).rows) == 3
    with pytest.raises(InvalidInput, match="more than 3 rows"):
        read(b"item,qty,value\n" + b"A,1,2\n" * 4)
    with pytest.raises(InvalidInput, match="more than 3 rows"):
        read(workbook([HEAD, *[["A", 1, 2]] * 4]))


@pytest.mark.parametrize("content", [b"", b"\n\n", b" , ,\n"])
def test_an_empty_file_says_what_belongs_there(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="The file is empty"):
        read(content)


def test_our_own_guarded_csv_is_read_back() -> None:
    assert read(b"item,qty,value\n'=A,'-x,2\n").rows[0][1] == ("=A", "-x", "2")
