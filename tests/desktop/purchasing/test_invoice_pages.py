"""Invoices on screen: the list, one beside order and receipt, the work list of differences, what is not invoiced."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import purchasing
from core.office import Office
from core.purchasing import InvoiceOutcome
from core.words import InvoiceState, MatchDecision, Permission, Verdict
from desktop.context import AppContext
from desktop.purchasing.files import file_columns
from desktop.purchasing.invoices.card_page import CardPage
from desktop.purchasing.invoices.choosing import ByHandPanel, ClaimsPanel, SpreadPanel
from desktop.purchasing.invoices.differences_page import DifferencesPage
from desktop.purchasing.invoices.facts_panel import FactsPanel
from desktop.purchasing.invoices.finding import find_invoices
from desktop.purchasing.invoices.list_page import InvoicesPage
from desktop.purchasing.invoices.waiting_page import WaitingPage
from desktop.shell.registry import Hit
from desktop.widgets import FormPanel, WhyPanel
from tests.core.purchasing.books import charge, credit, goods, invoice
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.desktop.purchasing.invoicing import Larder, make_larder
from tests.helpers.accessibility import nameless_controls


@pytest.fixture
def larder(office_here: Office) -> Larder:
    return make_larder(office_here, 4)


@pytest.fixture
def dear(office_here: Office, larder: Larder) -> InvoiceOutcome:
    """Item 1 as received, item 2 (12.00) for 15.00, two more of item 3 (13.00) than came."""
    first, second, third, _fourth = larder.items
    lines = (goods(first, "10", "11.00"), goods(second, "10", "15.00"), goods(third, "12", "15.60"))
    return invoice(office_here, larder.supplier, "F-1", *lines, is_tax_incl=False)


def card_of(office: Office, made: InvoiceOutcome) -> purchasing.InvoiceCard:
    return office.ask(purchasing.get_invoice, invoice_id=made.invoice_id)


def test_the_list_is_narrowed_by_chips_and_by_an_amount(
    context: AppContext, larder: Larder, dear: InvoiceOutcome, shown: Shown, office_here: Office, shell: NotingShell
) -> None:
    invoice(office_here, larder.supplier, "F-2", goods(larder.items[3], "10", "14.00"), is_tax_incl=False)
    page: InvoicesPage = shown(InvoicesPage(context))
    assert page.table.total() == 2
    assert nameless_controls(page) == []
    page._search.setText("41.60")
    page._show_rows()
    assert [page.table.total(), page.table.words_at(0, "number")] == [1, "F-1"]
    page._search.setText("")
    page.chips.set_value("state", InvoiceState.MATCHED)
    page.chips.changed.emit()
    assert page.table.words_at(0, "number") == "F-2"
    assert page.table.words_at(0, "verdict") == "Pay"
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert shell.went[-1][0] == "purchasing.invoice"
    assert "kind" in [column.key for column in file_columns(page.table)]


def test_chosen_invoices_are_approved_and_what_waits_is_matched(
    context: AppContext, larder: Larder, shown: Shown, office_here: Office, settled: Settled, shell: NotingShell
) -> None:
    invoice(office_here, larder.supplier, "F-2", goods(larder.items[3], "10", "14.00"), is_tax_incl=False)
    page: InvoicesPage = shown(InvoicesPage(context))
    page.match_all()
    settled()
    assert shell.said[-1] == "No invoice waits to be matched."
    page.post()
    assert "Choose matched" in shell.said[-1]
    page.table.select_row(0)
    page.post()
    settled()
    assert shell.said[-1] == "1 invoice approved."


def test_an_empty_list_says_what_to_do(context: AppContext, shown: Shown, shell: NotingShell) -> None:
    page: InvoicesPage = shown(InvoicesPage(context))
    page.period.first.set_value(None)
    page.period.last.set_value(None)
    page._show_rows()
    page.primary()
    assert shell.went[-1][0] == "purchasing.invoice"
    differences: DifferencesPage = shown(DifferencesPage(context))
    assert differences.table.total() == 0


def test_the_verdict_stands_on_top_and_differences_beside(
    context: AppContext, dear: InvoiceOutcome, shown: Shown
) -> None:
    page: CardPage = shown(CardPage(context, invoice_id=dear.invoice_id))
    assert "Do not pay yet: 2 things" in page.view.verdict.text()
    row = page.current()
    assert row is not None
    assert str(row.told()) == "3.00 dearer than received (25.0 %)."
    assert page.table.words_at(1, "difference") == "3.00"
    assert page.table.words_at(0, "look") == "Agrees"
    assert nameless_controls(page) == []
    page.show_facts()
    assert isinstance(page.panel(), FactsPanel)


def test_what_is_dear_and_what_never_came_are_claimed(
    context: AppContext, dear: InvoiceOutcome, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page: CardPage = shown(CardPage(context, invoice_id=dear.invoice_id))
    for _turn in range(2):
        page.acts.claim()
        panel = page.panel()
        assert isinstance(panel, FormPanel)
        panel.save()
        settled()
    qtbot.waitUntil(lambda: page.card is not None and page.card.row.verdict is Verdict.PAY)
    decided = [one.decision for line in card_of(office_here, dear).lines for one in line.matches]
    assert decided.count(MatchDecision.CLAIMED) == 2
    page.acts.approve()
    settled()
    page.acts.withdraw()
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    panel.form.editor("reason").set_value("entered twice")
    panel.save()
    settled()
    assert card_of(office_here, dear).row.state is InvoiceState.MATCHED


def test_a_match_is_taken_back_and_made_by_hand(
    context: AppContext, dear: InvoiceOutcome, shown: Shown, settled: Settled, office_here: Office
) -> None:
    line = card_of(office_here, dear).lines[0]
    page: CardPage = shown(CardPage(context, invoice_id=dear.invoice_id, line_id=line.id))
    page.acts.take_back()
    settled()
    row = page.current()
    assert row is not None and row.line.id == line.id and row.match is None
    page.acts.choose()
    settled()
    panel = page.panel()
    assert isinstance(panel, ByHandPanel)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    settled()
    assert len(card_of(office_here, dear).lines[0].matches) == 1
    page.acts.match_again()
    settled()
    page.acts.cancel()
    cancelling = page.panel()
    assert isinstance(cancelling, FormPanel)
    cancelling.save()
    settled()
    assert "Cancelled" in page.view.verdict.text()


def test_freight_is_spread_over_chosen_receipts(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office
) -> None:
    made = invoice(office_here, larder.supplier, "T-1", charge("8.00"), is_tax_incl=False)
    page: CardPage = shown(CardPage(context, invoice_id=made.invoice_id))
    page.acts.do_next()
    settled()
    panel = page.panel()
    assert isinstance(panel, SpreadPanel)
    panel.table.select_row(0)
    panel.take()
    settled()
    assert card_of(office_here, made).lines[0].charges[0].amount == D(8)
    page.acts.take_back()
    settled()
    assert card_of(office_here, made).lines[0].charges == ()


def test_a_credit_is_held_against_a_claim(
    context: AppContext, larder: Larder, dear: InvoiceOutcome, shown: Shown, settled: Settled, office_here: Office
) -> None:
    lines = card_of(office_here, dear).lines
    office_here.do(purchasing.claim_difference, invoice_id=dear.invoice_id, match_ids=(lines[1].matches[0].id,))
    made = credit(office_here, larder.supplier, "C-1", goods(larder.items[1], None, "3.00"), is_tax_incl=False)
    page: CardPage = shown(CardPage(context, invoice_id=made.invoice_id))
    assert made.verdict is Verdict.EXCEPTION
    page.acts.credit()
    settled()
    panel = page.panel()
    assert isinstance(panel, ClaimsPanel)
    panel.take()
    settled()
    assert card_of(office_here, made).row.verdict is Verdict.PAY


def test_the_work_list_opens_the_line_it_is_about(
    context: AppContext, dear: InvoiceOutcome, shown: Shown, shell: NotingShell, office_here: Office
) -> None:
    page: DifferencesPage = shown(DifferencesPage(context))
    assert page.table.total() == 2
    page.table.row_activated.emit(page.table.row_at(0))
    route, args = shell.went[-1]
    assert route == "purchasing.invoice" and args["invoice_id"] == dear.invoice_id
    card: CardPage = shown(CardPage(context, invoice_id=dear.invoice_id, line_id=int(str(args["line_id"]))))
    row = card.current()
    assert row is not None and row.line.id == args["line_id"]
    page._search.setText("nobody")
    page._show_rows()
    assert page.table.total() == 0


def test_what_is_not_invoiced_says_why_and_leads_to_its_invoice(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, shell: NotingShell, qtbot: QtBot
) -> None:
    page: WaitingPage = shown(WaitingPage(context))
    assert page.table.total() == 4
    assert nameless_controls(page) == []
    page.explain(page.table.row_at(0))  # type: ignore[arg-type]
    settled()
    panel = page.panel()
    assert isinstance(panel, WhyPanel) and panel.agrees()
    page.table.select_row(0)
    page.primary()
    assert shell.went[-1] == ("purchasing.invoice", {"posting_id": larder.posting, "supplier_id": larder.supplier})
    page.as_of.set_value(page._today().replace(day=1))
    page.as_of.committed.emit()
    qtbot.waitUntil(lambda: page.table.total() == 0)


def test_what_is_not_invoiced_is_summed_up(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    page: WaitingPage = shown(WaitingPage(context))
    for group in ("receipt", "supplier"):
        page.chips.set_value("group", group)
        page.chips.changed.emit()
        assert [page.table.total(), page.table.words_at(0, "not_invoiced")] == [1, "50.00"]
        assert page.table.words_at(0, "item") == "4 lines"
        row = page.table.row_at(0)
        assert row is not None
        page.explain(row)
        panel = page.panel()
        assert isinstance(panel, WhyPanel) and panel.agrees()
        page.open_receipt(row)
    assert [set(args) for _route, args in shell.went] == [{"posting_id", "supplier_id"}, {"is_credit", "supplier_id"}]


def test_who_may_not_approve_is_not_offered_it(
    context: AppContext, dear: InvoiceOutcome, shown: Shown, shell: NotingShell
) -> None:
    shell.forbidden = {Permission.INVOICE_APPROVE, Permission.CLAIM_EDIT}
    page: CardPage = shown(CardPage(context, invoice_id=dear.invoice_id))
    page.acts.accept()
    assert "no open difference" in page.notice.text()
    page.post()
    assert "no right" in page.notice.text()


def test_an_invoice_that_is_gone_is_said(context: AppContext, shown: Shown) -> None:
    page: CardPage = shown(CardPage(context, invoice_id=999))
    assert "not there any more" in page.error_text()


def test_the_palette_finds_an_invoice_by_its_number(
    context: AppContext, dear: InvoiceOutcome, shown: Shown, settled: Settled
) -> None:
    page: InvoicesPage = shown(InvoicesPage(context))
    found: list[list[Hit]] = []
    for text in ("F-1", "IN-20", "no digits"):
        find_invoices(context, page, text, found.append)
        settled()
    assert [len(hits) for hits in found] == [1, 1, 0]


def test_the_list_is_saved_as_a_file(
    context: AppContext, dear: InvoiceOutcome, shown: Shown, settled: Settled, tmp_path: Path
) -> None:
    page: InvoicesPage = shown(InvoicesPage(context))
    target = tmp_path / "invoices.csv"
    page.file.save(target)
    settled()
    assert "F-1" in target.read_text(encoding="utf-8-sig")
