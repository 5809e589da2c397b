"""Verify finds and names everything that was changed behind the program's back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal

import psycopg
import pytest

from core import maintenance, stock
from core.maintenance import Area, Level, VerifyReport
from core.office import Office
from core.stock import NewLine
from db.engine import open_engine, url_of
from db.enums import CostMethod
from tests.helpers.stock import first_places, issue, make_items, receive

METHODS = tuple(CostMethod)


@pytest.fixture
def worked(office: Office, site_url: str) -> Office:
    """A site with some work in it: four items, one of each cost method, with lots, a transfer, waste, a reversal."""
    items = [make_items(site_url, 1, method)[0] for method in METHODS]
    lotted = items[METHODS.index(CostMethod.LOT)]
    plain = [item for item in items if item != lotted]
    receive(office, plain)
    receive(office, [lotted], lot="L-1")
    receive(office, [lotted], qty="5", value="70", lot="L-2")
    receive(office, plain, qty="4", value="50")
    issue(office, items)
    place, transit = first_places(site_url)
    office.do(
        stock.transfer_goods,
        lines=(NewLine(plain[0], Decimal(2), location_id=place, to_location_id=transit),),
    )
    mistake = issue(office, [plain[0]], qty="1")
    office.do(stock.reverse_posting, posting_id=mistake.posting_id)
    office.do(stock.reserve_stock, item_id=plain[0], qty=Decimal(1), purpose="宴会")
    return office


def behind_the_back(site: str, *statements: str) -> None:
    """What somebody does who knows the database and switches its guards off."""
    if "://" in site:
        with psycopg.connect(site) as server:
            for statement in ("set session_replication_role = replica", *statements):
                server.execute(statement.encode())
        return
    with closing(sqlite3.connect(site)) as file, file:
        guards = file.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _words in guards:
            file.execute(f"drop trigger {name}")
        for statement in (*statements, *(words for _name, words in guards)):
            file.execute(statement)


def look(office: Office) -> VerifyReport:
    return office.ask(maintenance.verify_ledger)


def words_of(report: VerifyReport, area: Area | None = None) -> str:
    return "\n".join(str(one.text) for one in report.findings if area is None or one.area is area)


def test_an_honest_site_is_clean(worked: Office) -> None:
    report = look(worked)
    assert report.findings == ()
    assert (report.postings, report.items) == (8, 4)
    assert report.entries > 15


def test_a_new_site_is_clean(office: Office) -> None:
    report = look(office)
    assert report.findings == () and report.head_id == 0


# What is done, in which area it is found, and words of a sentence that names it.
TAMPERINGS: dict[str, tuple[str, Area, str]] = {
    "quantity of an entry": (
        "update stock_entry set qty = qty + 1000000 where id = 1",
        Area.CHAIN,
        "RC-2026-000001 or one of its lines was changed",
    ),
    "its balance too": (
        "update stock_entry set qty = qty + 1000000 where id = 1",
        Area.BALANCES,
        "the entries make",
    ),
    "note of a posting": (
        "update stock_posting set note = 'x' where id = 5",
        Area.CHAIN,
        "IS-2026-000001 or one of its lines was changed",
    ),
    "moment of a posting": (
        "update stock_posting set at = at - 1 where id = 2",
        Area.CHAIN,
        "RC-2026-000002 or one of its lines was changed",
    ),
    "person of a posting": (
        "update stock_posting set person_id = (select max(id) from person where id <> person_id) where id = 3",
        Area.CHAIN,
        "RC-2026-000003",
    ),
    "deleted line": ("delete from stock_entry where id = 2", Area.CHAIN, "does not have its lines 1, 2, 3"),
    "deleted line leaves a gap": ("delete from stock_entry where id = 2", Area.CHAIN, "from 2 to 2"),
    "deleted posting": (
        "delete from stock_entry where posting_id = 6; delete from stock_posting where id = 6",
        Area.CHAIN,
        "Postings are missing before IS-2026-000002: from 6 to 6",
    ),
    "deleted posting's number": (
        "delete from stock_entry where posting_id = 6; delete from stock_posting where id = 6",
        Area.NUMBERS,
        "No posting carries the number TR-2026-000001",
    ),
    "deleted lines of a posting": (
        "delete from stock_entry where posting_id = 6",
        Area.CHAIN,
        "TR-2026-000001 has no lines",
    ),
    "deleted end": (
        "delete from stock_entry where posting_id = 8; delete from stock_posting where id = 8",
        Area.CHAIN,
        "The chain ends at posting 7, but posting 8 was the last one made",
    ),
    "deleted end with its head": (
        "delete from stock_entry where posting_id = 8; update ledger_head set posting_id = 7, "
        "hash = (select hash from stock_posting where id = 7); delete from stock_posting where id = 8",
        Area.NUMBERS,
        "No posting carries the number RE-2026-000001",
    ),
    "inserted line": (
        "insert into stock_entry (id, posting_id, line, at, kind, is_reversal, item_id, location_id, lot_id, qty, unit, unit_qty, "
        "reason, stage, note, value, settled, variance) select 999, posting_id, 99, at, kind, is_reversal, item_id, location_id, "
        "lot_id, qty, unit, unit_qty, reason, stage, note, value, settled, variance from stock_entry where id = 1",
        Area.CHAIN,
        "RC-2026-000001 does not have its lines",
    ),
    "inserted posting": (
        "insert into stock_posting (id, number, kind, at, posted_at, person_id, station, request_id, document, purpose, note, "
        "previous_hash, hash) select 9, 'IS-2026-000777', kind, at, posted_at, person_id, station, 'forged', document, purpose, note, "
        "hash, hash from stock_posting where id = 8",
        Area.CHAIN,
        "IS-2026-000777 stands in the ledger, but no operation of the log made it",
    ),
    "entry without posting": (
        "update stock_entry set posting_id = 5000 where id = 1; update stock_entry set posting_id = 5000 where id = 1",
        Area.CHAIN,
        "Entry 1 belongs to posting 5000, which is not there",
    ),
    "two exchanged": (
        "update stock_posting set id = -1 where id = 1; update stock_posting set id = 1 where id = 4; "
        "update stock_posting set id = 4 where id = -1",
        Area.CHAIN,
        "RC-2026-000004 does not follow the posting before it",
    ),
    "hash of a posting": (
        "update stock_posting set hash = previous_hash where id = 4",
        Area.CHAIN,
        "IS-2026-000001 does not follow the posting before it",
    ),
    "hash of the head": (
        "update ledger_head set hash = 'x'",
        Area.CHAIN,
        "The hash of the last posting is not the one noted",
    ),
    "head gone": ("delete from ledger_head", Area.CHAIN, "The end of the ledger's chain is not noted any more"),
    "balance": ("update stock_balance set qty = qty - 1 where item_id = 1", Area.BALANCES, "the balance says"),
    "balance gone": ("delete from stock_balance where item_id = 1", Area.BALANCES, "the balance is missing"),
    "balance made up": (
        "insert into stock_balance (item_id, location_id, lot_id, qty, last_at) select 2, location_id, 1, 7, 0 from stock_balance "
        "where item_id = 1 limit 1",
        Area.BALANCES,
        "there are no entries at all",
    ),
    "value of an entry": (
        "update stock_entry set value = value + 1 where id = 1",
        Area.VALUES,
        "Entry 1 of I-fi-0001: value, settled and variance are 100.01 / 0.00 / 0.00, and must be 100.00",
    ),
    "settled of an entry": ("update stock_entry set settled = 5 where id = 2", Area.VALUES, "Entry 2 of I-av-0001"),
    "variance of an entry": ("update stock_entry set variance = 5 where id = 3", Area.VALUES, "Entry 3 of I-st-0001"),
    "layer's quantity": ("update cost_layer set qty = qty + 1 where item_id = 1", Area.COSTS, "its cost layers are"),
    "layer's value": ("update cost_layer set value = value + 1 where item_id = 2", Area.COSTS, "its cost layers are"),
    "layer gone": ("delete from cost_layer where item_id = 4", Area.COSTS, "its cost layers are"),
    "cost's value": ("update item_cost set value = value + 1 where item_id = 1", Area.COSTS, "its cost says"),
    "cost's method": (
        "update item_cost set method = 'average' where item_id = 1",
        Area.COSTS,
        "the method, the standard",
    ),
    "last known cost": ("update item_cost set last_value = 1 where item_id = 1", Area.COSTS, "the last known cost"),
    "moment of a cost": (
        "update item_cost set last_at = 1 where item_id = 1",
        Area.COSTS,
        "the moment of its last entry",
    ),
    "cost gone": ("delete from item_cost where item_id = 3", Area.COSTS, "where its cost stands is not noted"),
    "lot of another item": ("update lot set item_id = 1 where id = 1", Area.LOTS, "is not a lot of I-lo-0001"),
    "kind that does not exist": (
        "update stock_entry set kind = 'gift' where id = 1",
        Area.CHAIN,
        "RC-2026-000001 or one",
    ),
    "link to an entry that is not there": (
        "update stock_entry set link_id = 999, is_reversal = true where id = 1",
        Area.VALUES,
        "cannot be reckoned",
    ),
    "reservation of a lot": ("update reservation set lot_id = 1", Area.RESERVATIONS, "Reservation 1 names"),
    "number series": ("update number_series set last = 1 where prefix = 'RC'", Area.NUMBERS, "RC-2026 is noted as 1"),
}


@pytest.mark.parametrize("done", TAMPERINGS)
def test_what_was_done_behind_the_programs_back_is_found_and_named(worked: Office, site_url: str, done: str) -> None:
    statements, area, words = TAMPERINGS[done]
    behind_the_back(site_url, *statements.split("; "))
    report = look(worked)
    assert not report.is_clean
    assert words in words_of(report, area), words_of(report)


def test_findings_are_said_in_both_languages(worked: Office, site_url: str) -> None:
    behind_the_back(site_url, "update stock_balance set qty = 1 where item_id = 1")
    finding = next(one for one in look(worked).findings if one.area is Area.BALANCES)
    assert "结存" in finding.text.render("zh") and "{" not in finding.text.render("zh")
    assert finding.item_id == 1 and finding.level is Level.BAD


def test_more_reserved_than_there_is_warns_only(worked: Office, site_url: str) -> None:
    behind_the_back(site_url, "update reservation set qty = 999000000")
    report = look(worked)
    assert report.is_clean
    assert "999 are reserved, but only" in words_of(report, Area.RESERVATIONS)


def test_missing_guards_are_named(worked: Office, site_url: str) -> None:
    engine = open_engine(url_of(site_url))
    with engine.begin() as sql:
        table = "" if sql.dialect.name == "sqlite" else " on stock_entry"
        sql.exec_driver_sql(f"drop trigger stock_entry_no_delete{table}")
    engine.dispose()
    assert "stock_entry_no_delete" in words_of(look(worked), Area.GUARDS)


def test_a_chain_written_anew_is_found_by_what_a_backup_noted(worked: Office, site_url: str) -> None:
    facts = {"file": "x", "size": 1, "is_verified": True, "head_id": 8, "head_hash": "another"}
    worked.do(maintenance.record_backup, **facts)  # type: ignore[arg-type]
    assert "not the posting that the backup of that time noted" in words_of(look(worked), Area.CHAIN)


def test_many_findings_are_counted_but_not_all_listed(office: Office, site_url: str) -> None:
    receive(office, make_items(site_url, 250))
    behind_the_back(site_url, "update stock_balance set qty = 1")
    report = look(office)
    assert len([one for one in report.findings if one.area is Area.BALANCES]) == 200
    assert report.hidden == 50


def test_progress_is_told_to_the_end(worked: Office) -> None:
    told: list[float] = []
    worked.ask(maintenance.verify_ledger, progress=lambda share, _text: told.append(share))
    assert told == sorted(told) and told[-1] == 1


def test_a_site_is_verified_by_its_name(worked: Office, site_url: str) -> None:
    assert maintenance.verify_site(site_url).is_clean
