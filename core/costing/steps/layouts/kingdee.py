"""Kingdee 金蝶: a workbook in the standard form of vouchers (标准格式凭证引入) of KIS 专业版, K/3 and K/3 WISE.

Source of the form: three public programs that write such files for K/3 agree on its 37 columns, their order and what stands
where nothing does (NONE for nobody, * for no settlement and no unit, 0 for no quantity); an account's subsidiary items stand
as class---code---name, parted by ||; dates as 2026-10-31; the amount once as the document's and once as debit or credit,
never below zero for a side that has none; lines are counted from 0. Published guides to KIS 标准版 name the same facts
under fewer headings, and the cloud editions (星辰, 精斗云) have templates that are downloaded there; none could be tried
here. Departments have no code here, so their names stand as reference, not as subsidiary items.
"""

from __future__ import annotations

from core.costing.steps.layouts.shared import FORM_UNSURE, XLSX, named_file, rows_of, sheet_of
from core.costing.types.books import Journal, JournalFile, JournalLine, JournalVoucher
from core.documents import Cell, Kind, to_xlsx
from core.i18n import Language, _
from db.enums import AccountUse as U

_FIGURES = frozenset(
    {
        "会计年度",
        "会计期间",
        "凭证号",
        "原币金额",
        "借方",
        "贷方",
        "数量",
        "单价",
        "附件数",
        "序号",
        "汇率",
        "分录序号",
        "过账",
    }
)
HEADINGS = (
    "凭证日期", "会计年度", "会计期间", "凭证字", "凭证号", "科目代码", "科目名称", "币别代码", "币别名称", "原币金额", "借方",
    "贷方", "制单", "审核", "核准", "出纳", "经办", "结算方式", "结算号", "凭证摘要", "数量", "数量单位", "单价", "参考信息",
    "业务日期", "往来业务编号", "附件数", "序号", "系统模块", "业务描述", "汇率类型", "汇率", "分录序号", "核算项目", "过账",
    "机制凭证", "现金流量",
)  # fmt: skip
COLUMNS: tuple[tuple[str, Kind], ...] = tuple((name, "number" if name in _FIGURES else "text") for name in HEADINGS)
BY_SUPPLIER = frozenset({U.PAYABLE, U.GOODS_RECEIVED, U.ACCRUAL, U.CLAIM})
"""Accounts that are usually kept by supplier there."""
LONGEST_SUMMARY = 80
ITEMS_NOTE = _(
    "Kingdee takes a supplier as a subsidiary item (核算项目) on accounts kept by supplier: those of payables, goods received and "
    "claims must be so in its chart, with these suppliers' codes."
)


def kingdee_file(journal: Journal, _language: Language) -> JournalFile:
    """One row a line; the summary in Chinese, as the program is."""
    rows = (_row(journal, voucher, place, line) for voucher, place, line in rows_of(journal))
    sheet = sheet_of(journal, "Page1", COLUMNS, rows)
    return named_file(journal, "-kingdee.xlsx", (XLSX, to_xlsx(sheet, "zh")), (ITEMS_NOTE, FORM_UNSURE))


def _row(journal: Journal, voucher: JournalVoucher, place: int, line: JournalLine) -> tuple[Cell, ...]:
    day, number = voucher.day.isoformat(), voucher.number
    money = ("RMB", "人民币") if journal.currency == "CNY" else (journal.currency, journal.currency)
    summary = voucher.text.render("zh")[:LONGEST_SUMMARY]
    return (
        day, voucher.day.year, voucher.day.month, journal.settings.voucher_word, number, line.code, line.name, *money,
        line.debit + line.credit, line.debit, line.credit, journal.made_by, "NONE", "NONE", "NONE", "", "*", "", summary,
        0, "*", 0, line.section, day, voucher.document, 0, number, "", "", "公司汇率", 1, place - 1, _items(line), 0, "", "",
    )  # fmt: skip


def _items(line: JournalLine) -> str:
    """The subsidiary item of a line."""
    if line.use not in BY_SUPPLIER or not line.supplier_code:
        return ""
    return f"供应商---{line.supplier_code}---{line.supplier_name}"
