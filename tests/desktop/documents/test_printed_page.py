"""The list of printed papers: found, looked at, and shown again exactly as they were."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core import documents
from core.clock import FixedClock
from core.documents import NewPrint
from core.office import Office
from core.words import PaperWay
from desktop.context import AppContext
from desktop.documents.printed_page import PrintedPage
from desktop.documents.printed_panel import PrintedPanel
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

SLIP = NewPrint("slip", "Goods receipt slip GR-1", "GR-1", "both", "posting", 7, PaperWay.PRINTER, "Office", "", 2)


@pytest.fixture
def page(context: AppContext, office_here: Office, clock: FixedClock, shown: Shown) -> Any:
    office_here.do(documents.record_printed, paper=SLIP, content=b"%PDF-old")
    clock.advance(days=401)
    saved = NewPrint("list", "Stock list", "", "zh", way=PaperWay.FILE, printer="C:\\papers\\stock-list.pdf")
    office_here.do(documents.record_printed, paper=saved, content=b"%PDF-list")
    office_here.do(documents.record_printed, paper=SLIP, content=b"%PDF-new")
    return shown(PrintedPage(context))


def titles(page: PrintedPage) -> list[str]:
    return [page.table.words_at(number, "title") for number in range(page.table.total())]


def test_papers_stand_newest_first_and_are_found(page: PrintedPage, qtbot: QtBot) -> None:
    assert titles(page) == ["Goods receipt slip GR-1", "Stock list", "Goods receipt slip GR-1"]
    page._search.setText("stock")
    qtbot.waitUntil(lambda: titles(page) == ["Stock list"])
    page._search.setText("")
    page.chips.set_value("period", "today")
    qtbot.waitUntil(lambda: titles(page) == ["Goods receipt slip GR-1", "Stock list"])
    assert nameless_controls(page) == []


def test_enter_shows_the_very_paper_that_was_printed(page: PrintedPage, settled: Settled, shell: NotingShell) -> None:
    page.table.select_row(0)
    page.print_page()
    settled()
    paper = shell.papers[0]
    assert (paper.pdf, paper.title, paper.kind, paper.source) == (b"%PDF-new", SLIP.title, "slip", None)
    assert (paper.number, paper.owner_kind, paper.owner_id, paper.language) == ("GR-1", "posting", 7, "both")


def test_a_paper_whose_days_are_over_is_a_line_only(page: PrintedPage, settled: Settled, shell: NotingShell) -> None:
    old: Any = page.table.row_at(2)
    page.open_again(old)
    settled()
    assert "no longer kept" in shell.errors[0]
    page._show_facts(old)
    panel = page.panel()
    assert isinstance(panel, PrintedPanel)
    assert panel.row == old


def test_a_scanned_number_finds_its_prints(page: PrintedPage, qtbot: QtBot) -> None:
    assert page.scan(scan_of("GR-1"))
    qtbot.waitUntil(lambda: titles(page) == ["Goods receipt slip GR-1"] * 2)


def test_the_record_behind_a_paper_is_one_step_away(page: PrintedPage, shell: NotingShell) -> None:
    page._show_facts(page.table.row_at(0))
    panel = page.panel()
    assert isinstance(panel, PrintedPanel)
    button = next(one for one in panel.findChildren(QPushButton) if "Open the document" in one.text())
    button.click()
    assert shell.went == [("stock.posting", {"posting_id": 7})]
    page._show_facts(page.table.row_at(1))
    assert not any("Open the document" in one.text() for one in page.panel().findChildren(QPushButton))  # type: ignore[union-attr]
