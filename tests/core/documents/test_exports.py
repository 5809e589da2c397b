"""Lists as CSV, JSON and text: exact, in both languages, and harmless."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import Cell, Column, Measure, Sheet, to_csv, to_json, to_text, unguarded
from core.documents.table import guarded
from core.documents.table.text_file import places
from core.i18n import Text
from tests.core.documents.samples import Both

FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"
COLUMNS = (
    Column("code", Both("物料编码", "Code")),
    Column("qty", Both("数量", "Quantity"), "qty"),
    Column("value", Both("金额", "Value"), "money"),
    Column("expires_on", Both("有效期至", "Expires"), "date"),
    Column("at", Both("时间", "At"), "instant"),
)
AT = datetime(2025, 6, 30, 6, 5, 9, tzinfo=UTC)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("DRY-001", D("-12.5"), D("1234.50"), date(2025, 12, 1), AT),
    (Both("番茄, 大", 'Tomato "L"'), Measure(D("3"), Both("箱", "case")), D(0), None, None),
)
SHEET = Sheet(Both("库存", "Stock"), COLUMNS, ROWS, totals=("", D("-9.5"), D("1234.50"), None, None))


def one(*cells: Cell, kind: str = "text") -> Sheet:
    columns = tuple(Column(f"c{i}", Text(f"C{i}"), kind) for i in range(len(cells)))  # type: ignore[arg-type]
    return Sheet(Text("One"), columns, (cells,))


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_opens_in_a_spreadsheet_without_asking() -> None:
    content = to_csv(SHEET, "zh")
    assert content.startswith("\ufeff物料编码,数量,金额 (¥),有效期至,时间\r\n".encode())
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_csv_figures_are_exact_and_dates_are_iso() -> None:
    rows = csv_rows(to_csv(SHEET, "en"))
    assert rows[0] == ["Code", "Quantity", "Value (¥)", "Expires", "At"]
    assert rows[1] == ["DRY-001", "-12.5", "1234.50", "2025-12-01", "2025-06-30 14:05:09"]
    assert rows[2] == ['Tomato "L"', "3 case", "0", "", ""]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", "\ufeff=1", "\x00=1", "'=1", "+46 70 1"],
)
def test_text_that_looks_like_a_formula_is_neutralised(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["-5", "+5", "-12.50", "12,5", "", "abc", "a=1", "DRY-001", "'tis", "番茄"])
def test_harmless_text_and_negative_numbers_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(max_size=40))
def test_no_text_in_a_csv_ever_begins_like_a_formula(text: str) -> None:
    content = to_csv(one(text, text), "zh").decode("utf-8-sig")
    assert "\ufffd" in content or all(not "\ud800" <= char <= "\udfff" for char in text)
    field = guarded(text)
    begins_badly = field[:1] in FORMULA_SIGNS and field != ""
    assert not begins_badly or field.lstrip("+-").replace(",", ".", 1).replace(".", "", 1).isdigit()
    assert unguarded(field) == text


def test_a_negative_quantity_is_never_damaged() -> None:
    assert csv_rows(to_csv(one(D("-5.000000"), -3, kind="qty"), "zh"))[1] == ["-5.000000", "-3"]


def test_json_names_its_columns_and_keeps_figures_as_strings() -> None:
    rows = json.loads(to_json(SHEET, "en"))
    assert rows[0] == {
        "code": "DRY-001",
        "qty": "-12.5",
        "value": "1234.50",
        "expires_on": "2025-12-01",
        "at": "2025-06-30T06:05:09+00:00",
    }
    assert rows[1]["qty"] == {"qty": "3", "unit": "case"}
    assert rows[1]["expires_on"] is None
    assert json.loads(to_json(SHEET, "zh"))[1]["code"] == "番茄, 大"


def test_no_rows_are_still_valid_files() -> None:
    empty = Sheet(Text("Nothing"), COLUMNS, ())
    assert json.loads(to_json(empty, "zh")) == []
    assert len(csv_rows(to_csv(empty, "zh"))) == 1
    assert to_text(empty, "en").splitlines()[0].startswith("Code")


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_any_text_goes_through_json(texts: list[str]) -> None:
    (row,) = json.loads(to_json(one(*texts), "zh"))
    expected = ["".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text) for text in texts]
    assert list(row.values()) == expected


def test_rows_may_come_from_a_generator() -> None:
    rows = ((f"I{i}", D(i), D(i), None, None) for i in range(3))
    assert len(csv_rows(to_csv(Sheet(Text("Many"), COLUMNS, rows), "zh"))) == 4


def test_text_columns_are_aligned_counting_chinese_twice() -> None:
    lines = to_text(SHEET, "zh").splitlines()
    assert lines[0] == "物料编码   数量  金额 (¥)  有效期至    时间"
    assert lines[2] == "DRY-001   \u221212.5  1,234.50  2025-12-01  2025-06-30 14:05"
    assert lines[3] == "番茄, 大   3 箱         \u2013"
    assert places(lines[0][: lines[0].index("有")]) == places(lines[2][: lines[2].index("2025-12")])
    assert lines[-1].split() == ["\u22129.5", "1,234.50"]


def test_text_is_cut_to_the_terminal() -> None:
    sheet = Sheet(Text("S"), COLUMNS[:2], (("很长的名称" * 20, D(1)), ("short", D(2))))
    lines = to_text(sheet, "en", width=40).splitlines()
    assert all(places(line) <= 40 for line in lines)
    assert "…" in lines[2]


@given(st.text(max_size=40))
def test_nothing_a_terminal_would_obey_is_passed_on(text: str) -> None:
    shown = to_text(one(text), "zh")
    assert all(char.isprintable() or char in "\n" or ord(char) > 0x9F for char in shown)
    assert shown.count("\n") == 3
