"""Months and their closing, budgets, accounts: one file each."""

from db.costing.books import BookAccount, BookLine, BookMonth, BookRules
from db.costing.budgets import Budget

__all__ = [
    "BookAccount",
    "BookLine",
    "BookMonth",
    "BookRules",
    "Budget",
]
