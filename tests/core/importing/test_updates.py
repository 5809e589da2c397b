"""Files that change what is there already: by code, filled cells only, all or nothing, and back again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core import catalog, importing, stock
from core.errors import Refused
from core.importing import CellChange, FileRejected, ImportFile, ImportOptions, ImportResult, Rehearsed
from core.office import Office
from db.enums import ImportKind as K
from tests.core.importing.helping import bring_in, items, move

HEAD = "code,name,unit,category,pack_units,barcodes,sale_price,supplier,supplier_code,purchase_price,min,max,lot_tracked,note\n"
OIL = "OIL,菜籽油,bottle,食品,case=12,6901234567892,39.9,S1,X1,300,3,48,0,\n"
SUPPLIERS = "code,name,phone\nS1,绿田,010\nS2,Acme,\n"


@pytest.fixture
def stocked(office: Office) -> Office:
    bring_in(office, K.SUPPLIERS, SUPPLIERS)
    bring_in(office, K.ITEMS, HEAD + OIL + "SALT,盐,kg,,,,,,,,,,,\n")
    return office


def change(office: Office, kind: K, text: str, **over: object) -> ImportResult:
    return bring_in(office, kind, text, is_update=True, **over)


def changes_of(result: ImportResult) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.field, one.before, one.after) for one in result.changes]


def wrong(office: Office, kind: K, text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRejected) as told:
        change(office, kind, text)
    return [(one.row or 0, one.field or "", one.text.render("en")) for one in told.value.errors]


def card(office: Office, code: str) -> catalog.ItemCard:
    return office.ask(catalog.get_item, item_id=next(row.id for row in items(office) if row.code == code))


def test_only_filled_cells_change(stocked: Office) -> None:
    before = card(stocked, "OIL")
    done = change(stocked, K.ITEMS, "code,name,sale_price,max,note\nOIL,,42,60,\nSALT,海盐,,,粗\n")
    assert (done.rows, done.posted, done.changed, done.unchanged) == (2, 2, 2, 0)
    assert changes_of(done) == [
        ("OIL", "sale_price", "39.9", "42"),
        ("OIL", "max", "48", "60"),
        ("SALT", "name", "盐", "海盐"),
        ("SALT", "note", "", "粗"),
    ]
    after = card(stocked, "OIL")
    assert (after.row.name, after.row.sale_price, after.version) == ("菜籽油", Decimal(42), before.version + 1)
    assert (after.policies[0].minimum, after.policies[0].maximum) == (Decimal(3), Decimal(60))
    assert [row.code for row in stocked.ask(catalog.search_items, text="海盐")] == ["SALT"]


def test_new_changed_and_unchanged_rows_come_in_one_file(stocked: Office) -> None:
    done = change(stocked, K.ITEMS, HEAD + OIL + "SALT,盐,kg,调料,,,,,,,,,,\nNEW,新,kg,,,,,,,,,,,\n")
    assert (done.posted, done.changed, done.unchanged) == (2, 1, 1)
    assert changes_of(done) == [("SALT", "category", "", "调料")]


def test_packs_barcodes_and_suppliers_are_added_or_changed(stocked: Office) -> None:
    done = change(
        stocked,
        K.ITEMS,
        "code,pack_units,barcodes,supplier,purchase_price\nOIL,case=6;half=3,16901234567899@case,S2,150\n"
        "SALT,,,S1,1.5\n",
    )
    assert changes_of(done) == [
        ("OIL", "pack_units", "case=12", "case=6"),
        ("OIL", "pack_units", "", "half=3"),
        ("OIL", "supplier", "", "S2 150"),
        ("OIL", "barcodes", "", "16901234567899@case"),
        ("SALT", "supplier", "", "S1 1.5"),
    ]
    oil = card(stocked, "OIL")
    assert {pack.unit: pack.factor for pack in oil.units} == {"half": Decimal(3), "case": Decimal(6)}
    assert [(term.supplier, term.price, term.rank) for term in oil.terms] == [
        ("绿田", Decimal(300), 1),
        ("Acme", Decimal(150), 2),
    ]
    hit = stocked.ask(catalog.find_by_barcode, code="16901234567899")
    assert hit is not None and (hit.item.code, hit.factor) == ("OIL", Decimal(6))


def test_a_rehearsal_tells_the_changes_and_saves_none(stocked: Office) -> None:
    with pytest.raises(Rehearsed) as told:
        change(stocked, K.ITEMS, "code,sale_price\nOIL,42\n", is_rehearsal=True)
    assert told.value.result.changes == (CellChange(1, "OIL", "sale_price", "39.9", "42"),)
    assert card(stocked, "OIL").row.sale_price == Decimal("39.9")


def test_wrong_rows_change_nothing(stocked: Office) -> None:
    move(stocked, "at=2026-01-05 type=receipt item=OIL qty=1 value=10 document=R1")
    text = "code,name,unit,cost_method,barcodes,min,supplier,pack_units\n" + "\n".join(
        (
            "SALT,海盐,,,,,,",
            "OIL,,each,,,,,",
            "OIL,,,average,,,,",
            "NEW,,,,,,,",
            "SALT,,,,6901234567892,,,",
        )
    )
    faults = wrong(stocked, K.ITEMS, text + "\n")
    assert [(row, field) for row, field, _sentence in faults] == [
        (2, "unit"), (3, "code"), (4, "name"), (4, "unit"), (5, "code"),
    ]  # fmt: skip
    assert "stands in the file twice" in faults[1][2] and "has entries in bottle" in faults[0][2]
    assert card(stocked, "SALT").row.name == "盐"
    assert wrong(stocked, K.ITEMS, "code,cost_method\nOIL,average\n")[0][:2] == (1, "cost_method")
    assert wrong(stocked, K.ITEMS, "code,barcodes\nSALT,6901234567892\n")[0][:2] == (1, "barcodes")
    assert wrong(stocked, K.ITEMS, "code,min\nOIL,99\n")[0][:2] == (1, "min")
    assert wrong(stocked, K.ITEMS, "code,pack_units\nOIL,bottle=2\n")[0][:2] == (1, "pack_units")


def test_without_the_tick_a_code_that_is_there_is_a_wrong_row(stocked: Office) -> None:
    with pytest.raises(FileRejected):
        bring_in(stocked, K.ITEMS, HEAD + OIL.replace("39.9", "42"))


def test_undo_brings_back_what_was(stocked: Office) -> None:
    before = {code: card(stocked, code) for code in ("OIL", "SALT")}
    done = change(
        stocked,
        K.ITEMS,
        "code,name,unit,category,pack_units,barcodes,sale_price,supplier,purchase_price,min,lot_tracked\n"
        "OIL,油,,新类,case=6;box=4,16901234567899@box,,S2,5,1,1\nSALT,,,,,,9,,,7,\nNEW,新,kg,,,,,,,,\n",
    )
    assert (done.changed, done.posted) == (2, 3)
    assert stocked.do(importing.undo_import, run_id=done.run_id) == 3
    for code, was in before.items():
        now = card(stocked, code)
        assert (now.values, now.units) == (was.values, was.units)
        assert [row.code for row in now.barcodes] == [row.code for row in was.barcodes]
        assert [(one.supplier, one.price) for one in now.terms] == [(one.supplier, one.price) for one in was.terms]
        assert [one.minimum for one in now.policies] == [one.minimum for one in was.policies]
    assert [row.code for row in items(stocked)] == ["OIL", "SALT"]
    run = stocked.ask(importing.list_imports)[0]
    assert (run.made, run.changed, run.undone_at is not None) == (1, 2, True)


def test_undo_is_refused_where_somebody_changed_the_same_since(stocked: Office) -> None:
    done = change(stocked, K.ITEMS, "code,sale_price,pack_units\nOIL,42,box=4\n")
    oil = card(stocked, "OIL")
    stocked.do(catalog.update_item, item_id=oil.id, version=oil.version, changes={"sale_price": Decimal(50)})
    with pytest.raises(Refused) as told:
        stocked.do(importing.undo_import, run_id=done.run_id)
    assert told.value.text.render("en").startswith("1 item was changed since: OIL.")
    stocked.do(catalog.update_item, item_id=oil.id, version=oil.version + 1, changes={"sale_price": Decimal(42)})
    stocked.do(catalog.add_barcode, item_id=oil.id, barcode=catalog.NewBarcode("16901234567899", "box"))
    with pytest.raises(Refused):
        stocked.do(importing.undo_import, run_id=done.run_id)


def test_another_field_changed_since_does_not_stand_in_the_way(stocked: Office) -> None:
    done = change(stocked, K.ITEMS, "code,sale_price\nOIL,42\n")
    oil = card(stocked, "OIL")
    stocked.do(catalog.update_item, item_id=oil.id, version=oil.version, changes={"name": "花生油"})
    stocked.do(importing.undo_import, run_id=done.run_id)
    assert (card(stocked, "OIL").row.sale_price, card(stocked, "OIL").row.name) == (Decimal("39.9"), "花生油")


def test_suppliers_and_locations_change_and_come_back(stocked: Office) -> None:
    bring_in(stocked, K.LOCATIONS, "code,name,kind,walk_order\nKIT,厨房,area,2\n")
    partners = change(stocked, K.SUPPLIERS, "code,phone,name\nS1,020,\nS3,,新\n")
    assert (partners.posted, partners.changed, changes_of(partners)) == (2, 1, [("S1", "phone", "010", "020")])
    places = change(stocked, K.LOCATIONS, "code,name_en,locked,lock_note\nKIT,Kitchen,1,打扫\n")
    assert changes_of(places) == [
        ("KIT", "name_en", "", "Kitchen"), ("KIT", "locked", "0", "1"), ("KIT", "lock_note", "", "打扫"),
    ]  # fmt: skip
    assert wrong(stocked, K.LOCATIONS, "code,parent\nKIT,KIT\n")[0][:2] == (1, "parent")
    for run in (partners, places):
        stocked.do(importing.undo_import, run_id=run.run_id)
    phones = {row.code: row.phone for row in stocked.ask(catalog.list_suppliers)}
    assert phones == {"S1": "010", "S2": ""}
    assert not next(row for row in stocked.ask(stock.list_locations) if row.code == "KIT").is_locked


def test_ten_thousand_items_change_in_seconds(office: Office) -> None:
    rows = 2_000
    bring_in(office, K.ITEMS, "code,name,unit\n" + "".join(f"I{n},i{n},kg\n" for n in range(rows)))
    done = change(office, K.ITEMS, "code,sale_price,min\n" + "".join(f"I{n},{n + 1},1\n" for n in range(rows)))
    assert (done.changed, len(done.changes)) == (rows, 1_000)


def test_what_a_preview_needs_is_the_key(office: Office) -> None:
    preview = office.ask(importing.preview_file, kind=K.ITEMS, content=ImportFile("f.csv", b"code,sale_price\nA,1\n"))
    assert [one.key for one in preview.fields if one.is_key] == ["code"]
    assert ImportOptions().is_update is False
