"""The large sample, made small: the same code with fewer items and entries."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core import catalog, maintenance, stock
from core.catalog import ItemFilter
from core.clock import FixedClock
from core.office import Office
from core.sample import ADMIN_NAME, ADMIN_PASSWORD
from core.sample.large import make_large
from core.sample.large.goods import goods, two_words
from core.stock import LedgerFilter
from tests.helpers.sample_site import SAMPLE_NOW

ITEMS, ENTRIES = 2_500, 9_000


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = str(tmp_path_factory.mktemp("large") / "large.db")
    make_large(site, SAMPLE_NOW, lambda _share, _words: None, items=ITEMS, entries=ENTRIES)
    return site


def test_it_has_as_many_items_and_entries_as_asked_for(large_site: str) -> None:
    with Office.open(large_site, clock=FixedClock(SAMPLE_NOW)) as office:
        office.sign_in(ADMIN_NAME, ADMIN_PASSWORD)
        assert office.ask(catalog.count_items, filters=ItemFilter()) == ITEMS
        assert abs(office.ask(stock.count_ledger, wanted=LedgerFilter()) - ENTRIES) < ENTRIES / 50


def test_verify_finds_nothing_in_it(large_site: str) -> None:
    assert not maintenance.verify_site(large_site).findings


def test_parts_are_found_by_pinyin(large_site: str) -> None:
    with Office.open(large_site, clock=FixedClock(SAMPLE_NOW)) as office:
        office.sign_in(ADMIN_NAME, ADMIN_PASSWORD)
        found = office.ask(catalog.list_item_ids, filters=ItemFilter(text="qzdp ps t"))
        rows = office.ask(catalog.list_items_page, ids=found)
        assert rows
        assert all("前制动盘" in row.name or "前制动片" in row.name for row in rows)


def test_a_hundred_thousand_goods_have_names_and_codes_of_their_own() -> None:
    made = goods(100_000, random.Random(1))
    assert len(made) == 100_000
    for names in ([good.code for good in made], [good.name for good in made], [good.name_en for good in made]):
        assert len(set(names)) == 100_000
    assert all(good.price > 0 and good.weight > 0 for good in made)


@pytest.mark.parametrize(
    ("written", "both"),
    [
        ("帕萨特 Passat", ("帕萨特", "Passat")),
        ("3 系 3 Series", ("3 系", "3 Series")),
        ("RAV4 荣放 RAV4", ("RAV4 荣放", "RAV4")),
        ("CR-V CR-V", ("CR-V", "CR-V")),
        ("M8x20", ("M8x20", "M8x20")),
        ("24 V 24 V", ("24 V", "24 V")),
    ],
)
def test_words_in_two_languages(written: str, both: tuple[str, str]) -> None:
    assert two_words(written) == both


def test_a_site_that_could_not_be_made_leaves_no_file(tmp_path: Path) -> None:
    from core.sample import create_sample_site

    def stop(share: float, _words: object) -> None:
        if share > 0.1:
            raise KeyboardInterrupt

    site = tmp_path / "stopped.db"
    with pytest.raises(KeyboardInterrupt):
        create_sample_site(str(site), clock=FixedClock(SAMPLE_NOW), progress=stop)
    assert not list(tmp_path.iterdir())
