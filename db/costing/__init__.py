"""Months and their closing, budgets, accounts: one file each."""

from db.costing.books import BookAccount, BookLine, BookMonth, BookRules
from db.costing.budgets import Budget
from db.costing.months import (
    MonthClosing,
    MonthClosingAccrual,
    MonthClosingCategory,
    MonthClosingCheck,
    MonthClosingCount,
    MonthClosingItem,
    MonthClosingUnit,
    MonthClosingWaste,
    MonthReopening,
)

__all__ = [
    "BookAccount",
    "BookLine",
    "BookMonth",
    "BookRules",
    "Budget",
    "MonthClosing",
    "MonthClosingAccrual",
    "MonthClosingCategory",
    "MonthClosingCheck",
    "MonthClosingCount",
    "MonthClosingItem",
    "MonthClosingUnit",
    "MonthClosingWaste",
    "MonthReopening",
]
