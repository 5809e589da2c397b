"""Each layout as the program that reads it wants it."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any

import pytest
from openpyxl import load_workbook

from core.costing import BookLayout, BookSettings, Journal, JournalLine, JournalVoucher
from core.costing.steps.layouts import journal_file
from core.i18n import verbatim
from core.words import AccountUse as U
from core.words import AccrualStyle, BookGrain, VoucherKind

SETTINGS = BookSettings("记", BookGrain.MONTH, AccrualStyle.ON_INVOICE)


def voucher(number: int, amount: str = "1234.50", **over: Any) -> JournalVoucher:
    lines = (
        JournalLine(U.USAGE, "", "5401", "主营业务成本", D(amount), D("0.00"), section="厨房, 二楼"),
        JournalLine(U.STOCK, "", "1403", "原材料", D("0.00"), D(amount), 3, "S1", "=鲜蔬"),
    )
    return JournalVoucher(number, date(2026, 3, 31), VoucherKind.USAGE, verbatim("领用出库, 三月"), lines, **over)


def journal(*vouchers: JournalVoucher, **over: Any) -> Journal:
    values: dict[str, Any] = {
        "month": "2026-03", "settings": SETTINGS, "currency": "CNY", "digits": 2,
        "vouchers": vouchers or (voucher(1), voucher(2, "0.01")), "is_final": True,
        "made_at": datetime(2026, 4, 1, tzinfo=UTC), "made_by": "陈思远", "sha256": "0" * 64, **over,
    }  # fmt: skip
    return Journal(**values)


def rows(content: bytes, encoding: str = "utf-8") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))


def test_general_has_every_fact_and_nothing_runs_as_a_formula() -> None:
    made = journal_file(journal(), BookLayout.GENERAL, "en")
    assert (made.name, made.content[:3]) == ("journal-2026-03.csv", b"\xef\xbb\xbf")
    head, first, second, *_rest = rows(made.content, "utf-8-sig")
    assert head[:8] == ["Voucher", "Date", "Line number", "Text", "Account code", "Account name", "Debit", "Credit"]
    assert first[:8] == ["1", "2026-03-31", "1", "领用出库, 三月", "5401", "主营业务成本", "1234.50", ""]
    assert second[6:10] == ["", "1234.50", "S1", "'=鲜蔬"]


def test_kingdee_is_a_workbook_with_figures_as_figures() -> None:
    made = journal_file(journal(), BookLayout.KINGDEE, "en")
    sheet = load_workbook(io.BytesIO(made.content)).worksheets[0]
    table = list(sheet.iter_rows(values_only=True))
    assert (len(table[0]), table[0][:5], table[0][9:12]) == (
        37, ("凭证日期", "会计年度", "会计期间", "凭证字", "凭证号"), ("原币金额", "借方", "贷方"),
    )  # fmt: skip
    assert table[1][:7] == ("2026-03-31", 2026, 3, "记", 1, "5401", "主营业务成本")
    assert table[1][7:14] == ("RMB", "人民币", 1234.5, 1234.5, 0, "陈思远", "NONE")
    assert (table[1][19], table[1][23], table[1][32]) == ("领用出库, 三月", "厨房, 二楼", 0)
    assert sum(row[10] - row[11] for row in table[1:]) == 0
    owed = JournalLine(U.PAYABLE, "S1", "220201", "应付账款", D(0), D(5), 3, "S1", "鲜蔬")
    made = journal_file(journal(replace(voucher(1), lines=(owed,))), BookLayout.KINGDEE, "zh")
    sheet = load_workbook(io.BytesIO(made.content)).worksheets[0]
    assert list(sheet.iter_rows(values_only=True))[1][33] == "供应商---S1---鲜蔬"


def test_yonyou_is_text_in_its_code_page_with_a_field_for_everything() -> None:
    made = journal_file(journal(), BookLayout.YONYOU, "en")
    lines = made.content.decode("gb18030").split("\r\n")
    assert lines[0] == "填制凭证,V800"
    fields = lines[1].split(",")
    assert fields[:8] == ["2026-03-31", "记", "1", "0", "领用出库， 三月", "5401", "1234.50", "0.00"]
    assert (fields[11], fields[15]) == ("陈思远", "厨房， 二楼")
    assert lines[2].split(",")[18] == "S1"
    assert all(len(line.split(",")) == 19 for line in lines[1:-1])


def test_xero_has_one_signed_amount_and_days_as_it_reads_them() -> None:
    made = journal_file(journal(), BookLayout.XERO, "zh")
    head, first, second, *_rest = rows(made.content)
    assert head[:6] == ["*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount"]
    assert first[:6] == ["记-1 领用出库, 三月", "31/03/2026", "主营业务成本", "5401", "Tax Exempt", "1234.50"]
    assert second[5] == "-1234.50"
    assert first[6:8] == ["Department", "厨房, 二楼"]


def test_a_long_journal_for_xero_is_several_files_of_whole_vouchers() -> None:
    made = journal_file(journal(*(voucher(number) for number in range(1, 202))), BookLayout.XERO, "zh")
    assert made.name.endswith("-xero.zip")
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        parts = [rows(archive.read(name))[1:] for name in archive.namelist()]
    assert [len(part) for part in parts] == [300, 102]
    assert all(sum(D(row[5]) for row in part) == 0 for part in parts)


def test_quickbooks_knows_accounts_by_name_and_days_as_in_america() -> None:
    made = journal_file(journal(), BookLayout.QUICKBOOKS, "zh")
    head, first, second, *_rest = rows(made.content)
    assert head == ["JournalNo", "JournalDate", "AccountName", "Debits", "Credits", "Description", "Name", "Class"]
    assert first[:5] == ["2026-03-1", "03/31/2026", "主营业务成本", "1234.50", ""]
    assert second[3:7] == ["", "1234.50", "领用出库, 三月", "'=鲜蔬"]


def test_accounts_a_program_would_not_know_are_named() -> None:
    line = JournalLine(U.STOCK, "", "1403010203040506", "", D(5), D(0))
    odd = journal(replace(voucher(1), lines=(line,)))
    for layout in (BookLayout.QUICKBOOKS, BookLayout.YONYOU):
        note = str(journal_file(odd, layout, "en").notes[0])
        assert "1403010203040506" in note
        assert "account map" in note
        assert "1403010203040506" not in str(journal_file(journal(), layout, "en").notes)


@pytest.mark.parametrize("layout", list(BookLayout))
def test_what_is_provisional_says_so_and_an_empty_journal_has_its_head(layout: BookLayout) -> None:
    made = journal_file(replace(journal(), vouchers=(), is_final=False, suggested=(U.STOCK,)), layout, "zh")
    assert "-provisional" in made.name
    assert made.content
    assert len(made.notes) >= 2
    assert any("provisional" in str(note) for note in made.notes)
    assert any("suggested" in str(note) for note in made.notes)
