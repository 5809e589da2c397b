"""The sheet of a count as a file: out, filled in a spreadsheet, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from core import counting
from core.office import Office
from desktop.counting.count_file import FaultsPanel
from desktop.counting.count_page import CountPage
from tests.desktop.noting import NotingShell

Settled = Callable[[], None]


def counted(office: Office, count_id: int) -> dict[str, object]:
    return {line.code: line.counted for line in office.ask(counting.list_count_lines, count_id=count_id)}


def test_the_sheet_is_saved_filled_and_brought_back(
    page: CountPage, office_here: Office, count_id: int, settled: Settled, shell: NotingShell, tmp_path: Path
) -> None:
    path = tmp_path / "count.xlsx"
    page.file.save(path)
    settled()
    assert shell.said == ["3 rows saved as count.xlsx."]
    book = load_workbook(path)
    rows = list(book.worksheets[0].iter_rows())
    assert [cell.value for cell in rows[0]][1:] == [
        "Code", "Item", "Place", "Name of the place", "Lot", "Expires", "Unit", "Counted",
    ]  # fmt: skip
    for number, row in enumerate(rows[1:3], start=1):
        row[8].value = number
    book.save(path)
    page.file.bring_in(path)
    settled()
    assert sorted(counted(office_here, count_id).values(), key=str) == [1, 2, None]


def test_wrong_rows_are_listed_beside_the_sheet(
    page: CountPage, office_here: Office, count_id: int, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "count.csv"
    path.write_text("code,unit,counted\nRICE,kg,40\nNOPE,,1\nSALT,box,2\n", encoding="utf-8")
    page.file.bring_in(path)
    settled()
    panel = page.panel()
    assert isinstance(panel, FaultsPanel)
    assert [(panel.table.words_at(row, "row"), panel.table.words_at(row, "field")) for row in range(2)] == [
        ("2", "code"),
        ("3", "unit"),
    ]
    assert set(counted(office_here, count_id).values()) == {None}
    page.file.bring_in(tmp_path / "gone.csv")
    settled()
    path.write_text("code,unit,counted\nRICE,kg,40\nSALT,,2\n", encoding="utf-8")
    page.file.bring_in(path)
    settled()
    assert page.panel() is None
    assert {code: qty for code, qty in counted(office_here, count_id).items() if qty is not None} == {
        "RICE": 40,
        "SALT": 2,
    }
