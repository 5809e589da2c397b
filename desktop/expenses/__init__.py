"""Expense claims in the window: the list with a form beside it, their slip, the kinds, and what a scan does with them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import Permission
from desktop.context import AppContext, Paper
from desktop.expenses.scanned import register_scans
from desktop.shell.registry import Action, Page, PaperMaker, ShellRegistry, Variant

__all__ = ["register"]

ROUTE, KINDS_ROUTE = "month_end.expenses", "month_end.expense_kinds"
PLACE = "month_end"


def register(registry: ShellRegistry) -> None:
    """Bring expense claims to the shell."""
    one = Variant("one", find_args=lambda office: {"expense_id": some_expense(office)})
    registry.add_page(
        Page(
            ROUTE, _("Expense claims"), PLACE, Permission.EXPENSE_ENTER, _page, 60, icon="money",
            variants=(Variant("new", {"is_adding": True}), one),
        )
    )  # fmt: skip
    registry.add_page(
        Page(
            KINDS_ROUTE, _("Kinds of expense"), PLACE, Permission.EXPENSE_APPROVE, _kinds, 61, in_tabs=False, icon="settings",
            variants=(Variant("all"), Variant("new", {"is_adding": True})),
        )
    )  # fmt: skip
    registry.add_action(
        Action(
            "expenses.new",
            _("New expense claim"),
            Permission.EXPENSE_ENTER,
            lambda context, **args: context.shell.go(ROUTE, is_adding=True, **args),
            icon="money",
            words="报销 费用报销单 垫付 发票 票据 baoxiao expense claim receipt refund petty cash",
        )
    )
    registry.add_paper(PaperMaker("expenses.claim", _("Expense claim"), Permission.EXPENSE_ENTER, _papers))
    register_scans(registry)


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.expenses.page import ExpensesPage

    return ExpensesPage(context, **args)


def _kinds(context: AppContext, **args: Any) -> QWidget:
    from desktop.expenses.kinds_page import ExpenseKindsPage

    return ExpenseKindsPage(context, **args)


def some_expense(office: Any) -> int | None:
    """The newest claim of the site that the person sees, for a picture."""
    from core import expenses

    rows = office.ask(expenses.list_expenses, limit=1)
    return rows[0].id if rows else None


def _papers(office: Any, language: Language) -> list[Paper]:
    from core import expenses
    from desktop.printing.source import PaperSource

    key = some_expense(office)
    if key is None:
        return []
    ask = expenses.get_expense_paper
    return [PaperSource("expense", language, lambda said: office.ask(ask, expense_id=key, language=said))()]
