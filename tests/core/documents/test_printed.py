"""What was printed: kept once, found again, given only to who may see it, and gone when its days are over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from core import documents, identity
from core.clock import FixedClock
from core.documents import NewPrint, PrintedFilter
from core.errors import InvalidInput, NotFound
from core.office import Office
from core.words import PaperWay
from db.documents import PaperFile
from db.engine import open_engine, url_of
from db.transfer import digests

SLIP = NewPrint("slip", "采购入库单 GR-1", "GR-1", "both", "posting", 7, PaperWay.PRINTER, "Office", "1-2", 3)
PDF = b"%PDF-1.4 a slip"


def files(site_url: str) -> int:
    engine = open_engine(url_of(site_url))
    try:
        with engine.connect() as sql:
            return int(sql.execute(select(func.count()).select_from(PaperFile)).scalar_one())
    finally:
        engine.dispose()


def test_what_was_printed_is_found_and_comes_back_byte_for_byte(office: Office) -> None:
    printed_id = office.do(documents.record_printed, paper=SLIP, content=PDF)
    found = office.ask(documents.list_printed_papers)
    row = found.rows[0]
    assert (found.total, row.id, row.number, row.owner_kind, row.owner_id) == (1, printed_id, "GR-1", "posting", 7)
    assert (row.way, row.printer, row.pages, row.copies, row.language) == (PaperWay.PRINTER, "Office", "1-2", 3, "both")
    assert (row.size, row.station, row.is_kept) == (len(PDF), "test", True)
    assert office.ask(documents.get_printed_paper, printed_id=printed_id).content == PDF


def test_the_same_paper_is_kept_once(office: Office, site_url: str) -> None:
    office.do(documents.record_printed, paper=SLIP, content=PDF)
    office.do(documents.record_printed, paper=replace(SLIP, way=PaperWay.FILE, printer="GR-1.pdf"), content=PDF)
    office.do(documents.record_printed, paper=SLIP, content=PDF + b"!")
    assert office.ask(documents.list_printed_papers).total == 3
    assert files(site_url) == 2


@pytest.mark.parametrize(
    ("wanted", "total"),
    [
        (PrintedFilter(text="gr-2"), 1),
        (PrintedFilter(text="入库"), 2),
        (PrintedFilter(text="nothing"), 0),
        (PrintedFilter(kind="list"), 1),
        (PrintedFilter(from_on=date(2026, 3, 5)), 1),
        (PrintedFilter(to_on=date(2026, 3, 4)), 1),
        (PrintedFilter(person_id=99), 0),
    ],
)
def test_papers_are_found_by_words_kind_day_and_person(
    office: Office, clock: FixedClock, wanted: PrintedFilter, total: int
) -> None:
    office.do(documents.record_printed, paper=SLIP, content=PDF)
    clock.advance(days=1)
    office.do(documents.record_printed, paper=replace(SLIP, kind="list", number="GR-2"), content=PDF)
    found = office.ask(documents.list_printed_papers, wanted=wanted)
    assert (found.total, len(found.rows)) == (total, total)


def test_after_its_days_the_line_stays_and_the_paper_goes(office: Office, clock: FixedClock) -> None:
    old = office.do(documents.record_printed, paper=SLIP, content=PDF)
    clock.advance(days=300)
    again = office.do(documents.record_printed, paper=SLIP, content=PDF)
    clock.advance(days=300)
    office.do(documents.record_printed, paper=SLIP, content=b"%PDF-2")
    assert office.ask(documents.get_printed_paper, printed_id=old).content == PDF, "printed again meanwhile"
    clock.advance(days=101)
    office.do(documents.record_printed, paper=SLIP, content=b"%PDF-3")
    with pytest.raises(NotFound, match="no longer kept"):
        office.ask(documents.get_printed_paper, printed_id=again)
    assert [row.is_kept for row in office.ask(documents.list_printed_papers).rows] == [True, True, False, False]


def test_others_papers_are_for_who_may_see_the_log(office: Office) -> None:
    mine = office.do(documents.record_printed, paper=SLIP, content=PDF)
    store = next(row.role_id for row in office.ask(identity.list_roles) if "storekeeper" in row.name_en.casefold())
    office.do(identity.add_person, new=identity.NewPerson("Mei", pin="4821", roles=(identity.RoleGrant(store),)))
    office.sign_in_with_pin("Mei", "4821")
    own = office.do(documents.record_printed, paper=SLIP, content=PDF)
    assert [row.id for row in office.ask(documents.list_printed_papers).rows] == [own]
    assert len(office.ask(documents.list_print_people)) == 1
    with pytest.raises(NotFound):
        office.ask(documents.get_printed_paper, printed_id=mine)


def test_a_backup_takes_the_papers_along(office: Office, site_url: str) -> None:
    office.do(documents.record_printed, paper=SLIP, content=PDF)
    engine = open_engine(url_of(site_url))
    try:
        with engine.connect() as sql:
            taken = digests(sql)
    finally:
        engine.dispose()
    assert (taken["paper_file"].rows, taken["printed_paper"].rows) == (1, 1)


@pytest.mark.parametrize("content", [b"", b"<html>"])
def test_only_papers_are_kept(office: Office, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        office.do(documents.record_printed, paper=SLIP, content=content)
