"""Expenses: money that people laid out for the site, claimed with receipts, approved and paid back.

Promises: nobody decides on their own claim; drafts and receipts are seen by nobody else; a claim moves between states only
as its table allows; what is approved has its cost on a day of an open month; what looks like a second claim is said.
"""

from core.expenses.commands.claims import (
    create_expense,
    recall_expense,
    reopen_expense,
    submit_expense,
    update_expense,
    withdraw_expense,
)
from core.expenses.commands.decisions import (
    approve_expense,
    pay_expense,
    refuse_expense,
    take_back_decision,
    unpay_expense,
)
from core.expenses.commands.kinds import add_expense_kind, update_expense_kind
from core.expenses.queries.claims import (
    count_expenses,
    find_expense,
    get_expense,
    get_receipt,
    list_expense_kinds,
    list_expense_shops,
    list_expenses,
)
from core.expenses.queries.papers import get_expense_paper
from core.expenses.rules import Event, event_word
from core.expenses.steps.books import list_booked, list_waiting
from core.expenses.types import (
    BookedExpense,
    ExpenseCard,
    ExpenseFilter,
    ExpenseKindRow,
    ExpenseLineRow,
    ExpenseRow,
    ExpenseSaved,
    NewExpense,
    NewExpenseKind,
    NewExpenseLine,
    NewReceipt,
    ReceiptRow,
    WaitingExpense,
)

__all__ = [
    "BookedExpense",
    "Event",
    "ExpenseCard",
    "ExpenseFilter",
    "ExpenseKindRow",
    "ExpenseLineRow",
    "ExpenseRow",
    "ExpenseSaved",
    "NewExpense",
    "NewExpenseKind",
    "NewExpenseLine",
    "NewReceipt",
    "ReceiptRow",
    "WaitingExpense",
    "add_expense_kind",
    "approve_expense",
    "count_expenses",
    "create_expense",
    "event_word",
    "find_expense",
    "get_expense",
    "get_expense_paper",
    "get_receipt",
    "list_booked",
    "list_expense_kinds",
    "list_expense_shops",
    "list_expenses",
    "list_waiting",
    "pay_expense",
    "recall_expense",
    "refuse_expense",
    "reopen_expense",
    "submit_expense",
    "take_back_decision",
    "unpay_expense",
    "update_expense",
    "update_expense_kind",
    "withdraw_expense",
]
