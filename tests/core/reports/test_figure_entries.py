"""What a figure opens is exactly what it is made of: every figure of every report that offers its entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core import reports, stock
from core.clock import FixedClock
from core.errors import InvalidInput, NotFound
from core.i18n import Text
from core.office import Office
from core.reports import COUNT, Asked, AskedWords, ReportPage, Span
from core.reports.steps.behind import BEHIND
from core.reports.types import ENTRIES
from core.stock import NewLine
from tests.factories import make_place
from tests.helpers.sample_site import SAMPLE_NOW
from tests.helpers.sites import copy_sqlite
from tests.helpers.stock import make_items, receive

ROWS, FEW = 2, 300
WHOLE = Span(SAMPLE_NOW - timedelta(days=20))


@pytest.fixture(scope="module")
def sample(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The sample site, only read here."""
    place = copy_sqlite(sample_template, tmp_path_factory.mktemp("figures") / "sample.steward")
    opened = Office.open(place, station="test", clock=FixedClock(SAMPLE_NOW))
    opened.sign_in_as_system()
    yield opened
    opened.close()


def of(office: Office, name: str, asked: Asked, limit: int = 5_000) -> ReportPage:
    columns = tuple(column.key for column in _entry(office, name).columns)
    wanted = Asked(asked.span, asked.filters, columns=columns)
    found: ReportPage = office.ask(reports.get_report_page, name=name, asked=wanted, limit=limit)
    return found


def _entry(office: Office, name: str) -> reports.ReportEntry:
    return next(one for one in office.ask(reports.list_reports) if one.name == name)


def figure(page: ReportPage, key: str, row: int | None) -> Decimal | int | None:
    at = next(at for at, column in enumerate(page.columns) if column.key == key)
    cells = page.totals if row is None else page.rows[row]
    return cells[at] if cells else None  # type: ignore[return-value]


def opened_sum(office: Office, opened: reports.Opened) -> Decimal:
    """What the entries opened add up to: the total of their page, and of its rows where they are few."""
    page = of(office, opened.report, opened.asked, limit=FEW)
    if opened.column == COUNT:
        return Decimal(page.count)
    total = figure(page, opened.column, None)
    if page.count > FEW and total is not None:
        return Decimal(total) * opened.sign
    rows = page if page.count <= FEW else of(office, opened.report, opened.asked, limit=page.count)
    cells = [figure(rows, opened.column, row) for row in range(rows.count)]
    whole = sum((Decimal(one) for one in cells if one is not None), Decimal(0))
    assert total is None or total == whole
    return whole * opened.sign


def rows_of(page: ReportPage) -> list[int | None]:
    """The total, the first rows and the last."""
    return [None, *range(min(ROWS, page.count)), *range(max(ROWS, page.count - 1), page.count)]


@pytest.mark.parametrize("name", sorted(set(BEHIND) - {"negative-stock"}))
def test_the_entries_add_up_to_the_figure(sample: Office, name: str) -> None:
    entry = _entry(sample, name)
    asked = Asked(WHOLE if entry.is_of_period else Span())
    page = of(sample, name, asked)
    assert page.rows, "the sample site has rows of every report that offers entries"
    checked = 0
    for behind in entry.behind:
        for key, _column in behind.figures:
            if key not in {column.key for column in page.columns}:
                continue
            for row in rows_of(page):
                value = figure(page, key, row)
                opened = reports.entries_behind(
                    entry.behind, key, None if row is None else page.keys[row], asked, page.span, sample.site
                )
                if value is not None and opened is not None:
                    assert opened_sum(sample, opened) == value, (key, row, opened)
                    checked += 1
    assert checked


def test_what_is_missing_opens_its_entries(office: Office, site_url: str) -> None:
    items, place = make_items(site_url, 2), make_place(office, "OPEN", allow_negative=True)
    receive(office, items, "3", "30")
    office.do(stock.issue_goods, lines=tuple(NewLine(one, Decimal(5), location_id=place) for one in items))
    page, entry = of(office, "negative-stock", Asked()), _entry(office, "negative-stock")
    assert page.count == 2
    for key, value in (("qty", Decimal(-5)), ("site_qty", Decimal(-2))):
        opened = reports.entries_behind(entry.behind, key, page.keys[1], Asked(), page.span, office.site)
        assert opened is not None and opened_sum(office, opened) == value


@pytest.mark.parametrize("name", ["usage-by-category", "waste-by-reason", "purchases-by-supplier"])
def test_filters_narrow_the_entries_likewise(sample: Office, name: str) -> None:
    entry = _entry(sample, name)
    items = tuple(key["item_id"] for key in of(sample, "stock-value", Asked()).keys)[::2]
    asked = Asked(WHOLE if entry.is_of_period else Span(), (("item", items),))
    page = of(sample, name, asked)
    for row in rows_of(page):
        keys = None if row is None else page.keys[row]
        opened = reports.entries_behind(entry.behind, "value", keys, asked, page.span, sample.site)
        assert opened is not None and opened_sum(sample, opened) == figure(page, "value", row)


def test_what_only_chooses_rows_leaves_a_row_its_entries_but_not_the_total(sample: Office) -> None:
    entry = _entry(sample, "stock-value")
    asked = Asked(filters=(("text", ("啤酒",)),))
    page = of(sample, "stock-value", asked)
    row: Any = page.keys[0]
    assert reports.entries_behind(entry.behind, "value", row, asked, page.span, sample.site) is not None
    assert reports.entries_behind(entry.behind, "value", None, asked, page.span, sample.site) is None


def test_a_filter_that_changes_only_a_part_of_the_figure_opens_nothing(sample: Office) -> None:
    entry = _entry(sample, "waste-by-item")
    asked = Asked(WHOLE, (("reason", ("spoiled",)),))
    row = {"item_id": 1}
    assert reports.entries_behind(entry.behind, "gone", row, asked, WHOLE, sample.site) is None
    assert reports.entries_behind(entry.behind, "value", row, asked, WHOLE, sample.site) is not None


@pytest.mark.parametrize(
    "word", ["figure=abc", "only_weekday=x", "only_category_id=Meat", "only_main_supplier=x", "only_location_id=1.2.3"]
)
def test_a_word_that_is_no_such_value_is_said(sample: Office, word: str) -> None:
    with pytest.raises((InvalidInput, NotFound)):
        asked = sample.ask(reports.get_asked, name=ENTRIES, words=AskedWords((word,)), span=WHOLE)
        of(sample, ENTRIES, asked)


def test_a_number_in_words_narrows_like_the_number_of_a_row(office: Office, site_url: str) -> None:
    receive(office, make_items(site_url, 2), "3", "30")
    place = office.ask(reports.get_report_page, name=ENTRIES, asked=Asked(columns=("location",)), limit=1).rows[0][0]
    found = next(one.location_id for one in office.ask(stock.list_locations) if one.code == place)
    pages = [of(office, ENTRIES, Asked(filters=(("only_location_id", (value,)),))) for value in (found, str(found))]
    assert pages[0].rows and pages[0].rows == pages[1].rows


def test_a_file_says_in_words_which_figure_and_which_row(sample: Office) -> None:
    asked = Asked(WHOLE, (("figure", ("usage",)), ("only_category_id", (3, "蔬菜")), ("only_lot", ("", ""))))
    facts = sample.ask(reports.get_report, name=ENTRIES, asked=asked, form="xlsx").sheet.facts
    said = {fact.label.render("en"): fact.value for fact in facts}
    assert said["Figure"].render("zh") == "耗用"
    assert (said["Only category"], said["Only lot"]) == ("蔬菜", "–")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_reasons_and_steps_of_waste_are_said_in_words(sample: Office, language: str) -> None:
    log = sample.ask(
        reports.get_report_page, name="waste-log", asked=Asked(WHOLE, group="reason", language=language), limit=5
    )
    rows = sample.ask(reports.get_report_page, name="waste-by-reason", asked=Asked(WHOLE, language=language), limit=50)
    assert {group.value for group in log.groups if group.value} <= {str(row[0]) for row in rows.rows}
    steps = sample.ask(reports.get_report_page, name="waste-log", asked=Asked(WHOLE, group="stage"), limit=5)
    assert all(isinstance(group.value, Text) for group in steps.groups if group.value)
