"""A first day at the restaurant: the head chef and the storekeeper do their work, the manager looks at the books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core import catalog, costing, counting, maintenance, stock
from core.clock import day_starts_at
from core.errors import NotAllowed
from core.words import CountKind, PostingKind, VarianceReason
from desktop.purchasing.receive.page import ReceivePage
from desktop.stock.entry.issue import IssuePage
from desktop.stock.entry.returns import ReturnToSupplierPage
from desktop.stock.entry.transfer import TransferPage
from desktop.stock.entry.waste_page import WastePage
from desktop.widgets import Button
from tests.helpers.scans import scan_of
from tests.helpers.seats import Seat, keyboard

if TYPE_CHECKING:
    from core.clock import FixedClock

CHEF, STOREKEEPER, MANAGER = "王建国", "周海", "林晓芸"
COLA_CASE, COLA = "16936571910015", "SOF-002"
Sit = Callable[[str], Seat]
D = Decimal


def held(seat: Seat, code: str, place: str) -> Decimal:
    """How much of an item lies at a place."""
    rows = seat.office.ask(stock.list_on_hand)
    return sum((row.qty for row in rows if (row.item_code, row.location_code) == (code, place)), D(0))


def newest(seat: Seat, kind: PostingKind) -> stock.PostingCard:
    """The newest posting of a kind."""
    rows = seat.office.ask(stock.list_postings, kinds=(kind,), limit=1)
    return seat.office.ask(stock.get_posting, posting_id=rows[0].posting_id)


def month_so_far(seat: Seat) -> costing.Review:
    """The month's review up to now."""
    start = day_starts_at(date(2026, 3, 1), "Asia/Shanghai", 4)
    return seat.office.ask(costing.get_review, start=start, end=seat.office.clock.now())


def waste_by_keys(chef: Seat) -> Decimal:
    """W opened the page: a tile, one of it, over-prepped, Enter. Five keystrokes, the cost on the button."""
    page = chef.show(WastePage)
    QTest.keyClick(keyboard(page), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    chef.rest()
    chef.keys(page, "13")
    assert "¥" in page.pad.why.button.text()
    place = page.pad.why.place.value()
    chef.keys(page, Qt.Key.Key_Return)
    chef.rest()
    entry = newest(chef, PostingKind.WASTE).lines[0]
    assert (entry.qty, entry.reason, entry.location_id) == (D(-1), "over_prepped", place)
    assert page.pad.notice.isHidden()
    return -(entry.value or D(0))


def undo_buttons(page: WastePage) -> list[Button]:
    """Undo of each entry of the day, the newest first."""
    return [button for button in page.pad.list.findChildren(Button) if button.text() == "Undo"]


def waste_by_touch_and_undo(chef: Seat) -> None:
    """Tile, reason, done; then it was a mistake."""
    page = chef.show(WastePage)
    QTest.mouseClick(page.pad.tiles.grid.findChildren(QWidget)[1], Qt.MouseButton.LeftButton)
    chef.rest()
    QTest.mouseClick(page.pad.why.grid.findChildren(QWidget)[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.pad.why.button, Qt.MouseButton.LeftButton)
    chef.rest()
    wasted = newest(chef, PostingKind.WASTE)
    page.pad.show_list()
    chef.until(lambda: len(undo_buttons(page)) == 2)
    undo_buttons(page)[0].click()
    chef.rest()
    assert chef.office.ask(stock.get_posting, posting_id=wasted.row.posting_id).row.reversed_by


def receive_two_cases(storekeeper: Seat) -> int:
    """The code of a case scanned twice: who may not see costs is shown no price, the last one paid is taken."""
    page = storekeeper.show(ReceivePage)
    supplier = next(iter(storekeeper.office.ask(catalog.list_suppliers)))
    page.primary()
    storekeeper.rest()
    page.sheet.head.supplier.set_value(supplier.id)
    page.sheet.head.supplier.changed.emit()
    page.sheet.head.strip.set_values({"document": "DN-0304-1"})
    storekeeper.rest()
    before = held(storekeeper, COLA, "DRY-4")
    for _case in range(2):
        page.scan(scan_of(COLA_CASE))
        storekeeper.rest()
    line = page.dock.lines()[0]
    assert (line.qty, line.unit) == (D(2), "箱")
    assert "price" not in [column.key for column in page.sheet.table.columns]
    page.post()
    storekeeper.rest()
    assert held(storekeeper, COLA, "DRY-4") == before + 48
    assert storekeeper.shell.postings[-1].undo is not None
    return newest(storekeeper, PostingKind.RECEIPT).row.posting_id


def refill_the_wok_station(storekeeper: Seat) -> None:
    """Scan the shelf, pick what goes there, Enter on the empty field."""
    page = storekeeper.show(TransferPage)
    before = held(storekeeper, "GRN-008", "KIT-W")
    page.scan(scan_of("KIT-W"))
    page.scan(scan_of("GRN-008"))
    storekeeper.rest()
    place = page.finder.place(page.sheet.bar.value("place_id"))
    assert place is not None
    assert place.code == "DRY-1", "never from where it goes"
    storekeeper.keys(page, "2", Qt.Key.Key_Return, Qt.Key.Key_Return)
    storekeeper.rest()
    assert held(storekeeper, "GRN-008", "KIT-W") == before + 2


def send_to_the_shop(storekeeper: Seat, chef: Seat) -> None:
    """Sent by one, received by another."""
    places = {row.code: row.location_id for row in storekeeper.office.ask(stock.list_locations)}
    row = storekeeper.office.ask(catalog.find_item, code=COLA)
    assert row is not None
    line = stock.NewLine(row.id, D(12), location_id=places["DRY-4"])
    sent = storekeeper.office.do(stock.send_transfer, lines=(line,), to_location_id=places["SHOP-1"])
    before = held(storekeeper, COLA, "SHOP-1")
    chef.office.do(stock.receive_transfer, posting_id=sent.posting_id, to_location_id=places["SHOP-1"])
    assert held(storekeeper, COLA, "SHOP-1") == before + 12


def issue_too_much_from_one_shelf(chef: Seat) -> None:
    """The shelf used last has too little: the sentence, and the shelf that has enough in one click."""
    page = chef.show(IssuePage)
    places = {row.code: row.location_id for row in chef.office.ask(stock.list_locations)}
    page.finder.use_place("out", places["BAR-1"])
    page.sheet.bar.editor("place_id").set_value(places["BAR-1"])
    page.scan(scan_of("ALC-001"))
    chef.rest()
    assert page.sheet.bar.value("place_id") == places["BAR-1"]
    chef.keys(page, "40", Qt.Key.Key_Return)
    page.strip.set_values({"purpose": "Banquet"})
    page.post()
    chef.rest()
    assert "Not enough stock: 34 can" in page.notice.text()
    page.notice.buttons()[0].click()
    page.post()
    chef.rest()
    assert page.sheet.lines() == []
    assert newest(chef, PostingKind.ISSUE).lines[0].location_code == "DRY-4"


def count_the_vegetables(storekeeper: Seat, manager: Seat) -> None:
    """Everything as the book says but one; the manager approves what the storekeeper counted."""
    place = next(row for row in storekeeper.office.ask(stock.list_locations) if row.code == "COLD-1")
    new = counting.NewCount(CountKind.FULL, (place.location_id,), title="Vegetables", with_empty=False)
    count_id = storekeeper.office.do(counting.start_count, new=new)
    lines = storekeeper.office.ask(counting.list_count_lines, count_id=count_id)
    short = next(line for line in lines if (line.expected or 0) > 1)
    for line in lines:
        found = (line.expected or D(0)) - (1 if line is short else 0)
        storekeeper.office.do(counting.enter_count, line_id=line.id, parts=(counting.CountPart(max(found, D(0))),))
    storekeeper.office.do(counting.complete_count, count_id=count_id)
    storekeeper.office.do(counting.give_reason, count_id=count_id, line_ids=(short.id,), reason=VarianceReason.UNKNOWN)
    storekeeper.office.do(counting.complete_count, count_id=count_id)
    with pytest.raises(NotAllowed):
        storekeeper.office.do(counting.approve_count, count_id=count_id)
    manager.office.do(counting.approve_count, count_id=count_id)
    assert held(storekeeper, short.code, "COLD-1") >= (short.expected or D(0)) - 1


def send_one_case_back(storekeeper: Seat, receipt: int) -> None:
    """A case of the morning's delivery was dented."""
    page = storekeeper.show(lambda context: ReturnToSupplierPage(context, receipt))
    storekeeper.rest()
    line = page.sheet.lines()[0]
    assert line.left == D(48)
    page.sheet.table.row_activated.emit(line)
    storekeeper.rest()
    page.sheet.bar.qty.type_text("24")
    page.sheet.bar.finish()
    page.post()
    storekeeper.rest()
    assert newest(storekeeper, PostingKind.RETURN_TO_SUPPLIER).lines[0].qty == D(-24)


def keep_to_their_rights(chef: Seat, storekeeper: Seat) -> None:
    """The chef does not adjust, the storekeeper sees no costs, neither changes people's stock of yesterday unasked."""
    item = chef.office.ask(catalog.find_item, code="GRN-001")
    assert item is not None
    line = stock.NewLine(item.id, D(-1), location_id=None, note="short")
    with pytest.raises(NotAllowed):
        chef.office.do(stock.adjust_stock, lines=(line,))
    with pytest.raises(NotAllowed):
        chef.office.do(stock.issue_goods, lines=(line,), at=chef.office.clock.now() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        storekeeper.office.ask(stock.list_values)
    assert newest(storekeeper, PostingKind.RECEIPT).row.value is None


def test_a_first_day(seat: Sit, clock: FixedClock, sample_site: str) -> None:
    chef, storekeeper, manager = seat(CHEF), seat(STOREKEEPER), seat(MANAGER)
    before = month_so_far(manager)
    clock.advance(minutes=5)
    wasted = waste_by_keys(chef)
    clock.advance(minutes=5)
    waste_by_touch_and_undo(chef)
    clock.advance(minutes=5)
    receipt = receive_two_cases(storekeeper)
    clock.advance(minutes=5)
    refill_the_wok_station(storekeeper)
    clock.advance(minutes=5)
    send_to_the_shop(storekeeper, chef)
    clock.advance(minutes=5)
    issue_too_much_from_one_shelf(chef)
    clock.advance(minutes=5)
    count_the_vegetables(storekeeper, manager)
    clock.advance(minutes=5)
    send_one_case_back(storekeeper, receipt)
    keep_to_their_rights(chef, storekeeper)
    clock.advance(minutes=5)
    after = month_so_far(manager)
    assert after.ties
    moved = {name: after.total.value(name) - before.total.value(name) for name in ("receipts", "other_out", "waste")}
    paid = manager.office.ask(stock.get_posting, posting_id=receipt).row.value
    assert paid
    assert moved == {"receipts": paid, "other_out": paid / 2, "waste": wasted}
    report = maintenance.verify_site(sample_site)
    assert not report.findings
