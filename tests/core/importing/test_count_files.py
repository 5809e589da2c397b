"""A count sheet that was filled in a spreadsheet comes back into its count."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from core import counting, importing
from core.clock import FixedClock
from core.counting import CountLine, NewCount
from core.documents import to_csv, to_xlsx
from core.errors import InvalidInput, NeedsConfirmation
from core.importing import CountFileResult, FileRejected, ImportFile
from core.office import Office
from db.enums import CountKind, Uncounted
from db.enums import ImportKind as K
from tests.core.importing.helping import bring_in, workbook

ITEMS = """code,name,unit,pack_units,barcodes,lot_tracked
OIL,油,bottle,case=12,6901234567892;16901234567899@case,
FISH,鱼,kg,,,1
SALT,盐,kg,,,
"""
STOCK = """item,location,qty,value,lot
OIL,DRY,48,480,
OIL,BAR,5,50,
FISH,DRY,3,90,L1
FISH,DRY,4,120,L2
SALT,DRY,10,20,
"""


@pytest.fixture
def count(office: Office, clock: FixedClock) -> int:
    """A count of everything: oil at two places, fish in two lots, salt."""
    bring_in(office, K.LOCATIONS, "code,name,kind\nDRY,干货仓,area\nBAR,吧台,area\n")
    bring_in(office, K.ITEMS, ITEMS)
    bring_in(office, K.OPENING_STOCK, STOCK)
    count_id = office.do(counting.start_count, new=NewCount(CountKind.FULL))
    clock.advance(minutes=30)
    return count_id


def come_back(office: Office, count_id: int, content: str | bytes, **over: Any) -> CountFileResult:
    given = content.encode() if isinstance(content, str) else content
    return office.do(importing.import_count, count_id=count_id, content=ImportFile("count.csv", given), **over)


def wrong(office: Office, count_id: int, text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRejected) as told:
        come_back(office, count_id, text)
    return [(one.row or 0, one.field or "", one.text.render("en")) for one in told.value.errors]


def counted(office: Office, count_id: int) -> dict[tuple[str, str, str], D | None]:
    lines: list[CountLine] = office.ask(counting.list_count_lines, count_id=count_id)
    return {(line.code, line.location_code, line.lot): line.counted for line in lines}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_sheet_goes_out_is_filled_and_comes_back(office: Office, count: int, form: str, language: Any) -> None:
    sheet = office.ask(counting.get_count_form, count_id=count, language=language)
    if form == "csv":
        head, *lines = to_csv(sheet, language).decode("utf-8-sig").splitlines()
        content = "\n".join([head, *(f"{line.rsplit(',', 1)[0]},{n}" for n, line in enumerate(lines))]).encode()
    else:
        assert to_xlsx(sheet, language).startswith(b"PK")
        titles = [column.title.render(language) for column in sheet.columns]
        content = workbook([titles, *([*row[:-1], n] for n, row in enumerate(sheet.rows))])
    assert come_back(office, count, content) == CountFileResult(5, 5, 0, 0)
    assert set(counted(office, count).values()) == {0, 1, 2, 3, 4}
    again = list(office.ask(counting.get_count_form, count_id=count, language=language).rows)
    assert {row[-1] for row in again} == {0, 1, 2, 3, 4} and len(again) == 5


def test_lines_are_found_by_code_or_barcode_place_and_lot_each_part_in_its_unit(office: Office, count: int) -> None:
    done = come_back(
        office,
        count,
        "Code,Place,Lot,Unit,Counted\n"
        "OIL,DRY,,case,3\nOIL,DRY,,,7\n16901234567899,BAR,,,1\n"
        "FISH,DRY,L1,kg,2.5\nFISH,,L2,,\nSALT,,,,１０\n",
    )
    assert done == CountFileResult(6, 4, 0, 1)
    assert counted(office, count) == {
        ("OIL", "DRY", ""): 43, ("OIL", "BAR", ""): 12, ("FISH", "DRY", "L1"): D("2.5"), ("FISH", "DRY", "L2"): None,
        ("SALT", "DRY", ""): 10,
    }  # fmt: skip


def test_wrong_rows_are_named_and_nothing_is_kept(office: Office, count: int) -> None:
    faults = wrong(
        office,
        count,
        "code,location,lot,unit,counted\n"
        "SALT,DRY,,,9\nNOPE,DRY,,,1\nOIL,,,,1\nFISH,DRY,,,1\nFISH,DRY,L9,,1\nSALT,BAR,,,1\nSALT,NOWHERE,,,1\nSALT,DRY,,,x\n"
        "SALT,DRY,,box,1\nSALT,DRY,,,-1\n",
    )
    assert [(row, field) for row, field, _words in faults] == [
        (2, "code"), (3, "location"), (4, "lot"), (5, "lot"), (6, "code"), (7, "location"), (8, "counted"),
        (9, "unit"), (10, "counted"),
    ]  # fmt: skip
    assert "at BAR, DRY" in faults[1][2] and "It has: L1, L2" in faults[3][2]
    assert set(counted(office, count).values()) == {None}
    with pytest.raises(InvalidInput):
        come_back(office, count, "code,unit\nSALT,kg\n")


def test_lines_counted_already_are_asked_about_once_and_yes_replaces(office: Office, count: int) -> None:
    come_back(office, count, "code,counted\nSALT,9\n")
    assert come_back(office, count, "code,counted\nSALT,9\n") == CountFileResult(1, 0, 1, 0)
    with pytest.raises(NeedsConfirmation) as asked:
        come_back(office, count, "code,counted\nSALT,8\n")
    assert asked.value.key == "counted_again" and counted(office, count)["SALT", "DRY", ""] == 9
    come_back(office, count, "code,counted\nSALT,8\n", confirmed=frozenset({"counted_again"}))
    assert counted(office, count)["SALT", "DRY", ""] == 8


def test_figures_of_a_file_are_of_the_moment_they_were_counted(office: Office, count: int, clock: FixedClock) -> None:
    at = clock.now() - timedelta(minutes=10)
    bring_in(office, K.MOVEMENTS, "at,type,item,location,qty\n2026-03-04T12:30,issue,SALT,DRY,1\n")
    come_back(office, count, "code,counted\nSALT,10\n", at=at)
    line = next(one for one in office.ask(counting.list_count_lines, count_id=count) if one.code == "SALT")
    assert line.counted_at == at and line.counted == 10
    with pytest.raises(InvalidInput):
        come_back(office, count, "code,counted\nSALT,1\n", at=clock.now() + timedelta(minutes=1))


def test_a_count_that_is_over_takes_no_file(office: Office, count: int) -> None:
    come_back(office, count, "code,location,counted\nSALT,DRY,10\n")
    office.do(counting.complete_count, count_id=count, uncounted=Uncounted.KEEP)
    assert "waits for approval" in wrong(office, count, "code,counted\nSALT,9\n")[0][2]
