"""Entering invoices by keyboard: lines as received, only the difference typed, and what was read from a file."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import purchasing
from core.office import Office
from core.purchasing import InvoiceCard, InvoiceFilter
from core.words import InvoiceKind, InvoiceLineKind, InvoiceState, MatchDecision, Verdict
from desktop.context import AppContext
from desktop.purchasing.invoices.card_page import CardPage
from desktop.purchasing.invoices.entry_page import EntryPage, Start
from desktop.purchasing.invoices.lines import EntryLine
from desktop.purchasing.invoices.receipts_panel import ReceiptsPanel
from desktop.widgets import FormPanel, PageBase
from tests.core.purchasing.books import credit, goods, invoice, send_back
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.desktop.purchasing.invoicing import DAY, Larder, make_larder
from tests.helpers.accessibility import nameless_controls

MOST_STROKES = 50
Enter, Down = Qt.Key.Key_Return, Qt.Key.Key_Down


@pytest.fixture
def larder(office_here: Office) -> Larder:
    return make_larder(office_here, 3)


def press(page: PageBase, *keys: Qt.Key | str) -> int:
    """Type where the keyboard is; the number of strokes."""
    strokes = 0
    for key in keys:
        focus: QWidget | None = page.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            QTest.keyClicks(focus, key)
            strokes += len(key)
        else:
            QTest.keyClick(focus, key)
            strokes += 1
    return strokes


def entered(office: Office) -> InvoiceCard:
    (row,) = office.ask(purchasing.list_invoices, wanted=InvoiceFilter())
    return office.ask(purchasing.get_invoice, invoice_id=row.id)


def reckoned(page: EntryPage, qtbot: QtBot, words: str) -> None:
    """Wait until the form says so beside the total."""
    qtbot.waitUntil(lambda: (look := page.entry.sum_look()) is not None and words in str(look.words))


def test_twenty_lines_as_received_one_difference_accepted_without_a_mouse(
    context: AppContext, office_here: Office, shown: Shown, settled: Settled, qtbot: QtBot, shell: NotingShell
) -> None:  # fmt: skip
    larder = make_larder(office_here)
    page: EntryPage = shown(EntryPage(context))
    strokes = press(page, "Green", Enter)
    settled()
    strokes += press(page, "INV-1", Enter, DAY.isoformat(), Enter, f"{larder.total + 3}", Enter, Enter)
    strokes += press(page, Qt.Key.Key_F6)
    settled()
    assert [len(page.lines.all()), str(page.entry.head.top.value("due_on"))] == [20, "2026-04-03"]
    reckoned(page, qtbot, "3.00 less than the paper")
    strokes += press(page, Down, Down, Enter, Enter, "1.60", Enter)
    reckoned(page, qtbot, "Agrees")
    strokes += press(page, Qt.Key.Key_F9)
    settled()
    assert strokes < MOST_STROKES, "a head, one key for twenty lines, one price"
    card = entered(office_here)
    assert (card.row.verdict, card.row.state, len(card.lines)) == (Verdict.EXCEPTION, InvoiceState.DIFFERENCES, 20)
    assert shell.went[-1] == ("purchasing.invoice", {"invoice_id": card.row.id})

    view: CardPage = shown(CardPage(context, invoice_id=card.row.id))
    row = view.current()
    assert row is not None and row.is_open
    press(view, Qt.Key.Key_F6)
    panel = view.panel()
    assert isinstance(panel, FormPanel)
    press(view, "season", Enter)
    settled()
    qtbot.waitUntil(lambda: view.card is not None and view.card.row.state is InvoiceState.MATCHED)
    press(view, Qt.Key.Key_F9)
    settled()
    done = entered(office_here)
    assert done.row.state is InvoiceState.APPROVED
    assert done.lines[2].matches[0].decision is MatchDecision.ACCEPTED


def test_receipts_that_wait_stand_beside_an_empty_form(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled
) -> None:
    page: EntryPage = shown(EntryPage(context, start=Start(larder.supplier)))
    settled()
    panel = page.panel()
    assert isinstance(panel, ReceiptsPanel)
    assert [row.document for row in panel.rows] == ["DN-88"]
    assert nameless_controls(page) == []
    panel.table.setFocus()
    press(page, Enter)
    settled()
    assert [line.qty for line in page.lines.all()] == [D(10)] * 3
    assert page.line_panel() is not None
    assert nameless_controls(page) == []


def test_from_a_receipt_everything_is_taken(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, qtbot: QtBot, office_here: Office
) -> None:
    page: EntryPage = shown(EntryPage(context, start=Start(posting_id=larder.posting)))
    settled()
    assert page.has_unsaved() and page.detail_title() == "Green Wholesale"
    page.entry.head.fill({"number": "F-9", "invoiced_on": DAY})
    page.entering.add_charge()
    line = page.lines.current()
    assert line is not None
    page.lines.change(line.id, amount=D("6.00"))
    page.post()
    settled()
    card = entered(office_here)
    assert card.row.gross == larder.total + 6
    assert card.lines[-1].kind is InvoiceLineKind.CHARGE
    assert sum(charge.amount for charge in card.lines[-1].charges) == 6


def test_what_is_missing_is_said_at_its_field(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page: EntryPage = shown(EntryPage(context))
    page.post()
    assert page.entry.head.supplier.error()
    page.entry.head.fill({"supplier_id": larder.supplier, "number": "F-1", "invoiced_on": DAY})
    page.entry.head.supplier_changed.emit()
    settled()
    page.post()
    assert "at least one line" in page.notice.text()
    page.entering.add_charge()
    page.post()
    settled()
    assert "price or the amount" in page.notice.text()
    page.entry.head.sums.set_values({"gross": D(10), "tax": D(1), "net": D(8)})
    assert not page.entry.head.check_sums()
    assert office_here.ask(purchasing.list_invoices) == []


def test_a_number_that_is_there_is_said_while_it_is_typed(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    invoice(office_here, larder.supplier, "F-1", goods(larder.items[0], "10", "11.00"), is_tax_incl=False)
    page: EntryPage = shown(EntryPage(context, start=Start(larder.supplier)))
    settled()
    page.entry.head.fill({"number": "f 1", "invoiced_on": DAY})
    page.entering.take_all()
    settled()
    qtbot.waitUntil(lambda: "entered already" in page.entry.head.top.editor("number").error())


def test_an_item_that_waits_comes_as_it_was_received(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled
) -> None:
    page: EntryPage = shown(EntryPage(context, start=Start(larder.supplier)))
    settled()
    page.entry.focus_goods()
    press(page, "Thing 02", Enter)
    settled()
    (line,) = page.lines.all()
    assert (line.qty, line.price, line.expected is not None) == (D(10), D("1.2"), True)
    assert page.has_unsaved()
    page.lines.change(line.id, price=D(1))
    assert page.entry.table.words_at(0, "look") == "Cheaper"
    page.remove_line()
    assert page.lines.all() == []


def test_a_credit_note_takes_what_went_back(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office
) -> None:
    (line, *_rest) = office_here.ask(purchasing.propose_invoice, supplier_id=larder.supplier).lines
    invoice(office_here, larder.supplier, "F-1", goods(line.item_id, "10", "11.00"), is_tax_incl=False)
    send_back(office_here, larder.supplier, line.item_id, "2", line.entry_id)
    page: EntryPage = shown(EntryPage(context, start=Start(larder.supplier), is_credit=True))
    settled()
    page.entering.take_all()
    page.entry.head.fill({"number": "C-1", "invoiced_on": DAY})
    page.post()
    settled()
    (row,) = office_here.ask(purchasing.list_invoices, wanted=InvoiceFilter(kind=InvoiceKind.CREDIT_NOTE))
    assert (row.gross, row.verdict) == (D("-2.20"), Verdict.PAY)


def test_a_stored_invoice_is_corrected(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office
) -> None:
    made = invoice(office_here, larder.supplier, "F-1", goods(larder.items[0], "10", "11.00"), is_tax_incl=False)
    page: EntryPage = shown(EntryPage(context, invoice_id=made.invoice_id))
    settled()
    (line,) = page.lines.all()
    assert line.title("en") == "Thing 01"
    assert not page.has_unsaved()
    page.lines.change(line.id, qty=D(9))
    page.entry.head.sums.set_values({"gross": None})
    page.post()
    settled()
    assert entered(office_here).lines[0].qty == D(9)


def test_what_was_typed_is_offered_again(context: AppContext, larder: Larder, shown: Shown, settled: Settled) -> None:
    page: EntryPage = shown(EntryPage(context, start=Start(larder.supplier)))
    settled()
    page.entering.take_all()
    page.entry.head.fill({"number": "F-7", "invoiced_on": DAY})
    page.drafting.box.save()
    other: EntryPage = shown(EntryPage(context))
    assert not other.offer.buttons()
    again: EntryPage = shown(EntryPage(context, start=Start(larder.supplier)))
    assert again.offer.buttons() and again.lines.all() == []
    again.offer.buttons()[0].click()
    settled()
    assert [line.title("en") for line in again.lines.all()] == ["Thing 01", "Thing 02", "Thing 03"]
    assert again.entry.head.top.value("number") == "F-7"
    again.empty()
    assert not again.has_unsaved()


def test_a_file_is_read_and_what_nobody_knows_is_marked(
    context: AppContext,
    larder: Larder,
    shown: Shown,
    settled: Settled,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    code = context.office.ask(purchasing.propose_invoice, supplier_id=larder.supplier).lines[0].code
    path = tmp_path / "invoice.csv"
    path.write_text(
        "supplier,number,date,item,qty,amount\n"
        f"Green Wholesale,F-55,2026-03-04,{code},10,11.00\n"
        "Green Wholesale,F-55,2026-03-04,Never heard of,1,5.00\n",
        encoding="utf-8",
    )
    page: EntryPage = shown(EntryPage(context, path=str(path)))
    settled()
    assert page.entry.head.top.value("number") == "F-55"
    assert [line.is_unknown for line in page.lines.all()] == [False, True]
    assert "not recognised" in page.notice.text()
    qtbot.waitUntil(lambda: page.entry.table.words_at(0, "look") == "As received")
    assert page.entry.table.words_at(1, "look") == "Not recognised"
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    page.from_file.read(bad)
    settled()
    assert page.notice.text()


def test_a_credit_on_a_price_keeps_its_amount_while_it_is_corrected(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office
) -> None:
    made = credit(office_here, larder.supplier, "C-1", goods(larder.items[0], None, "2.50"), is_tax_incl=False)
    page: EntryPage = shown(EntryPage(context, invoice_id=made.invoice_id))
    settled()
    (line,) = page.lines.all()
    assert (line.qty, line.amount, line.missing(is_credit=True)) == (None, D("2.50"), None)


def test_lines_without_a_unit_stand_beside_their_receipt_once_it_is_known(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, qtbot: QtBot, office_here: Office
) -> None:
    page: EntryPage = shown(EntryPage(context, start=Start(larder.supplier)))
    settled()
    page.lines.add([EntryLine(0, item_id=larder.items[0], qty=D(9), price=D("1.1"))])
    qtbot.waitUntil(lambda: page.lines.all()[0].expected is not None)
    (line,) = page.lines.all()
    assert (line.unit, line.price) == ("kg", D("1.1"))
    assert page.entry.table.words_at(0, "look") == "Less than received"
    assert page.lines.taken() == {line.expected.entry_id} if line.expected is not None else False
