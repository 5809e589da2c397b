"""Bringing files in, in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from core import catalog, importing
from core.importing import ImportFile, ImportRunRow
from core.office import Office
from core.words import ImportKind
from desktop.context import AppContext
from desktop.importing import register
from desktop.importing.example import show_example
from desktop.importing.page import ImportPage
from desktop.importing.run_panel import RunPanel
from desktop.shell.places import standard_registry
from desktop.widgets import PageBase, set_language
from tests.core.importing.helping import workbook
from tests.desktop.conftest import Questions
from tests.desktop.noting import NotingShell

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]
ITEMS = b"code,name,Unt,colour\nA,a,kg,red\nB,b,L,\n"


@pytest.fixture
def page(context: AppContext, shown: Shown) -> ImportPage:
    return shown(ImportPage(context))  # type: ignore[no-any-return]


def codes(office: Office) -> list[str]:
    return [
        row.code
        for row in office.ask(
            catalog.list_items_page, ids=office.ask(catalog.list_item_ids, filters=catalog.ItemFilter())
        )
    ]


def row_at(page: ImportPage, number: int) -> ImportRunRow:
    row = page.runs.row_at(number)
    assert isinstance(row, ImportRunRow)
    return row


def test_without_a_file_it_says_what_one_may_hold(page: ImportPage) -> None:
    assert page.file.hint.text().startswith(
        "Needed columns: Item code, Name, Base unit. It may also have: Name in English"
    )
    assert not page.file.bring_in.isEnabled() and not page.file.mapping.isVisible()


def test_columns_are_proposed_checked_and_brought_in(
    page: ImportPage, settled: Settled, shell: NotingShell, office_here: Office, qtbot: QtBot
) -> None:
    page.file.show_file(ImportFile("items.csv", ITEMS))
    settled()
    assert page.file.mapping.columns() == ((0, "code"), (1, "name"), (2, "unit"))
    assert page.file.notice.text() == "2 rows are right. Nothing was saved."
    assert page.file.results.first_rows.words_at(1, "c0") == "B"
    page.post()
    settled()
    assert shell.said == ["2 rows brought in."] and codes(office_here) == ["A", "B"]
    qtbot.waitUntil(lambda: page.runs.total() == 1)
    assert page.parts.tabText(1) == "Earlier files (1)"
    assert not page.file.bring_in.isEnabled()


def test_wrong_rows_are_listed_with_their_column(page: ImportPage, settled: Settled, office_here: Office) -> None:
    page.file.show_file(ImportFile("items.csv", ITEMS.replace(b"kg", b"").replace(b"B,b", b"B,")))
    settled()
    faults = page.file.results.faults
    assert page.file.notice.text() == "2 rows are wrong. Nothing was saved."
    assert [(faults.words_at(row, "row"), faults.words_at(row, "field")) for row in range(faults.total())] == [
        ("1", "Unt"),
        ("2", "name"),
    ]
    assert page.file.results.currentIndex() == 1 and codes(office_here) == []
    set_language("zh")
    assert "物料要有基本单位" in faults.words_at(0, "text")


def test_a_column_that_is_missing_is_asked_for(page: ImportPage, settled: Settled, office_here: Office) -> None:
    page.file.show_file(ImportFile("items.csv", b"number,what,measure\nA,a,kg\n"))
    settled()
    assert page.file.mapping.missing.text() == "Which column is this? Still needed: Item code, Name, Base unit"
    assert not page.file.bring_in.isEnabled()
    for number, key in enumerate(("code", "name", "unit")):
        page.file.mapping.choices[number].set_value(key)
        page.file.mapping.choices[number].changed.emit()
    assert page.file.bring_in.isEnabled()
    page.post()
    settled()
    assert codes(office_here) == ["A"]


def test_a_field_has_one_column_only(page: ImportPage, settled: Settled) -> None:
    page.file.show_file(ImportFile("items.csv", ITEMS))
    settled()
    choices = page.file.mapping.choices
    choices[3].set_value("name")
    choices[3].changed.emit()
    assert page.file.mapping.columns() == ((0, "code"), (2, "unit"), (3, "name"))


def test_a_workbook_with_several_sheets_lets_one_choose(page: ImportPage, settled: Settled) -> None:
    page.file.show_file(ImportFile("book.xlsx", workbook([["code", "name", "unit"], ["A", "a", "kg"]], sheets=2)))
    settled()
    assert page.file.sheet.isVisible() and page.file.notice.text() == "1 row is right. Nothing was saved."
    page.file.sheet.set_value("Sheet")
    page.file.sheet.changed.emit()
    settled()
    assert "The file is empty" in page.file.notice.text()


def test_a_file_that_is_no_table_is_said(page: ImportPage, settled: Settled, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    page.file.read_file(tmp_path / "photo.png")
    settled()
    assert page.file.notice.text() == "photo.png is no table. Choose an XLSX or CSV file."
    page.file.read_file(tmp_path / "gone.csv")
    settled()
    assert page.file.notice.text() == "There is no file gone.csv."


def test_the_kind_decides_what_columns_mean(page: ImportPage, settled: Settled) -> None:
    page.file.show_file(ImportFile("x.csv", b"code,name\nS,s\n"))
    settled()
    assert not page.file.mapping.is_complete()
    page.file.kind.set_value(ImportKind.SUPPLIERS)
    page.file.kind.changed.emit()
    settled()
    assert page.file.mapping.is_complete() and page.file.notice.text() == "1 row is right. Nothing was saved."


def test_the_same_stock_twice_is_asked(
    page: ImportPage, settled: Settled, office_here: Office, questions: Questions
) -> None:
    office_here.do(
        importing.import_file, kind=ImportKind.ITEMS, content=ImportFile("i.csv", b"code,name,unit\nA,a,kg\n")
    )
    page.file.kind.set_value(ImportKind.OPENING_STOCK)
    for answer, runs in ((True, 2), (False, 2), (True, 3)):
        questions.answer = answer
        page.file.show_file(ImportFile("o.csv", b"item,qty,value\nA,1,2.50\n"))
        settled()
        page.post()
        settled()
        assert len(office_here.ask(importing.list_imports)) == runs
    assert len(questions.asked) == 2 and "brought in already" in questions.asked[0]
    assert "Change of the stock value: 2.50" in page.file.notice.text()


def test_an_earlier_file_is_undone(
    page: ImportPage, settled: Settled, shell: NotingShell, office_here: Office, qtbot: QtBot
) -> None:
    page.file.show_file(ImportFile("items.csv", ITEMS))
    settled()
    page.post()
    qtbot.waitUntil(lambda: page.runs.total() == 1)
    page.open_run(row_at(page, 0))
    panel = page.panel()
    assert isinstance(panel, RunPanel)
    panel.undo()
    settled()
    assert shell.said[-1] == "Undone: 2 records and postings." and codes(office_here) == [] and page.panel() is None
    qtbot.waitUntil(lambda: page.runs.words_at(0, "state") == "Undone")


def test_why_a_file_cannot_be_undone_is_said_in_the_panel(
    page: ImportPage, settled: Settled, office_here: Office
) -> None:
    run = office_here.do(
        importing.import_file, kind=ImportKind.ITEMS, content=ImportFile("i.csv", b"code,name,unit\nA,a,kg\n")
    )
    opening = ImportFile("o.csv", b"item,qty,value\nA,1,1\n")
    office_here.do(importing.import_file, kind=ImportKind.OPENING_STOCK, content=opening)
    page.reload()
    settled()
    page.open_run(next(row for row in (row_at(page, 0), row_at(page, 1)) if row.run_id == run.run_id))
    panel = page.panel()
    assert isinstance(panel, RunPanel)
    panel.undo()
    settled()
    assert page.panel() is panel and "used by now: A" in panel.error.text()


def test_what_is_there_changes_by_filled_cells_and_comes_back(
    page: ImportPage, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    office_here.do(
        importing.import_file, kind=ImportKind.ITEMS, content=ImportFile("items.csv", ITEMS.replace(b"Unt", b"unit"))
    )
    page.file.show_file(ImportFile("prices.csv", b"code,price,note\nA,12,\nB,,new\n"))
    settled()
    assert not page.file.mapping.is_complete() and not page.file.results.isTabVisible(2)
    page.file.update_there.set_value(True)
    page.file.update_there.changed.emit()
    settled()
    changes = page.file.results.changes
    assert page.file.notice.text() == "2 rows are right. Nothing was saved. New: 0, changed: 2."
    assert [[changes.words_at(row, key) for key in ("code", "field", "before", "after")] for row in (0, 1)] == [
        ["A", "Sale price", "", "12"],
        ["B", "Remark", "", "new"],
    ]
    assert page.file.results.currentIndex() == 2 and office_here.ask(importing.list_imports)[0].changed == 0
    page.post()
    qtbot.waitUntil(lambda: page.runs.total() == 2)
    page.open_run(next(row for row in (row_at(page, 0), row_at(page, 1)) if row.changed))
    panel = page.panel()
    assert isinstance(panel, RunPanel)
    panel.undo()
    settled()
    assert page.panel() is None and codes(office_here) == ["A", "B"]


def test_stock_is_never_changed_only_posted(page: ImportPage, settled: Settled) -> None:
    assert page.file.update_there.isVisible()
    page.file.kind.set_value(ImportKind.MOVEMENTS)
    page.file.kind.changed.emit()
    settled()
    assert not page.file.update_there.isVisible()


def test_an_empty_table_can_be_saved_and_is_read_again(page: ImportPage, settled: Settled, tmp_path: Path) -> None:
    page.file.save_template(tmp_path / "t.xlsx")
    settled()
    head = [cell.value for cell in load_workbook(tmp_path / "t.xlsx").worksheets[0][1]]
    assert head[:3] == ["Item code", "Name", "Name in English"]
    page.file.read_file(tmp_path / "t.xlsx")
    settled()
    assert page.file.mapping.is_complete()


def test_the_page_is_registered_with_its_pictures(context: AppContext, page: ImportPage, settled: Settled) -> None:
    registry = standard_registry()
    register(registry)
    assert registry.page("settings.import").place == "settings"
    show_example(page)
    settled()
    assert page.file.results.faults.total() >= 2
