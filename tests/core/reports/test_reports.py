"""Reports tie to the ledger, in every form and both languages."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from core import catalog, identity, reports, stock
from core.documents import to_text
from core.errors import InvalidInput, NotAllowed, NotFound
from core.importing import ImportFile, import_file
from core.office import Office
from core.reports import Span, moment_from, span_of
from db.enums import ImportKind as K

ITEMS = "code,name,name_en,category,unit\nA,番茄,Tomato,Food > Veg,kg\nB,牛奶,Milk,Food > Dairy,L\n"
OPENING = "item,qty,value,lot\nA,10,20.00,\n"
MOVES = """at,type,item,qty,value,lot,document,ref,reason
2026-01-05T10:00,receipt,A,10,30.00,,R1,,
2026-01-05T11:00,receipt,B,5,25.00,L1,R2,,
2026-01-06T02:00,issue,A,12,,,,,
2026-01-07T10:00,waste,B,1,,,,,spoiled
2026-02-01T10:00,issue,B,1,,,,,
"""


@pytest.fixture
def stocked(office: Office) -> Office:
    for kind, text in (
        (K.ITEMS, ITEMS),
        (K.OPENING_STOCK, OPENING),
        (K.MOVEMENTS, MOVES),
    ):
        office.do(import_file, kind=kind, content=ImportFile("f.csv", text.encode()))
    return office


def made(office: Office, name: str, form: str = "json", *, language: str = "en", **dates: str) -> bytes:
    site = office.site
    given = (dates.get("as_of", ""), dates.get("start", ""), dates.get("end", ""))
    is_of_period = next(one for one in office.ask(reports.list_reports) if one.name == name).is_of_period
    span = span_of(given, site.zone, site.day_start_hour, is_of_period=is_of_period)
    report = office.ask(reports.get_report, name=name, span=span, language=language, form=form)
    return reports.render_report(report, form, language, site)


def rows(office: Office, name: str, **dates: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(made(office, name, **dates))
    return found


def test_stock_on_hand_has_the_shape_of_the_contract(stocked: Office) -> None:
    assert rows(stocked, "stock-on-hand") == [
        {"item": "A", "location": "MAIN", "lot": "", "qty": "8", "unit": "kg"},
        {"item": "B", "location": "MAIN", "lot": "L1", "qty": "3", "unit": "L"},
    ]


def test_a_date_is_the_whole_business_day(stocked: Office) -> None:
    """The issue at two in the night belongs to the day before, since the day starts at four."""
    assert [row["qty"] for row in rows(stocked, "stock-on-hand", as_of="2026-01-05")] == ["8", "5"]
    assert [row["qty"] for row in rows(stocked, "stock-on-hand", as_of="2026-01-06T01:59")] == ["20", "5"]
    assert [row["qty"] for row in rows(stocked, "stock-on-hand", as_of="2026-01-05T18:00Z")] == ["8", "5"]
    assert [row["qty"] for row in rows(stocked, "stock-on-hand", as_of="2025-12-31")] == ["10"]


def test_stock_value_has_the_shape_of_the_contract(stocked: Office) -> None:
    assert rows(stocked, "stock-value") == [
        {"item": "A", "qty": "8", "value": "24.00", "unit_cost": "3", "unit": "kg"},
        {"item": "B", "qty": "3", "value": "15.00", "unit_cost": "5", "unit": "L"},
    ]


def test_the_ledger_names_what_where_when_and_by_whom(stocked: Office) -> None:
    found = rows(stocked, "stock-ledger")
    assert [row["type"] for row in found] == ["opening", "receipt", "receipt", "issue", "waste", "issue"]
    first = found[1]
    assert {key: first[key] for key in ("at", "type", "item", "location", "lot", "qty", "value", "document", "by")} == {
        "at": "2026-01-05T10:00:00+08:00", "type": "receipt", "item": "A", "location": "MAIN", "lot": "", "qty": "10", "value": "30.00",
        "document": "R1", "by": "Admin",
    }  # fmt: skip
    assert sum(Decimal(row["value"]) for row in found) == Decimal("39.00")
    assert [row["type"] for row in rows(stocked, "stock-ledger", start="2026-01-07", end="2026-02-01")] == [
        "waste",
        "issue",
    ]


def test_a_reversal_is_called_one(stocked: Office) -> None:
    text = (
        "at,type,item,qty,value,ref,document\n2026-02-01T12:00,receipt,A,1,1.00,,R9\n2026-02-02T10:00,reversal,,,,R9,\n"
    )
    stocked.do(import_file, kind=K.MOVEMENTS, content=ImportFile("r.csv", text.encode()))
    last = rows(stocked, "stock-ledger")[-1]
    assert (last["type"], last["kind"], last["qty"], last["value"]) == ("reversal", "receipt", "-1", "-1.00")


def test_the_review_adds_up_line_by_line(stocked: Office) -> None:
    found = rows(stocked, "month-review", start="2026-01-01", end="2026-01-31")
    assert [(row["level"], row["item"], row["category"]) for row in found] == [
        ("item", "A", "Food/Veg"), ("item", "B", "Food/Dairy"), ("category", "", "Food/Dairy"), ("category", "", "Food/Veg"),
    ]  # fmt: skip
    first = found[0]
    shown = {
        key: first[key]["value"]
        for key in ("opening", "receipts", "other_in", "usage", "waste", "adjustments", "other_out", "closing")
    }
    assert shown == {
        "opening": "20.00", "receipts": "30.00", "other_in": "0.00", "usage": "26.00", "waste": "0.00", "adjustments": "0.00",
        "other_out": "0.00", "closing": "24.00",
    }  # fmt: skip
    assert first["usage"] == {"qty": "12", "value": "26.00"} and first["usage_qty"] == "12"
    for row in found:
        parts = {key: Decimal(row[key]["value"]) for key in shown}
        total = (
            parts["opening"]
            + parts["receipts"]
            + parts["other_in"]
            - parts["usage"]
            - parts["waste"]
            + parts["adjustments"]
        )
        assert total - parts["other_out"] == parts["closing"]


def test_a_review_without_a_start_begins_with_the_month(stocked: Office) -> None:
    found = rows(stocked, "month-review", end="2026-02-10")
    assert next(row for row in found if row["item"] == "B")["usage"] == {"qty": "1", "value": "5.00"}
    assert next(row for row in found if row["item"] == "A")["receipts"]["qty"] == "0"


@pytest.mark.parametrize("name", ["stock-on-hand", "stock-value", "stock-ledger", "month-review"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_report_has_every_form_in_both_languages(stocked: Office, name: str, language: str) -> None:
    head = "物料编码" if language == "zh" else "Item code"
    word = "番茄" if language == "zh" else "Tomato"
    dates = {"end": "2026-02-10", "start": "2026-01-01"} if name in ("stock-ledger", "month-review") else {}
    table = made(stocked, name, "table", language=language, **dates).decode()
    assert head in table.splitlines()[0] and word in table
    lines = list(csv.reader(io.StringIO(made(stocked, name, "csv", language=language, **dates).decode("utf-8-sig"))))
    assert head in lines[0] and any(word in line for line in lines)
    book = load_workbook(io.BytesIO(made(stocked, name, "xlsx", language=language, **dates)))
    cells = {cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert {word, head} & cells and word in cells
    pages = pypdfium2.PdfDocument(made(stocked, name, "pdf", language=language, **dates))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert word in text and (stocked.site.name in text)
    pages.close()


def test_an_empty_site_has_empty_reports(office: Office) -> None:
    for entry in office.ask(reports.list_reports):
        assert rows(office, entry.name) == []
        assert made(office, entry.name, "pdf").startswith(b"%PDF")


def test_what_the_reports_are_about_stands_in_both_languages(office: Office) -> None:
    for entry in office.ask(reports.list_reports):
        assert entry.about.render("zh") != entry.about.render("en")


def test_a_report_that_is_not_there_is_said(office: Office) -> None:
    with pytest.raises(NotFound, match="There is no report nope"):
        office.ask(reports.get_report, name="nope")


def test_cost_is_for_those_who_may_see_it(stocked: Office) -> None:
    stocked.do(identity.add_person, new=identity.NewPerson("Lin", password="a long pass word"))
    stocked.sign_in("Lin", "a long pass word")
    for name in ("stock-value", "month-review"):
        with pytest.raises(NotAllowed):
            stocked.ask(reports.get_report, name=name, span=Span())


@pytest.mark.parametrize(
    ("dates", "is_of_period", "field"),
    [
        (("2026-01-01", "2026-01-01", ""), True, "--as-of"),
        (("", "2026-01-01", ""), False, "--from"),
        (("", "", "2026-01-01"), False, "--to"),
        (("", "2026-02-01", "2026-01-01"), True, "--to"),
        (("soon", "", ""), False, "--as-of"),
        (("2026-02-30", "", ""), False, "--as-of"),
        (("9999-12-31", "", ""), False, "--as-of"),
    ],
)
def test_dates_that_do_not_fit_get_a_sentence(dates: tuple[str, str, str], is_of_period: bool, field: str) -> None:
    with pytest.raises(InvalidInput) as told:
        span_of(dates, "Asia/Shanghai", 4, is_of_period=is_of_period)
    assert told.value.field == field


def test_a_moment_may_have_its_own_offset() -> None:
    assert (
        moment_from("2026-01-05T10:00+01:00", "Asia/Shanghai", 4, at_end=True).isoformat()
        == "2026-01-05T10:00:00+01:00"
    )
    assert moment_from("20260105", "Asia/Shanghai", 4, at_end=False).isoformat() == "2026-01-05T04:00:00+08:00"
    for typed in ("2026/1/5 10:00", "2026.1.5 10:00", "２０２６-01-05T10:00"):
        assert moment_from(typed, "Asia/Shanghai", 4, at_end=True).isoformat() == "2026-01-05T10:00:00+08:00"


def test_a_table_keeps_to_the_width_of_a_terminal(stocked: Office) -> None:
    report = stocked.ask(reports.get_report, name="stock-on-hand", language="en")
    assert max(map(len, to_text(report.sheet, "en", 70).splitlines())) <= 70


def test_names_stay_text_in_files(office: Office) -> None:
    office.do(import_file, kind=K.ITEMS, content=ImportFile("i.csv", b"code,name,unit\nF,\"=cmd|'/c calc'!A0\",kg\n"))
    office.do(import_file, kind=K.OPENING_STOCK, content=ImportFile("o.csv", b"item,qty,value\nF,1,1\n"))
    assert office.ask(catalog.find_item, code="F") is not None and office.ask(stock.list_values) != []
    lines = list(csv.reader(io.StringIO(made(office, "stock-value", "csv").decode("utf-8-sig"))))
    assert lines[1][1].startswith("'=")
    cell = load_workbook(io.BytesIO(made(office, "stock-value", "xlsx"))).worksheets[0]["B2"]
    assert cell.data_type == "s" and cell.value.startswith("=cmd")
