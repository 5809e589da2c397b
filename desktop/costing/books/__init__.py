"""Journals for the accountant in the window: the vouchers of a month, the accounts they stand on, the file."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Action, Page, ShellRegistry, Variant

ROUTE = "month_end.books"


def register(registry: ShellRegistry) -> None:
    """Bring journals to the shell."""
    registry.add_page(
        Page(
            ROUTE, _("Accounts and journals"), "month_end", Permission.BOOKS_EXPORT, _page, 70, icon="money",
            variants=(Variant("accounts", {"part": "accounts"}), Variant("settings", {"is_setting": True})),
        )
    )  # fmt: skip
    registry.add_action(
        Action(
            "costing.books",
            _("Accounts and journals"),
            Permission.BOOKS_EXPORT,
            lambda context, **args: context.shell.go(ROUTE, **args),
            icon="money",
            words="凭证 会计科目 记账 金蝶 用友 pingzheng kemu journal voucher account xero quickbooks kingdee yonyou",
        )
    )


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.costing.books.page import BooksPage

    return BooksPage(context, **args)
