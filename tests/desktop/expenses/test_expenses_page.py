"""Expense claims on screen: typed by keys alone, decided on, paid back, undone."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from core import expenses
from core.clock import FixedClock
from core.devices import parse_scan
from core.office import Office
from core.words import ExpenseState
from desktop.context import AppContext
from desktop.expenses.form import ExpenseForm
from desktop.expenses.kinds_page import ExpenseKindsPage
from desktop.expenses.page import ExpensesPage
from desktop.expenses.panel import ExpensePanel, PayPanel, RefusePanel
from desktop.expenses.receipts import ReceiptPanel
from desktop.expenses.scanned import find_by_words, find_expenses
from desktop.shell.registry import Hit, Thing
from desktop.widgets import Button, FormPanel
from tests.core.expenses.helping import claim, line, picture, signed_in
from tests.desktop.conftest import Questions, Settled, Shown
from tests.desktop.expenses.conftest import BOSS, COOK
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls
from tests.helpers.sites import PASSWORD

Key = Qt.Key


def form_of(page: ExpensesPage) -> ExpenseForm:
    form = page.panel()
    assert isinstance(form, ExpenseForm)
    return form


def type_line(form: ExpenseForm, amount: str, shop: str = "盒马") -> None:
    """A line by keys: Enter goes on, the one after the amount adds it."""
    fields = form.bar
    QTest.keyClick(fields.day.field(), Key.Key_Return)
    QTest.keyClick(fields.kind.field(), Key.Key_Return)
    fields.supplier.field().setText(shop)
    QTest.keyClick(fields.supplier.field(), Key.Key_Return)
    fields.amount.field().setText(amount)
    QTest.keyClick(fields.amount.field(), Key.Key_Return)


def press(panel: object, words: str) -> None:
    next(one for one in panel.findChildren(Button) if one.text().startswith(words)).click()  # type: ignore[attr-defined]


def test_an_empty_page_says_how_to_begin(context: AppContext, shown: Shown) -> None:
    page: ExpensesPage = shown(ExpensesPage(context))
    assert page._stack.currentWidget() is page._nothing
    assert nameless_controls(page) == []


def test_a_claim_is_typed_by_keys_and_submitted(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell, questions: Questions
) -> None:
    page: ExpensesPage = shown(ExpensesPage(context, is_adding=True))
    settled()
    form = form_of(page)
    type_line(form, "58")
    type_line(form, "12,5", "滴滴")
    assert [(one.amount, one.supplier) for one in form.lines.all()] == [(D("58.00"), "盒马"), (D("12.50"), "滴滴")]
    assert page.has_unsaved() and nameless_controls(page) == []
    page.post()
    settled()
    assert questions.asked == ["Lines 1, 2 have no receipt. Go on without?"]
    (row,) = office_here.ask(expenses.list_expenses)
    assert (row.state, row.total, row.lines) == (ExpenseState.SUBMITTED, D("70.50"), 2)
    assert isinstance(page.panel(), ExpensePanel) and page.detail_title() == row.number
    posted = shell.postings[-1]
    assert posted.take_back is expenses.recall_expense and posted.undo == {"expense_id": row.id}
    office_here.do(posted.take_back, expense_id=row.id)
    assert office_here.ask(expenses.list_expenses)[0].state is ExpenseState.DRAFT


def test_a_question_answered_no_leaves_everything_as_it_was_typed(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, questions: Questions
) -> None:
    questions.answer = False
    page: ExpensesPage = shown(ExpensesPage(context, is_adding=True))
    settled()
    type_line(form_of(page), "58")
    page.post()
    settled()
    assert len(form_of(page).lines.all()) == 1 and form_of(page).isEnabled()
    assert office_here.ask(expenses.list_expenses) == []


def test_receipts_are_chosen_for_the_line_and_taken_off(
    context: AppContext,
    shown: Shown,
    settled: Settled,
    office_here: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [tmp_path / "till.png", tmp_path / "taxi.png"]
    for number, file in enumerate(files):
        file.write_bytes(picture((number, 9, 9)).content)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file) for file in files], ""))
    page: ExpensesPage = shown(ExpensesPage(context, is_adding=True))
    settled()
    form = form_of(page)
    QTest.keyClick(form, Key.Key_F6)
    settled()
    assert [
        button.toolTip()
        for button in form.bar.thumbs.findChildren(Button)
        if button.toolTip() in ("till.png", "taxi.png")
    ]
    form.bar._drop(form.bar._new[1])
    type_line(form, "58")
    page.post()
    settled()
    (row,) = office_here.ask(expenses.list_expenses)
    assert row.receipts == 1
    panel = page.panel()
    assert isinstance(panel, ExpensePanel)
    panel.receipt_opened.emit(panel.card.lines[0].receipts[0])
    settled()
    assert isinstance(page.panel(), ReceiptPanel) and page.escape()
    settled()
    assert isinstance(page.panel(), ExpensePanel)


def test_a_file_that_is_gone_is_said_and_nothing_typed_is_lost(
    context: AppContext, shown: Shown, settled: Settled, tmp_path: Path
) -> None:
    page: ExpensesPage = shown(ExpensesPage(context, is_adding=True))
    settled()
    form = form_of(page)
    form.bar.supplier.field().setText("盒马")
    form.bar.take_files([str(tmp_path / "gone.png")])
    settled()
    assert "gone.png" in form.notice.text() and form.bar.supplier.text() == "盒马"


def test_a_wrong_line_comes_back_into_the_bar(
    context: AppContext, shown: Shown, settled: Settled, clock: FixedClock
) -> None:
    page: ExpensesPage = shown(ExpensesPage(context, is_adding=True))
    settled()
    form = form_of(page)
    type_line(form, "58")
    form.bar.day.field().setText("2026-03-05")
    type_line(form, "3")
    page.post()
    settled()
    assert "has not come yet" in form.bar.day.error() and form.bar.amount.text() == "3.00"
    type_line(form, "0")
    assert form.bar.amount.error()


def test_a_draft_is_changed_and_keeps_what_it_had(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    made = claim(office_here, line(), is_submitted=False)
    page: ExpensesPage = shown(ExpensesPage(context, expense_id=made.expense_id))
    settled()
    press(page.panel(), "Change")
    settled()
    form = form_of(page)
    assert [(one.amount, one.receipts) for one in form.lines.all()] == [(D("58.00"), 1)] and not page.has_unsaved()
    form.bar.load(form.lines.all()[0])
    form.bar.amount.field().setText("60")
    form.bar.enter()
    form.save_draft()
    settled()
    card = office_here.ask(expenses.get_expense, expense_id=made.expense_id)
    assert (card.row.total, card.row.receipts, card.row.state) == (D(60), 1, ExpenseState.DRAFT)


def test_f9_approves_and_pays_back_and_each_can_be_undone(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell
) -> None:
    with signed_in(office_here, COOK):
        made = claim(office_here)
    page: ExpensesPage = shown(ExpensesPage(context, expense_id=made.expense_id))
    settled()
    page.post()
    settled()
    assert shell.postings[-1].take_back is expenses.take_back_decision
    page.post()
    assert isinstance(page.panel(), PayPanel)
    page.post()
    settled()
    card = office_here.ask(expenses.get_expense, expense_id=made.expense_id)
    assert (card.row.state, card.paid_way) == (ExpenseState.PAID, "cash")
    assert isinstance(page.panel(), ExpensePanel)
    press(page.panel(), "Take back the payment")
    settled()
    assert office_here.ask(expenses.get_expense, expense_id=made.expense_id).row.state is ExpenseState.APPROVED


def test_a_claim_is_turned_down_with_a_word_why(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    with signed_in(office_here, COOK):
        made = claim(office_here)
    page: ExpensesPage = shown(ExpensesPage(context, expense_id=made.expense_id))
    settled()
    press(page.panel(), "Turn down")
    panel = page.panel()
    assert isinstance(panel, RefusePanel)
    panel.send()
    assert panel.note.error()
    panel.note.set_value("私人物品")
    panel.send()
    settled()
    card = office_here.ask(expenses.get_expense, expense_id=made.expense_id)
    assert (card.row.state, card.decision_note) == (ExpenseState.REFUSED, "私人物品")


def test_ones_own_claim_shows_no_way_to_approve_it_and_doubts_are_said(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    claim(office_here)
    made = claim(office_here)
    page: ExpensesPage = shown(ExpensesPage(context, expense_id=made.expense_id))
    settled()
    panel = page.panel()
    assert isinstance(panel, ExpensePanel)
    words = [one.text() for one in panel.findChildren(Button)]
    assert not any(one.startswith("Approve") for one in words) and any(one.startswith("Take back") for one in words)
    assert len(panel.card.doubts) == 2


def test_the_slip_is_printed_and_found_by_its_code_and_by_words(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office, shell: NotingShell, qtbot: QtBot
) -> None:
    made = claim(office_here)
    page: ExpensesPage = shown(ExpensesPage(context, expense_id=made.expense_id))
    settled()
    page.print_page()
    (paper,) = shell.papers
    assert paper.number == made.number and paper.pdf.startswith(b"%PDF")
    things: list[Thing] = []
    hits: list[Hit] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    find_expenses(context, owner, parse_scan(made.number), things.extend)
    find_by_words(context, owner, "盒马", hits.extend)
    settled()
    assert [thing.id for thing in things] == [made.expense_id] and [hit.title for hit in hits] == [made.number]


def test_who_only_enters_sees_no_button_to_decide(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    with signed_in(office_here, BOSS):
        claim(office_here)
    office_here.sign_in(COOK, PASSWORD)
    page: ExpensesPage = shown(ExpensesPage(context))
    settled()
    assert page._rows == []


def test_kinds_are_added_and_retired(context: AppContext, shown: Shown, settled: Settled, office_here: Office) -> None:
    page: ExpenseKindsPage = shown(ExpenseKindsPage(context, is_adding=True))
    settled()
    panel = page.panel()
    assert isinstance(panel, FormPanel) and nameless_controls(page) == []
    panel.form.set_values({"name": "停车费", "account": "6602.03"})
    panel.save()
    settled()
    kinds = office_here.ask(expenses.list_expense_kinds)
    assert (kinds[-1].name.zh, kinds[-1].account, kinds[-1].is_active) == ("停车费", "6602.03", True)
    page.change_kind(kinds[-1])
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_values({"is_active": False})
    panel.save()
    settled()
    assert not office_here.ask(expenses.list_expense_kinds)[-1].is_active
