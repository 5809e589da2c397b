"""The usual accounts, until somebody sets their own.

In yuan those of the Chinese standard for small enterprises (小企业会计准则, Ministry of Finance 2011, appendix: accounting
items); elsewhere common numbers of a small company's chart, in English.
"""

from __future__ import annotations

from collections.abc import Mapping

from db.enums import AccountUse as U

CHINA: Mapping[U, tuple[str, str]] = {
    U.STOCK: ("1403", "原材料"),
    U.USAGE: ("5401", "主营业务成本"),
    U.WASTE: ("540102", "主营业务成本_损耗"),
    U.COUNT_DIFFERENCE: ("1901", "待处理财产损溢"),
    U.ADJUSTMENT: ("1901", "待处理财产损溢"),
    U.COST_VARIANCE: ("1404", "材料成本差异"),
    U.PRODUCTION: ("4001", "生产成本"),
    U.OPENING: ("3104", "利润分配"),
    U.GOODS_RECEIVED: ("220202", "应付账款_暂估应付款"),
    U.LANDED_COST: ("220203", "应付账款_运费分摊"),
    U.NOT_RECEIVED: ("1402", "在途物资"),
    U.PRICE_DIFFERENCE: ("122102", "其他应收款_待处理价差"),
    U.CLAIM: ("122101", "其他应收款_供应商索赔"),
    U.CLAIM_LOSS: ("5711", "营业外支出"),
    U.INPUT_TAX: ("22210101", "应交税费_应交增值税_进项税额"),
    U.PAYABLE: ("220201", "应付账款_供应商"),
    U.BANK: ("1002", "银行存款"),
    U.COST: ("5602", "管理费用"),
    U.ACCRUAL: ("220204", "应付账款_月末暂估"),
    U.EXPENSE: ("5602", "管理费用"),
    U.PEOPLE: ("2241", "其他应付款"),
}
ELSEWHERE: Mapping[U, tuple[str, str]] = {
    U.STOCK: ("1200", "Inventory"),
    U.USAGE: ("5000", "Cost of goods sold"),
    U.WASTE: ("5100", "Waste"),
    U.COUNT_DIFFERENCE: ("5200", "Inventory count differences"),
    U.ADJUSTMENT: ("5210", "Inventory adjustments"),
    U.COST_VARIANCE: ("5300", "Purchase price variance"),
    U.PRODUCTION: ("1250", "Work in progress"),
    U.OPENING: ("3900", "Opening balances"),
    U.GOODS_RECEIVED: ("2110", "Goods received not invoiced"),
    U.LANDED_COST: ("2120", "Freight and landed cost clearing"),
    U.NOT_RECEIVED: ("1260", "Goods invoiced not received"),
    U.PRICE_DIFFERENCE: ("1270", "Price differences to be settled"),
    U.CLAIM: ("1280", "Claims on suppliers"),
    U.CLAIM_LOSS: ("5400", "Claims written off"),
    U.INPUT_TAX: ("2200", "Input tax"),
    U.PAYABLE: ("2100", "Accounts payable"),
    U.BANK: ("1000", "Bank"),
    U.COST: ("6000", "Other purchasing costs"),
    U.ACCRUAL: ("2130", "Accrued purchases"),
    U.EXPENSE: ("6100", "Other expenses"),
    U.PEOPLE: ("2150", "Payable to staff"),
}
KEYED = frozenset({U.STOCK, U.USAGE, U.WASTE, U.INPUT_TAX, U.PAYABLE, U.COST, U.EXPENSE})
"""The uses that may have several accounts."""


def usual_account(use: U, currency: str) -> tuple[str, str]:
    """Code and name of the usual account of a use, by the site's currency."""
    return (CHINA if currency == "CNY" else ELSEWHERE)[use]


def voucher_word(currency: str) -> str:
    """The word on vouchers: 记 in Chinese books, none elsewhere needs one."""
    return "记" if currency == "CNY" else "GJ"
