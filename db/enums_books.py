"""The stored words of the account map and journals. Read them from `db.enums`."""

from __future__ import annotations

from enum import StrEnum


class AccountUse(StrEnum):
    """What an account is for in the journal of a month."""

    STOCK = "stock"
    USAGE = "usage"
    WASTE = "waste"
    COUNT_DIFFERENCE = "count_difference"
    ADJUSTMENT = "adjustment"
    COST_VARIANCE = "cost_variance"
    PRODUCTION = "production"
    OPENING = "opening"
    GOODS_RECEIVED = "goods_received"
    LANDED_COST = "landed_cost"
    NOT_RECEIVED = "not_received"
    PRICE_DIFFERENCE = "price_difference"
    CLAIM = "claim"
    CLAIM_LOSS = "claim_loss"
    INPUT_TAX = "input_tax"
    PAYABLE = "payable"
    BANK = "bank"
    COST = "cost"
    ACCRUAL = "accrual"
    EXPENSE = "expense"
    PEOPLE = "people"


class VoucherKind(StrEnum):
    """What a voucher of the journal is about."""

    OPENING = "opening"
    PURCHASES = "purchases"
    LANDED_COST = "landed_cost"
    USAGE = "usage"
    WASTE = "waste"
    COUNTS = "counts"
    ADJUSTMENTS = "adjustments"
    PRODUCTION = "production"
    INVOICE = "invoice"
    PAYMENT = "payment"
    EXPENSE = "expense"
    EXPENSE_PAID = "expense_paid"
    ACCRUAL = "accrual"
    ACCRUAL_BACK = "accrual_back"


class BookGrain(StrEnum):
    """How movements of stock are put together into vouchers."""

    MONTH = "month"
    DAY = "day"


class AccrualStyle(StrEnum):
    """How goods received and not invoiced stand in the books at a month's end."""

    ON_INVOICE = "on_invoice"
    MONTH_START = "month_start"
