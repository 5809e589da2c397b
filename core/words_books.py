"""Names of the stored words of accounts and journals. Read them from `core.words`."""

from __future__ import annotations

from enum import Enum

from core.i18n import Text, _
from db.enums import AccountUse, AccrualStyle, BookGrain, VoucherKind

BOOK_WORDS: dict[type[Enum], dict[str, Text]] = {
    AccountUse: {
        AccountUse.STOCK: _("Stock"),
        AccountUse.USAGE: _("Cost of goods used"),
        AccountUse.WASTE: _("Waste"),
        AccountUse.COUNT_DIFFERENCE: _("Count differences"),
        AccountUse.ADJUSTMENT: _("Stock adjustment"),
        AccountUse.COST_VARIANCE: _("Cost variance"),
        AccountUse.PRODUCTION: _("Production clearing"),
        AccountUse.OPENING: _("Opening stock"),
        AccountUse.GOODS_RECEIVED: _("Goods received, not invoiced"),
        AccountUse.LANDED_COST: _("Landed cost clearing"),
        AccountUse.NOT_RECEIVED: _("Invoiced, not received"),
        AccountUse.PRICE_DIFFERENCE: _("Price differences to be settled"),
        AccountUse.CLAIM: _("Claims on suppliers"),
        AccountUse.CLAIM_LOSS: _("Claims given up"),
        AccountUse.INPUT_TAX: _("Input tax"),
        AccountUse.PAYABLE: _("Payable to suppliers"),
        AccountUse.BANK: _("Money at the bank"),
        AccountUse.COST: _("Other costs of invoices"),
        AccountUse.ACCRUAL: _("Accrued at month-end"),
        AccountUse.EXPENSE: _("Expenses of claims"),
        AccountUse.PEOPLE: _("Payable to people"),
    },
    VoucherKind: {
        VoucherKind.OPENING: _("Opening stock"),
        VoucherKind.PURCHASES: _("Goods received and returned"),
        VoucherKind.LANDED_COST: _("Landed cost"),
        VoucherKind.USAGE: _("Goods used"),
        VoucherKind.WASTE: _("Waste"),
        VoucherKind.COUNTS: _("Count differences"),
        VoucherKind.ADJUSTMENTS: _("Stock adjustment"),
        VoucherKind.PRODUCTION: _("Goods made"),
        VoucherKind.INVOICE: _("Invoice"),
        VoucherKind.PAYMENT: _("Payment"),
        VoucherKind.EXPENSE: _("Expense claim"),
        VoucherKind.EXPENSE_PAID: _("Expense paid back"),
        VoucherKind.ACCRUAL: _("Accrued at month-end"),
        VoucherKind.ACCRUAL_BACK: _("Accrual reversed"),
    },
    BookGrain: {
        BookGrain.MONTH: _("One voucher a month"),
        BookGrain.DAY: _("One voucher a day"),
    },
    AccrualStyle: {
        AccrualStyle.ON_INVOICE: _("Each reversed when its invoice comes"),
        AccrualStyle.MONTH_START: _("All reversed on the first of next month"),
    },
}
