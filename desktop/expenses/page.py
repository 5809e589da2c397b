"""Money that people laid out: the list, one claim beside it, entering, deciding, paying back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from core import expenses
from core.errors import CoreError, NeedsConfirmation
from core.expenses import ExpenseCard, ExpenseFilter, ExpenseRow, ExpenseSaved, ReceiptRow
from core.i18n import Text, _, _n
from core.words import ExpenseState, Permission, RepayWay, word
from desktop.context import AppContext, Posted
from desktop.expenses.columns import expense_columns, expense_sheet
from desktop.expenses.form import ExpenseForm
from desktop.expenses.panel import ExpensePanel, PayPanel, RefusePanel, told_of
from desktop.expenses.receipts import ReceiptPanel
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.printing.source import PaperSource
from desktop.widgets import ChipSpec, KeyHint, PageBase, RowTable, date_words, local_time, money_words

KINDS_ROUTE = "month_end.expense_kinds"
FORM_WIDTH, PANEL_WIDTH = 696, 520
COMMANDS: dict[str, Callable[..., ExpenseSaved]] = {
    "submit": expenses.submit_expense,
    "approve": expenses.approve_expense,
    "refuse": expenses.refuse_expense,
    "pay": expenses.pay_expense,
    "recall": expenses.recall_expense,
    "reopen": expenses.reopen_expense,
    "take_back": expenses.take_back_decision,
    "unpay": expenses.unpay_expense,
    "withdraw": expenses.withdraw_expense,
}
UNDO = {
    "submit": expenses.recall_expense,
    "approve": expenses.take_back_decision,
    "refuse": expenses.take_back_decision,
    "pay": expenses.unpay_expense,
    "withdraw": expenses.reopen_expense,
}
ANSWER = _("Money people laid out, with their receipts")
F9_WAYS = ("approve", "submit", "pay")


class ExpensesPage(PageBase):
    """F2 begins a claim, Enter opens one, F9 submits, approves or pays back what is open, F8 prints its slip."""

    def __init__(
        self,
        context: AppContext,
        *,
        expense_id: int | None = None,
        state: ExpenseState | None = None,
        is_adding: bool = False,
    ) -> None:
        super().__init__(_("Expense claims"), ANSWER)
        self.context = context
        self._rows: Sequence[ExpenseRow] = ()
        self._wanted = expense_id
        self._may_enter = context.shell.may(Permission.EXPENSE_ENTER)
        self._decides = context.shell.may(Permission.EXPENSE_APPROVE)
        self.table = RowTable(expense_columns(), name=_("Expense claims"), key="expenses")
        self.set_table(self.table)
        self.add_search(lambda _text: self.reload(), _("Number, person, shop or words"))
        self.chips.add(ChipSpec("state", _("State"), tuple((one, word(one)) for one in ExpenseState)))
        self.chips.add(ChipSpec("mine", _("Mine")))
        if state is not None:
            self.chips.set_value("state", state)
        self.chips.changed.connect(self.reload)
        self._add_acts(context)
        self.set_empty(
            _("No expense claims"),
            _("Who paid something for the site claims it here with the receipts, and gets the money back."),
            [(_("New expense claim"), self.add_expense)] if self._may_enter else [],
            icon_name="money",
        )
        self.table.row_activated.connect(lambda row: self.open_expense(row.id))
        context.hub.watch(self, ("expense",), self._on_changed)
        self.start_loading()
        self.reload()
        if is_adding and self._may_enter:
            self.add_expense()
        elif expense_id is not None:
            self.open_expense(expense_id)

    def _add_acts(self, context: AppContext) -> None:
        if self._may_enter:
            self.set_primary(_("New expense claim"), self.add_expense)
        self._file = ListFile(context, self, _("Expense claims"), self.prepare_sheet)
        self.add_more(_("Print"), self.print_page, "print", key="F8")
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")
        if self._decides and context.shell.can_go(KINDS_ROUTE):
            self.add_more(_("Kinds of expense"), lambda: context.shell.go(KINDS_ROUTE), "settings")

    # --- the list

    def reload(self) -> None:
        """Ask again for the claims."""
        chosen = self.chips.values()
        states = (chosen["state"],) if chosen["state"] else ()
        wanted = ExpenseFilter(states, bool(chosen["mine"]), self.head.search_text())
        self.context.ops.ask(
            self, expenses.list_expenses, wanted=wanted, key="list", then=self._take, failed=self.show_error
        )

    def _on_changed(self) -> None:
        self.reload()
        panel = self.panel()
        if isinstance(panel, ExpensePanel):
            self.context.ops.ask(
                self, expenses.get_expense, expense_id=panel.card.row.id, key="fresh", then=self._refresh_card,
                failed=lambda _error: None,
            )  # fmt: skip

    def _refresh_card(self, card: ExpenseCard) -> None:
        """What is open shows what it is now; who began something else meanwhile is not disturbed."""
        panel = self.panel()
        if isinstance(panel, ExpensePanel) and panel.card.row.id == card.row.id:
            self._show_card(card)

    def _take(self, rows: Sequence[ExpenseRow]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        self.set_count(len(rows))
        self.set_answer(_answer(rows))
        if self._wanted is not None and self.table.select_where(lambda row: row.id == self._wanted):
            self._wanted = None

    # --- beside it

    def open_expense(self, expense_id: int) -> None:
        """Show one claim beside the list."""
        self.context.ops.ask(
            self, expenses.get_expense, expense_id=expense_id, key="card", then=self._show_card,
            failed=lambda error: self.context.shell.show_error(error.text),
        )  # fmt: skip

    def _show_card(self, card: ExpenseCard) -> None:
        if self.has_unsaved() or isinstance(self.panel(), RefusePanel | PayPanel):
            return
        panel = ExpensePanel(card)
        panel.asked.connect(lambda way: self._do(way, card))
        panel.receipt_opened.connect(partial(self._show_receipt, card))
        self.open_panel(panel, PANEL_WIDTH)
        self.title_changed.emit(card.row.number)

    def _show_receipt(self, card: ExpenseCard, receipt: ReceiptRow) -> None:
        line = next(one for one in card.lines if one.id == receipt.line_id)
        where = " · ".join(
            part for part in (date_words(line.day), line.supplier, money_words(line.amount, sign=True)) if part
        )
        panel = ReceiptPanel(self.context, receipt, where)
        panel.back.connect(lambda: self.open_expense(card.row.id))
        self.open_panel(panel, PANEL_WIDTH)
        panel.begin()

    def _do(self, way: str, card: ExpenseCard) -> None:
        if way == "print":
            self.print_page()
        elif way == "edit":
            self._open_form(card)
        elif way == "refuse":
            refusing = RefusePanel(card)
            refusing.decided.connect(lambda note: self._run("refuse", card, note=note))
            self._ask_in(refusing)
        elif way == "pay":
            paying = PayPanel(card, self._today)
            paying.decided.connect(lambda day, how: self._run("pay", card, paid_on=day, way=RepayWay(how)))
            self._ask_in(paying)
        else:
            self._run(way, card)

    def _ask_in(self, panel: RefusePanel | PayPanel) -> None:
        self.open_panel(panel, PANEL_WIDTH)
        panel.begin()

    def _today(self) -> date:
        return local_time(self.context.office.clock.now()).date()

    def _run(self, act: str, card: ExpenseCard, **more: Any) -> None:
        expense_id = card.row.id

        def then(_saved: ExpenseSaved) -> None:
            undo = UNDO.get(act)
            facts = None if undo is None else {"expense_id": expense_id}
            told = Posted(
                told_of(act, card.row.number), facts, lambda: self._print(expense_id), self.reload, take_back=undo
            )
            self.context.shell.posted(told)
            self.reload()
            show()

        def failed(error: CoreError) -> None:
            if not isinstance(error, NeedsConfirmation):
                self.context.shell.show_error(error.text)
            show()

        def show() -> None:
            if isinstance(self.panel(), RefusePanel | PayPanel):
                self.close_panel()
            self.open_expense(expense_id)

        self.context.ops.do(
            self, COMMANDS[act], expense_id=expense_id, version=card.row.version, then=then, failed=failed, **more
        )

    def add_expense(self) -> None:
        """An empty form beside the list; while one is open, its next line (F2)."""
        form = self.panel()
        if isinstance(form, ExpenseForm):
            form.begin()
        else:
            self._open_form(None)

    def _open_form(self, card: ExpenseCard | None) -> ExpenseForm:
        form = ExpenseForm(self.context, card)
        form.saved.connect(self._on_saved)
        form.cancelled.connect(self._side.ask_close)
        self.open_panel(form, FORM_WIDTH)
        form.begin()
        return form

    def _on_saved(self, saved: ExpenseSaved) -> None:
        self.close_panel()
        self._wanted = saved.expense_id
        is_submitted = saved.state is ExpenseState.SUBMITTED
        told = (
            told_of("submit", saved.number) if is_submitted else _("{number} is saved as a draft.", number=saved.number)
        )
        undo: Callable[..., Any] = expenses.recall_expense if is_submitted else expenses.withdraw_expense
        self.context.shell.posted(
            Posted(
                told,
                {"expense_id": saved.expense_id},
                lambda: self._print(saved.expense_id),
                self.reload,
                take_back=undo,
            )
        )
        self.reload()
        self.open_expense(saved.expense_id)

    # --- keys

    def post(self) -> None:
        """F9: the form is submitted; an open claim goes where it goes next."""
        panel = self.panel()
        if isinstance(panel, ExpenseForm):
            panel.submit()
        elif isinstance(panel, RefusePanel | PayPanel):
            panel.send()
        elif isinstance(panel, ExpensePanel):
            way = next((one for one in F9_WAYS if one in panel.card.can), None)
            if way is not None:
                self._do(way, panel.card)

    def print_page(self) -> None:
        """The slip of the claim that is open, else of the row (F8)."""
        panel, row = self.panel(), self.table.current_row()
        key = panel.card.row.id if isinstance(panel, ExpensePanel) else row.id if row is not None else None
        if key is not None:
            self._print(key)

    def _print(self, expense_id: int) -> None:
        self.context.shell.make_paper(self, slip_of(self.context, expense_id))

    def escape(self) -> bool:
        """Out of a receipt back to its claim."""
        panel = self.panel()
        if isinstance(panel, ReceiptPanel):
            panel.back.emit()
            return True
        return super().escape()

    def has_unsaved(self) -> bool:
        panel: QWidget | None = self.panel()
        return isinstance(panel, ExpenseForm) and panel.has_unsaved()

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("F9", _("Submit, approve or pay back")), KeyHint("F6", _("Add receipts")),
            KeyHint("Del", _("Remove the chosen line")),
        )  # fmt: skip

    def detail_title(self) -> str:
        panel = self.panel()
        return panel.card.row.number if isinstance(panel, ExpensePanel) else ""

    def prepare_sheet(self) -> MakeSheet:
        """The list as it is narrowed, for a file."""
        return expense_sheet(self._rows, self.context.language)


def _answer(rows: Sequence[ExpenseRow]) -> Text:
    """What waits for a decision."""
    waiting = [row for row in rows if row.state is ExpenseState.SUBMITTED]
    if not waiting:
        return ANSWER
    total = money_words(sum((row.total for row in waiting), start=Decimal(0)), sign=True)
    return _n(
        "{n} claim waits for approval, {total}", "{n} claims wait for approval, {total}", len(waiting), total=total
    )


def slip_of(context: AppContext, expense_id: int) -> PaperSource:
    """The slip of a claim, to be printed."""
    office = context.office
    return PaperSource(
        "expense", context.language,
        lambda said: office.ask(expenses.get_expense_paper, expense_id=expense_id, language=said),
        owner_kind="expense", owner_id=expense_id,
    )  # fmt: skip
