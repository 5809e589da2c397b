"""Places and lots: made, moved, locked, blocked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from core import stock
from core.errors import Conflict, CoreError
from core.office import Office
from core.stock import NewLine
from tests.factories import make_item, make_place


def place(office: Office, code: str) -> stock.LocationRow:
    return next(row for row in office.ask(stock.list_locations, with_retired=True) if row.code == code)


def test_places_stand_as_a_tree_in_walking_order(office: Office) -> None:
    office.do(stock.create_location, new=stock.NewLocation("COLD", "冷库", "Cold room", walk_order=2))
    office.do(stock.create_location, new=stock.NewLocation("C-02", "二层", parent="COLD", walk_order=2))
    office.do(stock.create_location, new=stock.NewLocation("C-01", "一层", parent="COLD", walk_order=1))
    office.do(stock.create_location, new=stock.NewLocation("DRY", "干货库", walk_order=1))
    rows = office.ask(stock.list_locations)
    assert [(row.code, row.depth) for row in rows] == [
        ("MAIN", 0), ("DRY", 1), ("COLD", 1), ("C-01", 2), ("C-02", 2), ("TRANSIT", 0),
    ]  # fmt: skip
    office.do(
        stock.move_location, location_id=place(office, "C-01").location_id, parent_id=place(office, "DRY").location_id
    )
    assert [row.code for row in office.ask(stock.list_locations)][1:3] == ["DRY", "C-01"]
    with pytest.raises(CoreError, match="cannot lie in itself"):
        office.do(
            stock.move_location,
            location_id=place(office, "DRY").location_id,
            parent_id=place(office, "C-01").location_id,
        )


def test_two_people_edit_one_place(office: Office) -> None:
    make_place(office, "BAR")
    seen = place(office, "BAR")
    office.do(stock.update_location, location_id=seen.location_id, version=seen.version, changes={"name": "吧台"})
    office.do(
        stock.update_location,
        location_id=seen.location_id,
        version=seen.version,
        changes={"distance": 20},
        base={"distance": 0},
    )
    with pytest.raises(Conflict) as clash:
        office.do(
            stock.update_location,
            location_id=seen.location_id,
            version=seen.version,
            changes={"name": "酒吧"},
            base={"name": "BAR"},
        )
    assert clash.value.theirs == {"name": "吧台"}
    assert (place(office, "BAR").name, place(office, "BAR").distance) == ("吧台", 20)


def test_a_place_with_stock_is_not_retired(office: Office) -> None:
    item, bar = make_item(office), make_place(office, "BAR")
    office.do(stock.receive_goods, lines=(NewLine(item, D(1), value=D(1), location_id=bar),))
    with pytest.raises(CoreError, match="still stock"):
        office.do(stock.update_location, location_id=bar, version=1, changes={"is_active": False})
    with pytest.raises(CoreError, match="already"):
        office.do(stock.create_location, new=stock.NewLocation("BAR", "again"))


def test_a_blocked_lot_is_not_used_until_released(office: Office) -> None:
    item = make_item(office, lot_tracked=True)
    office.do(stock.receive_goods, lines=(NewLine(item, D(3), value=D(3), lot="L1", expires_on=date(2026, 5, 1)),))
    lot = office.ask(stock.list_lots, item_id=item)[0]
    with pytest.raises(CoreError, match="Why"):
        office.do(stock.block_lot, lot_id=lot.lot_id, is_blocked=True)
    office.do(stock.block_lot, lot_id=lot.lot_id, is_blocked=True, note="供应商召回")
    with pytest.raises(CoreError, match="blocked"):
        office.do(stock.issue_goods, lines=(NewLine(item, D(1)),))
    assert office.ask(stock.get_availability, item_id=item).available == D(0)
    row = office.ask(stock.list_on_hand, item_id=item)[0]
    assert not row.is_usable_on(date(2026, 3, 2))
    office.do(stock.block_lot, lot_id=lot.lot_id, is_blocked=False)
    office.do(stock.issue_goods, lines=(NewLine(item, D(1)),))
    with pytest.raises(CoreError, match="before it was produced"):
        office.do(stock.update_lot_dates, lot_id=lot.lot_id, expires_on=date(2026, 1, 1), produced_on=date(2026, 2, 1))
    office.do(stock.update_lot_dates, lot_id=lot.lot_id, expires_on=date(2026, 6, 1))
    assert office.ask(stock.list_lots, item_id=item)[0].expires_on == date(2026, 6, 1)


def test_the_lot_that_expires_first_goes_first(office: Office) -> None:
    item = make_item(office)
    for number, day in (("LATE", date(2026, 6, 1)), ("SOON", date(2026, 4, 1)), ("", None)):
        office.do(stock.receive_goods, lines=(NewLine(item, D(2), value=D(2), lot=number, expires_on=day),))
    posted = office.do(stock.issue_goods, lines=(NewLine(item, D(5)),))
    lines = office.ask(stock.get_posting, posting_id=posted.posting_id).lines
    assert [(line.lot, line.qty) for line in lines] == [("SOON", D(-2)), ("LATE", D(-2)), ("", D(-1))]
