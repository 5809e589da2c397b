"""Debts, payment proposals and statements on screen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core import purchasing
from core.office import Office
from core.purchasing import Due, NewStatement, NewStatementLine
from desktop.context import AppContext
from desktop.printing.list_file import save_list
from desktop.purchasing.payables.debt_panel import DebtPanel
from desktop.purchasing.payables.debts_page import DebtsPage
from desktop.purchasing.payables.proposal_panel import ProposalPanel
from desktop.purchasing.payables.proposals_page import ProposalsPage
from desktop.purchasing.payables.statement_panel import StatementPanel
from desktop.purchasing.payables.statements_page import StatementsPage
from desktop.widgets import FormPanel
from tests.core.catalog.makers import make_supplier
from tests.core.purchasing.invoices import book_invoice
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

D = Decimal


@pytest.fixture
def farm(office_here: Office, sqlite_site: str) -> int:
    key = make_supplier(office_here, "绿源农场", bank_account="6222")
    book_invoice(sqlite_site, key, "100.00", number="F-1", due_on=date(2026, 3, 4))
    book_invoice(sqlite_site, key, "50.50", number="F-2", due_on=date(2026, 2, 20))
    book_invoice(sqlite_site, key, "-20.00", number="F-3", due_on=date(2025, 11, 1))
    return key


def test_cards_of_ages_narrow_the_list(context: AppContext, farm: int, shown: Shown) -> None:
    page: DebtsPage = shown(DebtsPage(context))
    assert page.table.total() == 3
    assert nameless_controls(page) == []
    page.cards[Due.TO_30].click()
    assert [page.table.words_at(0, "number"), page.table.total()] == ["F-2", 1]
    page.cards[Due.TO_30].click()
    page._search.setText("nobody")
    page._show_rows()
    assert page.table.total() == 0


def test_a_payment_is_booked_and_taken_back(
    context: AppContext, farm: int, shown: Shown, settled: Settled, qtbot: QtBot, office_here: Office
) -> None:
    page: DebtsPage = shown(DebtsPage(context))
    page.table.select_row(2)
    row = page.table.row_at(2)
    assert row is not None
    page.open_debt(row)
    settled()
    panel = page.panel()
    assert isinstance(panel, DebtPanel)
    panel.form.editor("amount").set_value(D(40))
    panel._pay()
    qtbot.waitUntil(lambda: page.table.words_at(2, "open") == "60.00 CNY")
    assert page.panel() is None
    (payment,) = office_here.ask(purchasing.list_payments, invoice_id=row.id)
    page.open_debt(page.table.row_at(2))  # type: ignore[arg-type]
    settled()
    again = page.panel()
    assert isinstance(again, DebtPanel)
    again._undo(payment.id)
    qtbot.waitUntil(lambda: page.table.words_at(2, "open") == "100.00 CNY")


def test_what_is_due_becomes_a_proposal(
    context: AppContext, farm: int, shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    page: DebtsPage = shown(DebtsPage(context, is_proposing=True))
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    panel.save()
    settled()
    assert shell.went[-1][0] == "purchasing.proposals"


@pytest.fixture
def proposal_id(office_here: Office, farm: int) -> int:
    (made,) = office_here.do(purchasing.propose_payments, due_by=date(2026, 3, 31), pay_on=date(2026, 3, 4))
    return int(made)


def test_an_invoice_is_left_out_of_a_proposal(
    context: AppContext, proposal_id: int, shown: Shown, settled: Settled, qtbot: QtBot, shell: NotingShell
) -> None:
    page: ProposalsPage = shown(ProposalsPage(context, proposal_id=proposal_id))
    settled()
    panel = page.panel()
    assert isinstance(panel, ProposalPanel)
    assert panel.card.row.total == D("130.50")
    panel.table.select_row(1)
    panel.leave_out()
    qtbot.waitUntil(lambda: page.table.words_at(0, "lines") == "2")
    page.print_page()
    settled()
    assert shell.papers[-1].kind == "proposal"
    assert nameless_controls(page) == []


def test_the_banks_file_is_saved_as_it_is(
    context: AppContext, proposal_id: int, shown: Shown, qtbot: QtBot, office_here: Office, tmp_path: Path
) -> None:
    card = office_here.ask(purchasing.get_proposal, proposal_id=proposal_id)
    office_here.do(purchasing.export_proposal, proposal_id=proposal_id, version=card.row.version, way="csv")
    page: ProposalsPage = shown(ProposalsPage(context, proposal_id=proposal_id))
    target = tmp_path / "pay.csv"
    page.write(office_here.ask(purchasing.get_payment_file, proposal_id=proposal_id), target)
    qtbot.waitUntil(target.exists)
    assert "绿源农场" in target.read_text(encoding="utf-8-sig")
    assert page.table.words_at(0, "state") == "File made"


def test_a_statement_is_pasted_and_its_differences_named(
    context: AppContext, farm: int, shown: Shown, settled: Settled, qtbot: QtBot
) -> None:
    page: StatementsPage = shown(StatementsPage(context, is_entering=True))
    settled()
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    form = panel.form
    form.editor("supplier_id").set_value(farm)
    form.editor("until").set_value(date(2026, 2, 28))
    form.editor("lines").set_value("F-1 100\nF-2 60")
    form.editor("balance").set_value(D(160))
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), StatementPanel))
    shown_panel = page.panel()
    assert isinstance(shown_panel, StatementPanel)
    assert shown_panel.card.row.difference == D("29.50")
    shown_panel.table.select_row(0)
    assert shown_panel.why.text()
    shown_panel.settle()
    qtbot.waitUntil(lambda: page.table.words_at(0, "state") == "Settled")
    assert nameless_controls(page) == []


def test_lists_are_saved_as_files(
    context: AppContext, farm: int, shown: Shown, settled: Settled, tmp_path: Path, office_here: Office
) -> None:
    office_here.do(
        purchasing.enter_statement,
        statement=NewStatement(farm, date(2026, 2, 28), D(1), (NewStatementLine("F-1", D(1)),)),
    )
    page: DebtsPage = shown(DebtsPage(context))
    save_list(context, page, page.prepare_sheet(), tmp_path / "debts.xlsx")
    settled()
    assert (tmp_path / "debts.xlsx").stat().st_size > 1000
