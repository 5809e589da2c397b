"""Locations, suppliers, items and opening stock from files, on both databases."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from core import catalog, importing, stock
from core.errors import InvalidInput, Refused
from core.importing import ImportFile
from core.office import Office
from db.enums import ImportKind as K
from db.journal import Journal
from tests.core.importing.helping import bring_in, faults_of, items, make_items, move, places_of, values, workbook

HEAD = (
    "code,name,name_en,category,unit,pack_units,barcodes,cost_method,standard_cost,shelf_life_days,lot_tracked,"
    "sale_price,supplier,min,safety,max,par"
)
ITEMS = f"""{HEAD}
A,番茄,Tomato,食品 > 蔬菜,kg,case=12;bag=2.5,6901234567892;16901234567899@case,fifo,,,0,,S1,1,2,5,4
B,牛奶,Milk,食品/乳品,L,,,average,,7,1,12.5,张三,,,,
C,杯,,,each,,,standard,1.25,,,,,,,,
"""
SUPPLIERS = "code,name,contact,language\nS1,张三,小王,zh\nS2,Acme,,English\n"
LOCATIONS = """code,name,name_en,parent,kind,walk_order,allow_negative,locked
K1,一号架,Shelf 1,KIT,,1,,
KIT,厨房,Kitchen,,area,2,1,
X,冷库,,MAIN,,3,,是
"""


def test_items_come_with_all_that_belongs_to_them(office: Office) -> None:
    bring_in(office, K.SUPPLIERS, SUPPLIERS)
    done = bring_in(office, K.ITEMS, ITEMS)
    assert (done.rows, done.posted, done.unchanged) == (3, 3, 0)
    rows = {row.code: row for row in items(office)}
    assert (rows["A"].category, rows["A"].supplier, str(rows["C"].cost_method)) == ("食品/蔬菜", "张三", "standard")
    assert rows["B"].lot_tracked and rows["B"].sale_price == Decimal("12.5")
    hit = office.ask(catalog.find_by_barcode, code="16901234567899")
    assert hit is not None and (hit.item.code, hit.unit, hit.factor) == ("A", "case", Decimal(12))


def test_the_same_items_again_change_nothing(office: Office) -> None:
    bring_in(office, K.SUPPLIERS, SUPPLIERS)
    bring_in(office, K.ITEMS, ITEMS)
    done = bring_in(office, K.ITEMS, ITEMS + "D,新,,,kg,,,,,,,,,,,,\n")
    assert (done.posted, done.unchanged) == (1, 3)
    assert (bring_in(office, K.SUPPLIERS, SUPPLIERS).unchanged, places_of(faults_of(office, K.ITEMS, ITEMS.replace("番茄", "西红柿")))) == (
        2, [(1, "code")],
    )  # fmt: skip


def test_every_wrong_item_is_named(office: Office) -> None:
    first = ITEMS.splitlines()[1]
    rows = [
        first.replace(",S1,", ",S9,"),
        "B,牛奶,,,,,,,,,,,,,,,",
        "C,杯,,,each,case=twelve,6901234567890,lifo,,x,maybe,-1,,,,,",
        "D,盘,,,each,,6901234567890,,,,,,,,,,",
        "E,碗,,,each,,,standard,,,,,,,,,",
        "F,勺,,,each,,,,,,,,,5,,1,",
        ",刀,,,each,,,,,,,,,,,,",
    ]
    assert places_of(faults_of(office, K.ITEMS, "\n".join([HEAD, *rows]))) == [
        (1, "supplier"), (2, "unit"), (3, "pack_units"), (3, "shelf_life_days"), (3, "sale_price"), (3, "cost_method"), (3, "lot_tracked"),
        (4, "barcodes"), (5, "standard_cost"), (6, "min"), (7, "code"),
    ]  # fmt: skip
    assert items(office) == []


def test_a_code_twice_in_the_file_is_refused(office: Office) -> None:
    assert places_of(faults_of(office, K.ITEMS, "code,name,unit\nA,a,kg\nA,b,kg\n")) == [(2, "code")]
    assert places_of(faults_of(office, K.SUPPLIERS, "code,name\nS,a\nS,b\n")) == [(2, "code")]
    assert places_of(faults_of(office, K.LOCATIONS, "code,name\nP,a\nP,b\n")) == [(2, "code")]


def test_locations_may_stand_in_any_order(office: Office) -> None:
    bring_in(office, K.LOCATIONS, LOCATIONS)
    found = {row.code: row for row in office.ask(stock.list_locations)}
    assert found["K1"].parent_id == found["KIT"].location_id and found["K1"].path.startswith(found["KIT"].path)
    assert found["KIT"].allow_negative and found["X"].is_locked and str(found["K1"].kind) == "bin"
    assert bring_in(office, K.LOCATIONS, LOCATIONS).unchanged == 3


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",x,,", "code"),
        ("P,,,", "name"),
        ("P,x,NOPE,", "parent"),
        ("P,x,P,", "parent"),
        ("P,x,,hall", "kind"),
        ("MAIN,x,,", "code"),
    ],
)
def test_a_wrong_location_is_named(office: Office, row: str, field: str) -> None:
    assert places_of(faults_of(office, K.LOCATIONS, f"code,name,parent,kind\n{row}\n")) == [(1, field)]


def test_opening_stock_ties_to_the_books(office: Office) -> None:
    make_items(office, "A,a,kg,,,case=12", "B,b,L,,1,")
    done = bring_in(
        office,
        K.OPENING_STOCK,
        "item,location,qty,unit,value,lot,expires_on\nA,,2,case,48.00,,\nB,,3,,9.99,L1,2026-12-01\n",
    )
    assert done.totals == (("value", Decimal("57.99")),) and done.posted == 2
    assert values(office) == {"A": ("24", "48.00"), "B": ("3", "9.99")}
    posting = office.ask(stock.list_postings)[0]
    assert (str(posting.kind), posting.lines, posting.at.year) == ("opening", 2, 2000)


def test_opening_stock_may_be_of_an_earlier_day(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    bring_in(office, K.OPENING_STOCK, "item,qty,value,at\nA,1,2,2026-01-01\n")
    assert [row.at.isoformat() for row in office.ask(stock.list_ledger, wanted=stock.LedgerFilter())] == [
        "2025-12-31T20:00:00+00:00"
    ]


def test_wrong_opening_stock_is_named(office: Office) -> None:
    make_items(office, "A,a,kg,,,", "B,b,L,,1,")
    text = "item,qty,value,lot\nA,1,,\nA,,1,\n,1,1,\nB,1,1,\nA,-1,1,\nA,1,1.001,\n"
    assert places_of(faults_of(office, K.OPENING_STOCK, text)) == [
        (1, "value"),
        (2, "qty"),
        (3, "item"),
        (4, "lot"),
        (5, "qty"),
        (6, "value"),
    ]
    assert values(office) == {}


def test_thousands_of_wrong_rows_of_one_document_are_found_in_good_time(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    text = "item,qty,value\n" + "A,0,1\n" * 3000
    assert len(faults_of(office, K.OPENING_STOCK, text)) == 3000


def test_a_workbook_brings_the_same_as_text(office: Office) -> None:
    rows: list[list[object]] = [
        ["Item code", "Name", "Base unit", "Barcode", "Shelf life (days)"],
        [1001, "番茄", "kg", 6901234567892, 7],
    ]
    bring_in(office, K.ITEMS, workbook(rows))
    assert items(office)[0].code == "1001"


def test_a_preview_proposes_columns_and_shows_the_first_rows(office: Office) -> None:
    file = ImportFile("x.csv", b"item,quantiy,colour\nA,1,red\nA,2,red\n")
    seen = office.ask(importing.preview_file, kind=K.OPENING_STOCK, content=file)
    assert [(one.heading, one.field, one.is_certain, one.samples) for one in seen.columns] == [
        ("item", "item", True, ("A",)), ("quantiy", "qty", False, ("1", "2")), ("colour", "", False, ("red",)),
    ]  # fmt: skip
    assert seen.rows == 2 and seen.first_rows[1] == ("A", "2", "red")
    assert next(field.is_required for field in seen.fields if field.key == "item")


def test_chosen_columns_are_remembered_for_the_next_file(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    text = "what,howmuch,worth\nA,1,2\n"
    with pytest.raises(InvalidInput, match="no column item"):
        bring_in(office, K.OPENING_STOCK, text)
    bring_in(office, K.OPENING_STOCK, text, columns=((0, "item"), (1, "qty"), (2, "value")))
    bring_in(office, K.OPENING_STOCK, text.replace("A,1", "A,5"))
    assert values(office)["A"] == ("6", "4.00")
    seen = office.ask(importing.preview_file, kind=K.OPENING_STOCK, content=ImportFile("x.csv", text.encode()))
    assert all(one.is_certain for one in seen.columns) and seen.earlier_at is not None


def test_undoing_takes_everything_back_in_order(office: Office) -> None:
    runs = [
        bring_in(office, kind, text).run_id
        for kind, text in ((K.LOCATIONS, LOCATIONS), (K.SUPPLIERS, SUPPLIERS), (K.ITEMS, ITEMS))
    ]
    for run_id in reversed(runs):
        assert office.do(importing.undo_import, run_id=run_id) in (2, 3)
    assert items(office) == []
    assert {row.code for row in office.ask(stock.list_locations)} <= {stock.SITE_CODE, stock.TRANSIT_CODE}
    bring_in(office, K.SUPPLIERS, SUPPLIERS)
    bring_in(office, K.ITEMS, ITEMS)


def test_undoing_movements_reverses_what_is_not_reversed_yet(office: Office) -> None:
    make_items(office, "A,a,kg,fifo,,")
    move(office, "at=2026-01-04T10:00 type=receipt item=A qty=1 value=7.00")
    done = move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=1 value=1 document=R1",
        "at=2026-01-05T11:00 type=receipt item=A qty=1 value=2 document=R2",
        "at=2026-01-05T12:00 type=reversal ref=R1",
        "at=2026-01-05T13:00 type=issue item=A qty=1",
        "at=2026-01-05T14:00 type=landed_cost value=1 ref=R2",
    )
    office.do(importing.undo_import, run_id=done.run_id)
    assert values(office)["A"] == ("1", "7.00")
    row = office.ask(importing.list_imports)[0]
    assert row.undone_at is not None and (row.made, row.rows, row.by) == (5, 5, "Admin")
    with pytest.raises(Refused, match="undone already"):
        office.do(importing.undo_import, run_id=done.run_id)


def test_undoing_takes_back_what_was_entered_before_a_count(office: Office) -> None:
    """The late receipt corrected the count; both are taken back once."""
    make_items(office, "A,a,kg,fifo,,")
    done = move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=10 value=10",
        "at=2026-01-06T10:00 type=count item=A qty=8",
        "at=2026-01-05T12:00 type=receipt item=A qty=3 value=3",
    )
    assert values(office)["A"][0] == "8"
    office.do(importing.undo_import, run_id=done.run_id)
    assert values(office)["A"] == ("0", "0.00")


def test_what_is_used_by_now_is_not_removed(office: Office) -> None:
    run = bring_in(office, K.ITEMS, "code,name,unit\nA,a,kg\nB,b,kg\n").run_id
    move(office, "at=2026-01-05T10:00 type=receipt item=A qty=1 value=1")
    with pytest.raises(Refused, match="1 item of this file is used by now: A"):
        office.do(importing.undo_import, run_id=run)
    assert len(items(office)) == 2
    places = bring_in(office, K.LOCATIONS, "code,name\nP,p\n").run_id
    bring_in(office, K.LOCATIONS, "code,name,parent\nQ,q,P\n")
    with pytest.raises(Refused, match="Other locations lie in those"):
        office.do(importing.undo_import, run_id=places)


def test_a_reversal_of_an_older_document_is_not_undone(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    move(office, "at=2026-01-05T10:00 type=receipt item=A qty=1 value=1 document=R1")
    run = move(office, "at=2026-01-06T10:00 type=reversal ref=R1").run_id
    with pytest.raises(Refused, match="Post those documents again"):
        office.do(importing.undo_import, run_id=run)


def test_the_operation_log_names_the_file_and_holds_nothing_of_it(office: Office) -> None:
    bring_in(office, K.SUPPLIERS, "name,note\nx,a secret note\n")
    with office._reader.connect() as sql:
        facts = sql.execute(select(Journal.facts).where(Journal.command == "importing.import_file")).scalar_one()
    assert "secret" not in json.dumps(facts) and "file.csv" in json.dumps(facts)
