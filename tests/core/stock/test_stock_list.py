"""The stock list through the door, on both databases: what it shows, in which order, now and in the past; and why."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import catalog, stock
from core.clock import FixedClock
from core.documents import render_pdf
from core.errors import InvalidInput
from core.office import Office
from core.stock import LedgerFilter, Level, NewLine, StockFilter, StockRow
from core.stock.rules.levels import Policy, level_of
from core.words import PostingKind
from tests.desktop.stock.entry.larder import Larder, fill_larder, waste_some

D = Decimal


@pytest.fixture
def larder(office: Office) -> Larder:
    return fill_larder(office)


def rows_of(office: Office, filters: StockFilter | None = None, **order: object) -> list[StockRow]:
    wanted = filters or StockFilter()
    ids = office.ask(stock.list_stock_ids, filters=wanted, **order)
    return list(office.ask(stock.list_stock_page, ids=ids, filters=wanted))


def codes(rows: list[StockRow]) -> list[str]:
    return [row.code for row in rows]


@pytest.mark.parametrize(
    ("qty", "policy", "level"),
    [
        ("5", None, Level.NONE),
        ("-1", None, Level.BELOW),
        ("5", Policy(), Level.NONE),
        ("9.99", Policy(minimum=D(10)), Level.BELOW),
        ("10", Policy(minimum=D(10)), Level.SOON),
        ("12", Policy(minimum=D(10)), Level.SOON),
        ("12.01", Policy(minimum=D(10)), Level.GOOD),
        ("11", Policy(minimum=D(10), safety=D(12)), Level.BELOW),
        ("30", Policy(minimum=D(10), reorder_point=D(30)), Level.SOON),
        ("31", Policy(reorder_point=D(30)), Level.GOOD),
        ("51", Policy(minimum=D(10), maximum=D(50)), Level.OVER),
        ("51", Policy(maximum=D(50)), Level.OVER),
    ],
)
def test_level_follows_from_the_policy(qty: str, policy: Policy | None, level: Level) -> None:
    assert level_of(D(qty), policy) is level


def test_a_row_holds_what_is_there_promised_and_worth(office: Office, larder: Larder) -> None:
    beef = larder.items["BEF-001"]
    office.do(stock.reserve_stock, item_id=beef, qty=D(12), purpose="party")
    office.do(catalog.save_policy, item_id=beef, policy=catalog.NewPolicy(minimum=D(50)))
    row = office.ask(stock.list_stock_page, ids=[beef], filters=StockFilter())[0]
    assert (row.on_hand, row.reserved, row.available) == (D(40), D(12), D(28))
    assert (row.value, row.unit_cost) == (D("2480.00"), D(62))
    assert (row.level, row.floor, row.expires_on) == (Level.BELOW, D(50), date(2026, 3, 20))


def test_the_list_agrees_with_the_availability_of_each_item(office: Office, larder: Larder) -> None:
    milk = larder.items["MLK-001"]
    lots = office.ask(stock.list_lots, item_id=milk)
    office.do(stock.block_lot, lot_id=lots[0].lot_id, is_blocked=True, note="warm")
    office.do(
        stock.send_transfer,
        lines=(NewLine(larder.items["EGG-001"], D(20), location_id=larder.places["COLD"]),),
        to_location_id=larder.places["KITCHEN"],
    )
    for row in rows_of(office):
        said = office.ask(stock.get_availability, item_id=row.id)
        assert (row.on_hand, row.in_transit, row.unusable) == (said.on_hand, said.in_transit, said.unusable), row.code
        assert (row.reserved, row.available) == (said.reserved, said.available), row.code


def test_filters_keep_what_fits(office: Office, larder: Larder) -> None:
    office.do(catalog.save_policy, item_id=larder.items["TOM-001"], policy=catalog.NewPolicy(minimum=D(120)))
    assert codes(rows_of(office, StockFilter(level=Level.BELOW))) == ["TOM-001"]
    assert codes(rows_of(office, StockFilter(text="番茄"))) == ["TOM-001"]
    assert codes(rows_of(office, StockFilter(location_id=larder.places["KITCHEN"]))) == []
    dry = codes(rows_of(office, StockFilter(location_id=larder.places["DRY"])))
    assert dry == ["NOO-001", "OIL-001", "RIC-001", "SOY-001"]
    day = office.clock.now().date()
    far = (date(2026, 3, 20) - day).days
    assert codes(rows_of(office, StockFilter(expiring_days=max(far, 1)))) == ["BEF-001", "MLK-001"]


def test_an_item_without_stock_goes_only_by_the_filter(office: Office, larder: Larder) -> None:
    beef = larder.items["BEF-001"]
    office.do(stock.issue_goods, lines=(NewLine(beef, D(40), location_id=larder.places["COLD"]),))
    assert "BEF-001" in codes(rows_of(office))
    assert "BEF-001" not in codes(rows_of(office, StockFilter(with_stock=True)))
    office.do(catalog.retire_item, item_id=beef, version=office.ask(catalog.get_item, item_id=beef).version)
    assert "BEF-001" not in codes(rows_of(office))


def test_figures_are_sorted_by_their_amount(office: Office, larder: Larder) -> None:
    by_value = rows_of(office, sort="value", descending=True)
    assert [row.value for row in by_value] == sorted((row.value for row in by_value), reverse=True)  # type: ignore[type-var]
    by_cost = rows_of(office, sort="unit_cost")
    assert [row.unit_cost for row in by_cost] == sorted(row.unit_cost for row in by_cost)  # type: ignore[type-var]
    assert [row.expires_on for row in rows_of(office, sort="expires_on")][:2] == [date(2026, 3, 9), date(2026, 3, 20)]
    with pytest.raises(InvalidInput):
        rows_of(office, sort="colour")


def test_the_past_is_shown_as_it_was(office: Office, larder: Larder, clock: FixedClock) -> None:
    before = office.clock.now()
    tomatoes = larder.items["TOM-001"]
    clock.advance(days=2)
    waste_some(office, larder)
    then = StockFilter(as_of=before + timedelta(hours=1))
    row = office.ask(stock.list_stock_page, ids=[tomatoes], filters=then)[0]
    assert (row.on_hand, row.value, row.reserved) == (D(100), D("780.00"), None)
    now = office.ask(stock.list_stock_page, ids=[tomatoes], filters=StockFilter())[0]
    assert now.on_hand == D("96.8")
    empty = StockFilter(as_of=before - timedelta(days=1), with_stock=True)
    assert rows_of(office, empty) == []


def test_one_place_has_its_share_of_the_value(office: Office, larder: Larder) -> None:
    rice = larder.items["RIC-001"]
    lines = (NewLine(rice, D(30), location_id=larder.places["DRY"], to_location_id=larder.places["KITCHEN"]),)
    office.do(stock.transfer_goods, lines=lines)
    kitchen = StockFilter(location_id=larder.places["KITCHEN"])
    row = rows_of(office, kitchen)[0]
    assert (row.on_hand, row.value, row.available) == (D(30), D("246.00"), None)
    assert office.ask(stock.sum_stock_value, filters=kitchen) == D("246.00")


def test_the_sum_of_the_list_is_the_value_of_the_stock(office: Office, larder: Larder) -> None:
    whole = office.ask(stock.sum_stock_value, filters=StockFilter())
    assert whole == sum(row.value or D(0) for row in office.ask(stock.list_values))
    assert whole == sum(row.value or D(0) for row in rows_of(office))


def test_the_entries_behind_a_figure_sum_to_it(office: Office, larder: Larder) -> None:
    waste_some(office, larder)
    lines = (NewLine(larder.items["EGG-001"], D(20), location_id=larder.places["COLD"]),)
    office.do(stock.send_transfer, lines=lines, to_location_id=larder.places["KITCHEN"])
    for row in rows_of(office):
        for in_transit, amount in ((False, row.on_hand), (True, row.in_transit)):
            wanted = LedgerFilter(item_id=row.id, in_transit=in_transit)
            why = office.ask(stock.explain_ledger, wanted=wanted, limit=1)
            assert why.earlier.qty + sum(entry.qty for entry in why.entries) == amount, row.code
        why = office.ask(stock.explain_ledger, wanted=LedgerFilter(item_id=row.id), limit=2)
        assert (why.earlier.value or D(0)) + sum(entry.value or D(0) for entry in why.entries) == row.value, row.code


def test_the_parts_of_an_age_sum_to_the_ages(office: Office, larder: Larder, clock: FixedClock) -> None:
    rice = larder.items["RIC-001"]
    clock.advance(days=40)
    office.do(stock.receive_goods, lines=(NewLine(rice, D(7), value=D("61.37")),))
    office.do(stock.issue_goods, lines=(NewLine(rice, D("33.3"), location_id=larder.places["DRY"]),))
    ages = next(row for row in office.ask(stock.list_ages) if row.item_id == rice)
    parts = office.ask(stock.list_age_parts, item_id=rice)
    for bucket, (qty, value) in enumerate(zip(ages.qtys, ages.values, strict=True)):
        inside = [part for part in parts if part.bucket == bucket]
        assert (sum(part.qty for part in inside), sum(part.value for part in inside)) == (qty, value)


def test_pages_of_the_ledger_are_the_ledger(office: Office, larder: Larder) -> None:
    waste_some(office, larder)
    whole = office.ask(stock.list_ledger, wanted=LedgerFilter(), newest_first=True)
    paged = [
        entry
        for offset in range(0, len(whole), 4)
        for entry in office.ask(stock.list_ledger, wanted=LedgerFilter(), limit=4, offset=offset, newest_first=True)
    ]
    assert paged == whole
    assert office.ask(stock.count_ledger, wanted=LedgerFilter()) == len(whole)


@pytest.mark.parametrize("text", ["tomatoes", "番茄", "tom-001", "100%", "a_b"])
def test_words_find_entries_and_signs_are_letters(office: Office, larder: Larder, text: str) -> None:
    wanted = LedgerFilter(text=text)
    entries = office.ask(stock.list_ledger, wanted=wanted)
    assert {entry.item_code for entry in entries} == ({"TOM-001"} if text not in ("100%", "a_b") else set())
    assert office.ask(stock.count_ledger, wanted=wanted) == len(entries)


def test_the_ledger_of_a_person_and_the_postings_by_number(office: Office, larder: Larder) -> None:
    people = office.ask(stock.list_posters)
    assert len(people) == 1
    assert office.ask(stock.count_ledger, wanted=LedgerFilter(person_id=people[0][0])) == 11
    assert office.ask(stock.count_ledger, wanted=LedgerFilter(person_id=people[0][0] + 99)) == 0
    receipt = office.ask(stock.get_posting, posting_id=larder.receipt).row
    for text in (receipt.number[-4:], "dn-7001", "green spring"):
        assert [row.number for row in office.ask(stock.list_postings, text=text)] == [receipt.number]
        assert office.ask(stock.count_postings, text=text) == 1
    assert office.ask(stock.count_postings, kinds=(PostingKind.WASTE,)) == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_lists_come_out_on_paper(office: Office, larder: Larder, language: str) -> None:
    paper = office.ask(stock.get_stock_paper, filters=StockFilter(with_stock=True), language=language)
    assert paper.totals[1].value == office.ask(stock.sum_stock_value, filters=StockFilter())
    assert render_pdf(paper, language).startswith(b"%PDF")
    lot = office.ask(stock.list_lots)[0]
    recall = office.ask(stock.get_recall_paper, lot_id=lot.lot_id, language=language)
    assert (recall.number, len(recall.body)) == (lot.number, 4)
    assert render_pdf(recall, language).startswith(b"%PDF")
