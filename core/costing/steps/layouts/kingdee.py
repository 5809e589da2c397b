"""Kingdee 金蝶: a workbook with the columns of its voucher import (凭证引入).

Source of the form: published guides to the Excel voucher import of Kingdee KIS 标准版 (date, voucher word and number,
documents attached, summary, account, debit, credit, currency, rate, quantity, unit price, maker); amounts in two columns,
dates as 2026-10-31, figures as figures. The cloud editions (星辰, 精斗云) take the same facts under the headings of a
template that is downloaded there; it could not be tried here.
"""

from __future__ import annotations

from core.costing.steps.layouts.shared import FORM_UNSURE, XLSX, named_file, rows_of, sheet_of
from core.costing.types.books import Journal, JournalFile
from core.documents import Kind, to_xlsx
from core.i18n import Language

COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("日期", "text"),
    ("凭证字", "text"),
    ("凭证号", "number"),
    ("附单据数", "number"),
    ("摘要", "text"),
    ("科目代码", "text"),
    ("科目名称", "text"),
    ("借方金额", "number"),
    ("贷方金额", "number"),
    ("币别", "text"),
    ("汇率", "number"),
    ("数量", "number"),
    ("单价", "number"),
    ("往来单位代码", "text"),
    ("往来单位", "text"),
    ("部门", "text"),
    ("制单人", "text"),
)


def kingdee_file(journal: Journal, _language: Language) -> JournalFile:
    """One row a line; the summary in Chinese, as the program is."""
    rows = (
        (
            voucher.day.isoformat(),
            journal.settings.voucher_word,
            voucher.number,
            0,
            voucher.text.render("zh")[:60],
            line.code,
            line.name,
            line.debit,
            line.credit,
            "RMB" if journal.currency == "CNY" else journal.currency,
            1,
            None,
            None,
            line.supplier_code,
            line.supplier_name,
            line.section,
            journal.made_by,
        )
        for voucher, _place, line in rows_of(journal)
    )
    sheet = sheet_of(journal, "凭证", COLUMNS, rows)
    return named_file(journal, "-kingdee.xlsx", (XLSX, to_xlsx(sheet, "zh")), (FORM_UNSURE,))
