"""The small sample: whole, believable, in both languages, and right to the cent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core import catalog, costing, identity, maintenance, stock
from core.catalog import ItemFilter
from core.clock import FixedClock, day_starts_at
from core.errors import NotAllowed, Refused
from core.office import Office
from core.sample import ADMIN_NAME, ADMIN_PASSWORD, SAMPLE_PIN, STAFF, create_sample_site
from core.sample.commands import Sheet, Slips, add_sample_masters, post_sample_day
from core.sample.small import make_small
from core.stock import LedgerFilter, NewLine, NewLocation, NewPosting
from db.enums import CostMethod, PostingKind, StorageKind
from tests.helpers.sample_site import SAMPLE_NOW

ZONE = "Asia/Shanghai"


def month(year: int, number: int) -> tuple[datetime, datetime]:
    start = day_starts_at(date(year, number, 1), ZONE, 4)
    following = date(year + number // 12, number % 12 + 1, 1)
    return start, day_starts_at(following, ZONE, 4) - timedelta(microseconds=1)


def test_verify_finds_nothing(sample_template: Path) -> None:
    report = maintenance.verify_site(str(sample_template))
    assert not report.findings
    assert report.entries > 20_000


def test_every_name_stands_in_both_languages(sample_office: Office) -> None:
    ids = sample_office.ask(catalog.list_item_ids, filters=ItemFilter())
    rows = sample_office.ask(catalog.list_items_page, ids=ids)
    assert 200 <= len(rows) <= 280
    assert all(row.name and row.name_en and row.category and row.category_en for row in rows)
    assert all(row.name and row.name_en for row in sample_office.ask(catalog.list_suppliers))
    assert all(row.name and row.name_en for row in sample_office.ask(catalog.list_categories))
    assert all(row.name and row.name_en for row in sample_office.ask(stock.list_locations))


def test_every_barcode_has_a_right_check_digit(sample_office: Office) -> None:
    ids = sample_office.ask(catalog.list_item_ids, filters=ItemFilter())
    cards = [sample_office.ask(catalog.get_item, item_id=item_id) for item_id in ids]
    codes = [barcode for card in cards for barcode in card.barcodes]
    assert len(codes) > 100
    assert all(catalog.is_gtin(barcode.code) for barcode in codes)
    assert {barcode.kind for barcode in codes} == {"EAN-13", "ITF-14"}


def test_all_four_cost_methods_and_three_storage_kinds_are_used(sample_office: Office) -> None:
    ids = sample_office.ask(catalog.list_item_ids, filters=ItemFilter())
    rows = sample_office.ask(catalog.list_items_page, ids=ids)
    assert {row.cost_method for row in rows} == set(CostMethod)
    assert {row.storage_kind for row in rows} == set(StorageKind)


def test_nothing_is_below_zero_and_the_stock_is_worth_what_a_restaurant_holds(sample_office: Office) -> None:
    assert all(row.qty > 0 for row in sample_office.ask(stock.list_on_hand) if row.qty)
    assert not [row for row in sample_office.ask(stock.list_on_hand) if row.qty < 0]
    value = sum(row.value for row in sample_office.ask(stock.list_values))
    assert 30_000 < value < 60_000


@pytest.mark.parametrize(("year", "number"), [(2025, 12), (2026, 1), (2026, 2)])
def test_a_month_is_one_that_an_owner_believes(sample_office: Office, year: int, number: int) -> None:
    start, end = month(year, number)
    total = sample_office.ask(costing.get_review, start=start, end=end).total
    usage, waste = total.value("usage"), total.value("waste")
    assert 80_000 < usage < 150_000
    assert Decimal("0.01") < waste / usage < Decimal("0.03")
    assert abs(total.value("adjustments")) < usage / 100
    assert total.value("closing") == sum(
        (
            total.value("opening"),
            total.value("receipts"),
            total.value("other_in"),
            -usage,
            -waste,
            total.value("adjustments"),
            -total.value("other_out"),
        ),
        Decimal(0),
    )


def test_the_review_ties_to_the_values_of_the_stock(sample_office: Office) -> None:
    start, end = month(2026, 2)
    review = sample_office.ask(costing.get_review, start=start, end=end)
    values = sample_office.ask(stock.list_values, as_of=end)
    assert review.total.value("closing") == sum(row.value for row in values)


def test_waste_has_its_reasons_and_more_is_spoiled_on_mondays(sample_office: Office) -> None:
    wanted = LedgerFilter(kinds=(PostingKind.WASTE,))
    entries = sample_office.ask(stock.list_ledger, wanted=wanted, limit=5000)
    assert {"expired", "spoiled", "over_prepped", "staff_meal", "dropped", "cooking_error"} <= {
        one.reason for one in entries
    }
    spoiled = [
        (one.at.astimezone(ZoneInfo(ZONE)).isoweekday(), -(one.value or 0))
        for one in entries
        if one.reason == "spoiled"
    ]
    on_mondays = sum(value for weekday, value in spoiled if weekday == 1)
    assert on_mondays > sum(value for weekday, value in spoiled if weekday != 1) / 4


def test_lots_are_expiring_expired_and_held_back(sample_office: Office) -> None:
    lots = [row for row in sample_office.ask(stock.list_lots) if row.qty > 0]
    today = SAMPLE_NOW.date()
    assert [row for row in lots if row.expires_on and row.expires_on < today]
    assert [row for row in lots if row.expires_on and today <= row.expires_on <= today + timedelta(days=2)]
    assert [row for row in lots if row.is_blocked]


def test_there_are_promises_and_goods_on_their_way(sample_office: Office) -> None:
    assert len(sample_office.ask(stock.list_reservations)) >= 3
    assert sample_office.ask(stock.list_in_transit)


def test_a_wrong_price_was_reversed(sample_office: Office) -> None:
    rows = sample_office.ask(stock.list_postings, limit=5000)
    kinds = {row.kind for row in rows}
    assert {"reversal", "landed_cost", "return_to_supplier", "return_from_customer", "production_in"} <= kinds
    assert any(row.posted_at - row.at > timedelta(hours=8) for row in rows)


def test_everybody_of_the_staff_signs_in_with_the_pin(sample_site: str) -> None:
    with Office.open(sample_site, clock=FixedClock(SAMPLE_NOW)) as office:
        for name in (ADMIN_NAME, *(person.name for person in STAFF)):
            assert office.sign_in_with_pin(name, SAMPLE_PIN).name == name
    assert {person.role for person in STAFF} | {"administrator"} == set(identity.BUILT_IN_ROLES)


def test_history_was_posted_when_it_happened_by_who_did_it(sample_office: Office) -> None:
    rows = sample_office.ask(stock.list_postings, limit=5000)
    assert max(row.posted_at for row in rows) <= SAMPLE_NOW
    assert {row.by for row in rows if row.kind == "receipt"} >= {"周海"}
    assert {row.by for row in rows if row.kind == "waste"} >= {"王建国"}


def test_a_site_is_never_overwritten(sample_site: str) -> None:
    before = Path(sample_site).read_bytes()
    with pytest.raises(Refused):
        create_sample_site(sample_site, clock=FixedClock(SAMPLE_NOW))
    assert Path(sample_site).read_bytes() == before


def test_the_samples_commands_ask_for_the_rights_of_what_they_post(sample_site: str) -> None:
    """`post_sample_day` and `add_sample_masters` open no door that the person's role keeps shut."""
    line = NewLine(1, Decimal(1), value=Decimal(1))
    with Office.open(sample_site, clock=FixedClock(SAMPLE_NOW)) as office:
        office.sign_in_with_pin("吴敏", SAMPLE_PIN)  # the buyer
        for kind in (PostingKind.ISSUE, PostingKind.WASTE, PostingKind.COUNT):
            with pytest.raises(NotAllowed):
                office.do(post_sample_day, slips=Slips([NewPosting(kind, (line,))]))
        with pytest.raises(NotAllowed):
            office.do(add_sample_masters, sheet=Sheet(places=[NewLocation("X", "X")]))


def test_it_is_made_on_both_databases(empty_database: str) -> None:
    make_small(empty_database, SAMPLE_NOW, lambda _share, _words: None, months=0)
    assert not maintenance.verify_site(empty_database).findings
    with Office.open(empty_database, clock=FixedClock(SAMPLE_NOW)) as office:
        office.sign_in(ADMIN_NAME, ADMIN_PASSWORD)
        assert sum(row.value for row in office.ask(stock.list_values)) > 30_000


def test_the_same_clock_gives_the_same_site(tmp_path: Path) -> None:
    heads = []
    for name in ("one", "two"):
        site = str(tmp_path / f"{name}.db")
        make_small(site, SAMPLE_NOW, lambda _share, _words: None, months=0)
        with Office.open(site, clock=FixedClock(SAMPLE_NOW)) as office:
            office.sign_in(ADMIN_NAME, ADMIN_PASSWORD)
            heads.append(office.ask(stock.list_on_hand))
    assert heads[0] == heads[1]
