"""Claims and scans: a slip opens its claim; the palette finds it by number, person or shop."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import expenses
from core.devices import OwnKind, Scan
from core.expenses import ExpenseFilter, ExpenseRow
from core.i18n import _
from core.words import Permission, word
from desktop.context import AppContext
from desktop.shell.registry import (
    Found,
    Hit,
    PaletteProvider,
    ScanFinder,
    ShellRegistry,
    Thing,
    ThingAction,
    ThingsFound,
)

ROUTE = "month_end.expenses"
PREFIX = "EX-"
LEAST_LETTERS, MOST_FOUND = 2, 5


def register_scans(registry: ShellRegistry) -> None:
    """Bring what is found by a scan or by words."""
    right = Permission.EXPENSE_ENTER
    registry.add_finder(ScanFinder("expenses", right, find_expenses))
    registry.add_provider(PaletteProvider("expenses", right, find_by_words))
    registry.add_thing_action(
        ThingAction(
            "expenses.open",
            frozenset({"expense"}),
            _("Open the expense claim"),
            right,
            lambda context, thing, _scan: context.shell.go(ROUTE, expense_id=thing.id),
            "money",
            10,
        )
    )


def find_expenses(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The claim whose slip carries this number."""
    own = scan.own
    number = (own.value if own is not None else scan.code).strip().upper()

    def take(expense_id: int | None) -> None:
        found([] if expense_id is None else [Thing("expense", expense_id, number, "", number, "money")])

    if number.startswith(PREFIX) and (own is None or own.kind is OwnKind.DOCUMENT):
        context.ops.ask(
            owner, expenses.find_expense, number=number, then=take, failed=lambda _error: found([]), key="expense"
        )
    else:
        found([])


def find_by_words(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
    """Claims for the palette, the newest first."""
    letters = text.strip()

    def take(rows: list[ExpenseRow]) -> None:
        found([_hit(context, row, letters) for row in rows])

    if len(letters) < LEAST_LETTERS:
        found([])
        return
    context.ops.ask(
        owner, expenses.list_expenses, wanted=ExpenseFilter(text=letters), limit=MOST_FOUND, then=take,
        failed=lambda _error: found([]), key="expenses",
    )  # fmt: skip


def _hit(context: AppContext, row: ExpenseRow, letters: str) -> Hit:
    note = " · ".join(part for part in (row.by, row.purpose, context.words(word(row.state))) if part)
    score = 80.0 if row.number.casefold() == letters.casefold() else 40.0
    go = lambda: context.shell.go(ROUTE, expense_id=row.id)  # noqa: E731
    return Hit(row.number, go, note, "money", context.words(_("Expense claims")), score)
